"""The reviewer's gestures: decide, reword, sort, and take one of them back.

Each is all or nothing, leaves one `Change` a fact changed, with the values before and after
under the names of the columns, one line of the journal, and grows the observation's `revision`.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from observations.actions import journal
from observations.models import (
    Agreement,
    Change,
    JournalEntry,
    Neighbourhood,
    Observation,
    Status,
    Theme,
    User,
)
from observations.permissions import reviewable_observations

Verb = JournalEntry.Verb
Values = dict[str, Any]
Identifiers = Iterable[uuid.UUID]

# Decisions that somebody will read: the worker answers the one, and is told the other.
NEEDS_REASON = {Status.TO_COMPLETE, Status.SET_ASIDE}
REVERSIBLE = {
    Change.Kind.DECISION,
    Change.Kind.THEME,
    Change.Kind.NEIGHBOURHOOD,
    Change.Kind.PUBLIC_TEXT,
}
COLUMNS = {field.attname: field for field in Observation._meta.concrete_fields}
RESTORED = [
    "status",
    "status_by",
    "status_at",
    "status_reason",
    "theme",
    "neighbourhood",
    "public_text",
    "stems",
    "revision",
]


class Stale(Exception):
    """Somebody changed the observation since the page was opened."""


class ReasonRequired(Exception):
    """A question or a motive must come with this decision."""


class NotQuotable(Exception):
    """Nothing was said, or the person did not agree: no text goes to partners."""


class NothingToUndo(Exception):
    """The gesture was already undone, or something was changed on top of it."""


@transaction.atomic
def decide(
    *,
    observations: Identifiers,
    status: Status,
    reason: str = "",
    by: User,
    revision: int | None = None,
    batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Gives every observation this status; returns the batch that `undo` takes.

    `reason` is the question (a-preciser) or the motive (ecartee), required for those two and
    dropped for the others. Back to a-relire forgets who had decided. Those that already stand
    so are left as they are. `batch` joins the decision to an earlier change of the same gesture.
    Raises ReasonRequired, Stale.
    """
    reason = reason.strip() if status in NEEDS_REASON else ""
    if status in NEEDS_REASON and not reason:
        raise ReasonRequired
    now = timezone.now()
    undecided = status == Status.TO_READ
    values: Values = {
        "status": status,
        "status_reason": reason,
        "status_by_id": None if undecided else by.pk,
        "status_at": None if undecided else now,
    }
    rows = _locked(observations, revision)
    rows = [row for row in rows if (row.status, row.status_reason) != (status, reason)]
    batch = batch or uuid.uuid4()
    _record(rows, values, kind=Change.Kind.DECISION, by=by, batch=batch, at=now)
    journal.record_each(Verb.DECIDED, by=by, subjects=rows)
    return batch


@transaction.atomic
def rewrite(*, observation_id: uuid.UUID, text: str, by: User, revision: int | None = None) -> uuid.UUID:
    """Writes what partners may read of one observation; empty takes it back.

    Raises NotQuotable unless the person agreed to be quoted, Stale.
    """
    text = text.strip()
    batch = uuid.uuid4()
    rows = _locked([observation_id], revision)
    if text and any(row.agreement != Agreement.YES for row in rows):
        raise NotQuotable
    rows = [row for row in rows if row.public_text != text]
    _record(rows, {"public_text": text}, kind=Change.Kind.PUBLIC_TEXT, by=by, batch=batch, at=timezone.now())
    for row in rows:
        row.public_text = text
        row.restem()
        row.save(update_fields=["stems"])
    journal.record_each(Verb.REWORDED, by=by, subjects=rows)
    return batch


