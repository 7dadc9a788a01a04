"""The map through time: counts by neighbourhood in each month, or each year when there are many months."""

from collections import Counter
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count

from observations.listening import last_day
from observations.models import Neighbourhood
from observations.models.observation import ObservationQuerySet
from observations.recurrence import first_day, month_index
from observations.review.periods import PairedTable, Period
from observations.typography import from_to, month_name, short_month

# Beyond three years of months, a slider is too fine to be set by a finger: it goes by year. A clock that was wrong by
# centuries does not make a column of each.
SPANS_MAX = 36


class Step(TypedDict):
    """What static/js/map_times.js shows at once: `du` and `au` as the filters take them, and how many."""

    label: str
    du: str
    au: str
    n: int


@dataclass(frozen=True)
class Span:
    """One column: its days, its names, how many observations."""

    period: Period
    label: str
    short: str
    n: int


@dataclass(frozen=True)
class TimeLine:
    neighbourhood: Neighbourhood
    counts: list[int]


@dataclass(frozen=True)
class Timeline:
    """Each neighbourhood's counts, span after span; `largest` of them all, for one scale of shades."""

    spans: list[Span]
    lines: list[TimeLine]
    largest: int
    yearly: bool = False

    def steps(self) -> list[Step]:
        return [_step(span.period, span.label, span.n) for span in self.spans]


def timeline(observations: ObservationQuerySet, whole: Period, places: list[Neighbourhood]) -> Timeline:
    """`observations`, those of the period `whole`, in the months or years from the first of them to its last day.

    `places` are those that hold them. A month or a year that is not whole says its days; nothing to count gives no
    span, and what is older than `SPANS_MAX` years is left out. One query.
    """
    # By day, which an index holds: by month, SQLite would call Python for each row.
    days = (
        observations.filter(observed_on__lte=whole.last)
        .order_by()
        .values_list("neighbourhood_id", "observed_on")
        .annotate(n=Count("*"))
    )
    counted: Counter[tuple[int, int]] = Counter()
    for place, day, n in days.iterator():
        counted[place, month_index(day)] += n
    if not counted:
        return Timeline([], [], 0)
    last = month_index(whole.last)
    first = max(min(month for _, month in counted), last - 12 * SPANS_MAX + 12)
    size = 12 if last - first >= SPANS_MAX else 1
    columns = range(first // size, last // size + 1)
    lines = [
        TimeLine(place, [_sum(counted, place, range(size * i, size * (i + 1))) for i in columns])
        for place in places
    ]
    totals = [sum(line.counts[i] for line in lines) for i in range(len(columns))]
    spans = [_span(size * i, size, whole, n) for i, n in zip(columns, totals, strict=True)]
    return Timeline(spans, lines, max(max(line.counts) for line in lines), yearly=size > 1)


def _sum(counted: Counter[tuple[int, int]], place: Neighbourhood, months: range) -> int:
    return sum(counted[place.pk, month] for month in months)


def _span(month: int, size: int, whole: Period, n: int) -> Span:
    """The `size` months from `month`, less the days outside `whole`."""
    first, last = first_day(month), last_day(first_day(month + size - 1))
    days = Period(max(first, whole.first), min(last, whole.last))
    if days == Period(first, last):
        name = str(first.year) if size > 1 else month_name(first)
        return Span(days, name, name if size > 1 else f"{short_month(first)} {first.year}", n)
    return Span(days, from_to(days.first, days.last), f"{short_month(days.first)} {first.year}*", n)


def compared_steps(compared: PairedTable) -> list[Step]:
    """The two periods of a comparison, the earlier first."""
    both = ((compared.then, compared.n.then), (compared.now, compared.n.now))
    steps = [_step(period, from_to(period.first, period.last), n) for period, n in both]
    return sorted(steps, key=lambda step: step["du"])


def _step(period: Period, label: str, n: int) -> Step:
    return Step(label=label, du=period.first.isoformat(), au=period.last.isoformat(), n=n)
