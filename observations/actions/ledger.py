"""The ledger of erasures: identifiers kept beside the backups, so that restoring an old one brings nothing back.

The database's tombstones say the same. The ledger is for the day when the database itself is gone. Lines are
only ever added; a line that could not be written is added by the next backup.
"""

import logging
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from observations.models import Tombstone

logger = logging.getLogger(__name__)


def ledger_file() -> Path:
    """Where this database's erasures are written down: one file a database, whatever shares the folder."""
    return Path(settings.BACKUP_DIR) / f"effacements-{Path(str(connection.settings_dict['NAME'])).stem}.txt"


def note_after_commit(identifier: uuid.UUID) -> None:
    """Writes the identifier down once the erasure is certain; a full disk does not undo an erasure."""
    transaction.on_commit(lambda: _note_or_log(identifier))


def known(file: Path | None = None) -> set[uuid.UUID]:
    """Identifiers written down, a line cut short by a crash left out."""
    try:
        lines = (file or ledger_file()).read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {found for line in lines if (found := _uuid(line))}


def complete() -> int:
    """Adds the tombstones that the ledger misses; how many."""
    missing = set(Tombstone.objects.values_list("pk", flat=True)) - known()
    _append(missing)
    return len(missing)


def _note_or_log(identifier: uuid.UUID) -> None:
    try:
        _append([identifier])
    except OSError as error:
        logger.error("erasure not written in the ledger, the next backup will: %s", type(error).__name__)


def _append(identifiers: Iterable[uuid.UUID]) -> None:
    lines = "".join(f"\n{identifier}" for identifier in sorted(identifiers))
    if not lines:
        return
    path = ledger_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        # One write, begun on a line of its own: processes do not mix theirs, nor join one cut short.
        file.write(lines.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _uuid(line: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(line.strip())
    except ValueError:
        return None
