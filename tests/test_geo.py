"""Outlines, where a point is, rounding and tiles."""

import csv
import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon

from observations import geo
from tests.conftest import shared

SHARED_CASES = json.loads((Path(__file__).parent / "cases" / "geo.json").read_text(encoding="utf-8"))

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def square(west: float, south: float, side: float = 0.01) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def outline(code: str, name: str, *rings: list[list[float]]) -> geo.Outline:
    return geo.Outline(code, name, geo.parse({"type": "Polygon", "coordinates": list(rings)}))


BANC_VERT = outline("QN05961M", "Banc Vert", square(2.36, 51.02))
ALBECK = outline("QN05963M", "Albeck", square(2.30, 51.01))


def the_shared_outlines() -> list[geo.Outline]:
    return [
        geo.Outline(f["properties"]["code"], f["properties"]["name"], geo.parse(f["geometry"]))
        for f in SHARED_CASES["outlines"]["features"]
    ]


# --- parse --------------------------------------------------------------------------------------------------


def test_a_polygon_with_a_hole_and_altitudes_is_read():
    hole = square(2.363, 51.023, 0.001)
    shape = geo.parse({"type": "Polygon", "coordinates": [[[*p, 12.5] for p in square(2.36, 51.02)], hole]})
    assert isinstance(shape, Polygon)
    assert len(shape.interiors) == 1
    assert shape.has_z is False


def test_a_multipolygon_is_read():
    geometry = {"type": "MultiPolygon", "coordinates": [[square(2, 51)], [square(3, 51)]]}
    assert len(geo.parse(geometry).geoms) == 2


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": [2.3, 51.0]}, "pas une surface"),
        ({"coordinates": [square(2, 51)]}, "pas une surface"),
        ({"type": "Polygon"}, "mal formées"),
        ({"type": "Polygon", "coordinates": []}, "vide"),
        ({"type": "Polygon", "coordinates": [[]]}, "vide"),
        ({"type": "Polygon", "coordinates": [[[2, 51], [2, 52]]]}, "trop peu de points"),
        ({"type": "Polygon", "coordinates": [[2, 51, 2, 52]]}, "mal formées"),
        ({"type": "Polygon", "coordinates": [[["2", "51"]] * 4]}, "pas des nombres"),
        ({"type": "Polygon", "coordinates": [[[True, 51]] * 4]}, "pas des nombres"),
        ({"type": "Polygon", "coordinates": [[[math.nan, 51]] * 4]}, "NaN"),
        ({"type": "Polygon", "coordinates": [[[10**400, 51]] * 4]}, "Lambert-93"),
        ({"type": "Polygon", "coordinates": [square(652_000, 6_862_000, 500)]}, "Lambert-93"),
        ({"type": "Polygon", "coordinates": [[[51.0, math.inf]] * 4]}, "Lambert-93"),
    ],
)
def test_what_is_no_outline_in_degrees_is_refused_in_french(geometry: dict[str, Any], said: str):
    with pytest.raises(geo.BoundaryError, match=said):
        geo.parse(geometry)


def test_a_geometry_that_is_no_object_is_refused():
    with pytest.raises(geo.BoundaryError):
        geo.parse(None)  # type: ignore[arg-type]


# --- repair and write ---------------------------------------------------------------------------------------


def test_a_valid_outline_is_kept_as_it_is():
    shape, reason = geo.repair(BANC_VERT.geometry)
    assert reason is None
    assert shape.equals(BANC_VERT.geometry)


def test_a_bow_tie_is_repaired_and_the_reason_says_where():
    shape, reason = geo.repair(Polygon([(2, 51), (2.02, 51.02), (2.02, 51), (2, 51.02)]))
    assert reason == "le contour se croise lui-même (51.01000, 2.01000)"
    assert isinstance(shape, MultiPolygon)
    assert shape.is_valid
    assert shape.area == pytest.approx(0.0002)


def test_a_spike_leaves_no_line_behind():
    shape, reason = geo.repair(
        Polygon([(2, 51), (2.01, 51), (2.01, 51.01), (2.01, 51.05), (2.01, 51.01), (2, 51.01)])
    )
    assert reason is not None
    assert shape.bounds == (2, 51, 2.01, 51.01)


def test_where_two_parts_overlap_residents_still_live_inside():
    """Read by the even-odd rule, the overlap would become a hole."""
    two = geo.parse({"type": "MultiPolygon", "coordinates": [[square(2, 51)], [square(2.005, 51.005)]]})
    shape, reason = geo.repair(two)
    assert reason is not None
    assert shape.area == pytest.approx(0.000175)
    assert geo.locate(51.0075, 2.0075, [geo.Outline("QN1", "Deux", shape)]).inside  # type: ignore[union-attr]


