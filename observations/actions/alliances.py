"""What is asked of bodies for a need, what they answer, and what they commit to."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from observations.actions import needs
from observations.actions.journal import record
from observations.models import (
    Answer,
    AnswerKind,
    Body,
    Commitment,
    Contact,
    JournalEntry,
    Need,
    NeedRequest,
    NeedState,
    Neighbourhood,
    RequestLink,
    User,
)
from observations.models.alliance import LINES_MAX, REQUEST_LINK_DAYS, Channel
from observations.models.sharing import hashed, new_token

logger = logging.getLogger(__name__)
Verb = JournalEntry.Verb


class NoLonger(Exception):
    """The request was withdrawn, or the commitment has ended, meanwhile; or it holds as many lines as one can."""


@transaction.atomic
def keep_body(
    *,
    body: Body | None,
    name: str,
    kind: str,
    competences: str,
    neighbourhoods: Iterable[Neighbourhood],
    active: bool = True,
    by: User,
) -> Body:
    """A new body, or `body` as it now is."""
    body = body or Body()
    body.name, body.kind, body.competences, body.active = name, kind, competences, active
    body.save()
    body.neighbourhoods.set(neighbourhoods)
    record(Verb.BODY_CHANGED, by=by, subject=body)
    return body


@transaction.atomic
def keep_contact(
    *, body: Body, contact: Contact | None, name: str, duty: str, email: str, active: bool = True, by: User
) -> Contact:
    """Somebody of this body, or `contact` as they now are. Who left opens no request any more."""
    contact = contact or Contact(body=body)
    contact.name, contact.duty, contact.email, contact.active = name, duty, email, active
    contact.save()
    if not active:
        _close_links(RequestLink.objects.filter(request__contact=contact))
    record(Verb.BODY_CHANGED, by=by, subject=body)
    return contact


@transaction.atomic
def ask(
    *, need: Need, contact: Contact, channel: str, asked: str, due: date, by: User
) -> tuple[NeedRequest, str]:
    """A request to the contact's body, and the token of the link that answers it, which nothing keeps.

    A need that was only spotted is shared from now on.
    """
    request = NeedRequest(need=need, body=contact.body, contact=contact, channel=Channel(channel))
    request.asked, request.due, request.created_by = asked, due, by
    request.save()
    if need.state == NeedState.SPOTTED:
        needs.move_on(need_id=need.pk, state=NeedState.SHARED, by=by)
    record(Verb.REQUEST_SENT, by=by, subject=request)
    return request, add_link(request=request, by=by)


@transaction.atomic
def renew_link(*, request: NeedRequest, by: User) -> str:
    """Another link; those before open nothing any more. Raises NoLonger for a request withdrawn."""
    if request.withdrawn_at is not None:
        raise NoLonger
    _close_links(request.links.all())
    record(Verb.REQUEST_SENT, by=by, subject=request)
    return add_link(request=request, by=by)


@transaction.atomic
def withdraw(*, request: NeedRequest, by: User) -> None:
    """Nothing is asked any more: its links open nothing. Raises NoLonger when that was done."""
    if not NeedRequest.objects.filter(pk=request.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        raise NoLonger
    _close_links(request.links.all())
    record(Verb.REQUEST_WITHDRAWN, by=by, subject=request)


@transaction.atomic
def answer(
    *, request: NeedRequest, kind: str, words: str = "", expertise: str = "", by: User | Contact
) -> Answer:
    """What the body says, through its link (`by` a contact), or as a CDSU heard it. Raises NoLonger."""
    _held(request, Answer)
    given = Answer(request=request, kind=AnswerKind(kind), words=words, expertise=expertise)
    given.by_user, given.by_contact = (by, None) if isinstance(by, User) else (None, by)
    given.save()
    record(Verb.REQUEST_ANSWERED, by=given.by_user, subject=request)
    return given


@transaction.atomic
def commit(*, request: NeedRequest, what: str, owner: str, due: date, by: User | Contact) -> Commitment:
    """Something to be done, by somebody, by a day. Raises NoLonger."""
    _held(request, Commitment)
    made = Commitment(request=request, what=what, owner=owner, due=due)
    made.save()
    record(Verb.COMMITMENT_CHANGED, by=by if isinstance(by, User) else None, subject=made)
    return made


@transaction.atomic
def end(*, commitment: Commitment, kept: bool, on: date, proof: str, by: User | Contact) -> None:
    """Kept, with what shows it, or given up, with why. Raises NoLonger when it had ended."""
    open_one = Commitment.objects.filter(pk=commitment.pk, kept_on=None, given_up_on=None)
    if not open_one.update(proof=proof, **{"kept_on" if kept else "given_up_on": on}):
        raise NoLonger
    record(Verb.COMMITMENT_CHANGED, by=by if isinstance(by, User) else None, subject=commitment)


@transaction.atomic
def open_again(*, commitment: Commitment, by: User) -> None:
    """It was not over after all."""
    Commitment.objects.filter(pk=commitment.pk).update(kept_on=None, given_up_on=None, proof="")
    record(Verb.COMMITMENT_CHANGED, by=by, subject=commitment)


def write_to(*, request: NeedRequest, address: str, by: User) -> bool:
    """Sends the contact the link, with who asks and by when: never a word of the need. False when it cannot leave."""
    context = {"request": request, "address": address, "by": by}
    subject = render_to_string("needs/email/request_subject.txt", context).strip()
    message = render_to_string("needs/email/request_message.txt", context)
    try:
        EmailMultiAlternatives(subject, message, to=[request.contact.email], reply_to=[by.email]).send()
    except OSError as error:  # the mail server's refusals are OSErrors too
        logger.error("request %s not sent: %s", request.pk, type(error).__name__)
        return False
    return True


def add_link(*, request: NeedRequest, by: User) -> str:
    """The token of one more link, beside those that still open."""
    token, now = new_token(), timezone.now()
    RequestLink(
        request=request,
        label=request.contact.name[:80],
        token_hash=hashed(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=REQUEST_LINK_DAYS),
    ).save(force_insert=True)
    return token


def _close_links(links: "QuerySet[RequestLink]") -> None:
    links.filter(revoked_at=None).update(revoked_at=timezone.now())


def _held(request: NeedRequest, lines: type[Answer | Commitment]) -> None:
    """The request, held until the end of the transaction, with room for one more line."""
    if not NeedRequest.objects.select_for_update().filter(pk=request.pk, withdrawn_at=None).exists():
        raise NoLonger
    if lines._default_manager.filter(request=request).count() >= LINES_MAX:
        raise NoLonger
