"""What the residents' council does beside writing observations: accepts its charter, offers a hand, is answered."""

from django.db import transaction
from django.utils import timezone

from observations.actions.journal import record
from observations.models import Action, JournalEntry, User
from observations.models.offer import OFFERS_WAITING, Offer, OfferState


class Enough(Exception):
    """As many offers wait as one member may have."""


class Answered(Exception):
    """It was answered, or taken back, meanwhile."""


@transaction.atomic
def accept_charter(*, user: User) -> None:
    """Before the first word; once is enough."""
    if User.objects.filter(pk=user.pk, charter_on=None).update(charter_on=timezone.localdate()):
        record(JournalEntry.Verb.CHARTER_ACCEPTED, by=user, subject=user)


@transaction.atomic
def offer(*, action: Action | None, text: str, by: User) -> Offer:
    """A hand for a project. Raises Enough."""
    User.objects.select_for_update().get(pk=by.pk)
    if Offer.objects.filter(by=by, state=OfferState.WAITING).count() >= OFFERS_WAITING:
        raise Enough
    made = Offer(action=action, text=text, by=by)
    made.save(force_insert=True)
    return made


@transaction.atomic
def take_back(*, offer: Offer) -> None:
    """Its author cannot after all. Raises Answered."""
    if not Offer.objects.filter(pk=offer.pk, state=OfferState.WAITING).delete()[0]:
        raise Answered


@transaction.atomic
def answer(*, offer: Offer, taken: bool, text: str, by: User) -> None:
    """Somebody calls, or thanks and says why not; always with a word. Raises Answered."""
    state = OfferState.TAKEN if taken else OfferState.THANKED
    waiting = Offer.objects.filter(pk=offer.pk, state=OfferState.WAITING)
    if not waiting.update(state=state, answer=text, answered_by=by, answered_at=timezone.now()):
        raise Answered
    record(JournalEntry.Verb.OFFER_ANSWERED, by=by, subject=offer)