def test_an_outline_shrunk_to_a_point_stays_findable_where_it_was():
    shape, reason = geo.repair(Polygon([(2.48, 48.61)] * 4))
    assert "réduite à un point" in str(reason)
    assert shape.is_valid
    west, south, east, north = geo.bounds(shape)
    assert 2.4799 < west < 2.48 < east < 2.4801
    assert 48.6099 < south < 48.61 < north < 48.6101


def test_an_outline_without_any_point_is_refused():
    with pytest.raises(geo.BoundaryError, match="aucune surface"):
        geo.repair(Polygon())


def test_the_geojson_written_is_rounded_valid_and_read_back():
    written = geo.to_geojson(Polygon([(2.12345678, 51), (2, 51), (2, 51.01), (2.1, 51.01234567)]))
    assert written["type"] == "MultiPolygon"
    assert [2.123457, 51.0] in written["coordinates"][0][0]
    assert json.loads(json.dumps(written)) == written
    again = geo.parse(written)
    assert again.is_valid
    assert again.geoms[0].exterior.is_ccw


def test_all_official_outlines_are_read_and_the_known_invalid_ones_repaired():
    features = json.loads(shared("qpv/qpv2024_france_simplifie.geojson").read_bytes())["features"]
    with shared("qpv/qpv2024_geometries_invalides.csv").open(encoding="utf-8") as file:
        known = {row["code_qp"] for row in csv.DictReader(file, delimiter=";")}
    repaired = set()
    for feature in features:
        shape, reason = geo.repair(geo.parse(feature["geometry"]))
        assert shape.is_valid
        assert geo.parse(geo.to_geojson(shape)).is_valid
        if reason:
            repaired.add(feature["properties"]["code_qp"])
    assert len(features) == 1609
    assert repaired == known


# --- locate -------------------------------------------------------------------------------------------------


def test_without_any_outline_nothing_is_said_to_be_outside():
    assert geo.locate(51.025, 2.365, []) is None
    assert geo.describe(None) == "aucun quartier n’est encore importé"


def test_a_point_inside_and_a_point_on_the_boundary_are_in_the_quartier():
    for latitude, longitude in [(51.025, 2.365), (51.02, 2.365), (51.02, 2.36)]:
        located = geo.locate(latitude, longitude, [ALBECK, BANC_VERT])
        assert located == geo.Located("QN05961M", "Banc Vert", inside=True, distance_m=0.0)
        assert geo.describe(located) == "dans Banc Vert"


def test_the_nearest_is_measured_to_the_boundary_and_not_to_the_centre():
    large = outline("QN1", "Grand", square(2.0, 51.0, 0.1))
    small = outline("QN2", "Petit", square(2.12, 51.05, 0.001))
    located = geo.locate(51.0505, 2.105, [small, large])
    assert located is not None
    assert located.name == "Grand"
    assert located.distance_m == pytest.approx(350.8, abs=0.5)


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    east = outline("QN1", "Est", square(2.0144, 50.999, 0.002))  # 0.0144° east: 1.01 km
    north = outline("QN2", "Nord", square(1.999, 51.0100, 0.002))  # 0.0100° north: 1.11 km
    located = geo.locate(51.0, 2.0, [north, east])
    assert located is not None
    assert located.name == "Est"


def test_a_point_in_a_hole_is_outside_and_near():
    ring = outline("QN1", "Anneau", square(2.0, 51.0, 0.1), square(2.04, 51.04, 0.02))
    located = geo.locate(51.05, 2.0405, [ring])
    assert located is not None
    assert not located.inside
    assert located.distance_m == pytest.approx(35.1, abs=0.1)


@pytest.mark.parametrize("case", SHARED_CASES["locate"])
def test_points_are_located_as_the_phone_locates_them(case: dict[str, Any]):
    located = geo.locate(case["latitude"], case["longitude"], the_shared_outlines())
    assert located is not None
    assert (located.code, located.name, located.inside) == (case["code"], case["name"], case["inside"])
    assert located.distance_m == pytest.approx(case["distance"], rel=0.01)


@pytest.mark.parametrize(
    ("metres", "said"),
    [
        (0.4, "hors QPV, à moins de 1 m de Banc Vert"),
        (37.4, "hors QPV, à 37 m de Banc Vert"),
        (122.9, "hors QPV, à 120 m de Banc Vert"),
        (994.9, "hors QPV, à 990 m de Banc Vert"),
        (996.0, "hors QPV, à 1 km de Banc Vert"),
        (2_437.0, "hors QPV, à 2,4 km de Banc Vert"),
        (10_040.0, "hors QPV, à 10 km de Banc Vert"),
        (7_012_345.0, "hors QPV, à 7 012 km de Banc Vert"),
    ],
)
def test_distances_are_said_in_plain_french(metres: float, said: str):
    phrase = geo.describe(geo.Located("QN05961M", "Banc Vert", inside=False, distance_m=metres))
    assert phrase.replace("\u00a0", " ").replace("\u202f", " ") == said


