"""`import_quartiers FILE_OR_URL`: the outlines of the official file (ANCT) become this territory's quartiers."""

from argparse import ArgumentParser
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from observations import anct
from observations.actions import reference
from observations.management.progress import Counter
from observations.typography import french, number

NAMED = 40  # codes on one line of the report


class Command(BaseCommand):
    # Loads the pages of the whole application to check their addresses: of no use to an import.
    requires_system_checks = []
    help = "Importe les quartiers du fichier officiel de l’ANCT (GeoJSON WGS84, ou le ZIP qui le contient)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FICHIER_OU_ADRESSE", help="Chemin, ou adresse http(s).")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--epci", metavar="SIREN", help="Seulement cette intercommunalité.")
        scope.add_argument("--communes", metavar="INSEE,INSEE", help="Seulement ces communes.")
        parser.add_argument("--dry-run", action="store_true", help="Dire ce qui changerait sans rien écrire.")

    def handle(self, *args: Any, **options: Any) -> None:
        source, epci, dry_run = options["source"], options["epci"], options["dry_run"]
        communes = None if options["communes"] is None else options["communes"].split(",")
        try:
            official = anct.read(source, progress=partial(Counter(self.stderr), "Contours lus"))
            records = anct.select(official.records, epci, communes)
        except anct.FileRefused as refusal:
            raise CommandError(french(f"{refusal} Rien n’a été changé.")) from refusal
        if epci is None and communes is None:
            self._say(f"Ni --epci ni --communes : les {number(len(records))} quartiers du fichier sont pris.")
        for commune in anct.communes_without_quartier(records, communes or []):
            self._say(f"La commune {commune} n’a pas de quartier dans ce fichier.")
        self._tell(
            reference.import_neighbourhoods(records=records, source=source_name(source), dry_run=dry_run),
            dry_run,
        )

    def _tell(self, report: reference.ImportReport, dry_run: bool) -> None:
        if dry_run:
            self._say("Essai à blanc : rien n’est écrit.")
        self._say(
            f"Quartiers ajoutés : {number(len(report.added))}, modifiés : {number(len(report.changed))}, "
            f"retirés : {number(len(report.retired))}, inchangés : {number(len(report.unchanged))}."
        )
        if report.retired:
            named = ", ".join(report.retired[:NAMED]) + ("…" if len(report.retired) > NAMED else "")
            self._say(f"Retirés, leurs observations restent : {named}")
        if report.repaired:
            self._say(f"Contours réparés ({number(len(report.repaired))}) :")
        for record in report.repaired:
            self._say(f"  {record.code} {record.name} : {record.repaired}")

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))


def source_name(source: str) -> str:
    """What the database keeps of where a file came from: no folder of this machine, no key of an address."""
    if "://" not in source:
        return PurePath(source).name[:200]
    address = urlsplit(source)
    return f"{address.scheme}://{address.hostname}{address.path}"[:200]
