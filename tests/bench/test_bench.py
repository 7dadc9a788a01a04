"""Measures, printed as ratios of one run on one machine. Nothing is asserted about time."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
from django.test import Client
from django.utils import timezone

from observations import models
from observations.models import Neighbourhood, User
from observations.restitution import pdf
from tests import factories
from tests.conftest import shared
from tests.restitution.sample import sample

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Median duration of `work`, after one unmeasured run."""
    work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return median(spent)


def fill(count: int, neighbourhood: Neighbourhood, author: User) -> None:
    """Adds `count` observations over six months, in seven sub-themes, on a grid of places."""
    themes = list(models.Theme.objects.exclude(parent=None)[:7])
    today = timezone.localdate()
    models.Observation.objects.bulk_create(
        factories.ObservationFactory.build(
            neighbourhood=neighbourhood,
            author=author,
            theme=themes[i % 7],
            observed_on=today - timedelta(days=1 + i % 180),
            point=(51.0234 + (i % 97) * 1e-4, 2.3564 + (i % 89) * 1e-4),
        )
        for i in range(count)
    )


def test_pages_with_ten_times_the_rows(
    client: Client, cdsu: User, agent: User, banc_vert: Neighbourhood
) -> None:
    client.force_login(cdsu)
    paths = {
        "list": "/relecture/",
        "list, one word searched": "/relecture/?q=ascenseur",
        "map data": "/api/v1/map/?boite=2.2,50.9,2.5,51.1&zoom=13",
        "summaries": "/syntheses/",
    }
    fill(1_000, banc_vert, agent)
    before = {name: seconds(lambda path=path: client.get(path)) for name, path in paths.items()}
    fill(9_000, banc_vert, agent)
    after = {name: seconds(lambda path=path: client.get(path)) for name, path in paths.items()}
    print("\npage: time with 10,000 observations / time with 1,000")
    for name in paths:
        print(f"  {name:26} {after[name] / before[name]:5.1f}   ({after[name] * 1000:.0f} ms)")


def test_pdf_against_an_almost_empty_one() -> None:
    full = sample()
    empty = {**full, "quotes": [], "comments": [], "introduction": ""}
    whole, bare = seconds(lambda: pdf.render(full), 3), seconds(lambda: pdf.render(empty), 3)
    print(f"\nPDF: whole month / without a word {whole / bare:.1f}   ({whole:.2f} s)")


def test_import_of_the_whole_country(tmp_path: Path) -> None:
    path = shared("qpv/qpv2024_france_simplifie.geojson")
    environment = {
        "VAR_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'b.sqlite3'}",
    }
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    start = time.perf_counter()
    subprocess.run(
        [*manage, "import_quartiers", str(path)], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    first = time.perf_counter() - start
    start = time.perf_counter()
    subprocess.run(
        [*manage, "import_quartiers", "--help"], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    bare = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"\nimport of 1,609 quartiers / bare start of the command {first / bare:.1f}   ({first:.1f} s, {memory:.0f} MB)"
    )
