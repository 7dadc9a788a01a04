"""`manage.py purge`: a dry run unless told to act, and what it says."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from observations.models import JournalEntry, Observation
from tests import factories

pytestmark = pytest.mark.django_db
SAID = "Des mots qui ne doivent pas rester"


@pytest.fixture
def old(db: None) -> Observation:
    return factories.ObservationFactory(words=SAID, received_at=timezone.now() - timedelta(days=400))


def run(*arguments: str) -> str:
    out, err = StringIO(), StringIO()
    call_command("purge", *arguments, stdout=out, stderr=err)
    assert SAID not in out.getvalue() + err.getvalue()
    return out.getvalue().replace("\xa0", " ")


def test_without_apply_nothing_changes_and_it_says_so(old: Observation) -> None:
    said = run()
    assert "Essai à blanc : rien n’est effacé" in said
    assert "Textes et lieux exacts à effacer : 1" in said
    old.refresh_from_db()
    assert old.words == SAID
    assert not JournalEntry.objects.exists()


def test_with_apply_it_acts_once(old: Observation) -> None:
    assert "Textes et lieux exacts à effacer : 1" in run("--apply")
    old.refresh_from_db()
    assert old.words == ""
    assert "Textes et lieux exacts à effacer : 0" in run("--apply")
    assert JournalEntry.objects.count() == 1
