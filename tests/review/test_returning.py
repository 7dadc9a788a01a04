"""« Ce qui revient »: figures that equal the lists they lead to, for who reviews, within their neighbourhoods."""

import re
from datetime import date, timedelta
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from observations.actions import needs, publishing
from observations.listening import last_day
from observations.models import Neighbourhood, Observation, Status, User
from observations.review import returning
from tests import factories
from tests.restitution.month import hear, month_before

pytestmark = pytest.mark.django_db
PAGE = "/relecture/ce-qui-revient/"
COUNTED = re.compile(r'<a href="(/relecture/\?[^"]+)">\s*(\d+)')
TOTAL = re.compile(r"(\d+) observations?")


@pytest.fixture
def year(banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User) -> None:
    for back in range(1, 8):
        hear(month_before(back), [banc_vert, soubise], cdsu, count=6 * back)
    rows = [
        factories.ObservationFactory.build(
            neighbourhood=soubise, theme=factories.theme("ecologie-froid"), author=cdsu,
            observed_on=month_before() + timedelta(days=n), point=(51.02 + n * 0.003, 2.37),
        )
        for n in range(8)
    ]  # fmt: skip
    Observation.objects.bulk_create(rows)


def listed(client: Client, address: str) -> int:
    page = client.get(unescape(address)).content.decode()
    head = page[page.index("<h1") :]
    found = TOTAL.search(head[: head.index("</p>")])
    return int(found[1]) if found else 0


def test_every_figure_equals_the_list_that_it_opens(year: None, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    page = client.get(PAGE).content.decode()
    figures = {(address, int(n)) for address, n in COUNTED.findall(page)}
    assert len(figures) > 10
    for address, n in figures:
        assert listed(client, address) == n, address


def test_what_rises_recurs_or_is_new_is_told_with_its_rule(year: None, cdsu: User, signed_in: Any) -> None:
    page = signed_in(cdsu).get(PAGE).content.decode()
    parts = dict(re.findall(r'<h2 id="regle-\d">([^<]+)</h2>(.*?)</section>', page, re.DOTALL))
    assert list(parts) == ["En hausse", "Nouveau", "Récurrent"]
    assert "Transition écologique" in parts["En hausse"]
    assert "Transition écologique" in parts["Nouveau"]
    assert "Logement" in parts["Récurrent"]
    assert "pas une preuve" in parts["En hausse"]


def test_what_was_set_aside_does_not_count(year: None, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    before = client.get(PAGE).context["effort"].n
    first = Observation.objects.filter(observed_on__gte=month_before()).order_by("pk")[0]
    Observation.objects.filter(pk=first.pk).update(
        status=Status.SET_ASIDE, status_reason="hors sujet", status_by=cdsu, status_at=first.received_at
    )
    assert client.get(PAGE).context["effort"].n == before - 1


def test_a_limited_reviewer_reads_their_neighbourhoods_only(
    year: None, soubise: Neighbourhood, banc_vert: Neighbourhood, signed_in: Any
) -> None:
    limited = factories.UserFactory(role="cdsu", neighbourhoods=[soubise])
    page = signed_in(limited).get(PAGE).content.decode()
    assert soubise.short_name in page or soubise.name in page
    assert banc_vert.name not in page
    expected = Observation.objects.filter(neighbourhood=soubise, observed_on__gte=month_before())
    assert f">{expected.count()} observations</a>" in page


def test_one_theme_is_read_by_sub_theme(year: None, cdsu: User, signed_in: Any) -> None:
    page = signed_in(cdsu).get(PAGE, {"theme": "logement"}).content.decode()
    assert "ascenseurs" in page.lower()
    assert "Transition écologique</b>" not in page


def test_silence_names_what_nobody_wrote_of(year: None, cdsu: User, signed_in: Any) -> None:
    factories.NeighbourhoodFactory(code="QN05999M", name="Jamais entendu")
    client = signed_in(cdsu)
    assert "Jamais entendu" in client.get(PAGE).context["silent_places"]


@pytest.mark.parametrize(
    "asked", [{"mois": "0000-99", "theme": "'; drop"}, {"mois": "", "theme": "x" * 5000}]
)
def test_a_value_that_means_nothing_is_left_aside(asked: dict[str, str], cdsu: User, signed_in: Any) -> None:
    answer = signed_in(cdsu).get(PAGE, asked)
    assert answer.status_code == 200
    assert answer.context["month"] == month_before()
    assert "Rien n’a été noté" in answer.content.decode()


def test_the_number_of_queries_does_not_grow(
    cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood, signed_in: Any
) -> None:
    client = signed_in(cdsu)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE, {"theme": "logement"})
        return len(captured)

    hear(month_before(), [banc_vert], cdsu, count=2)
    few = queries()
    for back in range(1, 6):
        hear(month_before(back), [banc_vert, soubise], cdsu, count=30)
    assert queries() == few


SEASONS = re.compile(r'id="saisons".*?</section>', re.DOTALL)


def test_seasons_count_what_their_lists_hold(cdsu: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    for back in (0, 2, 5, 11, 14, 20):
        hear(month_before(back), [banc_vert], cdsu, count=back + 1)
    client = signed_in(cdsu)
    part = SEASONS.search(client.get(PAGE).content.decode())
    assert part
    figures = COUNTED.findall(part[0])
    assert len(figures) > 4
    for address, n in figures:
        assert listed(client, address) == int(n), address


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (date(2026, 11, 1), "hiver 2025", "automne 2026"),
        (date(2026, 12, 1), "printemps 2025", "hiver 2027"),
        (date(2026, 2, 1), "printemps 2024", "hiver 2026"),
    ],
)
def test_winter_is_named_by_the_year_in_which_it_ends(month: date, first: str, last: str) -> None:
    seasons = returning._last_seasons(month, last_day(month))
    assert (seasons[0].name, seasons[-1].name, len(seasons)) == (first, last, 8)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(seasons))
    assert seasons[-1].last == last_day(month)


def test_the_draft_of_a_synthese_says_what_the_page_says(
    year: None, banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    hear(month_before(), [banc_vert], cdsu, count=60)
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    need, _ = needs.make(by=cdsu, title="Zibeline", theme=factories.theme("logement-ascenseurs"))
    page = signed_in(cdsu).get(f"/syntheses/{draft.pk}/brouillon/").content.decode()
    assert "<b>récurrent</b>" in page
    assert need.title in page
    for _, _, found, _ in signed_in(cdsu).get(f"/syntheses/{draft.pk}/brouillon/").context["commented"]:
        assert (
            found is None
            or found[0].month.n
            == Observation.objects.filter(
                theme__parent__slug=found[0].theme, observed_on__gte=month_before()
            ).count()
            + Observation.objects.filter(theme__slug=found[0].theme, observed_on__gte=month_before()).count()
        )
