"""The map's data: filtered as the list, clustered by the database, bounded, without a word of anybody."""

import gzip
import json
import random
import uuid
from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations import clusters, geo
from observations.models import Nature, Observation, Status, Theme
from tests import factories

URL = reverse("api-map")
DUNKERQUE = {"boite": "2.30,50.98,2.45,51.06"}
HERE = (51.0301, 2.3601)
NEAR = (51.0302, 2.3603)
FAR = (51.0005, 2.4205)


def ask(client, zoom=12, **params):
    response = client.get(URL, {**DUNKERQUE, "zoom": zoom, **params})
    assert response.status_code == 200, response.content
    return response.json()


def rows(count: int, seed: int = 1) -> None:
    """Rows spread over the territory, every theme, a tenth without a point."""
    chance = random.Random(seed)
    author = factories.UserFactory()
    places = factories.NeighbourhoodFactory.create_batch(7)
    themes = list(Theme.objects.all())
    # The factory takes 2 ms a row: here it makes one, and the others are copies elsewhere.
    pattern = factories.ObservationFactory.build(neighbourhood=places[0], theme=themes[0], author=author)
    made = []
    for i in range(count):
        row = copy(pattern)
        row.id, row.neighbourhood, row.theme = uuid.uuid4(), chance.choice(places), chance.choice(themes)
        if i % 10:
            row.precision = "lieu"
            row.latitude, row.longitude = point = chance.uniform(50.98, 51.06), chance.uniform(2.30, 2.45)
            (row.tile_x, row.tile_y), (row.cell_row, row.cell_col) = geo.tile(*point), geo.cell(*point)
        made.append(row)
    Observation.objects.bulk_create(made)


# --- who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["agent", "partner", "council", "administrator"])
def test_other_roles_are_refused(role, signed_in, request):
    response = signed_in(request.getfixturevalue(role)).get(URL, {**DUNKERQUE, "zoom": 12})
    assert response.status_code == 403
    assert set(response.json()) == {"detail"}


def test_a_cdsu_limited_to_some_neighbourhoods_counts_only_those(banc_vert, soubise, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    mine = factories.ObservationFactory(neighbourhood=soubise, point=FAR)
    answer = ask(signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise])))
    assert [cluster["id"] for cluster in answer["clusters"]] == [str(mine.pk)]
    assert [place["code"] for place in answer["neighbourhoods"]] == ["QN05962M"]


# --- what ---------------------------------------------------------------------------------------------------


