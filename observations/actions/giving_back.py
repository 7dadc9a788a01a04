"""What residents are told of a need: written, published in editions, withdrawn; and that they were told."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from observations.actions.journal import record
from observations.giving_back import problems
from observations.models import Edition, GivingBack, JournalEntry, Need, Neighbourhood, Telling, User
from observations.models.giving_back import SAID
from observations.outgoing import settled

Verb = JournalEntry.Verb


class Stale(Exception):
    """Somebody changed it since the page was opened."""


class NotReady(Exception):
    """Something is to be settled first (observations.giving_back.problems), or it is not published."""


@transaction.atomic
def keep(*, need: Need, revision: int, texts: Mapping[str, str], by: User) -> GivingBack:
    """The draft as it now is; `revision` 0 for a first one. What is published stays as it was. Raises Stale."""
    held = Need.objects.select_for_update().get(pk=need.pk)
    found = GivingBack.objects.filter(need=held).first()
    if (found.revision if found else 0) != revision:
        raise Stale
    draft = found or GivingBack(need=held)
    draft.revision = revision + 1
    for name in SAID:
        setattr(draft, name, texts[name])
    draft.written_by, draft.written_at = by, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def publish(*, giving_back: GivingBack, revision: int, confirmed: bool, by: User) -> Edition:
    """The draft becomes the edition that residents read. Raises Stale, NotReady.

    `confirmed`: whoever publishes has read the passages that may point to somebody, and says that they do not.
    """
    draft = GivingBack.objects.select_for_update().get(pk=giving_back.pk)
    if draft.revision != revision:
        raise Stale
    if not settled(problems(draft), confirmed=confirmed):
        raise NotReady
    last = draft.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition(giving_back=draft, number=last + 1, published_by=by)
    for name in SAID:
        setattr(edition, name, getattr(draft, name))
    edition.places = [place.short_name for place in draft.need.neighbourhoods.order_by("name")]
    edition.save(force_insert=True)
    draft.published_at, draft.withdrawn_at = edition.published_at, None
    draft.revision += 1
    draft.save(update_fields=["published_at", "withdrawn_at", "revision"])
    record(Verb.GIVEN_BACK, by=by, subject=draft)
    return edition


@transaction.atomic
def withdraw(*, giving_back: GivingBack, by: User) -> None:
    """Its address says that it was withdrawn; publishing again opens it. Raises NotReady when it was not open."""
    open_one = GivingBack.objects.open().filter(pk=giving_back.pk)
    if not open_one.update(withdrawn_at=timezone.now(), revision=F("revision") + 1):
        raise NotReady
    record(Verb.GIVING_BACK_WITHDRAWN, by=by, subject=giving_back)


@transaction.atomic
def tell(
    *, giving_back: GivingBack, told_on: date, how: str, neighbourhood: Neighbourhood | None, by: User
) -> Telling:
    """Residents were told. No line of the journal: nothing counts what a worker does. Raises NotReady."""
    if not GivingBack.objects.open().select_for_update().filter(pk=giving_back.pk).exists():
        raise NotReady
    told = Telling(giving_back=giving_back, told_on=told_on, neighbourhood=neighbourhood, told_by=by)
    told.how = Telling.How(how)
    told.save(force_insert=True)
    return told


def take_back(*, telling: Telling) -> None:
    """It was noted by mistake."""
    Telling.objects.filter(pk=telling.pk).delete()
