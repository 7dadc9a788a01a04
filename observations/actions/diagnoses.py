"""The shared diagnosis of a neighbourhood: written, published under its number; and what associations add to it."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from observations.actions.journal import record
from observations.models import (
    Contribution,
    Diagnosis,
    DiagnosisNeed,
    DiagnosisQuote,
    JournalEntry,
    Neighbourhood,
    User,
)
from observations.models.diagnosis import ADDED_TIMES, PROSE

Verb = JournalEntry.Verb


class Stale(Exception):
    """Somebody changed it since the page was opened."""


class Enough(Exception):
    """This account has said its share on this diagnosis."""


class NeedSaid(NamedTuple):
    """A need of the diagnosis (its key), as it is said outside, and what exists already."""

    need_id: int
    wording: str
    exists: str


@transaction.atomic
def keep(
    *,
    neighbourhood: Neighbourhood,
    revision: int,
    prose: Mapping[str, str],
    needs: Iterable[NeedSaid],
    quotes: Sequence[uuid.UUID],
    by: User,
) -> Diagnosis:
    """The draft as it now is; `revision` 0 for a first one. Raises Stale."""
    Neighbourhood.objects.select_for_update().get(pk=neighbourhood.pk)
    rows = Diagnosis.objects.filter(neighbourhood=neighbourhood)
    draft = rows.drafts().first()
    if (draft.revision if draft else 0) != revision:
        raise Stale
    if draft is None:
        last = rows.order_by("-number").values_list("number", flat=True).first() or 0
        draft = Diagnosis(neighbourhood=neighbourhood, number=last + 1)
    draft.revision = revision + 1
    for name in PROSE:
        setattr(draft, name, prose[name])
    draft.written_by, draft.written_at = by, timezone.now()
    draft.save()
    draft.needs.all().delete()
    DiagnosisNeed.objects.bulk_create(
        DiagnosisNeed(diagnosis=draft, need_id=one.need_id, wording=one.wording, exists=one.exists)
        for one in needs
    )
    draft.quotes.all().delete()
    DiagnosisQuote.objects.bulk_create(
        DiagnosisQuote(diagnosis=draft, observation_id=pk, position=place) for place, pk in enumerate(quotes)
    )
    return draft


@transaction.atomic
def publish(*, diagnosis: Diagnosis, revision: int, content: Mapping[str, Any], by: User) -> Diagnosis:
    """Freezes what was composed (diagnosis.build) under its number. Raises Stale."""
    draft = Diagnosis.objects.select_for_update().get(pk=diagnosis.pk)
    if draft.published_at is not None or draft.revision != revision:
        raise Stale
    # Only what could be quoted is in it: the rest of the choice goes with the draft.
    for place, quote in enumerate(draft.quotes.exclude(observation=None)):
        DiagnosisQuote.objects.filter(pk=quote.pk).update(position=place)
    draft.content, draft.published_by, draft.published_at = dict(content), by, timezone.now()
    draft.save(update_fields=["content", "published_by", "published_at"])
    record(Verb.DIAGNOSIS_PUBLISHED, by=by, subject=draft)
    return draft


@transaction.atomic
def drop(*, diagnosis: Diagnosis) -> None:
    """A draft that will not be published."""
    Diagnosis.objects.drafts().filter(pk=diagnosis.pk).delete()


@transaction.atomic
def add(
    *, diagnosis: Diagnosis, about: int | None, stance: str, text: str, signature: str, by: User
) -> Contribution:
    """What an association sees too, or otherwise; shown once it was read. Raises Enough."""
    Diagnosis.objects.select_for_update().get(pk=diagnosis.pk)
    if Contribution.objects.filter(diagnosis=diagnosis, by=by).count() >= ADDED_TIMES:
        raise Enough
    added = Contribution(diagnosis=diagnosis, about=about, text=text, signature=signature, by=by)
    added.stance = Contribution.Stance(stance)
    added.save(force_insert=True)
    return added


@transaction.atomic
def decide(*, contribution: Contribution, shown: bool, reason: str, by: User) -> None:
    """Shows it under the diagnosis, or refuses it with why; decided again, the last stands."""
    state = Contribution.State.SHOWN if shown else Contribution.State.REFUSED
    Contribution.objects.filter(pk=contribution.pk).update(
        state=state, reason="" if shown else reason, decided_by=by, decided_at=timezone.now()
    )
    record(Verb.CONTRIBUTION_DECIDED, by=by, subject=contribution)
