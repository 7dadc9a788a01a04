"""Needs are made of observations, reversibly: who, when, and back."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.actions import needs, review
from observations.actions.erasure import Reason
from observations.erasure import papers
from observations.models import (
    JournalEntry,
    Need,
    NeedChange,
    NeedLink,
    NeedState,
    Neighbourhood,
    Role,
    Stance,
    User,
)
from observations.models.need import Priority
from observations.permissions import needs_of_own, readable_needs
from tests.factories import ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db


def make(cdsu: User, *rows: object, **values: object) -> Need:
    given_ = {"title": "Ascenseurs", "theme": theme("logement-ascenseurs")} | values
    return needs.make(by=cdsu, observations=[row.pk for row in rows], **given_)[0]  # type: ignore[attr-defined, arg-type]


def inside(need: Need) -> set[uuid.UUID]:
    return set(NeedLink.objects.filter(need=need, unlinked_at=None).values_list("observation", flat=True))


def places(need: Need) -> set[str]:
    return set(need.neighbourhoods.values_list("code", flat=True))


def test_its_neighbourhoods_are_at_least_those_of_its_observations(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    first, second = ObservationFactory(neighbourhood=banc_vert), ObservationFactory(neighbourhood=soubise)
    need = make(cdsu, first)
    assert places(need) == {banc_vert.code}
    batch = needs.link(need_id=need.pk, observations=[first.pk, second.pk], by=cdsu)
    assert inside(need) == {first.pk, second.pk}
    assert places(need) == {banc_vert.code, soubise.code}
    needs.edit(need_id=need.pk, by=cdsu, neighbourhoods=[])
    assert places(need) == {banc_vert.code, soubise.code}
    needs.undo(batch=NeedChange.objects.get(batch=batch).batch, by=cdsu)
    assert inside(need) == {first.pk}
    assert places(need) == {banc_vert.code}
    assert [line.verb for line in JournalEntry.objects.order_by("pk")] == [
        "besoin",
        "besoin-observations",
        "besoin-change",
    ]


def test_taking_out_keeps_who_and_when_and_can_be_taken_back(cdsu: User) -> None:
    row = ObservationFactory()
    need = make(cdsu, row)
    batch = needs.unlink(need_id=need.pk, observations=[row.pk], by=cdsu)
    gone = NeedLink.objects.get()
    assert gone.unlinked_by == cdsu
    assert gone.unlinked_at is not None
    needs.undo(batch=batch, by=cdsu)
    assert inside(need) == {row.pk}
    with pytest.raises(needs.NothingToUndo):
        needs.undo(batch=batch, by=cdsu)


def test_moving_on_wants_a_word_only_where_nothing_will_be_done(cdsu: User) -> None:
    need = make(cdsu)
    with pytest.raises(needs.ReasonRequired):
        needs.move_on(need_id=need.pk, state=NeedState.DROPPED, reason="  ", by=cdsu)
    batch = needs.move_on(need_id=need.pk, state=NeedState.DROPPED, reason="Relève de la région.", by=cdsu)
    with pytest.raises(needs.Stale):
        needs.move_on(need_id=need.pk, state=NeedState.SHARED, by=cdsu, revision=1)
    needs.undo(batch=batch, by=cdsu)
    need.refresh_from_db()
    assert (need.state, need.state_reason) == (NeedState.SPOTTED, "")


def test_words_come_back_too(cdsu: User) -> None:
    need = make(cdsu, description="Avant")
    batch = needs.edit(
        need_id=need.pk, by=cdsu, description="Après", priority=Priority.HIGH, theme=theme("sante")
    )
    needs.undo(batch=batch, by=cdsu)
    need.refresh_from_db()
    assert (need.description, need.priority, need.theme.slug) == (
        "Avant",
        Priority.NORMAL,
        "logement-ascenseurs",
    )


def test_merging_moves_everything_and_comes_back(cdsu: User) -> None:
    one, other, both = ObservationFactory.create_batch(3)
    left, right = make(cdsu, one, both), make(cdsu, other, both, title="Pannes")
    needs.take_stance(need_id=left.pk, observations=[one.pk], stance=Stance.AGAINST, by=cdsu)
    batch = needs.merge(need_id=left.pk, into=right.pk, by=cdsu)
    left.refresh_from_db()
    assert (inside(left), inside(right), left.merged_into) == (set(), {one.pk, other.pk, both.pk}, right)
    assert NeedLink.objects.get(need=right, observation=one).stance == Stance.AGAINST
    assert left not in Need.objects.standing()
    needs.undo(batch=batch, by=cdsu)
    left.refresh_from_db()
    assert (inside(left), inside(right), left.merged_into) == ({one.pk, both.pk}, {other.pk, both.pk}, None)
    with pytest.raises(ValueError, match="itself"):
        needs.merge(need_id=left.pk, into=left.pk, by=cdsu)


def test_splitting_moves_a_part_and_comes_back(cdsu: User) -> None:
    stays, goes = ObservationFactory.create_batch(2)
    source = make(cdsu, stays, goes)
    part, batch = needs.make(
        by=cdsu, title="Autre", theme=theme("sante"), observations=[goes.pk], source=source
    )
    assert (inside(source), inside(part)) == ({stays.pk}, {goes.pk})
    assert needs.undo(batch=batch, by=cdsu) == [source.pk]
    assert inside(source) == {stays.pk, goes.pk}
    assert not Need.objects.filter(pk=part.pk).exists()


def test_a_gesture_with_something_on_top_of_it_is_not_taken_back(cdsu: User) -> None:
    first, second = ObservationFactory.create_batch(2)
    need = make(cdsu, first)
    batch = needs.link(need_id=need.pk, observations=[second.pk], by=cdsu)
    needs.unlink(need_id=need.pk, observations=[second.pk], by=cdsu)
    with pytest.raises(needs.NothingToUndo):
        needs.undo(batch=batch, by=cdsu)
    assert inside(need) == {first.pk}


def test_a_limited_account_reads_only_what_stands_within_its_neighbourhoods(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    here, there = ObservationFactory(neighbourhood=soubise), ObservationFactory(neighbourhood=banc_vert)
    mine, astride = make(cdsu, here), make(cdsu, here, there, title="À cheval")
    make(cdsu, title="Partout")
    limited = UserFactory(role=Role.CDSU, neighbourhoods=[soubise])
    assert list(readable_needs(limited)) == [mine]
    needs.link(need_id=mine.pk, observations=[there.pk], by=limited)
    assert inside(mine) == {here.pk}
    batch = NeedChange.objects.filter(need=astride).latest("pk").batch
    with pytest.raises(needs.NothingToUndo):
        needs.undo(batch=batch, by=limited)


def test_an_observation_sorted_elsewhere_takes_its_need_out_of_a_limited_account_s_reach(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    row = ObservationFactory(neighbourhood=soubise)
    need = make(cdsu, row)
    limited = UserFactory(role=Role.CDSU, neighbourhoods=[soubise])
    assert list(readable_needs(limited)) == [need]
    review.sort(observations=[row.pk], neighbourhood=banc_vert, by=cdsu)
    assert not readable_needs(limited).exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.COUNCIL, Role.PARTNER, Role.ADMIN])
def test_nobody_else_reads_needs(role: Role, cdsu: User) -> None:
    make(cdsu)
    assert not readable_needs(UserFactory(role=role)).exists()


def test_a_worker_reads_the_title_of_what_their_words_are_in(
    cdsu: User, agent: User, other_agent: User
) -> None:
    mine = ObservationFactory(author=agent)
    need = make(cdsu, mine, ObservationFactory(author=other_agent))
    assert [link.need for link in needs_of_own(agent)] == [need]
    needs.unlink(need_id=need.pk, observations=[mine.pk], by=cdsu)
    assert not needs_of_own(agent).exists()


def test_erasing_an_observation_takes_it_out_of_needs_and_of_their_earlier_wordings(cdsu: User) -> None:
    row = ObservationFactory()
    need = make(cdsu, row)
    needs.edit(need_id=need.pk, by=cdsu, description="Madame Untel attend.")
    needs.edit(need_id=need.pk, by=cdsu, description="On attend.")
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    assert not NeedLink.objects.exists()
    assert "Untel" not in str(list(NeedChange.objects.values_list("before", "after")))


GESTURES = st.lists(
    st.tuples(st.sampled_from(["link", "unlink", "merge", "state", "stance"]), st.integers(0, 3)), max_size=8
)


@given(steps=GESTURES)
@settings(max_examples=25, deadline=None)
def test_undoing_everything_from_the_last_gives_back_the_start(steps: list[tuple[str, int]]) -> None:
    cdsu = UserFactory(role=Role.CDSU)
    rows = ObservationFactory.create_batch(4)
    one, other = make(cdsu, rows[0], rows[1]), make(cdsu, rows[2])

    def everything() -> object:
        return [
            (
                need.state,
                need.merged_into_id,
                places(need),
                sorted(
                    NeedLink.objects.filter(need=need, unlinked_at=None).values_list("observation", "stance")
                ),
            )
            for need in Need.objects.filter(pk__in=[one.pk, other.pk]).order_by("pk")
        ]

    states, batches = [everything()], []
    for step, n in steps:
        chosen = [rows[n].pk]
        batches.append(
            {
                "link": lambda c=chosen: needs.link(need_id=one.pk, observations=c, by=cdsu),
                "unlink": lambda c=chosen: needs.unlink(need_id=one.pk, observations=c, by=cdsu),
                "merge": lambda: needs.merge(need_id=other.pk, into=one.pk, by=cdsu),
                "state": lambda i=n: needs.move_on(need_id=one.pk, state=list(NeedState)[i], by=cdsu),
                "stance": lambda c=chosen, i=n: needs.take_stance(
                    need_id=one.pk, observations=c, stance=list(Stance)[i % 3], by=cdsu
                ),
            }[step]()
        )
        states.append(everything())
    for batch, before, after in reversed(list(zip(batches, states, states[1:], strict=False))):
        assert everything() == after
        if NeedChange.objects.filter(batch=batch).exists():
            needs.undo(batch=batch, by=cdsu)
        assert everything() == before
