"""The reviewer's gestures: what they write, what they refuse, how they are taken back."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from observations.actions import review
from observations.models import Agreement, Change, JournalEntry, Neighbourhood, Observation, Status, User
from observations.search import matching
from tests.factories import ObservationFactory, UserFactory, theme

NOON = datetime(2026, 1, 2, 12, 4, 5, 678901, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def fresh(observation: Observation) -> Observation:
    return Observation.objects.get(pk=observation.pk)


def test_a_decision_says_who_when_and_what_was_before(cdsu: User) -> None:
    seen = ObservationFactory()
    batch = review.decide(observations=[seen.pk], status=Status.ACCEPTED, by=cdsu, revision=1)
    row, change = fresh(seen), Change.objects.get(batch=batch)
    assert (row.status, row.status_by, row.status_reason, row.revision) == ("retenue", cdsu, "", 2)
    assert (change.kind, change.by, change.observation_id) == ("decision", cdsu, seen.pk)
    assert change.before == {"status": "a-relire", "status_by_id": None, "status_at": None}
    assert change.after["status"] == "retenue"
    assert change.after["status_by_id"] == cdsu.pk


@pytest.mark.parametrize("status", [Status.TO_COMPLETE, Status.SET_ASIDE])
def test_a_question_or_a_set_aside_needs_its_reason(cdsu: User, status: Status) -> None:
    seen = ObservationFactory()
    with pytest.raises(review.ReasonRequired):
        review.decide(observations=[seen.pk], status=status, reason="  ", by=cdsu)
    assert fresh(seen).status == Status.TO_READ
    review.decide(observations=[seen.pk], status=status, reason=" Depuis quand ? ", by=cdsu)
    assert fresh(seen).status_reason == "Depuis quand ?"


def test_reopening_forgets_the_decision_but_not_its_history(cdsu: User) -> None:
    kept = ObservationFactory(accepted=True)
    review.decide(observations=[kept.pk], status=Status.TO_READ, by=cdsu)
    row = fresh(kept)
    assert (row.status, row.status_by, row.status_at) == ("a-relire", None, None)
    assert Change.objects.get(observation=kept).before["status"] == "retenue"


def test_deciding_the_same_thing_again_changes_nothing(cdsu: User) -> None:
    kept = ObservationFactory(accepted=True)
    batch = review.decide(observations=[kept.pk], status=Status.ACCEPTED, by=cdsu)
    assert (fresh(kept).revision, Change.objects.filter(batch=batch).count()) == (1, 0)


def gestures(row: Observation, by: User, revision: int) -> list[Callable[[], uuid.UUID]]:
    return [
        lambda: review.decide(observations=[row.pk], status=Status.ACCEPTED, by=by, revision=revision),
        lambda: review.rewrite(observation_id=row.pk, text="Autre", by=by, revision=revision),
        lambda: review.sort(observations=[row.pk], theme=theme("mobilites"), by=by, revision=revision),
    ]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_page_opened_before_somebody_elses_change_is_refused(cdsu: User, which: int) -> None:
    row = ObservationFactory()
    review.rewrite(observation_id=row.pk, text="Déjà changé", by=cdsu)
    with pytest.raises(review.Stale):
        gestures(row, cdsu, revision=1)[which]()
    assert (fresh(row).revision, Change.objects.count()) == (2, 1)


def test_rewording_is_found_by_the_search(cdsu: User) -> None:
    row = ObservationFactory(words="Ça marche plus.")
    review.rewrite(observation_id=row.pk, text="L’élévateur est arrêté.", by=cdsu)
    assert fresh(row).public_text == "L’élévateur est arrêté."
    assert [found.pk for found in matching(Observation.objects.all(), "elevateurs")] == [row.pk]
    assert Change.objects.get().before == {"public_text": ""}


@pytest.mark.parametrize("agreement", [Agreement.NO, Agreement.NOTHING_SAID])
def test_without_agreement_no_text_goes_to_partners(cdsu: User, agreement: Agreement) -> None:
    words = "" if agreement == Agreement.NOTHING_SAID else "Gardez ça pour vous."
    row = ObservationFactory(agreement=agreement, words=words, seen="Une porte cassée.")
    with pytest.raises(review.NotQuotable):
        review.rewrite(observation_id=row.pk, text="Quand même", by=cdsu)
    assert fresh(row).public_text == ""


def test_sorting_writes_one_change_a_fact(cdsu: User, soubise: Neighbourhood) -> None:
    row = ObservationFactory()
    batch = review.sort(observations=[row.pk], theme=theme("mobilites"), neighbourhood=soubise, by=cdsu)
    kinds = Change.objects.filter(batch=batch).values_list("kind", flat=True)
    assert list(kinds) == ["theme", "quartier"]
    assert (fresh(row).theme.slug, fresh(row).neighbourhood) == ("mobilites", soubise)


def test_undo_puts_everything_back_as_it_was(cdsu: User, soubise: Neighbourhood) -> None:
    row = ObservationFactory(status="a-preciser", status_by=cdsu, status_at=NOON, status_reason="Où ?")
    before = Observation.objects.values().get(pk=row.pk)
    batches = [
        review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu),
        review.rewrite(observation_id=row.pk, text="Une phrase", by=cdsu),
        review.sort(observations=[row.pk], theme=theme("mobilites"), neighbourhood=soubise, by=cdsu),
    ]
    for batch in reversed(batches):
        assert review.undo(batch=batch, by=cdsu) == [row.pk]
    after = Observation.objects.values().get(pk=row.pk)
    assert after.pop("revision") > before.pop("revision")
    before.pop("stems")
    assert "une phrase" not in after.pop("stems")
    assert after == before
    assert not Change.objects.filter(undone_at=None).exists()


def test_a_text_and_a_decision_of_one_gesture_are_undone_together(cdsu: User) -> None:
    row = ObservationFactory()
    batch = review.rewrite(observation_id=row.pk, text="Une phrase", by=cdsu)
    review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu, batch=batch)
    review.undo(batch=batch, by=cdsu)
    assert (fresh(row).status, fresh(row).public_text) == ("a-relire", "")


def test_undo_refuses_what_was_undone_or_changed_since(cdsu: User) -> None:
    one, two = ObservationFactory(), ObservationFactory()
    batch = review.decide(observations=[one.pk, two.pk], status=Status.ACCEPTED, by=cdsu)
    later = review.rewrite(observation_id=two.pk, text="Une phrase", by=cdsu)
    with pytest.raises(review.NothingToUndo):
        review.undo(batch=batch, by=cdsu)
    assert fresh(one).status == Status.ACCEPTED
    review.undo(batch=later, by=cdsu)
    review.undo(batch=batch, by=cdsu)
    with pytest.raises(review.NothingToUndo):
        review.undo(batch=batch, by=cdsu)
    with pytest.raises(review.NothingToUndo):
        review.undo(batch=uuid.uuid4(), by=cdsu)


def test_any_reviewer_of_these_observations_may_undo_and_nobody_else(
    cdsu: User, agent: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    here, elsewhere = (UserFactory(role="cdsu", neighbourhoods=[place]) for place in (banc_vert, soubise))
    row = ObservationFactory(neighbourhood=banc_vert)
    batch = review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu)
    for stranger in (elsewhere, agent):
        with pytest.raises(review.NothingToUndo):
            review.undo(batch=batch, by=stranger)
    assert review.undo(batch=batch, by=here) == [row.pk]


def test_the_authors_answer_cannot_be_undone_by_the_reviewer(cdsu: User) -> None:
    row = ObservationFactory()
    change = Change.objects.create(observation=row, kind="reponse", by=row.author, batch=uuid.uuid4())
    with pytest.raises(review.NothingToUndo):
        review.undo(batch=change.batch, by=cdsu)


def test_ten_observations_cost_the_queries_of_two(cdsu: User) -> None:
    def cost(size: int) -> tuple[int, int]:
        rows = [ObservationFactory().pk for _ in range(size)]
        with CaptureQueriesContext(connection) as done:
            batch = review.decide(observations=rows, status=Status.ACCEPTED, by=cdsu)
        with CaptureQueriesContext(connection) as undone:
            review.undo(batch=batch, by=cdsu)
        return len(done), len(undone)

    assert cost(2) == cost(10)


def lines() -> list[tuple[str, str, int | None, int | None]]:
    """The journal, oldest first: verb, subject, where, by whom."""
    names = ("verb", "subject", "neighbourhood_id", "by_id")
    return list(JournalEntry.objects.order_by("pk").values_list(*names))


def test_each_gesture_leaves_one_line_an_observation_in_the_journal(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    rows = sorted((ObservationFactory(neighbourhood=banc_vert) for _ in range(2)), key=lambda row: row.pk)
    keys = [row.pk for row in rows]
    batch = review.sort(observations=keys, theme=theme("mobilites"), neighbourhood=soubise, by=cdsu)
    review.undo(batch=batch, by=cdsu)
    review.decide(observations=keys, status=Status.ACCEPTED, by=cdsu)
    review.rewrite(observation_id=keys[0], text="Une phrase.", by=cdsu)
    both = [f"observation {key}" for key in keys]
    assert lines() == [
        (verb, subject, banc_vert.pk, cdsu.pk)
        for verb, subjects in [
            ("classement", both),
            ("annulation", both),
            ("decision", both),
            ("texte", both[:1]),
        ]
        for subject in subjects
    ]


def test_what_changes_nothing_leaves_no_line(cdsu: User) -> None:
    kept = ObservationFactory(accepted=True)
    review.decide(observations=[kept.pk], status=Status.ACCEPTED, by=cdsu)
    review.sort(observations=[kept.pk], theme=kept.theme, by=cdsu)
    review.rewrite(observation_id=kept.pk, text="", by=cdsu)
    assert lines() == []


def test_a_gesture_taken_back_by_its_transaction_leaves_no_line(cdsu: User) -> None:
    row = ObservationFactory(agreement=Agreement.NO)
    with pytest.raises(review.NotQuotable):
        review.rewrite(observation_id=row.pk, text="Une phrase.", by=cdsu)
    assert lines() == []
