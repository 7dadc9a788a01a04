"""Observations of ten years in the demonstration's language, by the hundred thousand: drawn, then loaded.

Seeded: the same day, count and seed give the same rows. Nothing is emptied at its term: more text than a real territory
keeps, so what is measured is the harder case.
"""

import base64
import hashlib
import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate, islice
from typing import Any, NamedTuple

from django.db import connection, transaction

from observations import geo, words
from observations.demo import plan
from observations.demo.choice import LEANING, LEANINGS, WEIGHTS, theme_weights
from observations.demo.corpus import TEXTS
from observations.demo.text import Text
from observations.models import Neighbourhood, Observation, Status, Theme, User, search_index

YEARS = 10
# Newer ones still wait, most of them; older ones were read.
WAITING = timedelta(days=21)
# How often somebody says a second thing of the same theme: texts do not all repeat each other.
SECOND_THING = 0.6

_COLUMNS = (
    "id neighbourhood_id theme_id nature words words_exact seen reading public_text stems place_kind precision"
    " latitude longitude place_label tile_x tile_y cell_row cell_col people agreement observed_on captured_at"
    " received_at author_id form_version digest status status_by_id status_at status_reason revision"
)
COLUMNS = _COLUMNS.split()
TABLE = Observation._meta.db_table


class World(NamedTuple):
    """What rows refer to: keys of neighbourhoods and themes by their codes, of authors and of who reviews."""

    places: dict[str, int]
    themes: dict[str, int]
    authors: list[int]
    reviewer: int


def world() -> World:
    """The reference rows of the database, already loaded."""
    return World(
        dict(Neighbourhood.objects.values_list("code", "pk")),
        dict(Theme.objects.values_list("slug", "pk")),
        list(User.objects.filter(role="agent").order_by("pk").values_list("pk", flat=True)),
        User.objects.filter(role="cdsu").values_list("pk", flat=True)[0],
    )


def rows(count: int, today: date, into: World, *, seed: int = 59) -> Iterator[tuple[Any, ...]]:
    """`count` rows in the order of COLUMNS, in no order of time, from ten years ago to the eve of `today`."""
    rng = random.Random(seed)
    days = _days(today)
    weighted = list(accumulate(plan.WEEKDAY_WEIGHTS[day.weekday()] for day in days))
    codes, shares = list(plan.SHARES), list(accumulate(plan.SHARES.values()))
    for _ in range(count):
        day = rng.choices(days, cum_weights=weighted)[0]
        code = rng.choices(codes, cum_weights=shares)[0]
        texts, likely = _texts(code, day.month)
        text = rng.choices(texts, cum_weights=likely)[0]
        yield _row(text, code, day, today, into, rng)


def _days(today: date) -> list[date]:
    every = (today - timedelta(days=back) for back in range(365 * YEARS, 0, -1))
    return [day for day in every if plan.WEEKDAY_WEIGHTS[day.weekday()]]


@cache
def _texts(code: str, month: int) -> tuple[list[Text], list[float]]:
    """Texts that may be heard there in that month, and their cumulated weights: themes lean as in the demonstration."""
    texts = [text for text in TEXTS if month in text.months]
    share = theme_weights(month)
    held = {top: sum(text.top == top for text in texts) for top in WEIGHTS}
    leaning = LEANINGS.get(code, ())
    weights = [share[t.top] * (LEANING if t.top in leaning else 1) / held[t.top] for t in texts]
    return texts, list(accumulate(weights))


@cache
def _same_theme(top: str) -> list[str]:
    return [text.words for text in TEXTS if text.top == top and text.words]


