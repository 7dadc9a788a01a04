"""The rows of a database as lines of text, the same on SQLite and on PostgreSQL, and back.

An archive is: a header; for each table its columns, then a line a row; a last line with how many rows each
table has and the digest of its lines. Values go by the field that holds them, so either database reads the other's.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from observations.actions.backups.faults import Unreadable

FORMAT = 1
# Whoever restores signs in again: a session brought back could be a stolen one, and a device is a session. The cache
# is counters of the hour, and holds what Python would load as code.
LEFT_OUT = {"sessions.session", "observations.device", "observations.sharedcache"}
CHUNK = 200
Progress = Callable[[str, int, int], None]
Migrations = list[list[str]]


@dataclass
class Tally:
    """What was counted of an archive: rows and a digest a table, and a digest of everything."""

    counts: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


class Digest:
    """Counts and digests the lines of one table as they go by."""

    def __init__(self) -> None:
        self.count = 0
        self._sha = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self.count += 1
        self._sha.update(line)

    def hexdigest(self) -> str:
        return self._sha.hexdigest()


def tables(apps: Apps) -> list[type[models.Model]]:
    """Every table that the models of `apps` hold, sessions left out, always in the same order."""
    held = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    kept = [model for model in held if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def applied_migrations() -> Migrations:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def lines(apps: Apps, header: dict[str, Any], progress: Progress) -> Iterator[bytes]:
    """The whole archive. Reads in one go: call it inside a snapshot."""
    yield _line({"accords": FORMAT, **header})
    tally, done = Tally(), 0
    for model in tables(apps):
        name = model._meta.label_lower
        yield _line({"table": name, "columns": _columns(model)})
        digest = Digest()
        for line in row_lines(model):
            digest.add(line)
            done += 1
            if done % CHUNK == 0:
                progress("Lignes écrites", done, 0)
            yield line
        tally.counts[name], tally.digests[name] = digest.count, digest.hexdigest()
    yield _line({"end": {"counts": tally.counts, "digests": tally.digests}})


def row_lines(model: type[models.Model]) -> Iterator[bytes]:
    """One table, a line a row, by primary key."""
    rows = model._base_manager.order_by("pk").values_list(*_columns(model))
    for row in rows.iterator(chunk_size=CHUNK):
        yield _line([_plain(value) for value in row])


def tally(apps: Apps, progress: Progress) -> Tally:
    """Of what the database holds now, as `lines` would write it."""
    found = Tally()
    for model in tables(apps):
        digest = Digest()
        for line in row_lines(model):
            digest.add(line)
        found.counts[model._meta.label_lower] = digest.count
        found.digests[model._meta.label_lower] = digest.hexdigest()
        progress("Lignes vérifiées", found.rows, 0)
    return found


class Reader:
    """Reads an archive line by line; `header` and `tally` are known once it has ended. Keeps nothing else.

    `on_header(header)` and `on_row(table, columns, row)` are called on the way. Raises Unreadable.
    """

    def __init__(
        self,
        on_header: Callable[[dict[str, Any]], None] = lambda header: None,
        on_row: Callable[[str, list[str], list[Any]], None] = lambda table, columns, row: None,
    ) -> None:
        self.header: dict[str, Any] = {}
        self.tally = Tally()
        self.ended = False
        self._on_header, self._on_row = on_header, on_row
        self._table, self._columns, self._digest = "", list[str](), Digest()

    def take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            raise Unreadable("Cette sauvegarde est abîmée.") from None
        if self.ended:
            raise Unreadable(
                "Cette sauvegarde continue après sa fin : elle n’a pas été faite par ce logiciel."
            )
        if isinstance(said, list):
            self._row(line, said)
        elif not self.header:
            self._begin(said)
        elif "table" in said:
            self._close_table()
            self._table, self._columns = said["table"], said["columns"]
        else:
            self._close_table()
            self._end(said)

    def finish(self) -> None:
        if not self.ended:
            raise Unreadable("Cette sauvegarde s’arrête avant sa fin.")

    def _begin(self, said: dict[str, Any]) -> None:
        if said.get("accords") != FORMAT:
            raise Unreadable("Ce fichier n’est pas une sauvegarde que cette version sache lire.")
        self.header = said
        self._on_header(said)

    def _row(self, line: bytes, row: list[Any]) -> None:
        if not self._table or len(row) != len(self._columns):
            raise Unreadable("Cette sauvegarde est abîmée.")
        self._digest.add(line)
        self._on_row(self._table, self._columns, row)

    def _close_table(self) -> None:
        if self._table:
            self.tally.counts[self._table] = self._digest.count
            self.tally.digests[self._table] = self._digest.hexdigest()
        self._table, self._digest = "", Digest()

    def _end(self, said: dict[str, Any]) -> None:
        told = said.get("end", {})
        if (told.get("counts"), told.get("digests")) != (self.tally.counts, self.tally.digests):
            raise Unreadable("Cette sauvegarde ne contient pas ce qu’elle annonce.")
        self.ended = True


class Loader:
    """Puts rows into the tables of `apps`, some hundreds at a time."""

    def __init__(self, apps: Apps, progress: Progress) -> None:
        self.models = {model._meta.label_lower: model for model in tables(apps)}
        self.done, self._progress = 0, progress
        self._waiting: list[models.Model] = []
        for model in self.models.values():
            for each in model._meta.local_concrete_fields:
                if isinstance(each, models.DateField):
                    # The moment that the archive says, not that of the restoration.
                    each.auto_now = each.auto_now_add = False

    def add(self, table: str, columns: list[str], row: list[Any]) -> None:
        model = self.models.get(table)
        if model is None or columns != _columns(model):
            raise Unreadable("Cette sauvegarde parle d’une table que cette version ne connaît pas.")
        if self._waiting and (type(self._waiting[0]) is not model or len(self._waiting) >= CHUNK):
            self.flush()
        known = {each.attname: each for each in model._meta.local_concrete_fields}
        self._waiting.append(
            model(**{name: known[name].to_python(value) for name, value in zip(columns, row, strict=True)})
        )

    def flush(self) -> None:
        if self._waiting:
            type(self._waiting[0])._base_manager.bulk_create(self._waiting)
            self.done += len(self._waiting)
            self._progress("Lignes remises", self.done, 0)
        self._waiting = []


def split_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of a stream, each with its end."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _columns(model: type[models.Model]) -> list[str]:
    """By name: the order of the fields is not the same in the models of today and in those of a migration."""
    return sorted(each.attname for each in model._meta.local_concrete_fields)


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A column's value as JSON holds it; the field that receives it knows what it was."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case uuid.UUID():
            return str(value)
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode()
        case _:
            return value
