"""Two periods side by side: which other one, and the counts of both by neighbourhood and theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observations import clusters
from observations.listening import last_day
from observations.models import Neighbourhood, Theme
from observations.recurrence import first_day, month_index

# Nothing was noted before; further back, counting would leave the calendar.
EARLIEST = date(1900, 1, 1)


class Against(StrEnum):
    """What a period is set against, as the address says it (`face`)."""

    BEFORE = "avant"
    YEAR = "an"


@dataclass(frozen=True)
class Period:
    """From the day `first` to the day `last`, both included."""

    first: date
    last: date

    def other(self, against: Against) -> "Period | None":
        """The period to set this one against; None when this one holds no day, or more days than
        there are between `EARLIEST` and it.

        Whole months are set against as many whole months, other days against as many days.
        """
        days = (self.last - self.first).days + 1
        if days < 1 or (self.first - EARLIEST).days < days:
            return None
        whole = self.first.day == 1 and self.last == last_day(self.last)
        if against is Against.YEAR:
            last = _a_year_before(self.last)
            return Period(_a_year_before(self.first), last_day(last) if whole else last)
        day_before = self.first - timedelta(days=1)
        if not whole:
            return Period(self.first - timedelta(days=days), day_before)
        months = month_index(self.last) - month_index(self.first) + 1
        return Period(first_day(month_index(self.first) - months), day_before)


def _a_year_before(day: date) -> date:
    """The same day; the 29th of February gives the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True)
class Pair:
    """One count now and then."""

    now: int
    then: int


@dataclass(frozen=True)
class PairedLine:
    neighbourhood: Neighbourhood
    counts: list[Pair]
    n: Pair


@dataclass(frozen=True)
class PairedTable:
    """The map's table for two periods: every theme and neighbourhood that either holds."""

    now: Period
    then: Period
    themes: list[Theme]
    lines: list[PairedLine]
    totals: list[Pair]
    n: Pair

    @property
    def largest(self) -> int:
        """The largest count of a neighbourhood in either period."""
        return max((max(line.n.now, line.n.then) for line in self.lines), default=0)


def paired(now: Period, then: Period, tables: tuple[clusters.Table, clusters.Table]) -> PairedTable:
    """Sets the table of `now` beside that of `then`."""
    themes = sorted({theme for table in tables for theme in table.themes}, key=lambda theme: theme.rank)
    places = sorted({line.neighbourhood for table in tables for line in table.lines}, key=lambda p: p.name)
    one, other = (_counts(table) for table in tables)
    lines = [
        _line(place, [Pair(one.get((place, theme), 0), other.get((place, theme), 0)) for theme in themes])
        for place in places
    ]
    totals = [_sum(line.counts[i] for line in lines) for i in range(len(themes))]
    return PairedTable(now, then, themes, lines, totals, _sum(line.n for line in lines))


def _counts(table: clusters.Table) -> dict[tuple[Neighbourhood, Theme], int]:
    return {
        (line.neighbourhood, theme): n
        for line in table.lines
        for theme, n in zip(table.themes, line.counts, strict=True)
    }


def _line(place: Neighbourhood, counts: list[Pair]) -> PairedLine:
    return PairedLine(place, counts, _sum(counts))


def _sum(pairs: Iterable[Pair]) -> Pair:
    found = list(pairs)
    return Pair(sum(pair.now for pair in found), sum(pair.then for pair in found))
