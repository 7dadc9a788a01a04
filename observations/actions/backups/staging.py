"""A second database beside the live one, filled out of sight and put in its place in one move, or thrown away.

SQLite: another file of the same folder, copied over the live one by SQLite's own backup interface, in a single
transaction that running servers see whole or not at all. PostgreSQL: another schema of the same database, whose
tables take the place of the live ones in a single transaction.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg import sql

from observations.actions.backups.faults import BackupError

SUFFIX = ".restauration"
SCHEMA = "accords_restauration"
PATIENCE = 30  # seconds that the last move waits for those who use the database
BUSY = "Quelqu’un tient la base : arrêtez l’application, puis recommencez. Rien n’a été changé."


def discard() -> None:
    """Removes the second database, from this attempt or from one that was killed."""
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{_file()}{suffix}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(SCHEMA)))


@contextmanager
def standing_in() -> Iterator[None]:
    """Inside, the application's connection is to the second database, made empty."""
    discard()
    if connection.vendor == "sqlite":
        # For nobody else to read while it fills.
        os.close(os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        changed: dict[str, Any] = {"NAME": str(_file())}
    else:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
        options = {**connection.settings_dict["OPTIONS"], "options": f"-c search_path={SCHEMA}"}
        changed = {"OPTIONS": options}
    usual = {name: connection.settings_dict[name] for name in changed}
    _turn_to(changed)
    try:
        yield
    finally:
        _turn_to(usual)


def take_its_place() -> None:
    """The one move. Raises BackupError when it cannot be made; then nothing has moved."""
    if connection.vendor == "sqlite":
        _copy_over()
    else:
        _change_tables()
    ContentType.objects.clear_cache()
    discard()


def _turn_to(changed: dict[str, Any]) -> None:
    connection.close()
    connection.settings_dict.update(changed)
    ContentType.objects.clear_cache()


def _live_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _file() -> Path:
    live = _live_file()
    return live if live.name.endswith(SUFFIX) else live.with_name(live.name + SUFFIX)


def _copy_over() -> None:
    source_file, live = _file(), _live_file()
    connection.close()
    source = sqlite3.connect(source_file)
    try:
        try:
            _pour(source, live)
        except sqlite3.OperationalError:
            raise BackupError(BUSY) from None
        except sqlite3.DatabaseError:
            # The live file is no database any more: it is kept aside, whole.
            _set_aside(live)
            _pour(source, live)
    finally:
        source.close()


def _pour(source: sqlite3.Connection, live: Path) -> None:
    target = sqlite3.connect(live, timeout=PATIENCE)
    try:
        target.execute("PRAGMA synchronous = FULL")
        target.execute("PRAGMA journal_mode = WAL")
        # All the pages in one step: one transaction.
        source.backup(target, pages=-1)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()


def _set_aside(live: Path) -> None:
    mark = f".abimee-{timezone.now():%Y%m%dT%H%M%S}"
    for suffix in ("", "-wal", "-shm"):
        path = Path(f"{live}{suffix}")
        if path.exists():
            path.rename(f"{live}{mark}{suffix}")


def _change_tables() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            cursor.execute("SELECT current_schema()")
            live = cursor.fetchone()[0]
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
            tables = [name for (name,) in cursor.fetchall()]
            cursor.execute(
                "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE nspname = %s",
                [SCHEMA],
            )
            functions = [name for (name,) in cursor.fetchall()]
            for drop, move, names in (
                ("DROP TABLE IF EXISTS {} CASCADE", "ALTER TABLE {} SET SCHEMA {}", tables),
                ("DROP FUNCTION IF EXISTS {}() CASCADE", "ALTER FUNCTION {}() SET SCHEMA {}", functions),
            ):
                for name in names:
                    cursor.execute(sql.SQL(drop).format(sql.Identifier(live, name)))
                for name in names:
                    cursor.execute(sql.SQL(move).format(sql.Identifier(SCHEMA, name), sql.Identifier(live)))
            cursor.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(SCHEMA)))
    except OperationalError:
        raise BackupError(BUSY) from None