def test_neighbours_make_one_cluster_and_somebody_alone_is_named(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    factories.ObservationFactory(neighbourhood=banc_vert, point=NEAR, theme=factories.theme("mobilites-bus"))
    alone = factories.ObservationFactory(neighbourhood=banc_vert, point=FAR)
    factories.ObservationFactory(neighbourhood=banc_vert)
    answer = ask(signed_in(cdsu))
    assert answer["n"] == 4
    assert answer["without_point"] == 1
    assert answer["clusters"] == [
        {
            "n": 2,
            "latitude": 51.03015,
            "longitude": 2.3602,
            "box": [2.3601, 51.0301, 2.3603, 51.0302],
            "themes": {"logement": 1, "mobilites": 1},
            "id": None,
        },
        {
            "n": 1,
            "latitude": FAR[0],
            "longitude": FAR[1],
            "box": [FAR[1], FAR[0], FAR[1], FAR[0]],
            "themes": {"logement": 1},
            "id": str(alone.pk),
        },
    ]
    assert [theme["slug"] for theme in answer["themes"]] == ["logement", "mobilites"]
    assert answer["neighbourhoods"] == [{"code": "QN05961M", "n": 4, "without_point": 1, "level": 4}]


def test_zooming_in_parts_a_cluster(cdsu, signed_in):
    factories.ObservationFactory(point=HERE)
    factories.ObservationFactory(point=NEAR)
    client = signed_in(cdsu)
    near = "2.3590,51.0295,2.3610,51.0306"
    assert [cluster["n"] for cluster in ask(client, zoom=12)["clusters"]] == [2]
    assert [cluster["n"] for cluster in ask(client, zoom=18, boite=near)["clusters"]] == [1, 1]


def test_the_view_s_box_leaves_out_the_clusters_elsewhere_but_not_the_counts(cdsu, signed_in):
    factories.ObservationFactory(point=HERE)
    answer = ask(signed_in(cdsu), zoom=16, boite="2.41,50.999,2.42,51.003")
    assert answer["clusters"] == []
    assert answer["n"] == 1


def test_the_filters_of_the_list_apply(cdsu, banc_vert, soubise, signed_in):
    kept = factories.ObservationFactory(
        neighbourhood=banc_vert,
        nature=Nature.IDEA,
        words="Une fresque devant l’école",
        stems="une fresqu devant ecol",
        accepted=True,
        point=HERE,
        place_kind="ecole",
    )
    factories.ObservationFactory(neighbourhood=soubise, theme=factories.theme("mobilites-bus"), point=FAR)
    client = signed_in(cdsu)
    for params in (
        {"theme": "logement"},
        {"theme": "logement-ascenseurs"},
        {"quartier": "QN05961M"},
        {"statut": Status.ACCEPTED},
        {"nature": Nature.IDEA},
        {"lieu": "ecole"},
        {"q": "fresque ecole"},
        {"cadre": "2.36,51.03,2.361,51.031"},
        {"forme": "2.36,51.03;2.361,51.03;2.36,51.031"},
    ):
        assert [cluster["id"] for cluster in ask(client, **params)["clusters"]] == [str(kept.pk)], params
    today = timezone.localdate().isoformat()
    assert ask(client, du=today)["n"] == 0
    assert ask(client, au="2020-01-01")["n"] == 0


def test_no_text_no_author_no_reason_ever_goes_out(cdsu, agent, banc_vert, signed_in):
    canaries = {name: f"canari{name}" for name in ("words", "seen", "reading", "public_text", "place_label")}
    agent.name = "canariauteur"
    agent.save()
    for point in (HERE, NEAR, FAR):
        factories.ObservationFactory(
            **canaries,
            stems="canarirecherche",
            neighbourhood=banc_vert,
            author=agent,
            noted_by=agent,
            status=Status.SET_ASIDE,
            status_by=agent,
            status_at=timezone.now(),
            status_reason="canarimotif",
            point=point,
        )
    client = signed_in(cdsu)
    for zoom in (10, 18):
        answer = client.get(URL, {**DUNKERQUE, "zoom": zoom})
        assert answer.json()["clusters"]
        assert b"canari" not in answer.content
        assert agent.email.encode() not in answer.content
    for name in ("api-themes", "api-neighbourhoods", "api-schema"):
        assert b"canari" not in client.get(reverse(name)).content


def test_positions_are_not_kept_by_a_cache(cdsu, signed_in):
    response = signed_in(cdsu).get(URL, {**DUNKERQUE, "zoom": 12})
    assert "no-store" in response["Cache-Control"]


# --- bounds -------------------------------------------------------------------------------------------------

WORLD = "-180,-90,180,90"
VIEWS = [
    ("2.30,50.98,2.45,51.06", 12),
    ("2.30,50.98,2.45,51.06", 18),
    ("2.36,51.02,2.38,51.03", 18),
    (WORLD, 0),
    (WORLD, 18),
    (WORLD, 100),
    (WORLD, -100),
]


@pytest.mark.django_db
def test_ten_thousand_observations_weigh_less_than_60_kb_in_any_view(cdsu, signed_in):
    rows(10_000)
    client = signed_in(cdsu)
    for boite, zoom in VIEWS:
        response = client.get(URL, {"boite": boite, "zoom": zoom}, HTTP_ACCEPT_ENCODING="gzip")
        assert response["Content-Encoding"] == "gzip"
        assert len(response.content) <= 60_000, (boite, zoom)
        answer = json.loads(gzip.decompress(response.content))
        assert answer["n"] == 10_000
        assert len(answer["clusters"]) <= clusters.CELLS_MAX


def test_queries_do_not_grow_with_the_rows(cdsu, signed_in):
    client = signed_in(cdsu)
    params = {**DUNKERQUE, "zoom": 13, "theme": "logement"}
    rows(60)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, params)
    rows(600, seed=2)
    with CaptureQueriesContext(connection) as many:
        client.get(URL, params)
    assert len(few) == len(many) <= 9


