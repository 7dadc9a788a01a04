"""The rules of what comes back, on cases made by hand, and on months in which nothing changed."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations import recurrence
from observations.recurrence import MONTHS, Effort, Heard, Line, Mention

MONTH = date(2026, 10, 1)
RISING, NEW, RECURRING, FAINT = Mention


def line(*months: int, days: int = 9, places: int = 9, lately: tuple[int, int] = (99, 9)) -> Line:
    """A line whose last months had these counts; `lately`: observations and places of six months."""
    whole = (0,) * (MONTHS - len(months)) + months
    return Line("bus", "", whole, Effort(whole[-1], days, places), Effort(lately[0], 9, lately[1]))


def met(given_line: Line, among: int = 1) -> set[Mention]:
    return set(recurrence.mentions(given_line, among=among))


@pytest.mark.parametrize(
    ("rises", "case"),
    [
        (True, line(1, 1, 1, 9)),
        (True, line(3, 3, 3, 12)),
        (False, line(4, 4, 4, 7)),  # not twice
        (False, line(1, 1, 1, 4)),  # fewer than five
        (False, line(1, 1, 1, 9, days=1)),
        (False, line(1, 1, 1, 9, places=1)),
    ],
)
def test_what_rises_is_twice_enough_and_more_than_chance(rises: bool, case: Line) -> None:
    assert (RISING in met(case)) is rises


def test_the_more_lines_are_read_the_more_a_rise_must_stand_out() -> None:
    assert RISING in met(line(2, 2, 2, 9), among=1)
    assert RISING not in met(line(2, 2, 2, 9), among=1_000)


def test_what_is_new_was_never_heard_in_the_year_before() -> None:
    assert NEW in met(line(1))
    assert NEW not in met(line(1, *[0] * 11, 1))
    assert NEW not in met(line(3, 0))


def test_what_recurs_was_heard_in_three_of_the_last_six_months() -> None:
    assert RECURRING in met(line(1, 0, 1, 0, 0, 1))
    assert RECURRING not in met(line(1, 0, 0, 0, 0, 1))
    assert RECURRING not in met(line(1, 1, 1, 0, 0, 0, 0, 0, 1))


def test_a_faint_signal_is_rare_and_comes_from_several_places() -> None:
    assert FAINT in met(line(1, 1, lately=(2, 2)))
    assert FAINT not in met(line(1, 1, lately=(2, 1)))
    assert FAINT not in met(line(3, 2, lately=(5, 5)))
    assert FAINT not in met(line(0, lately=(0, 0)))
    assert FAINT not in met(line(1, 1, 1, lately=(3, 3)))  # recurring says it better


def test_chance_is_a_share_of_a_quarter() -> None:
    assert recurrence.chance_of_as_many(0, 5) == pytest.approx(1)
    assert recurrence.chance_of_as_many(2, 0) == pytest.approx(1 / 16)
    assert recurrence.chance_of_as_many(1, 1) == pytest.approx(1 - 9 / 16)


def test_silence_begins_after_sixty_days_and_holds_what_was_never_heard() -> None:
    end = date(2026, 10, 31)
    heard = {"bus": end - timedelta(days=59), "bruit": end - timedelta(days=60)}
    assert recurrence.silent(["bus", "bruit", "froid"], heard, end) == ["bruit", "froid"]


def heard(chance: random.Random, months: int, a_month: int) -> Iterator[Heard]:
    """Months without change: as many observations, by chance, of the same themes in the same places."""
    themes, places = range(14), range(7)
    likely = [chance.uniform(0.3, 3) for _ in themes]
    for back in range(months):
        index = recurrence.month_index(MONTH) - back
        first = date(index // 12, index % 12 + 1, 1)
        for _ in range(a_month):
            yield Heard(
                str(chance.choices(themes, likely)[0]),
                str(chance.choice(places)),
                first + timedelta(days=chance.randrange(28)),
                chance.randrange(40),
            )


def false_rises(chance: random.Random) -> int:
    """Rises found in six months of a territory of 100 observations a month where nothing changed."""
    rows = list(heard(chance, months=MONTHS + 6, a_month=100))
    found = 0
    for back in range(6):
        index = recurrence.month_index(MONTH) - back
        lines = recurrence.lines(rows, date(index // 12, index % 12 + 1, 1))
        found += sum(RISING in recurrence.mentions(line, among=len(lines)) for line in lines)
    return found


def test_months_without_change_seldom_rise() -> None:
    chance = random.Random("months without change")
    territories = 30
    assert sum(false_rises(chance) for _ in range(territories)) <= recurrence.FALSE_RISES * territories


def test_a_real_rise_is_seen_in_the_same_territory() -> None:
    """Else the rule above could be met by never saying anything."""
    rows = list(heard(random.Random("a rise"), months=MONTHS, a_month=100))
    more = [Heard("froid", "3", MONTH + timedelta(days=n), n) for n in range(9)]
    lines = recurrence.lines(rows + more, MONTH)
    rising = {
        (line.theme, line.place) for line in lines if RISING in recurrence.mentions(line, among=len(lines))
    }
    assert {("froid", ""), ("froid", "3")} <= rising


@given(
    st.lists(
        st.builds(
            Heard,
            st.sampled_from("ab"),
            st.sampled_from("xyz"),
            st.dates(date(2025, 6, 1), date(2026, 12, 31)),
            st.none() | st.integers(0, 3),
        )
    )
)
def test_each_figure_is_a_plain_count_of_rows(rows: list[Heard]) -> None:
    for found in recurrence.lines(rows, MONTH):
        mine = [row for row in rows if row.theme == found.theme and found.place in ("", row.place)]
        now = [row for row in mine if (row.day.year, row.day.month) == (2026, 10)]
        assert found.month == recurrence.effort(now)
        assert found.month.n == found.months[-1] == len(now)
        window = [row for row in mine if date(2025, 10, 1) <= row.day <= date(2026, 10, 31)]
        assert sum(found.months) == len(window)
        assert found.lately.n == sum(found.months[-6:])
