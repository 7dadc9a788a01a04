"""`remind`: writes to the bodies that have not answered. Says what it would do, does it with --apply; by a timer."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from observations.actions import reminders
from observations.typography import french, number


class Command(BaseCommand):
    help = "Rappelle aux organismes ce qui attend, une fois par semaine au plus. Essai à blanc, sauf avec --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--apply", action="store_true", help="Écrire. Sans cela, dire à combien de personnes."
        )

    def handle(self, *args: Any, apply: bool, **options: Any) -> None:
        today = timezone.localdate()
        if not apply:
            people = sum(len(contacts) for contacts in reminders.due(today).values())
            self._say(f"Personnes à qui écrire : {number(people)}. Pour le faire : manage.py remind --apply")
            return
        host = settings.ALLOWED_HOSTS[0].removeprefix(".")
        scheme = "https" if settings.PRODUCTION else "http"
        self._say(f"Rappels partis : {number(reminders.remind(today=today, site=f'{scheme}://{host}'))}.")

    def _say(self, sentence: str) -> None:
        self.stdout.write(french(sentence))
