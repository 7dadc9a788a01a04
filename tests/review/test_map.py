"""The map's page: who opens it, and its table twin that says the same as the map."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.models import Nature, Theme
from tests import factories

URL = reverse("review_map")
HERE = (51.0301, 2.3601)


def table(response) -> list[list[str]]:
    """The page's table as lists of words."""
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


@pytest.mark.django_db
def test_a_visitor_signs_in_first(client):
    assert client.get(URL).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["agent", "partner", "council", "administrator"])
def test_other_roles_have_no_map_of_the_review(role, signed_in, request):
    assert signed_in(request.getfixturevalue(role)).get(URL).status_code == 403


def test_the_table_counts_by_neighbourhood_and_theme(cdsu, banc_vert, soubise, signed_in):
    factories.ObservationFactory.create_batch(2, neighbourhood=banc_vert, point=HERE)
    factories.ObservationFactory(neighbourhood=banc_vert, theme=factories.theme("mobilites-bus"))
    factories.ObservationFactory(neighbourhood=soubise, theme=factories.theme("logement"))
    response = signed_in(cdsu).get(URL)
    assert table(response) == [
        ["Quartier", "Total", "Sans point", "Logement", "Mobilités"],
        ["Banc Vert", "3", "1", "2", "1"],
        ["Soubise", "1", "1", "1", "0"],
        ["Ensemble", "4", "2", "3", "1"],
    ]
    assert "4 observations, dont 2 sans point" in response.content.decode()


def test_the_table_follows_the_filters_of_the_query_string(cdsu, banc_vert, soubise, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, nature=Nature.IDEA)
    factories.ObservationFactory(neighbourhood=soubise)
    page = signed_in(cdsu).get(URL, {"nature": Nature.IDEA})
    assert table(page)[1:] == [
        ["Banc Vert", "1", "1", "1"],
        ["Soubise", "0", "0", "0"],
        ["Ensemble", "1", "1", "1"],
    ]
    assert f"{reverse('review')}?nature=proposition" in page.content.decode()


def test_the_table_says_the_same_as_the_map(cdsu, banc_vert, soubise, signed_in):
    factories.ObservationFactory.create_batch(3, neighbourhood=banc_vert, point=HERE)
    factories.ObservationFactory.create_batch(2, neighbourhood=soubise)
    client = signed_in(cdsu)
    answer = client.get(reverse("api-map"), {"boite": "2,50,3,52", "zoom": 12}).json()
    drawn = {place["code"]: place["n"] for place in answer["neighbourhoods"]}
    page = client.get(URL)
    written = {line.neighbourhood.code: line.n for line in page.context["table"].lines}
    assert written == drawn
    assert (page.context["table"].n, page.context["table"].without_point) == (
        answer["n"],
        answer["without_point"],
    )


def test_a_neighbourhood_that_left_the_list_keeps_its_line(cdsu, signed_in):
    gone = factories.NeighbourhoodFactory(name="Les Anciennes Tours", active=False)
    client = signed_in(cdsu)
    assert "Les Anciennes Tours hors liste" not in str(table(client.get(URL)))
    factories.ObservationFactory(neighbourhood=gone)
    assert table(client.get(URL))[1][0] == "Les Anciennes Tours hors liste"


def test_a_cdsu_limited_to_some_neighbourhoods_sees_those(banc_vert, soubise, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert)
    factories.ObservationFactory(neighbourhood=soubise)
    page = signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise])).get(URL)
    assert [line[0] for line in table(page)] == ["Quartier", "Soubise"]


def test_no_word_stands_in_the_page(cdsu, banc_vert, agent, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, words="canari", stems="canari", author=agent)
    content = signed_in(cdsu).get(URL).content.decode()
    assert "canari" not in content
    assert agent.email not in content


def test_nothing_found_says_so_and_shows_one_way_on(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert)
    page = signed_in(cdsu).get(URL, {"q": "introuvable"}).content.decode()
    assert "Aucune observation avec ces filtres" in page
    assert "Retirer les filtres" in page


def test_the_filters_stand_once_on_the_page(cdsu, banc_vert, signed_in):
    page = signed_in(cdsu).get(URL, {"theme": "inconnu", "nature": Nature.IDEA}).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("Un filtre n’a pas été compris") == 1


def test_a_filter_is_lifted_without_leaving_the_map(cdsu, banc_vert, signed_in):
    page = signed_in(cdsu).get(URL, {"theme": "logement", "nature": Nature.IDEA}).content.decode()
    chips = re.findall(r'class="chip" href="([^"]+)"', page)
    assert chips
    assert all(chip.startswith(URL) for chip in chips)


def test_the_map_is_asked_only_what_was_understood(cdsu, banc_vert, signed_in):
    page = signed_in(cdsu).get(URL, {"theme": "inconnu", "nature": Nature.IDEA, "page": 3}).content.decode()
    assert 'data-query="?nature=proposition"' in page


def test_a_date_that_means_nothing_leaves_the_last_twelve_months(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, observed_on=date(2015, 1, 1))
    page = signed_in(cdsu).get(URL, {"du": "hier"}).content.decode()
    assert "Aucune observation" in page


def test_without_a_script_no_empty_frame_waits(cdsu, banc_vert, signed_in):
    page = signed_in(cdsu).get(URL).content.decode()
    assert re.search(r'<section class="where"[^>]* hidden', page, re.DOTALL)


def test_a_territory_without_neighbourhoods_says_so(cdsu, signed_in):
    assert "Aucun quartier n’est encore importé" in signed_in(cdsu).get(URL).content.decode()


def test_a_filter_that_means_nothing_is_named_and_left_aside(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert)
    page = signed_in(cdsu).get(URL, {"theme": "inconnu"})
    assert page.status_code == 200
    assert "Ce thème n’existe pas" in page.content.decode()


def test_queries_do_not_grow_with_the_rows(cdsu, signed_in):
    client = signed_in(cdsu)
    themes = list(Theme.objects.all())
    factories.ObservationFactory.create_batch(2)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for theme in themes[:30]:
        factories.ObservationFactory(theme=theme)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(few) == len(many) <= 17
