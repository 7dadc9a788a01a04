"""`backup`: one encrypted archive of the whole database, verified before the oldest go."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from observations.actions.backups import making
from observations.actions.backups.faults import BackupError
from observations.management.progress import Counter
from observations.typography import french, number

KEEP = 30
MEGABYTE = 1_000_000


class Command(BaseCommand):
    # Loads the pages of the whole application to check their addresses: of no use here.
    requires_system_checks = []
    help = "Sauvegarde la base, chiffrée pour des clés publiques (format age) : ce serveur ne sait pas la relire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--recipient",
            action="append",
            metavar="age1…",
            help="Clé publique ; plusieurs possibles. Sinon BACKUP_RECIPIENTS.",
        )
        parser.add_argument("--folder", type=Path, help="Où la ranger. Sinon BACKUP_DIR.")
        parser.add_argument(
            "--keep", type=int, default=KEEP, help=f"Combien en garder ({KEEP}) ; 0 : toutes."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 0:
            raise CommandError(french("--keep attend un nombre, 0 pour toutes les garder."))
        try:
            made = making.backup(
                recipients=options["recipient"] or settings.BACKUP_RECIPIENTS,
                folder=options["folder"] or settings.BACKUP_DIR,
                keep=options["keep"],
                progress=Counter(self.stderr, every=1_000),
            )
        except BackupError as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            raise CommandError(
                french(f"La base ne se lit pas ({type(error).__name__}). Rien n’a été sauvegardé.")
            ) from None
        except OSError as error:
            raise CommandError(
                french(
                    f"Le dossier des sauvegardes ne s’écrit pas ({error.strerror}). Rien n’a été sauvegardé."
                )
            ) from None
        self._say(
            f"Sauvegardé et relu : {number(made.tally.rows)} lignes, {number(made.size / MEGABYTE)} Mo."
        )
        self.stdout.write(str(made.path))
        if made.removed:
            self._say(f"Archives plus anciennes retirées : {number(len(made.removed))}.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))
