"""The CDSU's working paper of a quarter: themes crossed with neighbourhoods. Printed, never published.

Pure: no ORM, no clock. No total is given, neither of a line nor of the table: put beside the month's synthèses, a total
of three months would give a small month back. Cells are hidden as if every total were known all the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from observations.privacy.suppress import MERGED, MINIMUM_THRESHOLD, CrossPartition, cross_partition
from observations.restitution.tables import QuartierLabel, Row, ThemeLabel
from observations.typography import french

_ORDINALS = ("1er", "2e", "3e", "4e")


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` from 1 to 4. Written « 2026-T3 » in addresses."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parsed(cls, text: str) -> "Quarter":
        """Raises ValueError for what is not a quarter of this century."""
        year, _, number = text.partition("-T")
        if not (
            len(year) == 4
            and year.isascii()
            and year.isdigit()
            and year >= "2000"
            and number in tuple("1234")
        ):
            raise ValueError("This is not a quarter.")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year}-T{self.number}"

    @property
    def name(self) -> str:
        return f"{_ORDINALS[self.number - 1]} trimestre {self.year}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return date(self.year, 3 * self.number, 1)


@dataclass(frozen=True)
class Line:
    """A theme, or the themes too small to stand alone (`theme` None), and its cells; None = not detailed."""

    theme: ThemeLabel | None
    name: str
    cells: Sequence[int | None]


@dataclass(frozen=True)
class WorkingPaper:
    """`columns`: names of neighbourhoods; `merged_themes`, `merged_neighbourhoods`: names of those put together.

    `why_nothing`: when no cell can be shown, the sentence to read instead. `share`: about how many observations
    in ten the cells shown hold.
    """

    columns: Sequence[str]
    lines: Sequence[Line]
    merged_themes: Sequence[str]
    merged_neighbourhoods: Sequence[str]
    why_nothing: str
    share: int


def working_paper(
    rows: Iterable[Row],
    themes: Sequence[ThemeLabel],
    neighbourhoods: Sequence[QuartierLabel],
    *,
    threshold: int = MINIMUM_THRESHOLD,
) -> WorkingPaper:
    """The paper of these accepted observations. Raises ValueError for a threshold under 5."""
    known = list(rows)
    ranked = {theme.slug: theme for theme in sorted(themes, key=lambda theme: theme.rank)}
    places = {place.code: place.short_name or place.name for place in neighbourhoods}
    heard = [(row.theme, row.neighbourhood, row.observed_on) for row in known]
    table = cross_partition(heard, list(ranked), list(places), threshold=threshold)
    return WorkingPaper(
        columns=[places.get(code, "Autres quartiers") for code in table.columns],
        lines=[_line(slug, ranked.get(slug), table) for slug in table.rows],
        merged_themes=[theme.name for slug, theme in ranked.items() if slug in table.merged_rows],
        merged_neighbourhoods=[name for code, name in places.items() if code in table.merged_columns],
        why_nothing=_why_nothing(table, threshold),
        share=round(10 * sum(part.n for part in table.shown.values()) / max(len(known), 1)),
    )


def _line(slug: str, theme: ThemeLabel | None, table: CrossPartition) -> Line:
    cells = [table.shown.get((slug, code)) for code in table.columns]
    name = theme.name if theme and slug != MERGED else "Autres thèmes"
    return Line(theme, name, [None if part is None else part.n for part in cells])


def _why_nothing(table: CrossPartition, threshold: int) -> str:
    if not table.rows:
        return french(
            "Trop peu d’observations ont été retenues ce trimestre pour en donner le détail sans risquer de faire "
            "reconnaître quelqu’un. L’écoute continue."
        )
    if not table.shown:
        return french(
            f"Aucun thème n’atteint {threshold} observations dans un même quartier ce trimestre : rien ne peut être "
            "croisé. Les synthèses du mois donnent les nombres par thème et par quartier."
        )
    return ""
