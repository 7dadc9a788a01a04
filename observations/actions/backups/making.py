"""Makes a backup: one snapshot of the database, encrypted, read back whole before it counts as one."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

import pyrage
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from observations.actions import ledger
from observations.actions.backups import rows, sealed
from observations.actions.backups.faults import BackupError
from observations.actions.journal import record
from observations.models import JournalEntry

UNFINISHED = ".partielle"
NO_KEY = (
    "Aucune clé publique : indiquez BACKUP_RECIPIENTS, ou --recipient age1…. "
    "docs/deploy.md dit comment en faire une, ailleurs que sur ce serveur."
)


@dataclass(frozen=True)
class Backup:
    path: Path
    tally: rows.Tally
    size: int
    removed: Sequence[Path]


def backup(*, recipients: Sequence[str], folder: Path, keep: int, progress: rows.Progress) -> Backup:
    """Writes one archive into `folder`, verifies it, then lets the oldest beyond `keep` go.

    Raises BackupError. Killed at any moment, it leaves the older archives as they were.
    """
    keys = sealed.recipients(recipients)
    if not keys:
        raise BackupError(NO_KEY)
    _refuse_pending_migrations()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear_unfinished(folder)
    now = timezone.now().astimezone(UTC)
    path = folder / f"{_prefix()}{now:%Y%m%dT%H%M%SZ}.age"
    written = path.with_name(path.name + UNFINISHED)
    # Known to this process alone, and for its time only: what lets it read back what it wrote.
    own = pyrage.x25519.Identity.generate()
    _write(written, [*keys, own.to_public()], now, progress)
    tally = _read_back(written, own)
    written.replace(path)
    _sync(folder)
    ledger.complete()
    record(JournalEntry.Verb.BACKED_UP, by=None)
    return Backup(path, tally, path.stat().st_size, _rotate(folder, keep))


def archives(folder: Path) -> list[Path]:
    """This database's finished archives, the oldest first."""
    return sorted(folder.glob(f"{_prefix()}*.age"))


def _prefix() -> str:
    return f"accords-{Path(str(connection.settings_dict['NAME'])).stem}-"


def _write(path: Path, keys: Sequence[object], now: datetime, progress: rows.Progress) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file, snapshot():
        _require_sound_database()
        header = {
            "made_at": now.isoformat(),
            "software": _software(),
            "vendor": connection.vendor,
            "migrations": rows.applied_migrations(),
        }
        sealed.write(rows.lines(apps, header, progress), file, keys)
        file.flush()
        os.fsync(file.fileno())


def _read_back(path: Path, own: object) -> rows.Tally:
    """Decrypts what is on the disk, to its end: what cannot be read is no backup."""
    reader = rows.Reader()
    sealed.read(path, [own], reader.take)
    reader.finish()
    return reader.tally


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is of one moment; writers are not held up."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        sqlite = cast(Any, connection)
        usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _require_sound_database() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)")
        if cursor.fetchone() != ("ok",):
            raise BackupError(
                "La base SQLite est abîmée (integrity_check). Rien n’a été sauvegardé : gardez les archives "
                "précédentes et restaurez la plus récente."
            )


def _refuse_pending_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError(
            "La base n’est pas à la version du logiciel : lancez d’abord « manage.py migrate », "
            "ou faites cette sauvegarde avec la version qui l’a écrite."
        )


def _clear_unfinished(folder: Path) -> None:
    """What a killed backup left: never an archive."""
    for path in folder.glob(f"{_prefix()}*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def _rotate(folder: Path, keep: int) -> list[Path]:
    old = archives(folder)[:-keep] if keep else []
    for path in old:
        path.unlink()
    return old


def _sync(folder: Path) -> None:
    """The name of the new file survives a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _software() -> str:
    try:
        return version(settings.ROOT_URLCONF.split(".")[0].replace("_", "-"))
    except PackageNotFoundError:
        return ""
