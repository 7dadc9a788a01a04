"""The tables of a synthèse and their labels, each table a partition of the month (`privacy.suppress`).

Pure: no ORM, no clock.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from observations.privacy.suppress import MINIMUM_DAYS, Part, Partition, partition
from observations.restitution import content as c
from observations.typography import NBSP, french, month_only, number, of_month, printable, short_month

OUTSIDE = ""
"""Neighbourhood code of what was heard outside every neighbourhood: counted, never drawn."""
_OUTSIDE_NAME = "Hors quartier prioritaire"

NATURES = {
    "besoin": "un besoin",
    "preoccupation": "une préoccupation",
    "atout": "un atout",
    "proposition": "une idée",
}


class BuildError(ValueError):
    """A choice that cannot be published, said in French to the CDSU; never holds a resident's words."""


@dataclass(frozen=True)
class Row:
    """One accepted observation: top-level theme, neighbourhood code (or OUTSIDE), 200 m cell or None."""

    theme: str
    nature: str
    neighbourhood: str
    observed_on: date
    cell: tuple[int, int] | None


@dataclass(frozen=True)
class ThemeLabel:
    """`colour` and `icon` are names of the design tokens (« logement »); `rank` breaks ties."""

    slug: str
    name: str
    short_name: str
    colour: str
    icon: str
    rank: int


@dataclass(frozen=True)
class QuartierLabel:
    """`rings`: outlines and holes alike, each a list of (longitude, latitude) in degrees, WGS84."""

    code: str
    name: str
    short_name: str
    rings: Sequence[Sequence[tuple[float, float]]] = ()


class Figures(NamedTuple):
    """What one month's own tables show."""

    total: int | None
    themes: Mapping[str, int]
    neighbourhoods: Mapping[str, int]
    other_neighbourhoods: int | None


class Labels(NamedTuple):
    themes: Mapping[str, ThemeLabel]
    neighbourhoods: Mapping[str, QuartierLabel]


def checked(rows: Iterable[Row], month: date, labels: Labels) -> list[Row]:
    """The rows, each in its month and with labels for all that it names: nothing is lost in silence."""
    kept = list(rows)
    for row in kept:
        if row.observed_on.replace(day=1) != month:
            raise BuildError(f"Une observation n’est pas du mois {of_month(month)}.")
        if row.theme not in labels.themes or row.nature not in NATURES:
            raise BuildError("Une observation porte un thème ou une nature inconnus.")
        if row.neighbourhood != OUTSIDE and row.neighbourhood not in labels.neighbourhoods:
            raise BuildError("Une observation porte un quartier inconnu.")
    return kept


def parts(keyed: Iterable[tuple[str, date]], keys: Iterable[str]) -> list[Part]:
    days: dict[str, list[date]] = {key: [] for key in keys}
    for key, day in keyed:
        days[key].append(day)
    return [Part(key, len(all_days), frozenset(all_days)) for key, all_days in days.items()]


def month_tables(rows: Sequence[Row], labels: Labels, threshold: int) -> tuple[Partition, Partition]:
    """The month by theme and the month by neighbourhood."""
    codes = [*labels.neighbourhoods, OUTSIDE]
    by_theme = parts(((row.theme, row.observed_on) for row in rows), labels.themes)
    by_neighbourhood = parts(((row.neighbourhood, row.observed_on) for row in rows), codes)
    if not any(part.n for part in by_neighbourhood if part.key == OUTSIDE):
        # The form asks for a neighbourhood: that nobody was heard elsewhere says nothing of anybody.
        by_neighbourhood = [part for part in by_neighbourhood if part.key != OUTSIDE]
    return partition(by_theme, threshold=threshold), partition(by_neighbourhood, threshold=threshold)


def figures_of(by_theme: Partition, by_neighbourhood: Partition) -> Figures:
    rest = by_neighbourhood.rest
    return Figures(
        by_theme.total,
        {part.key: part.n for part in by_theme.shown},
        {part.key: part.n for part in by_neighbourhood.shown},
        rest.n if rest else None,
    )


