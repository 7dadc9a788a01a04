"""Restores a backup: read to its end, rebuilt beside the live database, compared with itself, then put in place.

Whatever fails on the way, the live database has not been touched. What was erased since the backup is erased
again, and what reached its term is emptied, before anybody can read it.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from observations.actions import ledger, purge, sealing
from observations.actions.backups import rows, sealed, staging
from observations.actions.backups.faults import BackupError, Unreadable
from observations.actions.journal import record
from observations.models import JournalEntry, Tombstone, User

# Erases one identifier in the database being rebuilt: identifier, reason of its tombstone, when. Whether it held words.
Replay = Callable[[uuid.UUID, str, datetime | None], bool]


@dataclass(frozen=True)
class Checked:
    """A backup read to its end."""

    header: dict[str, Any]
    tally: rows.Tally


@dataclass(frozen=True)
class Remembered:
    """What the live database knows that an older backup must not undo. `readable`: whether it could be asked."""

    erased: dict[uuid.UUID, tuple[str, datetime | None]]
    closed: set[int]
    readable: bool


@dataclass(frozen=True)
class Restored:
    checked: Checked
    erased_again: int
    emptied: int
    remembered: Remembered


def check(path: Path, keys: Sequence[Any]) -> Checked:
    """Reads the whole archive and changes nothing. Raises BackupError, of which Unreadable."""
    reader = rows.Reader(_refuse_newer)
    sealed.read(path, keys, reader.take)
    reader.finish()
    return Checked(reader.header, reader.tally)


def restore(
    *,
    path: Path,
    keys: Sequence[Any],
    ledgers: Iterable[Path],
    replay: Replay,
    today: date,
    progress: rows.Progress,
) -> Restored:
    """Replaces the live data by the backup's. Raises BackupError; the live data is then as it was."""
    checked = check(path, keys)
    remembered = _remember(ledgers)
    try:
        with staging.standing_in():
            _rebuild(path, keys, checked, progress)
            erased, emptied = _bring_up_to_date(remembered, replay, today)
        staging.take_its_place()
    except BaseException:
        staging.discard()
        raise
    ledger.complete()
    sealing.seal(after_restore=True)
    return Restored(checked, erased, emptied, remembered)


def _refuse_newer(header: dict[str, Any]) -> None:
    """Only what this software's migrations can bring up to date."""
    known = set(MigrationLoader(None).disk_migrations or ())
    if unknown := {tuple(each) for each in header["migrations"]} - known:
        app, name = min(unknown)
        raise BackupError(
            f"Cette sauvegarde vient d’une version plus récente ({app}.{name}) : "
            "installez cette version, puis restaurez."
        )


def _remember(ledgers: Iterable[Path]) -> Remembered:
    erased: dict[uuid.UUID, tuple[str, datetime | None]] = {
        identifier: (Tombstone.Reason.ERASED, None) for file in ledgers for identifier in ledger.known(file)
    }
    try:
        present = Tombstone._meta.db_table in connection.introspection.table_names()
        stones = Tombstone.objects.values_list("pk", "reason", "deleted_at") if present else []
        erased |= {pk: (reason, at) for pk, reason, at in stones}
        closed = set(User.objects.filter(is_active=False).values_list("pk", flat=True)) if present else set()
    except DatabaseError:
        connection.close()
        return Remembered(erased, set(), readable=False)
    return Remembered(erased, closed, readable=present)


def _rebuild(path: Path, keys: Sequence[Any], checked: Checked, progress: rows.Progress) -> None:
    """The tables as they were when the backup was made, filled, then compared with what it says."""
    apps = _tables_of(checked.header["migrations"])
    with connection.constraint_checks_disabled(), transaction.atomic():
        _empty(apps)
        loader = rows.Loader(apps, progress)
        reader = rows.Reader(on_row=loader.add)
        sealed.read(path, keys, reader.take)
        reader.finish()
        loader.flush()
        connection.check_constraints()
    _number_on(apps)
    if rows.tally(apps, progress) != checked.tally:
        raise Unreadable("La base reconstruite ne dit pas la même chose que la sauvegarde.")
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            if cursor.fetchone() != ("ok",):
                raise BackupError("La base reconstruite n’est pas saine : rien n’a été remplacé.")


def _tables_of(migrations: list[list[str]]) -> Apps:
    """Builds the tables by these migrations and no others; returns the models as they were then."""
    executor = MigrationExecutor(connection)
    applied = {(app, name) for app, name in migrations}
    graph = executor.loader.graph
    applied &= set(graph.nodes)
    targets = [
        key
        for key in sorted(applied)
        if not any(child.key in applied and child.key[0] == key[0] for child in graph.node_map[key].children)
    ]
    executor.migrate(targets)
    executor = MigrationExecutor(connection)
    return executor.loader.project_state(targets).apps


def _empty(apps: Apps) -> None:
    """Takes out what the migrations themselves wrote; a table without rows is not asked (the journal refuses)."""
    with connection.cursor() as cursor:
        for model in rows.tables(apps):
            if model._base_manager.exists():
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 # nosec B608


def _number_on(apps: Apps) -> None:
    """The next row takes the number after the last one restored."""
    statements = connection.ops.sequence_reset_sql(no_style(), rows.tables(apps))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _bring_up_to_date(remembered: Remembered, replay: Replay, today: date) -> tuple[int, int]:
    """What happened since the backup and must hold: erasures, closed accounts, terms. How many rows each undid."""
    done = set(Tombstone.objects.values_list("pk", flat=True))
    erased = sum(
        replay(identifier, reason, at)
        for identifier, (reason, at) in sorted(remembered.erased.items())
        if identifier not in done
    )
    User.objects.filter(pk__in=remembered.closed).update(is_active=False)
    emptied = purge.empty_what_is_over(today=today)
    sealing.put_guard_back()
    record(JournalEntry.Verb.RESTORED, by=None)
    return erased, emptied
