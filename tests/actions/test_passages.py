"""Passages that may let somebody be recognised: confirmed, taken back, and kept from being published."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from observations import passages
from observations.actions import passages as actions
from observations.actions import publishing, review
from observations.actions.publishing import Recognisable
from observations.models import HitReview, JournalEntry, Neighbourhood, Observation, Summary, User
from observations.passages import of_draft, of_observation, to_deal_with
from tests.factories import ObservationFactory, UserFactory
from tests.restitution.month import hear, month_before

pytestmark = pytest.mark.django_db

NAMED = "Ma voisine Fatima monte les courses de tout l’étage depuis que l’ascenseur est en panne."


@pytest.fixture
def named(banc_vert: Neighbourhood) -> Observation:
    return ObservationFactory(accepted=True, public_text=NAMED, neighbourhood=banc_vert)


def confirmed(observation: Observation, by: User) -> HitReview:
    [passage] = of_observation(observation)
    return actions.confirm_in_observation(observation=observation, fingerprint=passage.fingerprint, by=by)


def again(observation: Observation) -> Observation:
    return Observation.objects.get(pk=observation.pk)


def test_a_passage_is_to_be_dealt_with_until_somebody_confirms_it(named: Observation, cdsu: User) -> None:
    [passage] = to_deal_with(of_observation(named))
    assert (passage.kind, passage.words) == ("name", "voisine Fatima")
    row = confirmed(named, cdsu)
    assert to_deal_with(of_observation(again(named))) == []
    assert (row.by, row.kind, row.field, bool(row.at)) == (cdsu, "name", "public_text", True)


def test_a_confirmation_holds_no_word(named: Observation, cdsu: User) -> None:
    row = confirmed(named, cdsu)
    kept = " ".join(str(value) for value in HitReview.objects.filter(pk=row.pk).values_list().get())
    line = " ".join(str(value) for value in JournalEntry.objects.filter(verb="passage").values_list().get())
    assert not any(word in kept + line for word in ("Fatima", "voisine"))


def test_the_hash_is_keyed(named: Observation, settings: Any) -> None:
    before = of_observation(named)[0].fingerprint
    settings.SECRET_KEY = "another-key-of-another-deployment-altogether"
    assert of_observation(named)[0].fingerprint != before


@pytest.mark.parametrize(
    "text",
    [
        NAMED.replace("Fatima", "Samira"),
        NAMED.replace("Ma voisine Fatima", "Hier, ma voisine Fatima"),
        NAMED.replace("monte", "ne monte plus"),
    ],
    ids=["another name", "other words before", "other words after"],
)
def test_a_change_of_the_passage_or_around_it_asks_again(named: Observation, cdsu: User, text: str) -> None:
    confirmed(named, cdsu)
    review.rewrite(observation_id=named.pk, text=text, by=cdsu)
    assert to_deal_with(of_observation(again(named)))


def test_a_change_far_away_does_not(named: Observation, cdsu: User) -> None:
    confirmed(named, cdsu)
    review.rewrite(observation_id=named.pk, text=NAMED + " " + "Cela dure depuis longtemps." * 3, by=cdsu)
    assert to_deal_with(of_observation(again(named))) == []


def test_a_confirmation_is_taken_back_once_and_both_are_in_the_journal(
    named: Observation, cdsu: User
) -> None:
    row = confirmed(named, cdsu)
    actions.take_back(review=row, by=cdsu)
    assert to_deal_with(of_observation(again(named)))
    with pytest.raises(actions.NotThere):
        actions.take_back(review=row, by=cdsu)
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "passage",
        "annulation",
    ]
    assert confirmed(again(named), cdsu).pk != row.pk


def test_what_changed_meanwhile_is_not_confirmed(named: Observation, cdsu: User) -> None:
    [passage] = of_observation(named)
    review.rewrite(observation_id=named.pk, text="Mon voisin Karim aussi.", by=cdsu)
    with pytest.raises(actions.NotThere):
        actions.confirm_in_observation(observation=named, fingerprint=passage.fingerprint, by=cdsu)
    assert not HitReview.objects.exists()


def test_a_passage_is_confirmed_once(named: Observation, cdsu: User) -> None:
    confirmed(named, cdsu)
    with pytest.raises(actions.NotThere):
        confirmed(again(named), cdsu)


def test_another_neighbourhoods_reviewer_confirms_and_takes_back_nothing(
    named: Observation, cdsu: User, soubise: Neighbourhood
) -> None:
    elsewhere = UserFactory(role="cdsu", neighbourhoods=[soubise])
    with pytest.raises(actions.NotThere):
        confirmed(named, elsewhere)
    row = confirmed(named, cdsu)
    with pytest.raises(actions.NotThere):
        actions.take_back(review=row, by=elsewhere)


def test_a_confirmation_is_of_one_text(named: Observation, cdsu: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HitReview.objects.create(field="public_text", kind="name", fingerprint="x", by=cdsu)


# --- publication ---------------------------------------------------------------------------------------


@pytest.fixture
def draft(banc_vert: Neighbourhood, cdsu: User) -> Summary:
    hear(month_before(), [banc_vert], cdsu, count=4)
    return publishing.create_draft(month=month_before(), by=cdsu)


def written(draft: Summary, by: User, **texts: Any) -> Summary:
    values: dict[str, Any] = {"introduction": "", "comments": {}, "quotes": []}
    return publishing.update_draft(summary=draft, by=by, **(values | texts))


def publish(draft: Summary, by: User) -> Summary:
    said = [q.observation.public_text for q in draft.quotes.select_related("observation")]
    content = {
        "month": f"{draft.month:%Y-%m}",
        "version": draft.version,
        "quotes": [{"text": publishing.quoted(t)} for t in said],
    }
    return publishing.publish(summary=draft, content=content, pdf=b"%PDF", by=by)


@pytest.mark.parametrize(
    "texts",
    [{"introduction": "Mme Benali nous a reçus."}, {"comments": {"logement": "Au 12 rue des Lilas, rien."}}],
    ids=["introduction", "comment"],
)
def test_a_drafts_own_passage_blocks_until_it_is_confirmed(draft: Summary, cdsu: User, texts: Any) -> None:
    draft = written(draft, cdsu, **texts)
    with pytest.raises(Recognisable):
        publish(draft, cdsu)
    [passage] = of_draft(draft)
    actions.confirm_in_draft(summary=draft, field=passage.field, fingerprint=passage.fingerprint, by=cdsu)
    assert publish(draft, cdsu).is_published


def test_a_drafts_own_passage_blocks_until_it_is_reworded(draft: Summary, cdsu: User) -> None:
    draft = written(draft, cdsu, introduction="Mme Benali nous a reçus.")
    with pytest.raises(Recognisable):
        publish(draft, cdsu)
    assert publish(written(draft, cdsu, introduction="On nous a reçus."), cdsu).is_published


def test_a_chosen_words_passage_blocks_until_it_is_dealt_with(draft: Summary, cdsu: User) -> None:
    said = Observation.objects.first()
    assert said
    review.rewrite(observation_id=said.pk, text=NAMED, by=cdsu)
    draft = written(draft, cdsu, quotes=[said.pk])
    with pytest.raises(Recognisable):
        publish(draft, cdsu)
    row = confirmed(again(said), cdsu)
    actions.take_back(review=row, by=cdsu)
    with pytest.raises(Recognisable):
        publish(draft, cdsu)
    confirmed(again(said), cdsu)
    assert publish(draft, cdsu).is_published


def test_words_that_are_not_chosen_block_nothing(draft: Summary, cdsu: User) -> None:
    said = Observation.objects.first()
    assert said
    review.rewrite(observation_id=said.pk, text=NAMED, by=cdsu)
    assert publish(draft, cdsu).is_published


def test_topics_block_nothing(draft: Summary, cdsu: User) -> None:
    draft = written(draft, cdsu, introduction="On a parlé de la mosquée et du diabète.")
    assert publish(draft, cdsu).is_published


def test_a_correction_keeps_what_was_confirmed_and_checks_its_own_reason(draft: Summary, cdsu: User) -> None:
    draft = written(draft, cdsu, introduction="Mme Benali nous a reçus.")
    [passage] = of_draft(draft)
    actions.confirm_in_draft(summary=draft, field=passage.field, fingerprint=passage.fingerprint, by=cdsu)
    first = publish(draft, cdsu)
    second = publishing.start_correction(summary=first, reason="Ma voisine Fatima le demande.", by=cdsu)
    assert [p.field for p in to_deal_with(of_draft(second))] == ["reason"]


@pytest.mark.parametrize("who", ["agent", "partner", "council", "administrator"])
def test_nobody_else_confirms_in_a_draft(
    draft: Summary, cdsu: User, who: str, request: pytest.FixtureRequest
) -> None:
    draft = written(draft, cdsu, introduction="Mme Benali nous a reçus.")
    [passage] = of_draft(draft)
    with pytest.raises(PermissionDenied):
        actions.confirm_in_draft(
            summary=draft,
            field=passage.field,
            fingerprint=passage.fingerprint,
            by=request.getfixturevalue(who),
        )


def test_what_is_published_is_not_taken_back(draft: Summary, cdsu: User) -> None:
    draft = written(draft, cdsu, introduction="Mme Benali nous a reçus.")
    [passage] = of_draft(draft)
    row = actions.confirm_in_draft(
        summary=draft, field=passage.field, fingerprint=passage.fingerprint, by=cdsu
    )
    publish(draft, cdsu)
    with pytest.raises(actions.NotThere):
        actions.take_back(review=row, by=cdsu)


def test_every_kind_has_a_name_in_french() -> None:
    from observations.privacy.detect import BLOCKING

    assert set(BLOCKING) <= set(passages.LABELS)
