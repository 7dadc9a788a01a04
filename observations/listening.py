"""What was heard, without its words: the rows that the rules of `recurrence` count. Reads only."""

import calendar
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Count, F
from django.db.models.functions import Coalesce, TruncMonth

from observations import recurrence
from observations.models import Status, Theme
from observations.models.observation import ObservationQuerySet
from observations.recurrence import Heard

# What was set aside says nothing of the neighbourhood.
COUNTED: Final = (Status.TO_READ, Status.TO_COMPLETE, Status.ACCEPTED)


class MonthCount(NamedTuple):
    """How many observations of a theme in a month (its first day)."""

    theme: str
    month: date
    n: int


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def counted(observations: ObservationQuerySet, chosen: Theme | None = None) -> ObservationQuerySet:
    """Those that count, of all themes or of `chosen` and its sub-themes."""
    spoken = observations.filter(status__in=COUNTED)
    if chosen is None:
        return spoken
    return spoken.filter(theme__in=[chosen.pk, *chosen.children.values_list("pk", flat=True)])


def _slug(chosen: Theme | None) -> F | Coalesce:
    """Root themes, or the sub-themes of the one chosen."""
    return F("theme__slug") if chosen else Coalesce("theme__parent__slug", "theme__slug")


def heard(observations: ObservationQuerySet, month: date, chosen: Theme | None = None) -> list[Heard]:
    """Theme, neighbourhood, day and 200 m square, of the months that the rules look at. One query."""
    first = recurrence.first_day(recurrence.month_index(month) - recurrence.MONTHS + 1)
    spoken = counted(observations, chosen).filter(observed_on__gte=first, observed_on__lte=last_day(month))
    found = spoken.order_by().values_list(
        _slug(chosen), "neighbourhood__code", "observed_on", "cell_row", "cell_col"
    )
    return [
        Heard(slug, code, day, None if row is None else (row, col))
        for slug, code, day, row, col in found.iterator()
    ]


def by_month(
    observations: ObservationQuerySet, first: date, last: date, chosen: Theme | None = None
) -> list[MonthCount]:
    """Counts of each theme in each month from the day `first` to the day `last`, both included. One query."""
    spoken = counted(observations, chosen).filter(observed_on__gte=first, observed_on__lte=last)
    rows = (
        spoken.order_by()
        .annotate(slug=_slug(chosen))
        .values("slug", month=TruncMonth("observed_on"))
        .annotate(n=Count("pk"))
    )
    return [MonthCount(row["slug"], row["month"], row["n"]) for row in rows]