def _row(text: Text, code: str, day: date, today: date, into: World, rng: random.Random) -> tuple[Any, ...]:
    key = uuid.UUID(int=rng.getrandbits(128), version=4)
    said = [text.words] if text.words else []
    if said and rng.random() < SECOND_THING:
        said.append(rng.choice(_same_theme(text.top)))
    precision = plan._precision(text, rng)
    label, latitude, longitude = plan._place(text, code, rng)
    point = _point(latitude, longitude, precision)
    label = label if precision == "lieu" else ""
    moment = datetime.combine(day, time(8 + rng.randrange(9), rng.randrange(60), rng.randrange(60)), UTC)
    status = _status(today - day, rng)
    read = status != Status.TO_READ
    public = text.public_text if status == Status.ACCEPTED else ""
    reason = {
        Status.SET_ASIDE: rng.choice(plan.SET_ASIDE_REASONS),
        Status.TO_COMPLETE: plan.DEFAULT_QUESTION,
    }.get(status, "")
    texts = (said, [text.seen], [text.reading], [public], [label])
    return (
        key,
        into.places[code],
        into.themes[text.theme],
        text.nature,
        " ".join(said),
        bool(said) and rng.random() < 0.66,
        text.seen,
        text.reading,
        public,
        f" {words.BREAK} ".join(" ".join(map(_stems, each)) for each in texts if any(each)),
        text.place_kind,
        precision,
        *point[:2],
        label,
        *point[2:],
        text.people,
        text.agreement,
        day,
        moment,
        moment + timedelta(seconds=4),
        rng.choice(into.authors),
        1,
        base64.b64encode(hashlib.sha256(key.bytes).digest()).decode(),
        status.value,
        into.reviewer if read else None,
        moment + timedelta(days=1) if read else None,
        reason,
        2 if read else 1,
    )


@cache
def _stems(text: str) -> str:
    return words.column([text])


def _point(latitude: float, longitude: float, precision: plan.Precision) -> tuple[Any, ...]:
    """Rounded position, tile and cell, as actions.capture derives them."""
    lat, lon = geo.rounded(latitude, longitude, precision)
    if lat is None or lon is None:
        return (None,) * 6
    return (lat, lon, *geo.tile(lat, lon), *geo.cell(lat, lon))


def _status(age: timedelta, rng: random.Random) -> Status:
    if age <= WAITING:
        return rng.choices((Status.TO_READ, Status.TO_COMPLETE, Status.ACCEPTED), (70, 10, 20))[0]
    return Status.SET_ASIDE if rng.random() < plan.SET_ASIDE_RATE else Status.ACCEPTED


def load(drawn: Iterable[tuple[Any, ...]]) -> int:
    """Adds the rows in one transaction, indexes and search included: COPY on PostgreSQL. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        return (_copied if connection.vendor == "postgresql" else _inserted)(cursor, drawn)


def _copied(cursor: Any, drawn: Iterable[tuple[Any, ...]]) -> int:
    added = 0
    others = {"reminded_on", "emptied_on", "noted_by_id"}
    assert {field.attname for field in Observation._meta.concrete_fields} == {*COLUMNS, *others}
    with cursor.copy(f"COPY {TABLE} ({', '.join(COLUMNS)}) FROM STDIN") as copy:
        for row in drawn:
            copy.write_row(row)
            added += 1
    return added


def _inserted(cursor: Any, drawn: Iterable[tuple[Any, ...]]) -> int:
    """The search's table is built once at the end, as a migration does: line by line costs three times as much."""
    for drop in search_index.REMOVAL["sqlite"]:
        cursor.execute(drop)
    added = 0
    marks = ", ".join(["?"] * len(COLUMNS))
    statement = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608 - our own names
    plain = (tuple(map(_plain, row)) for row in drawn)
    while chunk := list(islice(plain, 5_000)):
        # Under Django's cursor, which would rewrite each statement's marks.
        cursor.cursor.connection.executemany(statement, chunk)
        added += len(chunk)
    for statement in search_index.STATEMENTS["sqlite"]:
        cursor.execute(statement)
    return added


def _plain(value: Any) -> Any:
    """A value as Django's SQLite keeps it."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else value
