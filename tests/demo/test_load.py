"""`manage.py demo`: everything from nothing, and nothing twice."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from observations.actions import review
from observations.demo.load import load
from observations.demo.publish import PUBLISHED
from observations.models import Change, JournalEntry, Neighbourhood, Observation, Status, Summary, User


@pytest.fixture(autouse=True)
def _demonstration(db: None, settings) -> None:
    settings.DEMO = True


def test_the_command_loads_the_whole_territory_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo", port=8123)
    said = capsys.readouterr().out
    for word in ("http://localhost:8123", "agent@demo.test", "conseil@demo.test", "demo-nouveaux-accords"):
        assert word in said
    assert Neighbourhood.objects.active().count() == 7
    assert 550 <= Observation.objects.count() <= 650
    assert Summary.objects.published().count() == PUBLISHED
    assert Summary.objects.exclude(status=Summary.Status.PUBLISHED).count() == 1
    assert Observation.objects.filter(status=Status.TO_READ).exists()
    assert Observation.objects.filter(status=Status.TO_COMPLETE).exists()
    assert Observation.objects.latest("observed_on").observed_on == timezone.localdate() - timedelta(days=1)
    before = Observation.objects.count(), Change.objects.count(), Summary.objects.count()
    assert load(timezone.localdate()) == 0
    assert (Observation.objects.count(), Change.objects.count(), Summary.objects.count()) == before


def test_later_the_missing_days_come_and_what_was_there_stays() -> None:
    load(timezone.localdate())
    before = set(Observation.objects.values_list("pk", flat=True))
    assert load(timezone.localdate() + timedelta(days=3)) > 0
    assert before < set(Observation.objects.values_list("pk", flat=True))
    change = Change.objects.filter(after__status=Status.SET_ASIDE).first()
    review.undo(batch=change.batch, by=User.objects.get(email="cdsu@demo.test"))
    change.observation.refresh_from_db()
    assert change.observation.status == Status.TO_READ


def test_the_journal_tells_the_demonstration_s_past_in_order() -> None:
    load(timezone.localdate())
    lines = list(JournalEntry.objects.order_by("at").values_list("at", "verb"))
    decided = Observation.objects.exclude(status=Status.TO_READ).count()
    assert [verb for _, verb in lines].count("decision") == decided
    assert [verb for _, verb in lines].count("publication") == PUBLISHED
    needs_and_what_comes_of_them = {
        "besoin",
        "besoin-change",
        "organisme",
        "demande",
        "reponse",
        "engagement",
        "retour",
        "diagnostic",
        "contribution",
        "dispositif",
        "action",
        "charte",
        "instance",
    }
    assert {verb for _, verb in lines} == {"decision", "publication", *needs_and_what_comes_of_them}
    assert set(Summary.objects.published().values_list("published_at", flat=True)) <= {at for at, _ in lines}
    assert lines[-1][0] < timezone.now()
