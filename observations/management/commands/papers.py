"""`papers`: writes docs/confidentialite/ again, from the settings that a new territory starts with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from observations.models import Territory
from observations.papers.catalogue import PAPERS, source

FOLDER = settings.BASE_DIR / "docs" / "confidentialite"


class Command(BaseCommand):
    help = "Écrit les textes de confidentialité (Markdown) d’un territoire qui commence, ou du vôtre avec --territoire."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="dossier où écrire")
        parser.add_argument(
            "--territoire", action="store_true", help="avec le nom et les durées de cette base"
        )

    def handle(self, *args: Any, folder: Path, territoire: bool, **options: Any) -> None:
        territory = Territory.current() if territoire else Territory()
        folder.mkdir(parents=True, exist_ok=True)
        for paper in PAPERS.values():
            (folder / f"{paper.slug}.md").write_text(source(paper, territory), encoding="utf-8")
        self.stdout.write(f"{len(PAPERS)} textes écrits dans {folder}.")
