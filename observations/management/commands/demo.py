"""Loads the demonstration and says how to get in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from observations.actions.demonstration import DOMAIN, PASSWORD, NotADemonstration
from observations.demo.load import ACCOUNTS, load


class Command(BaseCommand):
    help = "Charge la démonstration (territoire de Dunkerque, observations inventées) ; sans effet sur ce qui y est."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port annoncé à l’écran")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        self.stdout.write("Préparation de la démonstration…")
        try:
            added = load(timezone.localdate())
        except NotADemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{added} observations ajoutées." if added else "Ce qui était là est resté.")
        self.stdout.write(f"\n  http://localhost:{port}\n\n  Mot de passe de tous les comptes : {PASSWORD}\n")
        for local, name, role in ACCOUNTS:
            self.stdout.write(f"  {local}@{DOMAIN:<10} {name} ({role.label})")
        self.stdout.write("\n  Ctrl+C pour arrêter.\n")
