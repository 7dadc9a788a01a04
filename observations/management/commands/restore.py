"""`restore ARCHIVE --identity FILE`: puts a backup in the place of the live data, or refuses and touches nothing."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from observations.actions.backups import restoring, sealed
from observations.actions.backups.faults import BackupError
from observations.erasure.papers import erase_again
from observations.management.progress import Counter
from observations.typography import french, number


class Command(BaseCommand):
    # Loads the pages of the whole application to check their addresses: of no use here.
    requires_system_checks = []
    help = "Restaure une sauvegarde. Une archive abîmée ou d’une autre clé est refusée, et la base ne change pas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--identity",
            required=True,
            metavar="FICHIER",
            help="Clé privée (age-keygen) ; « - » la lit sur l’entrée standard.",
        )
        parser.add_argument(
            "--ledger",
            type=Path,
            action="append",
            help="Registre des effacements. Sinon ceux qui sont à côté de l’archive et dans BACKUP_DIR.",
        )
        parser.add_argument(
            "--check", action="store_true", help="Relire l’archive jusqu’au bout, sans restaurer."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["archive"]
        try:
            keys = sealed.identities(_key(options["identity"]))
            if options["check"]:
                self._tell(restoring.check(path, keys), "Cette sauvegarde se lit jusqu’au bout")
                return
            done = restoring.restore(
                path=path,
                keys=keys,
                ledgers=options["ledger"] or _ledgers(path),
                replay=erase_again,
                today=timezone.localdate(),
                progress=Counter(self.stderr, every=1_000),
            )
        except BackupError as refusal:
            raise CommandError(french(f"{refusal} La base n’a pas été touchée.")) from refusal
        self._tell(done.checked, "Restauré")
        self._since(done)

    def _tell(self, checked: restoring.Checked, what: str) -> None:
        made = checked.header["made_at"][:16].replace("T", " à ")
        self._say(f"{what} : {number(checked.tally.rows)} lignes, du {made} (UTC).")

    def _since(self, done: restoring.Restored) -> None:
        known = len(done.remembered.erased)
        self._say(f"Effacements connus depuis : {number(known)}, dont {number(done.erased_again)} refaits.")
        if done.emptied:
            self._say(f"Textes arrivés à leur terme depuis, effacés à nouveau : {number(done.emptied)}.")
        if not done.remembered.readable:
            self._say("La base précédente ne se lisait pas : seul le registre des effacements a compté.")
        self._say(
            "Tout le monde se reconnecte. Relisez les comptes, les liens et les jetons : "
            "ce qui a été retiré depuis cette sauvegarde peut être revenu."
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))


def _key(source: str) -> str:
    """Never written in an error: only that it cannot be read."""
    if source == "-":
        return sys.stdin.read()
    try:
        return Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BackupError("Le fichier de la clé privée ne se lit pas.") from None


def _ledgers(archive: Path) -> list[Path]:
    folders = {archive.resolve().parent, Path(settings.BACKUP_DIR).resolve()}
    return sorted(file for folder in folders for file in folder.glob("effacements-*.txt"))
