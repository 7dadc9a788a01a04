"""Writes the journal: the one way to add a line. None is ever changed: the database refuses (models.append_only)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from observations.models import JournalEntry, Observation, User


def record(
    verb: JournalEntry.Verb,
    *,
    by: User | None,
    subject: models.Model | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> JournalEntry:
    """Adds a line within the caller's transaction: what is undone with it never happened.

    `by` is None for a command of the server or somebody without an account. `subject` is named by
    its model and key, never by what it says. `reason` is a code from the verb's own list, not text.
    `at` is for an act written down later, as in the demonstration; default: now.
    """
    entry = _entry(verb, by, subject, reason)
    entry.at = at or entry.at
    entry.save(force_insert=True)
    return entry


def record_each(
    verb: JournalEntry.Verb, *, by: User | None, subjects: Iterable[models.Model], reason: str = ""
) -> None:
    """A line a subject, in as many queries for a hundred as for one."""
    JournalEntry.objects.bulk_create(_entry(verb, by, subject, reason) for subject in subjects)


def record_past(verb: JournalEntry.Verb, acts: Iterable[tuple[datetime, User, models.Model]]) -> None:
    """The acts (when, by whom, on what) of a past that the demonstration tells, in its order."""
    lines = []
    for at, by, subject in sorted(acts, key=lambda act: act[0]):
        lines.append(_entry(verb, by, subject, ""))
        lines[-1].at = at
    JournalEntry.objects.bulk_create(lines, batch_size=200)


def _entry(
    verb: JournalEntry.Verb, by: User | None, subject: models.Model | None, reason: str
) -> JournalEntry:
    entry = JournalEntry(verb=verb, by=by, subject=_name(subject), reason=reason)
    if isinstance(subject, Observation):
        entry.neighbourhood_id = subject.neighbourhood_id
    return entry


def _name(subject: models.Model | None) -> str:
    return f"{subject._meta.model_name} {subject.pk}" if subject else ""
