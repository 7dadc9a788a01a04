"""Seals of the journal: what was written on a day, kept outside the database, under a key it does not hold.

A seal lists the lines written since the one before, each with its HMAC, counts all lines sealed so far, and
carries the HMAC of the seal before it: the whole is a chain. Pure: no clock, no file, no database.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

FORMAT: Final = 1
NOTHING: Final = ""
# A transaction that began before a seal and ended after it (PostgreSQL) leaves a line the next seal takes.
STRAGGLING: Final = timedelta(minutes=1)


class SealError(Exception):
    """The file of seals cannot be read; the message is French."""


class Kind(StrEnum):
    """What a verification finds. `HOLE`: an unsealed number is missing, which a rolled-back act explains too."""

    ALTERED = "altered"
    MISSING = "missing"
    LAST_MISSING = "last missing"
    SLIPPED_IN = "slipped in"
    SEAL_BROKEN = "seal broken"
    KEY_UNKNOWN = "key unknown"
    HOLE = "hole"


@dataclass(frozen=True)
class Finding:
    """`number`: of the line, or of the seal for the two kinds that name one."""

    kind: Kind
    number: int


@dataclass(frozen=True)
class Line:
    """A line of the journal as the seals know it: every column, in this order for ever (`FORMAT`)."""

    id: int
    at: datetime
    verb: str
    subject: str
    reason: str
    by: int | None
    neighbourhood: int | None

    def canonical(self) -> str:
        moment = self.at.isoformat(timespec="microseconds")
        columns = [self.id, moment, self.verb, self.subject, self.reason, self.by, self.neighbourhood]
        return json.dumps(columns, ensure_ascii=True)


@dataclass(frozen=True)
class Seal:
    """`lines`: HMAC by line number. `restart`: says anew all that stands, after a backup was restored."""

    number: int
    at: datetime
    key: str
    count: int
    lines: Mapping[int, str]
    restart: bool
    previous: str
    mac: str

    def body(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "number": self.number,
            "at": self.at.isoformat(),
            "key": self.key,
            "count": self.count,
            "lines": {str(number): mac for number, mac in self.lines.items()},
            "restart": self.restart,
            "previous": self.previous,
        }

    def dumps(self) -> str:
        return json.dumps(self.body() | {"mac": self.mac})


def loads(text: str) -> list[Seal]:
    """The seals of a file, one JSON object a line. Raises SealError."""
    try:
        return [_seal(json.loads(line)) for line in text.splitlines() if line.strip()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SealError("Le fichier des scellés est abîmé : une de ses lignes ne se lit pas.") from error


def _seal(read: dict[str, Any]) -> Seal:
    if read["format"] != FORMAT:
        raise SealError("Ces scellés ont été faits par une version plus récente.")
    lines = {int(number): str(mac) for number, mac in read["lines"].items()}
    at = datetime.fromisoformat(read["at"])
    copied = {name: read[name] for name in ("number", "key", "count", "restart", "previous", "mac")}
    return Seal(at=at, lines=lines, **copied)


def fingerprint(key: str) -> str:
    """Names a key without giving it away."""
    return _mac(key, "the name of a key of the journal's seals")[:12]


def sealed(seals: Iterable[Seal]) -> dict[int, tuple[str, str]]:
    """HMAC and key's name by line number, since the last restart."""
    known: dict[int, tuple[str, str]] = {}
    for seal in seals:
        if seal.restart:
            known = {}
        known |= {number: (mac, seal.key) for number, mac in seal.lines.items()}
    return known


def next_seal(
    seals: Sequence[Seal], lines: Iterable[Line], *, key: str, at: datetime, restart: bool = False
) -> Seal:
    """The seal that follows, over the lines that no seal holds yet (`restart`: over all of them).

    Lines that slipped in between sealed ones are left out, so that they stay findings.
    """
    lines = list(lines)
    known = {} if restart else sealed(seals)
    strangers = {finding.number for finding in _slipped_in(seals, known, lines)}
    new = {
        line.id: _mac(key, line.canonical())
        for line in lines
        if line.id not in known and line.id not in strangers
    }
    last = seals[-1] if seals else None
    unsigned = Seal(
        number=last.number + 1 if last else 1,
        at=at,
        key=fingerprint(key),
        count=len(known) + len(new),
        lines=new,
        restart=restart,
        previous=last.mac if last else NOTHING,
        mac="",
    )
    return replace(unsigned, mac=_mac(key, json.dumps(unsigned.body())))


def findings(
    seals: Sequence[Seal], lines: Sequence[Line], *, keys: Sequence[str], highest: int
) -> list[Finding]:
    """Everything that does not agree, in reading order. `highest`: the highest number the database ever gave."""
    named = {fingerprint(key): key for key in keys}
    known = sealed(seals)
    return [
        *_broken(seals, named),
        *_changed(known, {line.id: line for line in lines}, named),
        *_slipped_in(seals, known, lines),
        *_holes(known, lines, highest),
    ]


def _broken(seals: Sequence[Seal], named: Mapping[str, str]) -> Iterator[Finding]:
    previous, count, number = NOTHING, 0, 0
    for seal in seals:
        count, number = len(seal.lines) + (0 if seal.restart else count), number + 1
        follows = (seal.previous, seal.count, seal.number) == (previous, count, number)
        if seal.key not in named:
            yield Finding(Kind.KEY_UNKNOWN, seal.number)
        elif not follows or not _same(seal.mac, _mac(named[seal.key], json.dumps(seal.body()))):
            yield Finding(Kind.SEAL_BROKEN, seal.number)
        previous = seal.mac


def _changed(
    known: Mapping[int, tuple[str, str]], standing: Mapping[int, Line], named: Mapping[str, str]
) -> Iterator[Finding]:
    top = max(standing, default=0)
    for number, (mac, key) in sorted(known.items()):
        line = standing.get(number)
        if line is None:
            yield Finding(Kind.LAST_MISSING if number > top else Kind.MISSING, number)
        elif key in named and not _same(mac, _mac(named[key], line.canonical())):
            yield Finding(Kind.ALTERED, number)


def _slipped_in(
    seals: Sequence[Seal], known: Mapping[int, tuple[str, str]], lines: Iterable[Line]
) -> Iterator[Finding]:
    """Unsealed lines among the sealed: written in afterwards, but for those that straggled past a seal."""
    top = max(known, default=0)
    for line in lines:
        if line.id < top and line.id not in known:
            straggled = any(seal.at - STRAGGLING <= line.at <= seal.at for seal in seals)
            if not straggled:
                yield Finding(Kind.SLIPPED_IN, line.id)


def _holes(known: Mapping[int, tuple[str, str]], lines: Iterable[Line], highest: int) -> Iterator[Finding]:
    standing = {line.id for line in lines}
    for number in range(max(known, default=0) + 1, highest + 1):
        if number not in standing:
            yield Finding(Kind.HOLE, number)


def _mac(key: str, text: str) -> str:
    # Half of SHA-256 is plenty, and halves the file.
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
