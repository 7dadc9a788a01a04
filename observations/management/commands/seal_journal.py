"""`seal_journal`: once a day, from cron, beside the backup."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from observations.actions import sealing
from observations.privacy.seals import SealError
from observations.typography import french, number


class Command(BaseCommand):
    help = (
        "Scelle ce que le journal a reçu depuis la dernière fois, dans un fichier gardé avec les sauvegardes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--after-restore",
            action="store_true",
            help="après une restauration : tout ce que la sauvegarde a rendu est scellé à nouveau",
        )

    def handle(self, *args: Any, after_restore: bool, **options: Any) -> None:
        try:
            broken = not after_restore and bool(sealing.verify().tampering)
            made = sealing.seal(after_restore=after_restore)
        except SealError as refusal:
            raise CommandError(french(str(refusal))) from refusal
        if sealing.put_guard_back():
            self._say("Le verrou du journal manquait dans la base : il est remis.")
        self._say(
            f"Scellé n° {made.number} : {number(len(made.lines))} de plus, {number(made.count)} lignes en tout. "
            f"Empreinte : {made.mac[:12]}."
        )
        if broken:
            raise CommandError(
                french("Le journal ne correspond pas à ses scellés : « verify_journal » dit où.")
            )

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))
