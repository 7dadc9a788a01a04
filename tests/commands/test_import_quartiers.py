"""`manage.py import_quartiers`: what it says, and what it leaves untouched when it refuses."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from observations.management.commands.import_quartiers import source_name
from observations.management.progress import Counter
from observations.models import Neighbourhood
from tests.conftest import shared

pytestmark = pytest.mark.django_db

ARCHIVE = "qpv/qpv2024_archive_59_51_13.zip"
NATIONAL = "qpv/qpv2024_france_simplifie.geojson"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(source: object, *options: str, stderr: io.StringIO | None = None) -> str:
    """What the command says, with ordinary spaces."""
    stdout = io.StringIO()
    call_command("import_quartiers", str(source), *options, stdout=stdout, stderr=stderr or io.StringIO())
    return plain(stdout.getvalue())


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def active() -> set[str]:
    return set(Neighbourhood.objects.active().values_list("code", flat=True))


def test_an_intercommunal_body_is_taken_from_the_official_archive():
    said = run(shared(ARCHIVE), "--epci", "245900428")
    assert "ajoutés : 7, modifiés : 0, retirés : 0, inchangés : 0" in said
    assert len(active()) == 7
    assert Neighbourhood.objects.get(code="QN05959M").name == "Petit Steendam"


def test_a_second_run_changes_nothing():
    run(shared(ARCHIVE), "--epci", "245900428")
    assert "ajoutés : 0, modifiés : 0, retirés : 0, inchangés : 7" in run(
        shared(ARCHIVE), "--epci", "245900428"
    )


def test_communes_are_taken_and_those_without_quartier_named():
    said = run(shared(ARCHIVE), "--communes", "59271,59183,59999")
    assert active() == {"QN05960M", "QN05961M", "QN05962M", "QN05963M"}
    assert "La commune 59999 n’a pas de quartier dans ce fichier." in said


def test_the_whole_national_file_is_taken_and_the_repaired_outlines_named():
    said = run(shared(NATIONAL))
    with shared("qpv/qpv2024_geometries_invalides.csv").open(encoding="utf-8") as file:
        known = {row["code_qp"] for row in csv.DictReader(file, delimiter=";")}
    assert "les 1 609 quartiers du fichier sont pris" in said
    assert "ajoutés : 1 609" in said
    assert "Contours réparés (85) :" in said
    assert {line.split()[0] for line in said.splitlines() if line.startswith("  QN")} == known
    assert len(active()) == 1609


def test_what_left_the_choice_is_retired_and_named():
    run(shared(ARCHIVE), "--communes", "59271,59183")
    said = run(shared(ARCHIVE), "--communes", "59271")
    assert "retirés : 3" in said
    assert "leurs observations restent : QN0596" in said
    assert active() == {"QN05963M"}


def test_a_rehearsal_writes_nothing():
    said = run(shared(ARCHIVE), "--epci", "245900428", "--dry-run")
    assert "rien n’est écrit" in said
    assert "ajoutés : 7" in said
    assert not Neighbourhood.objects.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--epci", "245900429"), "Les plus proches : 245900428"),
        (("--epci", ""), "Aucun quartier"),
        (("--communes", "75056"), "Vérifiez les communes"),
        (("--communes", ""), "Aucun quartier"),
    ],
)
def test_nothing_for_the_territory_is_an_error_that_changes_nothing(options: tuple[str, str], said: str):
    run(shared(ARCHIVE), "--communes", "59271")
    before = list(Neighbourhood.objects.values())
    with pytest.raises(CommandError) as refusal:
        run(shared(ARCHIVE), *options)
    assert said in plain(str(refusal.value))
    assert "Rien n’a été changé." in plain(str(refusal.value))
    assert list(Neighbourhood.objects.values()) == before


def test_one_bad_quartier_among_good_ones_changes_nothing(tmp_path: Path):
    content = json.loads(shared("qpv/qpv2024_territoires.geojson").read_bytes())
    content["features"][-1]["geometry"] = None
    path = tmp_path / "quartiers.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(CommandError, match="pas de contour"):
        run(path)
    assert not Neighbourhood.objects.exists()


def test_one_chooses_a_body_or_communes_not_both():
    with pytest.raises(CommandError):
        run("any.geojson", "--epci", "245900428", "--communes", "59183")


def test_a_terminal_sees_one_counter_and_a_log_a_few_lines():
    terminal, log = Terminal(), io.StringIO()
    run(shared(ARCHIVE), stderr=terminal)
    run(shared(ARCHIVE), stderr=log)
    assert terminal.getvalue().count("\n") == 1
    assert plain(terminal.getvalue()).endswith("\rContours lus : 178 sur 178\n")
    assert 2 <= log.getvalue().count("\n") <= 5
    assert "\r" not in log.getvalue()


def test_progress_ends_even_for_one_quartier():
    log = io.StringIO()
    Counter(OutputWrapper(log))("Contours lus", 1, 1)
    assert plain(log.getvalue()) == "Contours lus : 1 sur 1\n"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("/home/claire/Bureau/QP2024.zip", "QP2024.zip"),
        ("https://claire:secret@data.example/qpv/QP2024.zip?cle=abc", "https://data.example/qpv/QP2024.zip"),
        ("a" * 300, "a" * 200),
    ],
)
def test_the_source_kept_holds_no_folder_and_no_key(source: str, kept: str):
    assert source_name(source) == kept
