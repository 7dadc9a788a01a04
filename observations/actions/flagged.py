"""Texts that nobody reviewed and where somebody may be recognised: reviewers are told, then the passage is masked."""

import logging
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from observations.models import Change, Observation, Role, Status, User
from observations.models.observation import ObservationQuerySet
from observations.permissions import reviewable_observations
from observations.privacy.detect import blocking
from observations.privacy.retention import Flagged, Periods, flagged_step

logger = logging.getLogger(__name__)
MASK = "[passage masqué]"
TEXTS = ["words", "seen", "reading", "place_label", "public_text", "status_reason"]
LENGTHS = {
    column.name: column.max_length for column in Observation._meta.concrete_fields if column.name in TEXTS
}
ROUNDS = 3  # what stands on each side of a mask may read as a passage in its turn


def due(step: Flagged, today: date, periods: Periods) -> list[uuid.UUID]:
    """Keys of the unreviewed observations that are due this step and hold a passage, in themselves or their history."""
    waiting = _unreviewed(step).prefetch_related("changes").order_by("pk")
    return [row.pk for row in waiting.iterator(chunk_size=200) if _is_due(row, step, today, periods)]


def remind(keys: Sequence[uuid.UUID], today: date, periods: Periods) -> int:
    """Claims the rows, then writes once to each reviewer concerned, a count and no words.

    Where no letter can leave, the rows are given back: nobody's text is masked without its reviewers being told.
    """
    claimed = _unreviewed(Flagged.REMIND).filter(pk__in=keys)
    mine = list(claimed.values_list("pk", flat=True))
    claimed.update(reminded_on=today)
    told, tried = 0, 0
    for reviewer in User.objects.filter(role=Role.CDSU, is_active=True).order_by("pk"):
        if count := reviewable_observations(reviewer).filter(pk__in=mine).count():
            tried += 1
            told += _sent(reviewer, count, periods)
    if tried and not told:
        Observation.objects.filter(pk__in=mine, reminded_on=today).update(reminded_on=None)
        return 0
    return len(mine)


def mask(keys: Sequence[uuid.UUID], today: date, periods: Periods) -> int:
    """Replaces each passage, in the row and in its history; the rest of the text stays."""
    return sum(_mask(key, today, periods) for key in keys)


def masked(text: str) -> str:
    """`text` with a mark in the place of each passage; nothing of it where passages keep appearing."""
    for _ in range(ROUNDS):
        hits = blocking(text)
        if not hits:
            return text
        for hit in reversed(hits):
            text = f"{text[: hit.start]}{MASK}{text[hit.end :]}"
    return MASK if blocking(text) else text


def _unreviewed(step: Flagged) -> ObservationQuerySet:
    rows = Observation.objects.filter(status__in=[Status.TO_READ, Status.TO_COMPLETE], emptied_on=None)
    return rows.filter(reminded_on=None) if step == Flagged.REMIND else rows.exclude(reminded_on=None)


def _is_due(row: Observation, step: Flagged, today: date, periods: Periods) -> bool:
    received = timezone.localdate(row.received_at)
    if flagged_step(received, row.reminded_on, today, periods) != step:
        return False
    return any(blocking(text) for text in (*(getattr(row, name) for name in TEXTS), *_history(row)))


def _history(row: Observation) -> Iterable[str]:
    for change in row.changes.all():
        yield change.note
        for state in (change.before, change.after):
            yield from (state[name] for name in TEXTS if state.get(name))


@transaction.atomic
def _mask(key: uuid.UUID, today: date, periods: Periods) -> bool:
    row = _unreviewed(Flagged.REDACT).select_for_update(of=("self",)).filter(pk=key).first()
    if row is None or not _is_due(row, Flagged.REDACT, today, periods):
        return False
    for name in TEXTS:
        setattr(row, name, masked(getattr(row, name))[: LENGTHS[name]])
    # The checksum of what was received would confirm a guess of what is masked.
    row.digest = ""
    row.revision += 1
    row.restem()
    row.save(update_fields=[*TEXTS, "digest", "revision", "stems"])
    changes = list(row.changes.all())
    for change in changes:
        change.note = masked(change.note)
        change.before, change.after = _masked_state(change.before), _masked_state(change.after)
    Change.objects.bulk_update(changes, ["note", "before", "after"])
    return True


def _masked_state(state: dict[str, Any]) -> dict[str, Any]:
    return {name: masked(value) if name in TEXTS and value else value for name, value in state.items()}


def _sent(reviewer: User, count: int, periods: Periods) -> bool:
    context = {"count": count, "periods": periods}
    subject = render_to_string("review/email/flagged_subject.txt", context).strip()
    message = render_to_string("review/email/flagged_message.txt", context)
    try:
        send_mail(subject, message, None, [reviewer.email])
    except OSError as error:  # the mail server's refusals are OSErrors too
        logger.error("reminder to user %s not sent: %s", reviewer.pk, type(error).__name__)
        return False
    return True
