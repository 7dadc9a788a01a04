"""Two periods side by side on the map's page: which days, and figures that are plain counts."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from observations.models import Observation
from observations.review.periods import Against, Period
from tests import factories

URL = reverse("review_map")
OCTOBER = {"du": "2026-10-01", "au": "2026-10-31"}


@pytest.mark.parametrize(
    ("days", "against", "expected"),
    [
        # Whole months against whole months, short or long.
        (("2026-10-01", "2026-10-31"), "avant", ("2026-09-01", "2026-09-30")),
        (("2026-03-01", "2026-03-31"), "avant", ("2026-02-01", "2026-02-28")),
        (("2026-01-01", "2026-03-31"), "avant", ("2025-10-01", "2025-12-31")),
        # Other days against as many days.
        (("2026-10-05", "2026-10-11"), "avant", ("2026-09-28", "2026-10-04")),
        (("2026-10-05", "2026-10-05"), "avant", ("2026-10-04", "2026-10-04")),
        (("2026-10-05", "2026-10-11"), "an", ("2025-10-05", "2025-10-11")),
        # February of a leap year and the one before.
        (("2028-02-29", "2028-03-02"), "an", ("2027-02-28", "2027-03-02")),
        (("2029-02-01", "2029-02-28"), "an", ("2028-02-01", "2028-02-29")),
    ],
)
def test_which_days_a_period_is_set_against(days, against, expected):
    first, last = map(date.fromisoformat, days)
    assert Period(first, last).other(Against(against)) == Period(*map(date.fromisoformat, expected))


@pytest.mark.parametrize("against", list(Against))
def test_no_day_and_no_calendar_give_no_other_period(against):
    assert Period(date(2026, 10, 5), date(2026, 10, 4)).other(against) is None
    assert Period(date.min, date.max).other(against) is None
    assert Period(date(2000, 1, 1), date(9999, 12, 30)).other(against) is None
    assert Period(date(2000, 1, 1), date.max).other(against) is None


@given(st.dates(), st.dates(), st.sampled_from(Against))
def test_any_two_days_are_compared_or_left_aside(first, last, against):
    then = Period(first, last).other(against)
    assert then is None or then.first <= then.last
    if then and against is Against.BEFORE:
        assert then.last < first


@pytest.fixture
def two_autumns(banc_vert, soubise):
    bus = factories.theme("mobilites-bus")
    for day, place, theme in [
        (date(2026, 10, 1), banc_vert, None),
        (date(2026, 10, 31), banc_vert, None),
        (date(2026, 9, 30), banc_vert, None),
        (date(2026, 9, 1), soubise, bus),
        (date(2026, 8, 31), banc_vert, None),
        (date(2026, 11, 1), banc_vert, None),
        (date(2025, 10, 15), soubise, bus),
    ]:
        factories.ObservationFactory(
            neighbourhood=place, observed_on=day, **({"theme": theme} if theme else {})
        )


@pytest.mark.parametrize("against", list(Against))
def test_every_figure_is_a_plain_count(against, two_autumns, cdsu, signed_in):
    compared = signed_in(cdsu).get(URL, {**OCTOBER, "face": against}).context["compared"]
    assert compared.n.now == 2
    assert compared.n.then == (2 if against is Against.BEFORE else 1)
    for line in compared.lines:
        for theme, pair in zip(compared.themes, line.counts, strict=True):
            for period, n in ((compared.now, pair.now), (compared.then, pair.then)):
                rows = Observation.objects.filter(
                    neighbourhood=line.neighbourhood,
                    theme__parent=theme,
                    observed_on__range=(period.first, period.last),
                )
                assert n == rows.count()


def test_the_other_filters_hold_in_both_periods(two_autumns, cdsu, soubise, signed_in):
    page = signed_in(cdsu).get(URL, {**OCTOBER, "quartier": soubise.code, "face": "avant"})
    assert (page.context["compared"].n.now, page.context["compared"].n.then) == (0, 1)
    assert '<input type="hidden" name="face" value="avant">' in page.content.decode()


def test_a_limited_reviewer_compares_only_theirs(two_autumns, soubise, signed_in):
    limited = signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise]))
    assert limited.get(URL, {**OCTOBER, "face": "avant"}).context["compared"].n.then == 1


def test_what_is_not_a_comparison_is_left_aside_or_said(banc_vert, cdsu, signed_in):
    client = signed_in(cdsu)
    assert client.get(URL, {"face": "jamais"}).context["compared"] is None
    page = client.get(URL, {"du": "2026-10-05", "au": "2026-10-04", "face": "an"})
    assert "ne se compare à aucune autre" in page.content.decode()
    for days in ({"du": "0001-01-01"}, {"au": "9999-12-31"}, {"du": "2000-01-01", "au": "9999-12-30"}):
        for against in Against:
            assert client.get(URL, {**days, "face": against}).status_code == 200


def test_days_of_ones_choice_are_compared(two_autumns, cdsu, soubise, signed_in):
    days = {"face": "jours", "du2": "2026-09-01", "au2": "30/09/2026"}
    page = signed_in(cdsu).get(URL, {**OCTOBER, **days, "quartier": soubise.code})
    assert page.context["compared"].then == Period(date(2026, 9, 1), date(2026, 9, 30))
    assert (page.context["compared"].n.now, page.context["compared"].n.then) == (0, 1)
    # The form of other days leads back to the same filters.
    kept = dict(page.context["kept"])
    assert kept == {**OCTOBER, "quartier": soubise.code}
    # And the form of filters to the same days.
    assert '<input type="hidden" name="du2" value="2026-09-01">' in page.content.decode()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, "La date « du » s’écrit comme 23/11/2026."),
        ({"du2": "2026-09-31", "au2": "2026-10-01"}, "La date « du » s’écrit"),
        ({"du2": "2026-09-01"}, "La date « au » s’écrit"),
        ({"du2": "2026-09-02", "au2": "2026-09-01"}, "La date « au » précède la date « du »."),
    ],
)
def test_days_that_mean_nothing_are_said_beside_their_field(days, said, two_autumns, cdsu, signed_in):
    page = signed_in(cdsu).get(URL, {**OCTOBER, "face": "jours", **days})
    assert page.context["compared"] is None
    assert said in page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    for value in days.values():
        assert f'value="{value}"' in page.content.decode()


def test_queries_do_not_grow_with_the_rows(banc_vert, cdsu, signed_in):
    client = signed_in(cdsu)
    factories.ObservationFactory.create_batch(2, neighbourhood=banc_vert)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, {"face": "an"})
    factories.ObservationFactory.create_batch(12)
    with CaptureQueriesContext(connection) as many:
        client.get(URL, {"face": "an"})
    assert len(few) == len(many) <= 22