def published_figures(content: c.Content) -> Figures:
    """The same figures, as a synthèse already published gave them."""
    heard, table = content["heard"], content["neighbourhoods"]
    return Figures(
        heard["n"] if heard else None,
        {row["slug"]: row["n"] for row in content["themes"]["rows"]},
        {row["code"]: row["values"][-1] for row in table["rows"] if row["values"][-1] is not None},
        table["rest"]["values"][-1] if table["rest"] else None,
    )


def natures(rows: Sequence[Row], threshold: int) -> list[c.NatureCount]:
    """Needs, concerns, strengths and ideas; the small ones together: « 12 un atout ou une idée »."""
    table = partition(parts(((row.nature, row.observed_on) for row in rows), NATURES), threshold=threshold)
    shown: list[c.NatureCount] = [
        {"label": label, "n": n} for nature, label in NATURES.items() if (n := table.n(nature)) is not None
    ]
    if table.rest:
        merged = [label for nature, label in NATURES.items() if nature in table.merged_keys]
        shown.append({"label": " ou ".join(merged), "n": table.rest.n})
    return shown


def theme_table(
    table: Partition,
    rows: Sequence[Row],
    labels: Mapping[str, ThemeLabel],
    months: Sequence[date],
    figures: Mapping[date, Figures],
) -> c.Themes:
    *_, first, _, last, before, now = months
    shown = sorted(table.shown, key=lambda part: (-part.n, labels[part.key].rank))
    merged = sorted((labels[key] for key in table.merged_keys), key=lambda label: label.rank)
    return {
        "rows": [_theme_row(part, labels[part.key], rows, months, figures) for part in shown],
        "rest": None
        if table.rest is None
        else {
            "label": "Autres thèmes",
            "names": [label.name for label in merged],
            "n": table.rest.n,
            "days": table.rest.days,
            "places": places(row for row in rows if row.theme in table.merged_keys),
        },
        "now": month_only(now),
        "previous": month_only(before),
        "previous_short": short_month(before),
        "usual": f"moyenne {of_month(first)} à {month_only(last)}",
    }


def _theme_row(
    part: Part,
    label: ThemeLabel,
    rows: Sequence[Row],
    months: Sequence[date],
    figures: Mapping[date, Figures],
) -> c.ThemeRow:
    usual = [figures[day].themes.get(part.key) for day in months[-5:-2]]
    known = [n for n in usual if n is not None]
    return {
        "slug": label.slug,
        "name": label.name,
        "short_name": label.short_name or label.name,
        "colour": label.colour,
        "icon": label.icon,
        "n": part.n,
        "days": part.days,
        "places": places(row for row in rows if row.theme == part.key),
        "previous": figures[months[-2]].themes.get(part.key),
        "usual": round(sum(known) / 3, 1) if len(known) == 3 else None,
    }


def nameable(rows: Sequence[Row], content: c.Content, threshold: int) -> dict[tuple[str, str], str]:
    """Where words on a theme may be placed: short name of the neighbourhood, by (theme, its code).

    Words show their theme, so that naming their neighbourhood says that this crossing has a threshold of
    observations. It is named when it has, over enough days, and when the month's theme and its neighbourhood each
    keep more than a threshold beside all that is named of them: no remainder can be worked out to a small number.
    Largest crossings first, then by name.
    """
    themes = {row["slug"]: row["n"] for row in content["themes"]["rows"]}
    shapes = {shape["code"]: shape for shape in content["map"]["shapes"]}
    crossings: dict[tuple[str, str], list[date]] = {}
    for row in rows:
        crossings.setdefault((row.theme, row.neighbourhood), []).append(row.observed_on)
    named: dict[tuple[str, str], str] = {}
    left = {**themes, **{code: shape["n"] or 0 for code, shape in shapes.items()}}
    for (theme, code), days in sorted(crossings.items(), key=lambda item: (-len(item[1]), item[0])):
        sound = len(days) >= threshold and len(set(days)) >= MINIMUM_DAYS
        if sound and all(left.get(line, 0) > 2 * threshold for line in (theme, code)):
            named[theme, code] = shapes[code]["short_name"]
            left[theme] -= threshold
            left[code] -= threshold
    return named


