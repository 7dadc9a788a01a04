"""What a CDSU does with needs: make, word, move on, link, merge, split; and take one gesture back.

Each is all or nothing, leaves a `NeedChange` a fact changed and one line of the journal a need touched.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from observations.actions import journal
from observations.models import (
    Changed,
    GivingBack,
    JournalEntry,
    Need,
    NeedChange,
    NeedLink,
    NeedRequest,
    Neighbourhood,
    Observation,
    Theme,
    User,
)
from observations.models.need import NeedState, Priority, Stance
from observations.permissions import readable_needs, reviewable_observations

Kind = NeedChange.Kind
Verb = JournalEntry.Verb


class Stale(Exception):
    """Somebody changed the need since the page was opened."""


class ReasonRequired(Exception):
    """« Sans suite » goes with why."""


class GivenBack(Exception):
    """Residents were told of this need under its own address: it is not merged away."""


class NothingToUndo(Exception):
    """The gesture was already undone, something was changed on top of it, or it is out of reach."""


@transaction.atomic
def make(
    *,
    by: User,
    title: str,
    theme: Theme,
    neighbourhoods: Iterable[Neighbourhood] = (),
    description: str = "",
    priority: int = Priority.NORMAL,
    under_way: str = "",
    observations: Iterable[uuid.UUID] = (),
    source: Need | None = None,
) -> tuple[Need, uuid.UUID]:
    """A need, with these observations in it; from `source`, which they leave: that is a split."""
    need = Need.objects.create(
        title=title,
        theme=theme,
        description=description,
        priority=priority,
        under_way=under_way,
        created_by=by,
    )
    need.neighbourhoods.set(neighbourhoods)
    batch = uuid.uuid4()
    picked = list(observations)
    _write(need, Kind.CREATED, by, batch, after={"source": source.pk} if source else {})
    said: dict[uuid.UUID, NeedLink] = {}
    if source is not None:
        standing = NeedLink.objects.filter(need=source, observation__in=picked, unlinked_at=None)
        said = {link.observation_id: link for link in standing}
        _unlink(_locked(source.pk, None), list(said), by, batch)
    _link(need, picked, by, batch, said)
    journal.record(Verb.NEED_CREATED, by=by, subject=need)
    return need, batch


@transaction.atomic
def edit(
    *,
    need_id: int,
    by: User,
    revision: int | None = None,
    neighbourhoods: Iterable[Neighbourhood] | None = None,
    **values: Any,
) -> uuid.UUID:
    """Other words, another theme, priority or neighbourhoods; those of its observations always stay. Raises Stale."""
    need = _locked(need_id, revision)
    if "theme" in values:
        values["theme_id"] = values.pop("theme").pk
    changed = {name: value for name, value in values.items() if getattr(need, name) != value}
    before = {name: getattr(need, name) for name in changed}
    batch = uuid.uuid4()
    if neighbourhoods is not None:
        heard = Observation.objects.filter(need_links__in=_standing(need)).values_list(
            "neighbourhood", flat=True
        )
        before |= _set_places(need, {place.pk for place in neighbourhoods} | set(heard), changed)
    if changed:
        _apply(need, changed)
        _write(need, Kind.EDITED, by, batch, before=before, after=changed)
        journal.record(Verb.NEED_CHANGED, by=by, subject=need)
    return batch


@transaction.atomic
def move_on(
    *, need_id: int, state: NeedState, reason: str = "", by: User, revision: int | None = None
) -> uuid.UUID:
    """Another state, with a word about it; « sans suite » needs one. Raises ReasonRequired, Stale."""
    reason = reason.strip()
    if state == NeedState.DROPPED and not reason:
        raise ReasonRequired
    need = _locked(need_id, revision)
    batch = uuid.uuid4()
    after = {"state": str(state), "state_reason": reason}
    before = {name: getattr(need, name) for name in after}
    if before != after:
        _apply(need, after)
        _write(need, Kind.STATE, by, batch, before=before, after=after)
        journal.record(Verb.NEED_CHANGED, by=by, subject=need)
    return batch


@transaction.atomic
def link(*, need_id: int, observations: Iterable[uuid.UUID], by: User) -> uuid.UUID:
    """Puts these observations in the need, and their neighbourhoods with them; those already there stay."""
    need, batch = _locked(need_id, None), uuid.uuid4()
    if _link(need, list(observations), by, batch):
        journal.record(Verb.NEED_LINKED, by=by, subject=need)
    return batch


def follow_up(*, code: str, observation: Observation, changed: str) -> None:
    """Puts an observation that answers « est-ce que ça a changé ? » in its need, within the caller's transaction.

    A code that opens nothing, or another neighbourhood's, links nothing: the observation stands without. It leaves no
    change of the need, which would tell who wrote.
    """
    told = GivingBack.objects.filter(published_at__isnull=False)
    here = told.about(Neighbourhood.objects.filter(pk=observation.neighbourhood_id))
    found = here.filter(code=code).select_related("need").first()
    if found is None or changed not in set(Changed):
        return
    NeedLink.objects.create(need=found.need, observation=observation, changed=changed)
    _apply(found.need, {})


@transaction.atomic
def unlink(*, need_id: int, observations: Iterable[uuid.UUID], by: User) -> uuid.UUID:
    """Takes these observations out; who and when stays written."""
    need, batch = _locked(need_id, None), uuid.uuid4()
    if _unlink(need, list(observations), by, batch):
        journal.record(Verb.NEED_LINKED, by=by, subject=need)
    return batch


@transaction.atomic
def take_stance(*, need_id: int, observations: Iterable[uuid.UUID], stance: Stance, by: User) -> uuid.UUID:
    """Says that these observations of the need go with the others, nuance or contradict them."""
    need, batch = _locked(need_id, None), uuid.uuid4()
    readable = reviewable_observations(by).filter(pk__in=list(observations))
    changed = _standing(need).filter(observation__in=readable).exclude(stance=stance)
    before: dict[str, list[int]] = {}
    for pk, had in changed.values_list("pk", "stance"):
        before.setdefault(had, []).append(pk)
    for had, links in before.items():
        NeedLink.objects.filter(pk__in=links).update(stance=stance)
        after = {"stance": str(stance)}
        _write(need, Kind.STANCE, by, batch, before={"stance": had}, after=after, links=links)
    if before:
        _apply(need, {})
        journal.record(Verb.NEED_CHANGED, by=by, subject=need)
    return batch


@transaction.atomic
def merge(*, need_id: int, into: int, by: User) -> uuid.UUID:
    """Every observation of one need goes to another, which stands for both.

    Raises GivenBack, and ValueError on itself.
    """
    if need_id == into:
        raise ValueError("A need is not merged into itself.")
    if GivingBack.objects.filter(need=need_id).exists():
        raise GivenBack
    # Always in the same order: two merges at once do not wait for each other.
    rows = {pk: _locked(pk, None) for pk in sorted([need_id, into])}
    need, target = rows[need_id], rows[into]
    batch = uuid.uuid4()
    said = {link.observation_id: link for link in _standing(need)}
    _unlink(need, list(said), by, batch)
    _link(target, list(said), by, batch, said)
    before, after = {"merged_into_id": need.merged_into_id}, {"merged_into_id": target.pk}
    _apply(need, after)
    _write(need, Kind.MERGED, by, batch, before=before, after=after)
    for touched in (need, target):
        journal.record(Verb.NEED_CHANGED, by=by, subject=touched)
    return batch


@transaction.atomic
def undo(*, batch: uuid.UUID, by: User) -> list[int]:
    """Takes back every change of one gesture, whoever made it; the needs that are left of it.

    Raises NothingToUndo, and changes nothing, when part of it was undone, changed again since, or lies outside
    what `by` may read.
    """
    touched = set(NeedChange.objects.filter(batch=batch).values_list("need_id", flat=True))
    mine = readable_needs(by).filter(pk__in=touched).order_by("pk").select_for_update(of=("self",))
    needs = {need.pk: need for need in mine}
    changes = list(NeedChange.objects.filter(batch=batch).order_by("-pk"))
    newer = NeedChange.objects.filter(
        need__in=touched, pk__gt=changes[0].pk if changes else 0, undone_at=None
    )
    made = [change.need_id for change in changes if change.kind == Kind.CREATED]
    if (
        NeedRequest.objects.filter(need__in=made).exists()
        or GivingBack.objects.filter(need__in=made).exists()
    ):
        # Somebody was asked something, or told: that is not taken back by making the need disappear.
        raise NothingToUndo
    if not changes or set(needs) != touched or any(change.undone_at for change in changes) or newer.exists():
        raise NothingToUndo
    NeedChange.objects.filter(batch=batch).update(undone_at=timezone.now())
    for change in changes:
        _restore(needs[change.need_id], change, by)
    left = sorted(needs.keys() - {change.need_id for change in changes if change.kind == Kind.CREATED})
    for pk in left:
        journal.record(Verb.NEED_CHANGED, by=by, subject=needs[pk])
    return left


def _restore(need: Need, change: NeedChange, by: User) -> None:
    links = NeedLink.objects.filter(pk__in=change.links)
    if change.kind == Kind.CREATED:
        journal.record(Verb.NEED_CHANGED, by=by, subject=need)
        need.delete()
        return
    if change.kind == Kind.LINKED:
        links.update(unlinked_at=timezone.now(), unlinked_by=by)
    elif change.kind == Kind.UNLINKED:
        links.update(unlinked_at=None, unlinked_by=None)
    elif change.kind == Kind.STANCE:
        links.update(**change.before)
    if "neighbourhoods" in change.before:
        need.neighbourhoods.set(change.before["neighbourhoods"])
    # A stance is the links' own.
    _apply(need, {} if change.kind == Kind.STANCE else change.before)


def _locked(need_id: int, revision: int | None) -> Need:
    """The need, held until the end of the transaction. Raises Stale, Need.DoesNotExist."""
    need = Need.objects.select_for_update().get(pk=need_id)
    if revision is not None and need.revision != revision:
        raise Stale
    return need


def _standing(need: Need) -> Any:
    return NeedLink.objects.filter(need=need, unlinked_at=None)


def _link(
    need: Need,
    observations: Sequence[uuid.UUID],
    by: User,
    batch: uuid.UUID,
    had: dict[uuid.UUID, NeedLink] | None = None,
) -> bool:
    there = set(_standing(need).filter(observation__in=observations).values_list("observation_id", flat=True))
    mine = reviewable_observations(by).filter(pk__in=set(observations) - there).order_by("observed_on", "pk")
    rows = list(mine.values_list("pk", "neighbourhood_id"))
    if not rows:
        return False
    made = NeedLink.objects.bulk_create(
        NeedLink(need=need, observation_id=pk, linked_by=by, **_as_before((had or {}).get(pk)))
        for pk, _ in rows
    )
    after: dict[str, Any] = {}
    places = set(need.neighbourhoods.values_list("pk", flat=True)) | {place for _, place in rows}
    before = _set_places(need, places, after)
    _apply(need, {})
    _write(need, Kind.LINKED, by, batch, before=before, after=after, links=[one.pk for one in made])
    return True


def _as_before(link: NeedLink | None) -> dict[str, str]:
    """What an observation said in the need that it comes from."""
    return {"stance": link.stance, "changed": link.changed} if link else {}


def _unlink(need: Need, observations: Sequence[uuid.UUID], by: User, batch: uuid.UUID) -> bool:
    links = _standing(need).filter(observation__in=reviewable_observations(by).filter(pk__in=observations))
    found = sorted(links.values_list("pk", flat=True))
    if not found:
        return False
    NeedLink.objects.filter(pk__in=found).update(unlinked_at=timezone.now(), unlinked_by=by)
    _apply(need, {})
    _write(need, Kind.UNLINKED, by, batch, links=found)
    return True


def _set_places(need: Need, places: set[int], after: dict[str, Any]) -> dict[str, Any]:
    """Gives the need these neighbourhoods, written into `after`; what it had before, empty when nothing changed."""
    had = sorted(need.neighbourhoods.values_list("pk", flat=True))
    if had == sorted(places):
        return {}
    need.neighbourhoods.set(places)
    after["neighbourhoods"] = sorted(places)
    return {"neighbourhoods": had}


def _apply(need: Need, values: dict[str, Any]) -> None:
    """Writes these columns, if any (neighbourhoods are none), and that the need changed."""
    columns = {name: value for name, value in values.items() if name != "neighbourhoods"}
    changed = {"revision": F("revision") + 1, "changed_at": timezone.now()}
    Need.objects.filter(pk=need.pk).update(**columns, **changed)


def _write(
    need: Need,
    kind: NeedChange.Kind,
    by: User,
    batch: uuid.UUID,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    links: Sequence[int] = (),
) -> None:
    NeedChange.objects.create(
        need=need, kind=kind, by=by, batch=batch, before=before or {}, after=after or {}, links=list(links)
    )
