"""Writes the programme: actions one by one or from a spreadsheet, and what residents say of them."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from observations.actions import capture
from observations.actions.journal import record
from observations.models import (
    Action,
    ActionImport,
    Evaluation,
    JournalEntry,
    Need,
    Neighbourhood,
    Theme,
    User,
)

Verb = JournalEntry.Verb
# An import left half-way: its rows are somebody's file.
IMPORT_DAYS = 2


@transaction.atomic
def keep(
    *,
    action: Action | None,
    name: str,
    bearer: str,
    year: int,
    summary: str,
    neighbourhoods: Iterable[Neighbourhood],
    themes: Iterable[Theme],
    needs: Iterable[Need],
    by: User,
) -> Action:
    """A new action, or `action` as it now is."""
    kept = action or Action()
    kept.name, kept.bearer, kept.year, kept.summary = name, bearer, year, summary
    kept.save()
    kept.neighbourhoods.set(neighbourhoods)
    kept.themes.set(themes)
    kept.needs.set(needs)
    record(Verb.ACTION_CHANGED, by=by, subject=kept)
    return kept


@transaction.atomic
def remove(*, action: Action, by: User) -> None:
    """An action entered by mistake, of which nobody said anything."""
    record(Verb.ACTION_CHANGED, by=by, subject=action)
    action.delete()


def begin_import(*, rows: Sequence[Sequence[str]], by: User) -> ActionImport:
    """Keeps the rows of a file until their columns are matched; the one before, of the same person, goes."""
    ActionImport.objects.filter(by=by).delete()
    begun = ActionImport(rows=[list(row) for row in rows], by=by)
    begun.save(force_insert=True)
    return begun


@transaction.atomic
def finish_import(*, begun: ActionImport, rows: Iterable[Any], by: User) -> tuple[int, int]:
    """Takes every row (programme.columns.Row, none with an error): how many were new, how many were known.

    A known action (same name, bearer and year) gets its summary, places and themes from the file; what residents
    said and the needs it answers stay.
    """
    taken = list(rows)
    if any(row.errors for row in taken):
        raise ValueError("A row with an error is never imported.")
    years = {row.year for row in taken}
    there = {(one.name, one.bearer, one.year): one for one in Action.objects.filter(year__in=years)}
    keyed = {(row.name, row.bearer, row.year): row for row in taken}
    known = [there[key] for key in keyed if key in there]
    for action in known:
        action.summary = keyed[action.name, action.bearer, action.year].summary
    Action.objects.bulk_update(known, ["summary"], batch_size=200)
    new = Action.objects.bulk_create(
        Action(name=key[0], bearer=key[1], year=key[2], summary=row.summary)
        for key, row in keyed.items()
        if key not in there
    )
    made = {(one.name, one.bearer, one.year): one for one in [*known, *new]}
    _tie(Action.neighbourhoods.through, "neighbourhood_id", made, keyed, "neighbourhoods")
    _tie(Action.themes.through, "theme_id", made, keyed, "themes")
    begun.delete()
    record(Verb.ACTIONS_IMPORTED, by=by)
    return len(new), len(known)


def _tie(through: Any, column: str, made: Mapping[Any, Action], keyed: Mapping[Any, Any], name: str) -> None:
    """Gives every action the places or themes of its row, and no other."""
    through.objects.filter(action__in=[action.pk for action in made.values()]).delete()
    through.objects.bulk_create(
        (
            through(action_id=action.pk, **{column: key})
            for row_key, action in made.items()
            for key in getattr(keyed[row_key], name)
        ),
        batch_size=200,
    )


def drop_import(*, begun: ActionImport) -> None:
    """The file is not imported after all."""
    begun.delete()


def drop_old_imports(keys: Iterable[int]) -> int:
    """Files left half-way for `IMPORT_DAYS` days."""
    old = timezone.now() - timedelta(days=IMPORT_DAYS)
    return ActionImport.objects.filter(pk__in=keys, at__lt=old).delete()[0]


class Closed(Exception):
    """The evaluation of this action was closed."""


@transaction.atomic
def close(*, action: Action, results: Mapping[str, Any] | None, by: User) -> None:
    """Nothing more is noted of it, and `results` (programme.results) are what is read. Raises Closed."""
    if not Action.objects.filter(pk=action.pk, closed_at=None).update(
        closed_at=timezone.now(), results=results
    ):
        raise Closed
    record(Verb.EVALUATION_CLOSED, by=by, subject=action)


@transaction.atomic
def evaluate(
    *, action: Action, id: uuid.UUID, data: capture.Entry, digest: str, answers: dict[str, str], by: User
) -> capture.Recorded:
    """What somebody says of an action: their words are an observation, read again as any other.

    Sent twice, it is one. Raises Closed, capture.Conflict and capture.Gone.
    """
    if not Action.objects.select_for_update().filter(pk=action.pk, closed_at=None).exists():
        raise Closed
    recorded = capture.record(id=id, by=by, data=data, digest=digest)
    if recorded.created:
        Evaluation(action=action, observation=recorded.observation, **answers).save(force_insert=True)
    return recorded