@pytest.mark.parametrize("name", ["Albeck", "Échat", "Île Jeanty", "Œuvre"])
def test_de_is_elided_before_a_vowel(name: str):
    located = geo.Located("QN1", name, inside=False, distance_m=120)
    assert geo.describe(located) == f"hors QPV, à 120\u00a0m d’{name}"


# --- rounding -----------------------------------------------------------------------------------------------


@given(latitudes, longitudes)
def test_the_centre_of_a_cell_lies_in_that_cell(latitude: float, longitude: float):
    place = geo.cell(latitude, longitude)
    assert geo.cell(*geo.cell_centre(*place)) == place


@given(st.floats(-60, 60), st.floats(-179, 179))
def test_the_centre_of_a_cell_is_never_farther_than_half_its_diagonal(latitude: float, longitude: float):
    lat, lon = geo.cell_centre(*geo.cell(latitude, longitude))
    assert abs(lat - latitude) <= 0.000901
    assert abs(lon - longitude) * math.cos(math.radians(lat)) <= 0.000901


@given(latitudes, longitudes, st.sampled_from([geo.LIEU, geo.SECTEUR]))
def test_rounding_twice_changes_nothing(latitude: float, longitude: float, precision: str):
    once = geo.rounded(latitude, longitude, precision)
    assert geo.rounded(*once, precision) == once  # type: ignore[arg-type]


@given(latitudes, longitudes)
def test_a_quartier_keeps_no_point(latitude: float, longitude: float):
    assert geo.rounded(latitude, longitude, geo.QUARTIER) == (None, None)


@pytest.mark.parametrize("case", SHARED_CASES["cells"], ids=lambda case: case["where"])
def test_cells_are_those_of_the_phone(case: dict[str, Any]):
    assert list(geo.cell(case["latitude"], case["longitude"])) == case["cell"]
    assert list(geo.cell_centre(*case["cell"])) == case["centre"]


@pytest.mark.parametrize("case", SHARED_CASES["rounded"])
def test_points_are_rounded_as_on_the_phone(case: dict[str, Any]):
    assert list(geo.rounded(case["latitude"], case["longitude"], case["precision"])) == case["rounded"]


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="precision"):
        geo.rounded(51.0, 2.0, "domicile")


@pytest.mark.parametrize("point", [(91, 2), (51, 181), (math.nan, 2), (51, math.inf), (652_000, 6_862_000)])
@pytest.mark.parametrize("ask", [geo.cell, geo.tile, lambda lat, lon: geo.rounded(lat, lon, "quartier")])
def test_what_is_no_position_is_refused(point: tuple[float, float], ask: Any):
    with pytest.raises(ValueError, match="out of range"):
        ask(*point)


# --- tiles --------------------------------------------------------------------------------------------------


def test_a_known_tile():
    """The example of OpenStreetMap’s page on tile names."""
    assert geo.tile(51.51202, 0.02435, zoom=17) == (65544, 43582)
    assert geo.tile(0.0, 0.0, zoom=1) == (1, 1)


@given(st.floats(-85, 85), st.floats(-180, 179.999), st.integers(0, geo.TILE_ZOOM))
def test_the_bounds_of_a_tile_hold_its_points(latitude: float, longitude: float, zoom: int):
    west, south, east, north = geo.tile_bounds(*geo.tile(latitude, longitude, zoom), zoom)
    assert west - 1e-9 <= longitude <= east + 1e-9
    assert south - 1e-9 <= latitude <= north + 1e-9


@given(latitudes, longitudes)
def test_tiles_stay_on_the_map_up_to_the_poles(latitude: float, longitude: float):
    x, y = geo.tile(latitude, longitude)
    assert 0 <= x < 2**geo.TILE_ZOOM
    assert 0 <= y < 2**geo.TILE_ZOOM


def test_an_outline_that_would_take_minutes_to_repair_is_refused():
    chance = random.Random("scribble")
    scribble = [[2 + chance.random() / 100, 51 + chance.random() / 100] for _ in range(3_000)]
    with pytest.raises(geo.BoundaryError, match="se croise trop souvent"):
        geo.repair(geo.parse({"type": "Polygon", "coordinates": [scribble]}))
    endless = [[2 + n / 1e6, 51] for n in range(geo.POINTS + 1)]
    with pytest.raises(geo.BoundaryError, match="plus de 10"):
        geo.parse({"type": "MultiPolygon", "coordinates": [[endless]]})