@pytest.mark.parametrize(
    ("boite", "zoom"), [*VIEWS, ("-180,-85,180,85", 18), ("0,0,0.0000001,0.0000001", 18)]
)
def test_a_view_is_cut_into_a_bounded_number_of_cells(boite, zoom):
    west, south, east, north = map(float, boite.split(","))
    view = clusters.View(west, south, east, north, max(0, min(18, zoom)))
    assert 1 <= view.grid().cells <= clusters.CELLS_MAX


def test_a_cell_is_64_pixels_wide():
    """At zoom 12 a 256 px tile is 1/4096 of the world; a cell is a quarter of that."""
    view = clusters.View(2.35, 51.02, 2.37, 51.03, 12)
    assert 2 ** (geo.TILE_ZOOM - view.grid().shift) == 4 * 2**12


def test_a_cluster_on_the_edge_of_the_view_is_whole(cdsu, signed_in):
    factories.ObservationFactory(point=HERE)
    factories.ObservationFactory(point=NEAR)
    between = (HERE[1] + NEAR[1]) / 2
    answer = ask(signed_in(cdsu), zoom=12, boite=f"{between},50.98,2.45,51.06")
    assert [cluster["n"] for cluster in answer["clusters"]] == [2]


# --- parameters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "name", "words"),
    [
        ({"zoom": 12}, "boite", "obligatoire"),
        ({"boite": "2,51,3,52"}, "zoom", "obligatoire"),
        ({"boite": "2,51,3", "zoom": 12}, "boite", "quatre nombres"),
        ({"boite": "2,51,3,nan", "zoom": 12}, "boite", "quatre nombres"),
        ({"boite": "2,51,inf,52", "zoom": 12}, "boite", "quatre nombres"),
        ({"boite": "un,deux,trois,quatre", "zoom": 12}, "boite", "quatre nombres"),
        ({"boite": "3,51,2,52", "zoom": 12}, "boite", "vide"),
        ({"boite": "2,51,3,52", "zoom": "près"}, "zoom", "entier"),
        ({**DUNKERQUE, "zoom": 12, "theme": "inconnu"}, "theme", "choix"),
        ({**DUNKERQUE, "zoom": 12, "du": "hier"}, "du", "date"),
        ({**DUNKERQUE, "zoom": 12, "statut": "perdue"}, "statut", "choix"),
        ({**DUNKERQUE, "zoom": 12, "q": "a\x00b"}, "q", "nul"),
        ({**DUNKERQUE, "zoom": 12, "theme": "a\x00b"}, "theme", "nul"),
        ({**DUNKERQUE, "zoom": 12, "quartier": "a\x00b"}, "quartier", "nul"),
    ],
)
def test_a_wrong_parameter_is_named_in_french(params, name, words, cdsu, signed_in):
    response = signed_in(cdsu).get(URL, params)
    assert response.status_code == 400
    assert list(response.json()) == [name]
    assert words in " ".join(response.json()[name]).lower()


def test_shades_are_equal_steps_up_to_the_largest_count():
    shading = clusters.Shading(10)
    assert [shading.level(n) for n in (0, 1, 3, 4, 6, 7, 9, 10)] == [0, 1, 1, 2, 2, 3, 3, 4]
    assert [(step.at_least, step.at_most) for step in shading.levels()] == [
        (1, 3),
        (4, 6),
        (7, 9),
        (10, None),
    ]
    assert clusters.Shading(0).levels() == []
    assert [step.at_least for step in clusters.Shading(2).levels()] == [1, 2]


# --- one scale for several answers ---------------------------------------------------------------------------


def test_a_scale_asked_for_shades_smaller_counts_lighter(banc_vert, cdsu, signed_in):
    factories.ObservationFactory.create_batch(3, neighbourhood=banc_vert)
    client = signed_in(cdsu)
    assert ask(client)["neighbourhoods"][0]["level"] == 3
    wider = ask(client, echelle=40)
    assert wider["neighbourhoods"][0]["level"] == 1
    assert [level["at_least"] for level in wider["levels"]] == [1, 11, 21, 31]
    # A scale too small for what is there does not hide it.
    assert ask(client, echelle=1) == ask(client)


@pytest.mark.parametrize("scale", ["0", "-3", "beaucoup", "1e9", str(10**12)])
def test_a_scale_that_means_nothing_is_said(scale, cdsu, signed_in):
    response = signed_in(cdsu).get(URL, {**DUNKERQUE, "zoom": 12, "echelle": scale})
    assert (response.status_code, set(response.json())) == (400, {"echelle"})
