"""How long things are kept, over every day and period that a territory may choose."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations.privacy.retention import (
    NOTICE_DAYS,
    PERIODS,
    Account,
    Flagged,
    Periods,
    account_step,
    flagged_step,
    months_before,
    texts_end,
    unused_months,
)

days = st.dates(date(2020, 1, 1), date(2060, 12, 31))
months = st.builds(lambda day: day.replace(day=1), days)


@st.composite
def periods(draw: st.DrawFn) -> Periods:
    chosen = {name: draw(st.integers(b.minimum, b.maximum)) for name, b in PERIODS.items()}
    steps = ["account_warning_months", "account_closing_months", "account_forgetting_months"]
    if not chosen[steps[0]] < chosen[steps[1]] < chosen[steps[2]]:
        chosen |= {name: PERIODS[name].default for name in steps}
    return Periods(**chosen)


def test_the_defaults_are_those_of_the_papers() -> None:
    defaults = {name: bounds.default for name, bounds in PERIODS.items()}
    assert defaults == {
        "texts_months": 12,
        "flagged_days": 30,
        "flagged_grace_days": 7,
        "account_warning_months": 11,
        "account_closing_months": 12,
        "account_forgetting_months": 24,
        "corrections_months": 6,
        "ended_keys_days": 90,
    }
    Periods()


@pytest.mark.parametrize("name", PERIODS)
def test_a_period_outside_its_bounds_is_refused(name: str) -> None:
    for value in (PERIODS[name].minimum - 1, PERIODS[name].maximum + 1):
        with pytest.raises(ValueError):
            Periods(**{name: value})


def test_an_account_is_not_closed_before_it_is_warned() -> None:
    with pytest.raises(ValueError):
        Periods(account_warning_months=12, account_closing_months=12)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 25), 12, date(2025, 11, 25)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 13, date(2024, 12, 15)),
    ],
)
def test_months_before_stays_in_its_month(day: date, count: int, expected: date) -> None:
    assert months_before(day, count) == expected


@given(days, st.integers(0, 60))
def test_months_before_goes_back_that_many_months(day: date, count: int) -> None:
    earlier = months_before(day, count)
    assert (day.year - earlier.year) * 12 + day.month - earlier.month == count
    assert earlier.day <= day.day


@given(days, periods())
def test_what_is_due_one_day_stays_due_the_next(today: date, chosen: Periods) -> None:
    assert texts_end(today, chosen) <= texts_end(today + timedelta(days=1), chosen)


@given(days, st.integers(0, 400), st.none() | st.integers(0, 400), periods())
def test_nothing_is_redacted_without_a_reminder_and_its_delay(
    received: date, age: int, reminded: int | None, chosen: Periods
) -> None:
    today = received + timedelta(days=age)
    told = None if reminded is None else today - timedelta(days=reminded)
    step = flagged_step(received, told, today, chosen)
    if step == Flagged.REDACT:
        assert age >= chosen.flagged_days
        assert reminded is not None
        assert reminded >= chosen.flagged_grace_days
    if step == Flagged.REMIND:
        assert told is None
    if age >= chosen.flagged_days and told is None:
        assert step == Flagged.REMIND


@given(months, st.integers(0, 1_500), st.none() | st.integers(0, 400), st.booleans(), periods())
def test_an_account_is_never_closed_early_nor_unwarned(
    last_used: date, age: int, warned: int | None, is_open: bool, chosen: Periods
) -> None:
    today = last_used + timedelta(days=age)
    told = None if warned is None else today - timedelta(days=warned)
    step = account_step(last_used=last_used, warned=told, is_open=is_open, today=today, periods=chosen)
    # The last use may have been on the last day of its month.
    latest_use = months_before(last_used, -1) - timedelta(days=1)
    if step == Account.CLOSE:
        assert warned is not None
        assert warned >= NOTICE_DAYS
        assert is_open
        assert months_before(today, chosen.account_closing_months) >= latest_use.replace(day=1)
        assert unused_months(last_used, today) >= chosen.account_closing_months
    if step == Account.FORGET:
        assert not is_open
    if step == Account.WARN:
        assert told is None
        assert is_open


def test_the_three_steps_of_an_account_by_the_calendar() -> None:
    used, chosen = date(2026, 1, 1), Periods()

    def step(today: date, warned: date | None = None, is_open: bool = True) -> Account:
        return account_step(last_used=used, warned=warned, is_open=is_open, today=today, periods=chosen)

    assert step(date(2026, 12, 31)) == Account.KEEP
    assert step(date(2027, 1, 1)) == Account.WARN
    assert step(date(2027, 1, 31), warned=date(2027, 1, 1)) == Account.KEEP
    assert step(date(2027, 2, 1), warned=date(2027, 1, 1)) == Account.CLOSE
    assert step(date(2027, 6, 1), warned=date(2027, 5, 20)) == Account.KEEP
    assert step(date(2028, 1, 31), is_open=False) == Account.KEEP
    assert step(date(2028, 2, 1), is_open=False) == Account.FORGET
