"""Themes and outlines for any signed-in role."""

import pytest
from django.urls import reverse

from observations.models import Theme
from tests import factories

ROLES = ["agent", "cdsu", "partner", "council", "administrator"]


@pytest.mark.parametrize("name", ["api-themes", "api-neighbourhoods"])
@pytest.mark.parametrize("role", ROLES)
def test_every_signed_in_role_reads_reference_data(role, name, signed_in, request):
    response = signed_in(request.getfixturevalue(role)).get(reverse(name))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["api-themes", "api-neighbourhoods", "api-map"])
def test_a_visitor_is_refused_in_json(name, client):
    response = client.get(reverse(name), HTTP_ACCEPT="text/html,*/*")
    assert response.status_code == 403
    assert response["Content-Type"] == "application/json"
    assert "authentification" in response.json()["detail"]


def test_themes_come_in_two_levels_in_the_territory_s_order(agent, signed_in):
    themes = signed_in(agent).get(reverse("api-themes")).json()
    assert [theme["slug"] for theme in themes] == [theme.slug for theme in Theme.objects.roots()]
    housing = themes[0]
    assert {key: housing[key] for key in ("name", "short_name", "colour", "icon")} == {
        "name": "Logement",
        "short_name": "Logement",
        "colour": "logement",
        "icon": "logement",
    }
    assert "logement-ascenseurs" in [child["slug"] for child in housing["children"]]


def test_a_retired_theme_is_no_longer_offered(agent, signed_in):
    Theme.objects.filter(slug__in=["cadre", "logement-charges"]).update(active=False)
    themes = {theme["slug"]: theme for theme in signed_in(agent).get(reverse("api-themes")).json()}
    assert "cadre" not in themes
    assert "logement-charges" not in [child["slug"] for child in themes["logement"]["children"]]


def test_neighbourhoods_are_a_geojson_feature_collection(agent, banc_vert, signed_in):
    collection = signed_in(agent).get(reverse("api-neighbourhoods")).json()
    assert collection == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "code": "QN05961M",
                    "name": "Banc Vert – Île Jeanty",
                    "short_name": "Banc Vert",
                    "communes": [{"insee": "59183", "name": "Dunkerque"}],
                    "generation": 2024,
                    "source": "dessin d’essai",
                },
                "geometry": banc_vert.boundary,
            }
        ],
    }


def test_an_account_limited_to_some_neighbourhoods_gets_those(banc_vert, soubise, signed_in):
    limited = factories.UserFactory(neighbourhoods=[soubise])
    features = signed_in(limited).get(reverse("api-neighbourhoods")).json()["features"]
    assert [feature["properties"]["code"] for feature in features] == ["QN05962M"]


def test_a_retired_neighbourhood_is_not_drawn(agent, signed_in):
    factories.NeighbourhoodFactory(active=False)
    assert signed_in(agent).get(reverse("api-neighbourhoods")).json()["features"] == []


@pytest.mark.parametrize("name", ["api-themes", "api-neighbourhoods"])
def test_what_has_not_changed_is_not_sent_again(name, agent, banc_vert, signed_in):
    client = signed_in(agent)
    first = client.get(reverse(name))
    assert "private" in first["Cache-Control"]
    again = client.get(reverse(name), HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    Theme.objects.filter(slug="logement").update(name="Habitat")
    banc_vert.name = "Autre"
    banc_vert.save()
    assert client.get(reverse(name), HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written_through_the_api(method, cdsu, signed_in):
    client = signed_in(cdsu)
    for name in ("api-themes", "api-neighbourhoods", "api-map"):
        assert getattr(client, method)(reverse(name)).status_code == 405


def test_queries_do_not_grow_with_themes_or_neighbourhoods(agent, signed_in, django_assert_num_queries):
    client = signed_in(agent)
    factories.NeighbourhoodFactory.create_batch(12)
    with django_assert_num_queries(4):
        client.get(reverse("api-themes"))
    with django_assert_num_queries(4):
        client.get(reverse("api-neighbourhoods"))
