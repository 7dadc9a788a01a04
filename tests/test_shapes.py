"""The shape drawn on the map keeps what stands inside it, as shapely would tell, and says what is wrong with it."""

import random

import pytest
import shapely
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from observations.models import Observation
from observations.shapes import CORNERS_MAX, Shape, ShapeField, inside
from tests import factories

# An L: its box holds places that it does not.
ELL = ((2.30, 51.00), (2.40, 51.00), (2.40, 51.02), (2.32, 51.02), (2.32, 51.06), (2.30, 51.06))
# Two triangles that meet in the middle: its sides cross.
BOW = ((2.30, 51.00), (2.40, 51.06), (2.40, 51.00), (2.30, 51.06))


def written(corners) -> str:
    return ";".join(f"{longitude},{latitude}" for longitude, latitude in corners)


def spread(place, count: int = 150) -> None:
    chance = random.Random(5)
    for _ in range(count):
        factories.ObservationFactory(
            neighbourhood=place, point=(chance.uniform(50.99, 51.07), chance.uniform(2.29, 2.41))
        )
    factories.ObservationFactory(neighbourhood=place)


@pytest.mark.parametrize(
    "corners", [ELL, ELL[::-1], ELL[2:] + ELL[:2], ((2.3, 51.0), (2.4, 51.03), (2.33, 51.06))]
)
def test_it_keeps_what_shapely_finds_inside(corners, banc_vert, db):
    spread(banc_vert)
    area = shapely.Polygon(corners)
    expected = {
        o.pk
        for o in Observation.objects.exclude(latitude=None)
        if area.contains(shapely.Point(o.longitude, o.latitude))
    }
    assert 10 < len(expected) < 140
    with CaptureQueriesContext(connection) as queries:
        found = {o.pk for o in inside(Observation.objects.all(), Shape(corners))}
    assert found == expected
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("point", "kept"),
    [((51.03, 2.305), True), ((51.03, 2.395), True), ((51.01, 2.35), False), ((51.05, 2.35), False)],
)
def test_where_sides_cross_inside_and_outside_alternate(point, kept, banc_vert, db):
    factories.ObservationFactory(neighbourhood=banc_vert, point=point)
    assert inside(Observation.objects.all(), Shape(BOW)).exists() is kept


def test_a_point_level_with_a_corner_is_not_counted_twice(banc_vert, db):
    """To its east the ray meets the end of one side and the start of another."""
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.02, 2.31))
    assert inside(Observation.objects.all(), Shape(ELL)).exists()


def test_a_shape_without_any_height_holds_nothing(banc_vert, db):
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.0, 2.35))
    assert not inside(Observation.objects.all(), Shape(((2.3, 51.0), (2.35, 51.0), (2.4, 51.0)))).exists()


def test_two_shapes_that_share_a_side_never_count_twice(banc_vert, db):
    """What stands exactly on a corner or a side falls in one of them at most."""
    for latitude in (51.0, 51.03, 51.06):
        for longitude in (2.30, 2.35, 2.40):
            factories.ObservationFactory(neighbourhood=banc_vert, point=(latitude, longitude))
    west = ((2.30, 51.0), (2.35, 51.0), (2.35, 51.06), (2.30, 51.06))
    east = ((2.35, 51.0), (2.40, 51.0), (2.40, 51.06), (2.35, 51.06))
    kept = [{o.pk for o in inside(Observation.objects.all(), Shape(shape))} for shape in (west, east)]
    assert kept[0] and kept[1]
    assert not kept[0] & kept[1]


@pytest.mark.parametrize(
    "text",
    [
        "2.3,51",
        "2.3,51;2.4,51",
        "2.3,51;2.4,51;2.3,51",
        "2.3;51;2.4",
        "2.3,51;2.4,51;nan,51",
        "2.3,51;2.4,51;1e400,51",
        "2.3,51;2.4,51;2.4,inf",
        "2.3,51;2.4,51;200,51",
        "2.3,51;2.4,51;2.3,95",
        "2.3,51;2.4,51;2.4,52;",
        ";".join(f"2.{i:03},51.{i % 7}" for i in range(CORNERS_MAX + 1)),
        "1,1;" * 100_000,
    ],
)
def test_what_is_no_shape_is_refused(text):
    with pytest.raises(ValidationError):
        ShapeField(required=False).clean(text)


@given(st.text(max_size=60) | st.text("0123456789.,;-en ", max_size=60))
def test_no_text_breaks_it(text):
    try:
        shape = ShapeField(required=False).clean(text)
    except ValidationError:
        return
    assert shape is None or 3 <= len(shape.corners) <= CORNERS_MAX


def test_the_list_the_map_and_its_table_follow(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.05, 2.31), words="dedans")
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.05, 2.39), words="dehors")
    client = signed_in(cdsu)
    listed = client.get(reverse("review"), {"forme": written(ELL)}).content.decode()
    assert "dedans" in listed
    assert "dehors" not in listed
    assert "dans la forme dessinée" in listed
    page = client.get(reverse("review_map"), {"forme": written(ELL)})
    assert page.context["table"].n == 1
    assert f'<input type="hidden" name="forme" value="{written(ELL)}">' in page.content.decode()


def test_a_shape_that_means_nothing_is_named_and_left_aside(cdsu, banc_vert, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.05, 2.31))
    client = signed_in(cdsu)
    page = client.get(reverse("review_map"), {"forme": "2,51;3"})
    assert "Redessinez-la sur la carte" in page.content.decode()
    assert page.context["table"].n == 1
    answer = client.get(reverse("api-map"), {"forme": "2,51;3", "boite": "2,50,3,52", "zoom": 12})
    assert answer.status_code == 400
    assert "forme" in answer.json()


def test_a_limited_reviewer_sees_only_theirs_inside(banc_vert, soubise, signed_in):
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.05, 2.31))
    limited = signed_in(factories.UserFactory(role="cdsu", neighbourhoods=[soubise]))
    assert limited.get(reverse("review_map"), {"forme": written(ELL)}).context["table"].n == 0
