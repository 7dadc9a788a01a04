"""The demonstration's calendar holds whatever today is."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point, shape

from observations.demo.choice import BIG_THEMES, MAX_USES, WEIGHTS, theme_weights
from observations.demo.outlines import QUARTIERS
from observations.demo.plan import HOLIDAYS, PARIS, Planned, first_day, plan
from observations.geo import rounded

OUTLINES = {quartier.code: shape(quartier.geometry) for quartier in QUARTIERS}
DAYS = {
    "an ordinary day": date(2026, 11, 23),
    "the eve was the 1st": date(2026, 9, 2),
    "the eve was 29 February": date(2028, 3, 1),
    "New Year": date(2027, 1, 1),
    "the eve was the 31st": date(2026, 8, 1),
}


@cache
def planned(today: date) -> tuple[Planned, ...]:
    return tuple(plan(today))


def month(item: Planned) -> tuple[int, int]:
    return item.observed_on.year, item.observed_on.month


@pytest.fixture(params=DAYS.values(), ids=DAYS.keys())
def today(request: pytest.FixtureRequest) -> date:
    return request.param


# Not shrunk: any failing day says enough, and a plan takes a moment.
@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.dates(date(2024, 1, 1), date(2036, 12, 31)))
def test_observations_stop_yesterday_and_keep_their_season(today: date) -> None:
    items = plan(today)
    assert 550 <= len(items) <= 650
    assert max(item.observed_on for item in items) == today - timedelta(days=1)
    for item in items:
        assert first_day(today - timedelta(days=1)) <= item.observed_on < today
        assert item.observed_on.month in item.text.months


@pytest.mark.parametrize(
    ("yesterday", "expected"),
    [
        (date(2026, 9, 1), date(2026, 4, 1)),
        (date(2028, 2, 29), date(2027, 9, 1)),
        (date(2026, 12, 31), date(2026, 7, 1)),
        (date(2026, 5, 31), date(2025, 12, 1)),
        (date(2026, 6, 30), date(2026, 1, 1)),
    ],
)
def test_observations_start_five_months_before_the_month_of_yesterday(
    yesterday: date, expected: date
) -> None:
    assert first_day(yesterday) == expected


def test_the_same_day_and_seed_give_the_same_observations(today: date) -> None:
    assert plan(today) == list(planned(today))
    assert plan(today, seed=60) != list(planned(today))


def test_a_text_is_never_heard_twice_in_a_quartier_nor_in_a_month(today: date) -> None:
    items = planned(today)
    assert max(Counter(item.text for item in items).values()) <= MAX_USES
    assert max(Counter((item.text, item.neighbourhood) for item in items).values()) == 1
    assert max(Counter((item.text, month(item)) for item in items).values()) == 1
    assert len({item.text for item in items}) >= 150


def test_points_stand_inside_their_outline_and_are_rounded(today: date) -> None:
    for item in planned(today):
        if item.latitude is None or item.longitude is None:
            assert item.latitude is item.longitude is None
            assert item.precision == "quartier"
            continue
        assert item.precision != "quartier"
        assert OUTLINES[item.neighbourhood].contains(Point(item.longitude, item.latitude))
        assert rounded(item.latitude, item.longitude, item.precision) == (item.latitude, item.longitude)


def test_a_home_has_no_point_and_only_an_exact_place_has_a_label(today: date) -> None:
    for item in planned(today):
        if item.text.place_kind == "domicile":
            assert (item.precision, item.latitude, item.place_label) == ("quartier", None, "")
        assert bool(item.place_label) == (item.precision == "lieu")


def test_everything_is_captured_by_day_on_the_day_it_was_observed(today: date) -> None:
    eve = today - timedelta(days=1)
    for item in planned(today):
        assert item.captured_at.tzinfo is PARIS
        assert item.captured_at.date() == item.observed_on
        assert 8 <= item.captured_at.hour < 20
        assert item.observed_on.weekday() != 6 or item.observed_on == eve
        assert item.observed_on == eve or (item.observed_on.month, item.observed_on.day) not in HOLIDAYS


def test_uuids_are_distinct_and_of_version_four(today: date) -> None:
    items = planned(today)
    assert len({item.uuid for item in items}) == len(items)
    assert {item.uuid.version for item in items} == {4}


def test_the_newest_wait_and_the_older_were_read(today: date) -> None:
    items = planned(today)
    states = Counter(item.status for item in items)
    assert (states["a-relire"], states["a-preciser"]) == (25, 6)
    assert all(item.status in {"retenue", "ecartee"} for item in items[:-34])
    assert 0.87 <= sum(item.status == "retenue" for item in items[:-34]) / len(items[:-34]) <= 0.97
    for item in items:
        assert bool(item.status_reason) == (item.status in {"ecartee", "a-preciser"})


def test_big_themes_pass_the_threshold_every_month_that_is_read(today: date) -> None:
    items = planned(today)
    unread = month(items[-34])
    heard: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for item in items:
        if month(item) < unread and item.status == "retenue":
            heard[month(item)][item.text.top] += 1
    assert len(heard) >= 4
    assert all(heard[each][top] >= 5 for each in heard for top in BIG_THEMES)


def test_both_workers_and_every_quartier_are_heard_most_months(today: date) -> None:
    items = planned(today)
    assert set(Counter(item.worker for item in items)) == {0, 1}
    totals = Counter(item.neighbourhood for item in items)
    assert totals.most_common(1)[0][0] == "QN05961M"
    assert {code for code, _ in totals.most_common()[-2:]} == {"QN05964M", "QN05990N"}
    by_month = Counter((item.neighbourhood, month(item)) for item in items)
    current = month(items[-1])
    full = {month(item) for item in items} - {current}
    assert all(by_month[code, each] >= 5 for code in OUTLINES for each in full)


def test_theme_weights_are_shares_that_follow_the_season() -> None:
    for each in range(1, 13):
        assert sum(theme_weights(each).values()) == pytest.approx(1)
        assert set(theme_weights(each)) == set(WEIGHTS)
    assert theme_weights(7)["ecologie"] > theme_weights(4)["ecologie"]
