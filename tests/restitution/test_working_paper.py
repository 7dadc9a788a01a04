"""The CDSU's working paper: themes and neighbourhoods of a quarter, for who reviews, and nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.models import Neighbourhood, Observation, Status, Territory, User
from observations.restitution.paper import Quarter, working_paper
from tests import factories
from tests.restitution.month import hear
from tests.restitution.sample import MONTHS, QUARTIERS, THEMES, rows_by_month

ADDRESS = reverse("working_paper")


def last_quarter() -> Quarter:
    return Quarter.of(Quarter.of(timezone.localdate()).first - timedelta(days=1))


def page(signed_in: Any, user: User, query: str = "") -> str:
    return signed_in(user).get(ADDRESS + query).content.decode()


def numbers(html: str) -> list[int]:
    return [int(cell.split("<")[0]) for cell in html.split('<td class="n">')[1:]]


def test_quarters_are_written_and_read() -> None:
    assert str(Quarter.of(date(2026, 9, 30))) == "2026-T3"
    assert Quarter.parsed("2026-T4").first == date(2026, 10, 1)
    assert Quarter(2026, 4).last_month == date(2026, 12, 1)
    assert Quarter(2026, 1).name == "1er trimestre 2026"
    for text in ("", "2026", "2026-T5", "2026-T0", "２０２６-T1", "0026-T1", "2026-T11", "2026-Tx"):
        with pytest.raises(ValueError, match="not a quarter"):
            Quarter.parsed(text)


def test_the_paper_crosses_themes_with_neighbourhoods_and_gives_no_total() -> None:
    rows = [row for month in MONTHS[-3:] for row in rows_by_month()[month]]
    paper = working_paper(rows, THEMES, QUARTIERS)
    assert paper.columns[0] == "Banc Vert"
    known = [n for line in paper.lines for n in line.cells if n is not None]
    assert known
    assert all(n >= 5 for n in known)
    assert len(rows) not in known
    assert 1 <= paper.share <= 10
    assert paper.why_nothing == ""


@pytest.mark.parametrize("who", ["agent", "council", "administrator", "partner"])
@pytest.mark.django_db
def test_no_other_role_opens_it(who: str, signed_in: Any, request: pytest.FixtureRequest) -> None:
    assert signed_in(request.getfixturevalue(who)).get(ADDRESS).status_code == 403


@pytest.mark.django_db
def test_a_visitor_is_asked_to_sign_in(client: Any) -> None:
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.django_db
def test_it_says_that_it_is_not_to_be_passed_on_and_is_not_kept(
    cdsu: User, banc_vert: Neighbourhood, signed_in: Any
) -> None:
    hear(last_quarter().first, [banc_vert], cdsu, count=30)
    answer = signed_in(cdsu).get(ADDRESS)
    html = answer.content.decode()
    assert "Document de travail, ne pas diffuser" in html
    assert last_quarter().name in html
    assert numbers(html)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_only_what_is_accepted_counts(cdsu: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    rows = hear(last_quarter().first, [banc_vert], cdsu, count=30)
    Observation.objects.filter(pk__in=[row.pk for row in rows[:15]]).update(
        status=Status.TO_READ, status_by=None, status_at=None
    )
    html = page(signed_in, cdsu)
    assert sum(numbers(html)) <= 15
    assert "Il reste 15 observations à relire" in html


@pytest.mark.django_db
def test_who_is_limited_to_some_neighbourhoods_reads_of_those_alone(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood, signed_in: Any
) -> None:
    hear(last_quarter().first, [banc_vert], cdsu, count=24)
    hear(last_quarter().first, [soubise], cdsu, count=60)
    cdsu.neighbourhoods.add(banc_vert)
    html = page(signed_in, cdsu)
    assert "Banc Vert" in html
    assert "Soubise" not in html
    assert 0 < sum(numbers(html)) <= 24


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.django_db
def test_a_quarter_almost_silent_says_so(
    count: int, cdsu: User, banc_vert: Neighbourhood, signed_in: Any
) -> None:
    hear(last_quarter().first, [banc_vert], cdsu, count=count)
    html = page(signed_in, cdsu)
    assert "Trop peu d’observations ont été retenues ce trimestre" in html
    assert "<table" not in html


@pytest.mark.django_db
def test_an_empty_notebook_says_that_no_quarter_is_there_yet(cdsu: User, signed_in: Any) -> None:
    assert "Aucun trimestre terminé" in page(signed_in, cdsu)


@pytest.mark.django_db
def test_heard_everywhere_and_nowhere_enough(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood, signed_in: Any
) -> None:
    places = [banc_vert, soubise, factories.NeighbourhoodFactory(), factories.NeighbourhoodFactory()]
    for place in places:
        hear(last_quarter().first, [place], cdsu, count=8)
    assert "dans un même quartier ce trimestre" in page(signed_in, cdsu)


@pytest.mark.parametrize("text", ["2026", "2026-T5", "x", "9999-T1", "1999-T4"])
@pytest.mark.django_db
def test_what_is_no_quarter_or_is_not_over_is_not_there(text: str, cdsu: User, signed_in: Any) -> None:
    assert signed_in(cdsu).get(f"{ADDRESS}?trimestre={text}").status_code == 404
    running = Quarter.of(timezone.localdate())
    assert signed_in(cdsu).get(f"{ADDRESS}?trimestre={running}").status_code == 404


@pytest.mark.django_db
def test_the_territory_may_ask_for_more(cdsu: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    hear(last_quarter().first, [banc_vert], cdsu, count=40)
    Territory.objects.update(threshold=11)
    html = page(signed_in, cdsu)
    assert "à partir de 11 observations" in html
    assert all(n >= 11 for n in numbers(html))


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(cdsu: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    client = signed_in(cdsu)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(ADDRESS)
        return len(caught)

    hear(last_quarter().first, [banc_vert], cdsu, count=20)
    before = queries()
    hear(last_quarter().first, [banc_vert, factories.NeighbourhoodFactory()], cdsu, count=60)
    assert queries() == before
