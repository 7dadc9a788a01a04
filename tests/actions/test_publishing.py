"""The draft's life: opened, saved, published once, corrected by a new version."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from observations.actions import publishing
from observations.actions.publishing import MonthNotOver, PublishingError, Stale
from observations.models import Agreement, JournalEntry, Neighbourhood, Observation, Status, Summary, User
from observations.typography import quoted
from tests import factories
from tests.restitution.month import hear, month_before


@pytest.fixture
def heard(banc_vert: Neighbourhood, cdsu: User) -> list[Observation]:
    return hear(month_before(), [banc_vert], cdsu, count=4)


def drafted(by: User, **changes: Any) -> Summary:
    draft = publishing.create_draft(month=month_before(), by=by)
    values: dict[str, Any] = {"introduction": "", "comments": {}, "quotes": []}
    return publishing.update_draft(summary=draft, by=by, **(values | changes))


def content_of(draft: Summary) -> dict[str, Any]:
    """The little of a content that the action reads."""
    said = [q.observation.public_text for q in draft.quotes.select_related("observation")]
    return {
        "month": f"{draft.month:%Y-%m}",
        "version": draft.version,
        "quotes": [{"text": quoted(t)} for t in said],
    }


def published(by: User, **changes: Any) -> Summary:
    draft = drafted(by, **changes)
    return publishing.publish(summary=draft, content=content_of(draft), pdf=b"%PDF", by=by)


def test_opening_a_draft_twice_gives_the_same_one(cdsu: User) -> None:
    assert drafted(cdsu).pk == publishing.create_draft(month=month_before(), by=cdsu).pk


def test_a_month_to_come_has_no_draft(cdsu: User) -> None:
    with pytest.raises(PublishingError, match="n’a pas commencé"):
        publishing.create_draft(month=month_before(-1), by=cdsu)


def test_a_published_month_is_corrected_rather_than_drafted_again(cdsu: User) -> None:
    published(cdsu)
    with pytest.raises(PublishingError, match="déjà publiée"):
        publishing.create_draft(month=month_before(), by=cdsu)


@pytest.mark.parametrize("somebody", ["agent", "partner", "council", "administrator"])
def test_nobody_else_writes_a_synthese(somebody: str, cdsu: User, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(somebody)
    draft = drafted(cdsu)
    with pytest.raises(PermissionDenied):
        publishing.create_draft(month=month_before(2), by=user)
    with pytest.raises(PermissionDenied):
        publishing.publish(summary=draft, content=content_of(draft), pdf=b"%PDF", by=user)


def test_a_cdsu_of_some_neighbourhoods_does_not_write_for_all(banc_vert: Neighbourhood) -> None:
    limited = factories.UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    with pytest.raises(PermissionDenied):
        publishing.create_draft(month=month_before(), by=limited)


def test_a_draft_keeps_its_words_in_order_and_drops_blank_comments(
    cdsu: User, heard: list[Observation]
) -> None:
    order = [heard[2].pk, heard[0].pk, heard[2].pk, heard[1].pk]
    draft = drafted(
        cdsu, introduction="  Bonjour.  ", comments={"logement": " Oui. ", "lien": "  "}, quotes=order
    )
    assert [q.observation_id for q in draft.quotes.all()] == [heard[2].pk, heard[0].pk, heard[1].pk]
    assert (draft.introduction, draft.comments) == ("Bonjour.", {"logement": "Oui."})


def test_the_second_of_two_writers_is_told_and_replaces_nothing(cdsu: User) -> None:
    draft = drafted(cdsu)
    read = draft.updated_at
    publishing.update_draft(
        summary=draft, introduction="Le premier.", comments={}, quotes=[], by=cdsu, seen=read
    )
    with pytest.raises(Stale):
        publishing.update_draft(
            summary=draft, introduction="Le second.", comments={}, quotes=[], by=cdsu, seen=read
        )
    assert Summary.objects.get().introduction == "Le premier."


@pytest.mark.parametrize(
    "change",
    [
        {"agreement": Agreement.NO, "public_text": ""},
        {"public_text": ""},
        {"status": Status.SET_ASIDE, "status_reason": "Trop précis."},
        {"observed_on": date(2020, 1, 1)},
    ],
    ids=["no agreement", "no text", "set aside", "another month"],
)
def test_words_that_may_not_be_quoted_are_not_chosen(
    cdsu: User, heard: list[Observation], change: dict[str, Any]
) -> None:
    Observation.objects.filter(pk=heard[0].pk).update(**change)
    with pytest.raises(PublishingError, match="ne peut plus être citée"):
        drafted(cdsu, quotes=[heard[0].pk])


def test_an_unknown_identifier_is_not_chosen(cdsu: User) -> None:
    with pytest.raises(PublishingError):
        drafted(cdsu, quotes=[uuid.uuid4()])


def test_words_chosen_while_quotable_stay_in_the_draft(cdsu: User, heard: list[Observation]) -> None:
    draft = drafted(cdsu, quotes=[heard[0].pk])
    Observation.objects.filter(pk=heard[0].pk).update(public_text="")
    publishing.update_draft(summary=draft, introduction="x", comments={}, quotes=[heard[0].pk], by=cdsu)
    assert publishing.unquotable(draft.quotes.all(), draft.month)


def test_publishing_freezes_content_pdf_who_and_when(cdsu: User, heard: list[Observation]) -> None:
    summary = published(cdsu, quotes=[heard[0].pk])
    kept = Summary.objects.get(pk=summary.pk)
    assert kept.is_published
    assert (kept.content, bytes(kept.pdf), kept.published_by) == (summary.content, b"%PDF", cdsu)
    assert kept.published_at
    [line] = JournalEntry.objects.all()
    assert (line.verb, line.subject, line.by) == ("publication", f"summary {kept.pk}", cdsu)


def test_a_published_synthese_can_be_neither_saved_nor_published_nor_deleted(cdsu: User) -> None:
    summary = published(cdsu)
    with pytest.raises(PublishingError):
        publishing.update_draft(summary=summary, introduction="x", comments={}, quotes=[], by=cdsu)
    with pytest.raises(PublishingError):
        publishing.publish(summary=summary, content=content_of(summary), pdf=b"%PDF", by=cdsu)
    with pytest.raises(PublishingError):
        publishing.delete_draft(summary=summary, by=cdsu)


def test_the_running_month_is_not_published(cdsu: User) -> None:
    draft = publishing.create_draft(month=month_before(0), by=cdsu)
    with pytest.raises(MonthNotOver, match="n’est pas fini"):
        publishing.publish(summary=draft, content=content_of(draft), pdf=b"%PDF", by=cdsu)
    assert not publishing.is_over(timezone.localdate().replace(day=1))


def test_what_was_composed_before_somebody_saved_is_not_published(cdsu: User) -> None:
    draft = drafted(cdsu)
    composed = content_of(draft)
    publishing.update_draft(summary=draft, introduction="Autre chose.", comments={}, quotes=[], by=cdsu)
    with pytest.raises(Stale):
        publishing.publish(summary=draft, content=composed, pdf=b"%PDF", by=cdsu)


@pytest.mark.parametrize(
    "change",
    [{"agreement": Agreement.NO, "public_text": ""}, {"public_text": "Reformulée."}],
    ids=["taken back", "reworded"],
)
def test_words_that_changed_since_they_were_composed_are_not_published(
    cdsu: User, heard: list[Observation], change: dict[str, Any]
) -> None:
    draft = drafted(cdsu, quotes=[heard[0].pk])
    composed = content_of(draft)
    Observation.objects.filter(pk=heard[0].pk).update(**change)
    with pytest.raises(PublishingError, match="vient de changer"):
        publishing.publish(summary=draft, content=composed, pdf=b"%PDF", by=cdsu)
    assert not Summary.objects.get().is_published


def test_a_content_of_another_month_is_refused(cdsu: User) -> None:
    draft = drafted(cdsu)
    with pytest.raises(ValueError, match="another"):
        publishing.publish(
            summary=draft, content=content_of(draft) | {"month": "2019-01"}, pdf=b"%PDF", by=cdsu
        )


def test_a_correction_starts_from_what_was_published(cdsu: User, heard: list[Observation]) -> None:
    first = published(
        cdsu, introduction="Avant.", comments={"logement": "Oui."}, quotes=[heard[1].pk, heard[0].pk]
    )
    second = publishing.start_correction(summary=first, reason=" Un mot était faux. ", by=cdsu)
    assert (second.version, second.reason, second.is_published) == (2, "Un mot était faux.", False)
    assert (second.introduction, second.comments) == ("Avant.", {"logement": "Oui."})
    assert [q.observation_id for q in second.quotes.all()] == [heard[1].pk, heard[0].pk]
    newest = JournalEntry.objects.values_list("verb", "subject")[:2]
    assert list(newest) == [("correction", f"summary {second.pk}"), ("publication", f"summary {first.pk}")]


def test_a_correction_says_why(cdsu: User) -> None:
    first = published(cdsu)
    with pytest.raises(PublishingError, match="Dites ce que vous corrigez"):
        publishing.start_correction(summary=first, reason="  ", by=cdsu)
    with pytest.raises(PublishingError, match="trop long"):
        publishing.start_correction(summary=first, reason="x" * 501, by=cdsu)


def test_one_correction_at_a_time_and_of_the_latest_version(cdsu: User) -> None:
    first = published(cdsu)
    second = publishing.start_correction(summary=first, reason="Oubli.", by=cdsu)
    with pytest.raises(PublishingError, match="autre version"):
        publishing.start_correction(summary=first, reason="Encore.", by=cdsu)
    publishing.publish(summary=second, content=content_of(second), pdf=b"%PDF", by=cdsu)
    with pytest.raises(PublishingError, match="autre version"):
        publishing.start_correction(summary=first, reason="Encore.", by=cdsu)


def test_deleting_a_correction_leaves_what_is_published(cdsu: User) -> None:
    first = published(cdsu)
    second = publishing.start_correction(summary=first, reason="Oubli.", by=cdsu)
    publishing.delete_draft(summary=second, by=cdsu)
    assert list(Summary.objects.all()) == [first]


def test_the_last_day_of_a_month_is_the_eve_of_the_next() -> None:
    assert publishing.first_and_last_day(date(2028, 2, 10)) == (date(2028, 2, 1), date(2028, 2, 29))
    assert publishing.first_and_last_day(date(2026, 12, 31))[1] + timedelta(days=1) == date(2027, 1, 1)
