"""What the publication rules leave to read of the demonstration: a rule that hides all protects nobody."""

from collections.abc import Iterable
from datetime import date

import pytest

from observations.demo.outlines import QUARTIERS
from observations.demo.plan import Planned, plan
from observations.privacy.suppress import MERGED, cross_partition
from observations.restitution.build import Choices, QuartierLabel, Row, ThemeLabel, build
from observations.restitution.paper import Quarter

# One day in each season, the first of a quarter among them.
DAYS = [date(2026, 11, 26), date(2027, 1, 1), date(2027, 4, 20), date(2027, 6, 30), date(2027, 9, 15)]


def rows_of(planned: Iterable[Planned]) -> list[Row]:
    return [
        Row(item.text.top, item.text.nature, item.neighbourhood, item.observed_on, None)
        for item in planned
        if item.status == "retenue"
    ]


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    return request.param


@pytest.fixture
def rows(today: date) -> list[Row]:
    return rows_of(plan(today))


def themes_in(rows: list[Row]) -> list[ThemeLabel]:
    return [
        ThemeLabel(slug, slug, "", slug, slug, i)
        for i, slug in enumerate(sorted({row.theme for row in rows}))
    ]


def test_seventeen_in_twenty_are_read_by_theme_each_month(today: date, rows: list[Row]) -> None:
    places = [QuartierLabel(quartier.code, quartier.name, "") for quartier in QUARTIERS]
    visible = total = 0
    for month in sorted({row.observed_on.replace(day=1) for row in rows} - {today.replace(day=1)}):
        held = [row for row in rows if row.observed_on.replace(day=1) == month]
        content = build(month, held, themes_in(rows), places, Choices(), territory="Ici")
        visible += sum(row["n"] for row in content["themes"]["rows"])
        total += len(held)
    print(f"{today}: theme × territory × month {visible / total:.1%}")
    assert visible >= 0.85 * total


def test_one_in_two_is_read_by_theme_and_neighbourhood_each_whole_quarter(
    today: date, rows: list[Row]
) -> None:
    """Once the quarter is read: on its last evening a tenth of it still waits, and the page says so."""
    first, now = min(row.observed_on for row in rows).replace(day=1), Quarter.of(today)
    waiting = {
        Quarter.of(item.observed_on) for item in plan(today) if item.status in {"a-relire", "a-preciser"}
    }
    quarters = {Quarter.of(row.observed_on) for row in rows} - waiting
    whole = [quarter for quarter in quarters if first <= quarter.first and quarter < now]
    assert whole
    for quarter in whole:
        held = [row for row in rows if Quarter.of(row.observed_on) == quarter]
        table = cross_partition(
            [(row.theme, row.neighbourhood, row.observed_on) for row in held],
            [theme.slug for theme in themes_in(rows)],
            [quartier.code for quartier in QUARTIERS],
        )
        visible = sum(part.n for cell, part in table.shown.items() if MERGED not in cell)
        print(f"{today}: theme × neighbourhood × {quarter} {visible / len(held):.1%}")
        assert visible >= 0.5 * len(held)
