"""Seals the journal into a file kept beside the backups, and compares the two.

The triggers stop the application; the seals catch whoever goes around it. Between two seals a removed line
shows as a hole in the numbers, which SQLite never leaves by itself and PostgreSQL does after a rollback: seal
as often as you like, each seal costs what was written since.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from observations.models import JournalEntry, append_only
from observations.privacy import seals
from observations.privacy.seals import Finding, Kind, Line, Seal

# A daily job that missed one day is late; two days without a seal is a finding.
TOO_OLD = timedelta(days=2)


@dataclass(frozen=True)
class Verification:
    """`tampering` has no innocent explanation, `doubts` may have one. `last`: the newest seal."""

    tampering: list[Finding]
    doubts: list[Finding]
    guarded: bool
    lines: int
    last: Seal | None
    overdue: bool


def seals_file() -> Path:
    """Where this database's seals stand: one file a database, whatever shares the folder."""
    name = Path(str(connection.settings_dict["NAME"])).stem
    return Path(settings.SEALS_DIR) / f"journal-{name}.seals"


def seal(*, after_restore: bool = False) -> Seal:
    """Adds today's seal to the file. `after_restore`: all lines are said anew, as the backup left them.

    Raises SealError when the file cannot be read.
    """
    with _locked(seals_file()) as file:
        before = seals.loads(file.read())
        made = seals.next_seal(
            before, _lines(), key=settings.JOURNAL_KEYS[0], at=timezone.now(), restart=after_restore
        )
        file.write(made.dumps() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def put_guard_back() -> bool:
    """Sets the triggers again where they are missing (a table that SQLite remade loses them); whether it did."""
    if append_only.is_guarded(connection):
        return False
    with connection.cursor() as cursor:
        for statement in append_only.statements(connection.vendor):
            cursor.execute(statement)
    return True


def verify(file: Path | None = None) -> Verification:
    """The journal against its seals; `file` is another copy of them. Reads only. Raises SealError."""
    path = file or seals_file()
    known = seals.loads(path.read_text()) if path.exists() else []
    if file and not path.exists():
        raise seals.SealError("Ce fichier de scellés n’existe pas.")
    lines = list(_lines())
    found = seals.findings(known, lines, keys=settings.JOURNAL_KEYS, highest=_highest_number())
    innocent = {Kind.KEY_UNKNOWN} | ({Kind.HOLE} if connection.vendor == "postgresql" else set())
    last = known[-1] if known else None
    return Verification(
        tampering=[finding for finding in found if finding.kind not in innocent],
        doubts=[finding for finding in found if finding.kind in innocent],
        guarded=append_only.is_guarded(connection),
        lines=len(lines),
        last=last,
        overdue=bool(lines) and (last is None or timezone.now() - last.at > TOO_OLD),
    )


def _lines() -> Iterator[Line]:
    columns = ("id", "at", "verb", "subject", "reason", "by_id", "neighbourhood_id")
    rows = JournalEntry.objects.order_by("pk").values_list(*columns)
    return (Line(*row) for row in rows.iterator(chunk_size=2000))


def _highest_number() -> int:
    """The highest identifier that the database ever gave a line."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [append_only.TABLE])
        else:
            sequence = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)"
            cursor.execute(sequence, [append_only.TABLE])
        row = cursor.fetchone()
    return (row and row[0]) or 0


@contextmanager
def _locked(path: Path) -> Iterator[Any]:
    """The file, opened to read and add, held until the end; made where it is missing (mode 600)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
