"""Bodies that have not answered, or are late, are written to: together, and once a week at most."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from observations.actions.alliances import add_link
from observations.models import Commitment, Contact, NeedRequest, Reminder

logger = logging.getLogger(__name__)
# A request is recalled from so many days before its date.
BEFORE = timedelta(days=7)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """What one contact is reminded of."""

    contact: Contact
    waiting: list[NeedRequest]
    late: list[Commitment]


def due(today: date) -> dict[int, list[Due]]:
    """By body, what its contacts are to be reminded of and were not this week."""
    told = Reminder.objects.filter(week=monday(today)).values("body")
    asked = NeedRequest.objects.standing().for_reading().exclude(body__in=told)
    asked = asked.filter(contact__active=True, body__active=True)
    found: dict[int, dict[int, Due]] = {}
    for request in asked.order_by("body", "contact", "due", "pk"):
        # The request's own letter counts: nobody is written to twice in a week about it.
        fresh = timezone.localdate(request.created_at) > today - WEEK
        waits = request.answer is None and request.due - BEFORE <= today and not fresh
        late = [one for one in request.commitments.all() if one.is_open and one.due < today]
        if waits or late:
            contacts = found.setdefault(request.body_id, {})
            one = contacts.setdefault(request.contact_id, Due(request.contact, [], []))
            one.waiting.extend([request] if waits else [])
            one.late.extend(late)
    return {body: list(contacts.values()) for body, contacts in found.items()}


def remind(*, today: date, site: str) -> int:
    """Writes to them, and says to how many people. `site`: « https://accords.example.org ».

    A body is claimed before its letters leave: a run that is killed, or two at once, write to nobody twice. Where no
    letter of a body can leave, it is given back for the next run.
    """
    told = 0
    for body, contacts in due(today).items():
        claim, mine = Reminder.objects.get_or_create(body_id=body, week=monday(today))
        if not mine:
            continue
        sent = sum(_sent(one, site) for one in contacts)
        if not sent:
            claim.delete()
        told += sent
    return told


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _sent(one: Due, site: str) -> bool:
    # One link a request, whatever is recalled of it.
    asked = {request.pk: request for request in (*one.waiting, *(late.request for late in one.late))}
    addresses = {pk: _address(request, site) for pk, request in asked.items()}
    context = {
        "waiting": [(request, addresses[request.pk]) for request in one.waiting],
        "late": [(commitment.due, addresses[commitment.request_id]) for commitment in one.late],
    }
    subject = render_to_string("needs/email/reminder_subject.txt", context).strip()
    message = render_to_string("needs/email/reminder_message.txt", context)
    try:
        send_mail(subject, message, None, [one.contact.email])
    except OSError as error:  # the mail server's refusals are OSErrors too
        logger.error("reminder to contact %s not sent: %s", one.contact.pk, type(error).__name__)
        return False
    return True


@transaction.atomic
def _address(request: NeedRequest, site: str) -> str:
    token = add_link(request=request, by=request.created_by)
    return site + reverse("request_answer", args=[token])
