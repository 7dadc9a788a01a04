"""One table of questions and answers for both databases, and an index that forgets."""

import json
from pathlib import Path

import pytest
from django.db import connection

from observations.actions import storage
from observations.models import Observation
from observations.models.search_index import create
from observations.search import found_in, matching
from observations.words import query
from tests.factories import ObservationFactory

CASES = json.loads((Path(__file__).parent / "cases" / "search.json").read_text())
pytestmark = pytest.mark.django_db


@pytest.fixture
def said() -> dict[str, Observation]:
    return {name: ObservationFactory(words=text) for name, text in CASES["texts"].items()}


@pytest.mark.parametrize(("asked", "expected"), CASES["asked"])
def test_the_same_answers_on_both_databases(
    asked: str, expected: list[str], said: dict[str, Observation]
) -> None:
    names = {row.pk: name for name, row in said.items()}
    found = {names[row.pk] for row in matching(Observation.objects.all(), asked)}
    assert found == set(expected)
    for row in matching(Observation.objects.all(), asked):
        assert found_in(row, query(asked))


def test_every_text_is_read_and_no_phrase_runs_across() -> None:
    row = ObservationFactory(words="Il fait froid", seen="dehors", reading="isolement", place_label="Square")
    row.restem()
    row.save()
    for asked in ("froid", "dehors", "isolement", "square", "froid square"):
        assert matching(Observation.objects.all(), asked).exists(), asked
    assert not matching(Observation.objects.all(), "« froid dehors »").exists()
    found = found_in(row, query("isolement"))
    assert found
    assert found.name == "reading"


def test_the_index_follows_every_write() -> None:
    row = ObservationFactory(words="chaudière")
    other = ObservationFactory(words="fontaine")
    Observation.objects.filter(pk=row.pk).update(stems="fenetr")
    everything = Observation.objects.all()
    assert not matching(everything, "chaudière").exists()
    assert list(matching(everything, "fenêtre")) == [row]
    row.delete()
    assert not matching(everything, "fenêtre").exists()
    assert list(matching(everything, "fontaine")) == [other]


@pytest.mark.django_db(transaction=True)
def test_the_index_can_be_built_anew() -> None:
    row = ObservationFactory(words="fontaine")
    with connection.schema_editor() as editor:
        create(None, editor)
    assert list(matching(Observation.objects.all(), "fontaines")) == [row]


@pytest.mark.django_db(transaction=True)
def test_erased_words_leave_the_index() -> None:
    """Not one row of the index's own tables knows them. (tests/proof reads the files.)"""
    row = ObservationFactory(words="zqxylophone")
    for n in range(20):
        ObservationFactory(words=f"autre {n}")
    row.delete()
    assert storage.rewrite_files()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM observation_search_data")
            assert not [block for (block,) in cursor.fetchall() if b"zqxyl" in block]
            cursor.execute("SELECT count(*) FROM observation_search_content")
            assert cursor.fetchone()[0] == 20
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', stems) FROM observations_observation')"
            )
            assert "zqxylophon" not in {word for (word,) in cursor.fetchall()}
