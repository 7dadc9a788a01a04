"""`verify_journal`: the journal against its seals. Exit code 0: they agree; 1: tampered with; 2: nobody can say."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from observations.actions import sealing
from observations.actions.sealing import Verification
from observations.privacy.seals import Finding, Kind, SealError
from observations.typography import french, number

TAMPERED, UNSURE = 1, 2
SAID = {
    Kind.ALTERED: "La ligne {n} a été modifiée depuis qu’elle est scellée.",
    Kind.MISSING: "La ligne {n} manque : elle était scellée, elle a été retirée.",
    Kind.LAST_MISSING: "La ligne {n} manque, à la fin du journal : elle était scellée, elle a été retirée.",
    Kind.SLIPPED_IN: "La ligne {n} a été glissée après coup entre des lignes scellées.",
    Kind.SEAL_BROKEN: "Le scellé {n} a été modifié, ou celui d’avant manque.",
    Kind.KEY_UNKNOWN: "Le scellé {n} a été fait avec une autre clé : ajoutez-la à JOURNAL_KEY.",
    Kind.HOLE: "La ligne {n}, pas encore scellée, manque.",
}
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compare le journal à ses scellés : dit quelle ligne a été modifiée, retirée ou ajoutée après coup."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seals", type=Path, metavar="FICHIER", help="une autre copie des scellés")

    def handle(self, *args: Any, seals: Path | None, **options: Any) -> None:
        try:
            found = sealing.verify(seals)
        except SealError as refusal:
            raise CommandError(french(str(refusal)), returncode=UNSURE) from refusal
        self._tell(found.tampering)
        self._tell(found.doubts)
        if any(finding.kind is Kind.HOLE for finding in found.doubts):
            self._say("Un geste abandonné en route laisse aussi un tel trou dans PostgreSQL.")
        self._conclude(found)

    def _conclude(self, found: Verification) -> None:
        if not found.guarded:
            raise CommandError(
                french(
                    "Le verrou du journal n’est plus dans la base : ses lignes peuvent être changées. "
                    "« seal_journal » le remet."
                ),
                returncode=TAMPERED,
            )
        if found.tampering:
            raise CommandError(french("Le journal ne correspond pas à ses scellés."), returncode=TAMPERED)
        if found.overdue:
            when = (
                f"Le dernier scellé date du {found.last.at:%d/%m/%Y}" if found.last else "Rien n’est scellé"
            )
            raise CommandError(french(f"{when} : lancez seal_journal chaque jour."), returncode=UNSURE)
        if any(finding.kind is Kind.KEY_UNKNOWN for finding in found.doubts):
            raise CommandError(french("Une partie du journal n’a pas pu être vérifiée."), returncode=UNSURE)
        last = (
            f" Dernier scellé : n° {found.last.number}, empreinte {found.last.mac[:12]}."
            if found.last
            else ""
        )
        self._say(f"Le journal correspond à ses scellés : {number(found.lines)} lignes.{last}")

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings[:SHOWN]:
            self._say(SAID[finding.kind].format(n=finding.number))
        if len(findings) > SHOWN:
            self._say(f"Et {number(len(findings) - SHOWN)} autres.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))
