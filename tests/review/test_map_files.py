"""What the map shows, taken away as files: the same figures as its table, and nothing else."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

CSV, GEOJSON = reverse("review_map_csv"), reverse("review_map_geojson")
POINT = (51.03012, 2.36013)


def body(response) -> str:
    assert response.status_code == 200
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8-sig")


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def heard(banc_vert, soubise):
    factories.ObservationFactory.create_batch(2, neighbourhood=banc_vert, point=POINT)
    factories.ObservationFactory(neighbourhood=banc_vert, theme=factories.theme("mobilites-bus"))
    factories.ObservationFactory(neighbourhood=soubise)


def test_the_csv_says_what_the_table_says(heard, cdsu, signed_in):
    client = signed_in(cdsu)
    table = client.get(reverse("review_map")).context["table"]
    header, *rows, total, note = lines(body(client.get(CSV)))
    assert header == ["Quartier", "Code", "Total", "Sans point", "Logement", "Mobilités"]
    expected = [
        [line.neighbourhood.name, line.neighbourhood.code]
        + [str(n) for n in (line.n, line.without_point, *line.counts)]
        for line in table.lines
    ]
    assert rows == expected
    assert total == ["Ensemble", "", "4", "2", "3", "1"]
    assert "à ne pas diffuser" in note[0]


def test_the_geojson_holds_each_outline_with_its_counts(heard, banc_vert, cdsu, signed_in):
    response = signed_in(cdsu).get(GEOJSON)
    assert response.headers["Content-Type"] == "application/geo+json"
    assert response.headers["Content-Disposition"].endswith('.geojson"')
    content = json.loads(body(response))
    assert "à ne pas diffuser" in content["note"]
    found = {feature["properties"]["code"]: feature for feature in content["features"]}
    mine = found[banc_vert.code]
    assert mine["geometry"] == banc_vert.boundary
    assert mine["properties"] == {
        "code": banc_vert.code,
        "name": banc_vert.name,
        "n": 3,
        "without_point": 1,
        "themes": {"logement": 2, "mobilites": 1},
    }


@pytest.mark.parametrize("url", [CSV, GEOJSON])
def test_the_filters_of_the_page_hold(url, heard, cdsu, soubise, signed_in):
    text = body(signed_in(cdsu).get(url, {"theme": "mobilites", "quartier": "inconnu"}))
    assert "Mobilités" in text or "mobilites" in text
    assert "logement" not in text.lower()


@pytest.mark.parametrize("url", [CSV, GEOJSON])
def test_a_limited_reviewer_takes_only_theirs(url, heard, banc_vert, soubise, signed_in):
    text = body(signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise])).get(url))
    assert soubise.code in text
    assert banc_vert.code not in text


@pytest.mark.parametrize("url", [CSV, GEOJSON])
def test_no_word_no_point_no_identifier_leaves(url, banc_vert, agent, cdsu, signed_in):
    agent.name = "canariauteur"
    agent.save()
    one = factories.ObservationFactory(
        neighbourhood=banc_vert, author=agent, point=POINT, words="canariparole", place_label="canarilieu"
    )
    text = body(signed_in(cdsu).get(url, {"q": "canariparole"}))
    assert "canari" not in text
    assert str(one.pk) not in text
    assert "51.03012" not in text
    assert "51,03012" not in text


@pytest.mark.parametrize("url", [CSV, GEOJSON])
def test_queries_do_not_grow_with_the_rows(url, cdsu, signed_in):
    client = signed_in(cdsu)
    factories.ObservationFactory.create_batch(2)
    with CaptureQueriesContext(connection) as few:
        body(client.get(url))
    factories.ObservationFactory.create_batch(12)
    with CaptureQueriesContext(connection) as many:
        body(client.get(url))
    assert len(few) == len(many) <= 16


def test_the_page_offers_them_with_its_filters_and_not_when_empty(banc_vert, cdsu, signed_in):
    client = signed_in(cdsu)
    assert CSV not in client.get(reverse("review_map")).content.decode()
    factories.ObservationFactory(neighbourhood=banc_vert)
    page = client.get(reverse("review_map"), {"theme": "logement"}).content.decode()
    assert f'href="{CSV}?theme=logement"' in page
    assert f'href="{GEOJSON}?theme=logement"' in page
