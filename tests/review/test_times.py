"""The map through time: columns that are plain counts, months or years, never a column that no clock can mean."""

import json
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation
from observations.review.periods import Period
from observations.review.times import SPANS_MAX, timeline
from tests import factories

URL = reverse("review_map")


def noted(day, place, n=1):
    factories.ObservationFactory.create_batch(n, neighbourhood=place, observed_on=day)


def through(first, last, places):
    found = Observation.objects.filter(observed_on__gte=first)
    return timeline(found, Period(first, last), places)


def test_each_month_from_the_first_heard_is_a_plain_count(banc_vert, soubise):
    noted(date(2026, 2, 10), banc_vert, 2)
    noted(date(2026, 4, 30), soubise)
    noted(date(2026, 5, 1), banc_vert)
    told = through(date(2026, 1, 1), date(2026, 5, 10), [banc_vert, soubise])
    assert [span.label.replace("\u00a0", " ") for span in told.spans] == [
        "février 2026", "mars 2026", "avril 2026", "du 1er au 10 mai 2026",
    ]  # fmt: skip
    assert [span.n for span in told.spans] == [2, 0, 1, 1]
    assert [line.counts for line in told.lines] == [[2, 0, 0, 1], [0, 0, 1, 0]]
    assert (told.largest, told.yearly) == (2, False)
    assert told.spans[-1].short == "mai 2026*"


def test_a_first_month_cut_by_the_filter_says_its_days(banc_vert):
    noted(date(2026, 2, 20), banc_vert)
    told = through(date(2026, 2, 15), date(2026, 3, 31), [banc_vert])
    assert told.steps()[0] == {
        "label": "du\u00a015 au\u00a028\u00a0février 2026", "du": "2026-02-15", "au": "2026-02-28", "n": 1,
    }  # fmt: skip
    assert told.steps()[1]["label"] == "mars 2026"


def test_many_months_go_by_year(banc_vert):
    noted(date(2022, 3, 1), banc_vert)
    noted(date(2024, 12, 31), banc_vert, 3)
    noted(date(2026, 1, 1), banc_vert)
    told = through(date(2000, 1, 1), date(2026, 11, 28), [banc_vert])
    assert told.yearly
    assert [(span.short, span.n) for span in told.spans] == [
        ("2022", 1), ("2023", 0), ("2024", 3), ("2025", 0), ("janv. 2026*", 1),
    ]  # fmt: skip
    assert told.steps()[0]["du"] == "2022-01-01"


def test_clocks_that_are_wrong_by_centuries_make_no_column_of_each_year(banc_vert):
    for day in (date(1, 1, 1), date(2026, 11, 1), date(9999, 12, 31)):
        noted(day, banc_vert)
    told = through(date(1, 1, 1), date(2026, 11, 28), [banc_vert])
    assert len(told.spans) == SPANS_MAX
    assert sum(span.n for span in told.spans) == 1


def test_nothing_heard_has_no_time(banc_vert):
    told = through(date(2026, 1, 1), date(2026, 5, 10), [banc_vert])
    assert (told.spans, told.lines, told.steps()) == ([], [], [])


def test_the_page_holds_the_steps_and_their_table(banc_vert, cdsu, signed_in):
    noted(date(2026, 9, 3), banc_vert)
    noted(date(2026, 10, 3), banc_vert, 2)
    page = signed_in(cdsu).get(URL, {"du": "2026-09-01", "au": "2026-10-31"})
    assert [step["n"] for step in steps(page)] == [1, 2]
    assert "Mois par mois" in page.content.decode()
    assert "?du=2026-10-01&amp;au=2026-10-31" in page.content.decode()


def test_one_month_alone_is_not_played(banc_vert, cdsu, signed_in):
    noted(date(2026, 9, 3), banc_vert)
    page = signed_in(cdsu).get(URL, {"du": "2026-09-01", "au": "2026-09-30"}).content.decode()
    assert "data-times " not in page
    assert "Mois par mois" not in page


def test_a_comparison_plays_its_two_periods(banc_vert, cdsu, signed_in):
    noted(date(2026, 9, 3), banc_vert)
    noted(date(2026, 10, 3), banc_vert, 3)
    page = signed_in(cdsu).get(URL, {"du": "2026-09-01", "au": "2026-09-30", "face": "jours",
                                     "du2": "2026-10-01", "au2": "2026-10-31"})  # fmt: skip
    assert [(step["du"], step["n"]) for step in steps(page)] == [("2026-09-01", 1), ("2026-10-01", 3)]
    assert 'data-largest="3"' in page.content.decode()


def test_a_limited_reviewer_sees_only_their_months(banc_vert, soubise, signed_in):
    today = timezone.localdate()
    noted(today, banc_vert, 2)
    noted(today, soubise)
    limited = signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise]))
    page = limited.get(URL)
    assert [line.neighbourhood for line in page.context["timeline"].lines] == [soubise]
    assert page.context["timeline"].spans[-1].n == 1


def test_queries_grow_with_neither_rows_nor_months(banc_vert, cdsu, signed_in):
    client = signed_in(cdsu)
    noted(date(2026, 9, 3), banc_vert)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for month in range(1, 9):
        factories.ObservationFactory(observed_on=date(2026, month, 3))
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(few) == len(many)


def steps(page):
    text = page.content.decode().split('<script id="temps" type="application/json">')[1]
    return json.loads(text.split("</script>")[0])