def told(months: Sequence[date], figures: Mapping[date, Figures]) -> list[date]:
    """The months from the first that has a figure; those before were not published, or held too little."""
    first = next((i for i, day in enumerate(months) if figures[day].total is not None), 0)
    return list(months[first:])


def neighbourhood_table(
    months: Sequence[date],
    figures: Mapping[date, Figures],
    now: Partition,
    labels: Mapping[str, QuartierLabel],
) -> c.Neighbourhoods:
    """Small multiples, in the order given: neighbourhoods are not ranked. They start where `told` does."""
    months = told(months, figures)
    known = {**labels, OUTSIDE: QuartierLabel(OUTSIDE, _OUTSIDE_NAME, _OUTSIDE_NAME)}
    by_month = [figures[day] for day in months]
    rows: list[c.NeighbourhoodRow] = [
        {
            "code": code,
            "name": label.name,
            "short_name": label.short_name or label.name,
            "values": [month.neighbourhoods.get(code) for month in by_month],
        }
        for code, label in known.items()
        if any(code in month.neighbourhoods for month in by_month)
    ]
    others = [month.other_neighbourhoods for month in by_month]
    return {
        "months": [
            {"key": f"{day:%Y-%m}", "name": month_only(day), "initial": month_only(day)[0].upper()}
            for day in months
        ],
        "rows": rows,
        "rest": None
        if all(n is None for n in others)
        else {
            "label": "Autres quartiers",
            "names": [
                label.short_name or label.name for code, label in known.items() if code in now.merged_keys
            ],
            "values": others,
        },
    }


def map_of(
    month: date,
    labels: Sequence[QuartierLabel],
    table: Partition,
    threshold: int,
    source: str,
    schematic: bool,
) -> c.TerritoryMap:
    # 5, 10, 20, 30 at the default threshold.
    bounds = [threshold, 2 * threshold, 4 * threshold, 6 * threshold]
    shapes = shapes_of(labels, table.n, bounds)
    shades: list[c.Shade] = [
        {"shade": i, "label": f"{low} à {high - 1}"}
        for i, (low, high) in enumerate(itertools.pairwise(bounds), start=1)
    ]
    shades.append({"shade": 4, "label": f"{bounds[3]} et plus"})
    return {
        "month": month_only(month),
        "shapes": shapes,
        "shades": shades,
        "withheld": any(shape["shade"] == 0 for shape in shapes),
        "caption": map_caption(source, schematic),
    }


def map_caption(source: str, schematic: bool) -> str:
    """Where the outlines come from, and how far to trust them."""
    trust = "Contours schématiques : ils situent, ils ne délimitent pas." if schematic else ""
    return french(" ".join(filter(None, (trust, printable(source)))))


def shapes_of(
    labels: Sequence[QuartierLabel], count: Callable[[str], int | None], bounds: Sequence[int]
) -> list[c.Shape]:
    """One outline a neighbourhood, lettered in order; `count` of a code is None when it is withheld."""
    return [_shape(_letter(i), label, count(label.code), bounds) for i, label in enumerate(labels)]


def _shape(letter: str, label: QuartierLabel, n: int | None, bounds: Sequence[int]) -> c.Shape:
    return {
        "code": label.code,
        "letter": letter,
        "name": label.name,
        "short_name": label.short_name or label.name,
        "shade": 0 if n is None else sum(n >= bound for bound in bounds),
        "n": n,
        "rings": [[[round(lon, 5), round(lat, 5)] for lon, lat in ring] for ring in label.rings],
    }


def _letter(index: int) -> str:
    """A … Z, then A2 … Z2."""
    turn, place = divmod(index, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def places(rows: Iterable[Row]) -> int:
    """Distinct 200 m cells."""
    return len({row.cell for row in rows if row.cell is not None})


def counts(n: int, days: int, places: int) -> list[str]:
    """« 27 observations », « 14 jours », « 9 lieux »; the last only where a place is known."""
    texts = [f"{number(n)}{NBSP}observations", f"{days}{NBSP}jours"]
    return [*texts, f"{number(places)}{NBSP}lieu{'x' if places > 1 else ''}"] if places else texts