@transaction.atomic
def sort(
    *,
    observations: Identifiers,
    theme: Theme | None = None,
    neighbourhood: Neighbourhood | None = None,
    by: User,
    revision: int | None = None,
    batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Moves the observations to another theme, another neighbourhood, or both. Raises Stale."""
    batch, now = batch or uuid.uuid4(), timezone.now()
    rows = _locked(observations, revision)
    touched: set[Observation] = set()
    if theme is not None:
        moved = [row for row in rows if row.theme_id != theme.pk]
        touched.update(moved)
        _record(moved, {"theme_id": theme.pk}, kind=Change.Kind.THEME, by=by, batch=batch, at=now)
    if neighbourhood is not None:
        moved = [row for row in rows if row.neighbourhood_id != neighbourhood.pk]
        touched.update(moved)
        values = {"neighbourhood_id": neighbourhood.pk}
        _record(moved, values, kind=Change.Kind.NEIGHBOURHOOD, by=by, batch=batch, at=now)
    # Under the neighbourhood that they left: whoever reviews it reads where they went.
    journal.record_each(Verb.SORTED, by=by, subjects=[row for row in rows if row in touched])
    return batch


@transaction.atomic
def undo(*, batch: uuid.UUID, by: User) -> list[uuid.UUID]:
    """Takes back every change of one gesture, whoever made it; returns the observations restored.

    Raises NothingToUndo, and changes nothing, when part of it was undone, changed again since,
    or lies outside what `by` reviews.
    """
    touched = set(Change.objects.filter(batch=batch).values_list("observation_id", flat=True))
    mine = reviewable_observations(by).filter(pk__in=touched)
    rows = {row.pk: row for row in mine.order_by("pk").select_for_update(of=("self",))}
    changes = list(Change.objects.filter(batch=batch).order_by("-pk"))
    if not changes or set(rows) != touched or _overtaken(changes):
        raise NothingToUndo
    for change in changes:
        _restore(rows[change.observation_id], change)
    for row in rows.values():
        row.revision += 1
        row.restem()
    Observation.objects.bulk_update(rows.values(), RESTORED)
    Change.objects.filter(batch=batch).update(undone_at=timezone.now())
    journal.record_each(Verb.UNDONE, by=by, subjects=rows.values())
    return sorted(rows)


def _locked(observations: Identifiers, revision: int | None) -> list[Observation]:
    """The rows, held until the end of the transaction, always in the same order."""
    rows = Observation.objects.filter(pk__in=list(observations)).order_by("pk").select_for_update()
    found = list(rows)
    if revision is not None and any(row.revision != revision for row in found):
        raise Stale
    return found


def _record(
    rows: Sequence[Observation],
    values: Values,
    *,
    kind: Change.Kind,
    by: User,
    batch: uuid.UUID,
    at: datetime,
) -> None:
    """Gives the same `values` to all rows and writes what each one had before."""
    Change.objects.bulk_create(
        Change(
            observation=row,
            kind=kind,
            at=at,
            by=by,
            batch=batch,
            before={name: _plain(getattr(row, name)) for name in _changed(row, values)},
            after={name: _plain(values[name]) for name in _changed(row, values)},
        )
        for row in rows
    )
    if rows:
        changed = Observation.objects.filter(pk__in=[row.pk for row in rows])
        changed.update(**values, revision=F("revision") + 1)


def _changed(row: Observation, values: Values) -> list[str]:
    return [name for name, value in values.items() if getattr(row, name) != value]


def _overtaken(changes: Sequence[Change]) -> bool:
    """True when part of a gesture is not reversible, is undone, or has something newer on top of it."""
    if any(change.undone_at or change.kind not in REVERSIBLE for change in changes):
        return True
    newer = Change.objects.filter(
        observation__in={change.observation_id for change in changes},
        pk__gt=changes[0].pk,
        undone_at=None,
    )
    return newer.exclude(batch=changes[0].batch).exists()


def _restore(row: Observation, change: Change) -> None:
    """Puts back what `change` replaced; NothingToUndo if the row is no longer as `change` left it."""
    for name, value in change.after.items():
        if _plain(getattr(row, name)) != value:
            raise NothingToUndo
        setattr(row, name, COLUMNS[name].to_python(change.before[name]))


def _plain(value: Any) -> Any:
    """A column's value as JSON holds it."""
    return value.isoformat() if isinstance(value, datetime) else value
