"""Meetings: prepared, sent with what they bring frozen, and what they decide, which becomes commitments or states."""

import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from observations.actions import alliances, needs
from observations.actions.journal import record
from observations.models import (
    AnswerKind,
    Body,
    Commitment,
    Contact,
    Decision,
    JournalEntry,
    Meeting,
    MeetingNeed,
    MeetingQuote,
    Need,
    NeedRequest,
    NeedState,
    Scheme,
    User,
)
from observations.models import (
    Sequence as Moment,
)
from observations.typography import long_date

logger = logging.getLogger(__name__)
Verb = JournalEntry.Verb


class Stale(Exception):
    """Somebody changed the meeting since the page was opened, or sent it."""


class NoContact(Exception):
    """The body has nobody to write to: what it commits to would hang from nothing."""


class MomentSaid(NamedTuple):
    """A line of the programme."""

    starts_at: time
    what: str
    leader: str


@transaction.atomic
def keep_scheme(
    *,
    scheme: Scheme | None,
    short_name: str,
    name: str,
    active: bool,
    needs: Iterable[Need],
    bodies: Iterable[Body],
    by: User,
) -> Scheme:
    """A new *dispositif*, or `scheme` as it now is."""
    kept = scheme or Scheme()
    kept.short_name, kept.name, kept.active = short_name, name, active
    kept.save()
    kept.needs.set(needs)
    kept.bodies.set(bodies)
    record(Verb.SCHEME_CHANGED, by=by, subject=kept)
    return kept


@transaction.atomic
def tag(*, need: Need, schemes: Iterable[Scheme], by: User) -> None:
    """The dispositifs that a need touches, and no other in course; those that are over keep it."""
    wanted = {scheme.pk: scheme for scheme in schemes}
    for scheme in Scheme.objects.filter(active=True).select_for_update():
        if scheme.needs.filter(pk=need.pk).exists() == (scheme.pk in wanted):
            continue
        if scheme.pk in wanted:
            scheme.needs.add(need)
        else:
            scheme.needs.remove(need)
        record(Verb.SCHEME_CHANGED, by=by, subject=scheme)


@transaction.atomic
def keep(
    *,
    meeting: Meeting | None,
    revision: int,
    kind: str,
    title: str,
    held_on: date,
    place: str,
    schemes: Iterable[Scheme],
    bodies: Iterable[Body],
    moments: Iterable[MomentSaid],
    by: User,
) -> Meeting:
    """A new meeting, or `meeting` as it now is, with its programme. Raises Stale once it was sent."""
    kept = Meeting(created_by=by) if meeting is None else _held(meeting, revision)
    kept.kind, kept.title, kept.held_on, kept.place = kind, title, held_on, place
    kept.revision = revision + 1
    kept.save()
    kept.schemes.set(schemes)
    kept.bodies.set(bodies)
    kept.sequences.all().delete()
    Moment.objects.bulk_create(
        Moment(meeting=kept, starts_at=one.starts_at, what=one.what, leader=one.leader) for one in moments
    )
    return kept


@transaction.atomic
def choose(
    *, meeting: Meeting, revision: int, wordings: Mapping[int, str], quotes: Sequence[uuid.UUID]
) -> Meeting:
    """What is brought: needs by key with how they are said, and words. Raises Stale."""
    held = _held(meeting, revision)
    held.needs.all().delete()
    MeetingNeed.objects.bulk_create(
        MeetingNeed(meeting=held, need_id=key, wording=wording) for key, wording in wordings.items()
    )
    held.quotes.all().delete()
    MeetingQuote.objects.bulk_create(
        MeetingQuote(meeting=held, observation_id=pk, position=place) for place, pk in enumerate(quotes)
    )
    held.revision += 1
    held.save(update_fields=["revision"])
    return held


@transaction.atomic
def send(*, meeting: Meeting, revision: int, pack: Mapping[str, Any], by: User) -> Meeting:
    """Freezes what is brought (meetings.pack). Raises Stale."""
    held = _held(meeting, revision)
    for place, quote in enumerate(held.quotes.exclude(observation=None)):
        MeetingQuote.objects.filter(pk=quote.pk).update(position=place)
    held.pack, held.sent_by, held.sent_at = dict(pack), by, timezone.now()
    held.save(update_fields=["pack", "sent_by", "sent_at"])
    record(Verb.PACK_SENT, by=by, subject=held)
    return held


def write_to(*, meeting: Meeting, contacts: Iterable[Contact], pdf: bytes, by: User) -> list[Contact]:
    """Sends the pack to each contact; those whom it could not leave for. The file holds what is public, no more."""
    failed = []
    context = {"meeting": meeting, "day": long_date(meeting.held_on), "by": by}
    subject = render_to_string("meetings/email/pack_subject.txt", context).strip()
    message = render_to_string("meetings/email/pack_message.txt", context)
    for contact in contacts:
        mail = EmailMessage(subject, message, to=[contact.email], reply_to=[by.email])
        mail.attach(f"instance-{meeting.held_on:%Y-%m-%d}.pdf", pdf, "application/pdf")
        try:
            mail.send()
        except OSError as error:  # the mail server's refusals are OSErrors too
            logger.error("pack of meeting %s not sent: %s", meeting.pk, type(error).__name__)
            failed.append(contact)
    return failed


@transaction.atomic
def decide_commitment(
    *, meeting: Meeting, need: Need, body: Body, what: str, owner: str, due: date, note: str, by: User
) -> Decision:
    """The body commits, around the table: under the request that it has for this need, or under a new one.

    Raises NoContact, and alliances.NoLonger when the request can hold no more.
    """
    asked = NeedRequest.objects.standing().filter(need=need, body=body).order_by("-pk").first()
    if asked is None:
        contact = body.contacts.filter(active=True).first()
        if contact is None:
            raise NoContact
        said = f"{meeting.get_kind_display()} du {long_date(meeting.held_on)} : {what}"
        asked, _ = alliances.ask(
            need=need, contact=contact, channel="droit-commun", asked=said, due=due, by=by
        )
        alliances.answer(request=asked, kind=AnswerKind.TAKES, words=said, by=by)
    made = alliances.commit(request=asked, what=what, owner=owner, due=due, by=by)
    return _decided(Decision(meeting=meeting, need=need, note=note, commitment=made), by)


@transaction.atomic
def decide_state(*, meeting: Meeting, need: Need, state: str, note: str, by: User) -> Decision:
    """The need moves on. Raises needs.ReasonRequired."""
    batch = needs.move_on(need_id=need.pk, state=NeedState(state), reason=note, by=by)
    return _decided(Decision(meeting=meeting, need=need, note=note, batch=batch, state=state), by)


@transaction.atomic
def undo(*, decision: Decision, by: User) -> None:
    """It was not decided so. Raises needs.NothingToUndo when something came of it since."""
    if decision.batch:
        needs.undo(batch=decision.batch, by=by)
    elif decision.commitment:
        open_one = Commitment.objects.filter(pk=decision.commitment.pk, kept_on=None, given_up_on=None)
        if not open_one.exists():
            raise needs.NothingToUndo
        open_one.delete()
    Decision.objects.filter(pk=decision.pk).delete()


def _decided(decision: Decision, by: User) -> Decision:
    decision.by = by
    decision.save(force_insert=True)
    record(Verb.MEETING_DECIDED, by=by, subject=decision.meeting)
    return decision


def _held(meeting: Meeting, revision: int) -> Meeting:
    """The meeting, not sent yet, held until the end of the transaction. Raises Stale."""
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.sent_at is not None or held.revision != revision:
        raise Stale
    return held
