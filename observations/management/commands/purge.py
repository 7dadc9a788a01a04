"""`purge`: erases what reached its term. Says what it would do, and does it with --apply; daily, by a timer."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from observations.actions import purge
from observations.management.progress import Counter
from observations.typography import french, number


class Command(BaseCommand):
    # Loads the pages of the whole application to check their addresses: of no use here.
    requires_system_checks = []
    help = "Efface ce qui est arrivé à son terme. Essai à blanc, sauf avec --apply ; se relance sans risque."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--apply", action="store_true", help="Agir. Sans cela, dire ce qui serait fait.")

    def handle(self, *args: Any, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        if not apply:
            self._tell(purge.preview(today=today), done=False)
            self._say("Essai à blanc : rien n’est effacé. Pour agir : manage.py purge --apply")
            return
        report = purge.purge(today=today, progress=Counter(self.stderr))
        self._tell(report, done=True)
        if report.rewritten is False:
            self._say(
                "Les fichiers de la base n’ont pas pu être réécrits : quelqu’un s’en servait. "
                "La prochaine purge le refera."
            )
        self._say("Purge faite.")

    def _tell(self, report: purge.Report, done: bool) -> None:
        for outcome in report.outcomes:
            waiting = f" (sur {number(outcome.due)})" if done and outcome.done != outcome.due else ""
            count = outcome.done if done else outcome.due
            self._say(f"{outcome.rule.label} : {number(count)}{waiting}")

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))
