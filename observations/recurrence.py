"""What comes back, what is new, what rises, what is silent: explicit rules on plain counts. Pure: no ORM, no clock.

It is listening, not a survey: a rule says where to look, never how many people live something. The page states each
rule in words (`RULES`) from the constants below.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

MONTHS: Final = 13
"""Calendar months looked at, the one read included: the year before is in it."""
LATELY: Final = 6
RECURRING_MONTHS: Final = 3
RISING_AT_LEAST: Final = 5
RISING_DAYS: Final = 2
RISING_PLACES: Final = 2
RISING_TIMES: Final = 2
BEFORE: Final = 3
FAINT_AT_MOST: Final = 4
FAINT_PLACES: Final = 2
SILENT_DAYS: Final = 60
FALSE_RISES: Final = 1
"""At most so many rises by chance, over the whole table, in `LATELY` months without any change."""


class Mention(StrEnum):
    """What a line of the table deserves to be told apart for, in the order of the page."""

    RISING = "en hausse"
    NEW = "nouveau"
    RECURRING = "récurrent"
    FAINT = "signal faible"


RULES: Final[dict[Mention, str]] = {
    Mention.RISING: (
        f"À regarder : au moins {RISING_AT_LEAST} observations dans le mois, d’au moins {RISING_DAYS} jours et "
        f"{RISING_PLACES} lieux, au moins le double de la moyenne des {BEFORE} mois d’avant, et plus que ce que le "
        f"hasard donnerait une fois en {LATELY} mois sur tout le tableau. Ce n’est pas une preuve."
    ),
    Mention.NEW: f"Entendu ce mois-ci, et pas une fois dans les {MONTHS - 1} mois d’avant.",
    Mention.RECURRING: f"Entendu dans au moins {RECURRING_MONTHS} des {LATELY} derniers mois.",
    Mention.FAINT: (
        f"Peu, mais de plusieurs endroits : {FAINT_AT_MOST} observations au plus en {LATELY} mois, d’au moins "
        f"{FAINT_PLACES} lieux, sans être récurrent."
    ),
}
SILENCE: Final = (
    f"Rien de noté depuis {SILENT_DAYS} jours. Cela dit où l’équipe n’a pas écouté, pas que tout va bien."
)


class Heard(NamedTuple):
    """One observation, without its words: what it speaks of, where, when. `cell` is its 200 m square, or None."""

    theme: str
    place: str
    day: date
    cell: Hashable | None


@dataclass(frozen=True)
class Effort:
    """How much listening stands behind a figure."""

    n: int
    days: int
    places: int


@dataclass(frozen=True)
class Line:
    """A theme in one neighbourhood (`place`), or in the whole territory (""), up to the month read.

    `months`: observations of each of the last `MONTHS` months, the oldest first.
    """

    theme: str
    place: str
    months: tuple[int, ...]
    month: Effort
    lately: Effort

    @property
    def before(self) -> float:
        """Mean of the months just before the one read."""
        return sum(self.months[-1 - BEFORE : -1]) / BEFORE


def month_index(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(index: int) -> date:
    """The opposite of `month_index`."""
    return date(index // 12, index % 12 + 1, 1)


def effort(heard: Sequence[Heard]) -> Effort:
    """Observations, distinct days, distinct places. A place that is not known counts for none."""
    cells = {row.cell for row in heard if row.cell is not None}
    return Effort(len(heard), len({row.day for row in heard}), len(cells))


def lines(heard: Iterable[Heard], month: date) -> list[Line]:
    """A line for each theme, and for each theme in each neighbourhood, of the months up to `month` (its first day)."""
    last = month_index(month)
    grouped: dict[tuple[str, str], list[Heard]] = {}
    for row in heard:
        if last - MONTHS < month_index(row.day) <= last:
            grouped.setdefault((row.theme, ""), []).append(row)
            grouped.setdefault((row.theme, row.place), []).append(row)
    return [_line(theme, place, rows, last) for (theme, place), rows in grouped.items()]


def _line(theme: str, place: str, rows: list[Heard], last: int) -> Line:
    months = [0] * MONTHS
    for row in rows:
        months[month_index(row.day) - last - 1] += 1
    now = [row for row in rows if month_index(row.day) == last]
    lately = [row for row in rows if month_index(row.day) > last - LATELY]
    return Line(theme, place, tuple(months), effort(now), effort(lately))


def mentions(line: Line, *, among: int) -> list[Mention]:
    """Which rules this line meets; `among` is how many lines are read together."""
    recurring = sum(n > 0 for n in line.months[-LATELY:]) >= RECURRING_MONTHS
    few = 0 < line.lately.n <= FAINT_AT_MOST
    found = {
        Mention.RISING: _rises(line, among),
        Mention.NEW: line.month.n > 0 and not any(line.months[:-1]),
        Mention.RECURRING: recurring,
        Mention.FAINT: few and line.lately.places >= FAINT_PLACES and not recurring,
    }
    return [mention for mention in Mention if found[mention]]


def _rises(line: Line, among: int) -> bool:
    now = line.month
    enough = now.n >= RISING_AT_LEAST and now.days >= RISING_DAYS and now.places >= RISING_PLACES
    return (
        enough
        and now.n >= RISING_TIMES * line.before
        and chance_of_as_many(now.n, sum(line.months[-1 - BEFORE : -1])) <= FALSE_RISES / LATELY / among
    )


def chance_of_as_many(now: int, before: int) -> float:
    """Probability of `now` or more in the month, of all those of the month and the three before, if nothing changed.

    Given their sum, counts of equal months share it by chance (a Poisson law conditioned on its total is binomial:
    Przyborowski and Wilenski, Biometrika 31, 1940). Below one share of all the lines read, rises by chance alone stay
    under `FALSE_RISES` whatever the sizes (Bonferroni).
    """
    total, share = now + before, 1 / (BEFORE + 1)
    return sum(math.comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(now, total + 1))


def silent(names: Iterable[str], last_heard: dict[str, date], today: date) -> list[str]:
    """Those of which nothing was noted for `SILENT_DAYS` days, never heard ones included."""
    return [
        name for name in names if name not in last_heard or (today - last_heard[name]).days >= SILENT_DAYS
    ]
