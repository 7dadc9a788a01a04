"""The search: one question, the same answers on both databases.

Each observation keeps the stems of its texts in one column (`Observation.stems`, written by `restem`). SQLite indexes
it with FTS5, in a table that triggers keep; PostgreSQL by an expression, in its `simple` configuration, which changes
no word. docs/decisions/0003 says why.
"""

from typing import Final, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL

from observations import words
from observations.models.observation import SEARCHED, Observation, ObservationQuerySet


def matching(observations: ObservationQuerySet, asked: str) -> ObservationQuerySet:
    """Those whose texts hold every word and every quoted phrase of `asked`; none when it holds no word."""
    wanted = words.query(asked)
    if not wanted:
        return observations.none()
    sql, write = MATCH[connection.vendor]
    return observations.filter(pk__in=RawSQL(sql, [write(wanted)]))  # noqa: S611 # nosec B611 - constant SQL


class Found(NamedTuple):
    """Where an observation answers: the name of the text, and its passage in pieces."""

    name: str
    pieces: list[words.Piece]


def found_in(observation: Observation, wanted: list[tuple[str, ...]]) -> Found | None:
    """The first of its texts that answers; None when it changed meanwhile."""
    for name in SEARCHED:
        if pieces := words.passage(getattr(observation, name), wanted):
            return Found(name, pieces)
    return None


def _fts5(wanted: list[tuple[str, ...]]) -> str:
    return "stems : (" + " AND ".join(f'"{" ".join(phrase)}"' for phrase in wanted) + ")"


def _tsquery(wanted: list[tuple[str, ...]]) -> str:
    return " & ".join("(" + " <-> ".join(phrase) + ")" for phrase in wanted)


MATCH: Final = {
    "sqlite": ("SELECT id FROM observation_search WHERE observation_search MATCH %s", _fts5),
    "postgresql": (
        "SELECT id FROM observations_observation"
        " WHERE to_tsvector('simple', stems) @@ to_tsquery('simple', %s)",
        _tsquery,
    ),
}
