"""Pure geometry of the quartiers: no ORM, no network.

Coordinates are WGS84 degrees. Functions take latitude before longitude, as phones and people say them;
GeoJSON and shapely hold longitude first. ``static/js/geo.js`` is the twin of `cell`, `cell_centre`, `rounded`
and `locate`; ``tests/cases/geo.json`` holds both to the same answers.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

import shapely
from geopy.distance import geodesic
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from observations.typography import NBSP, number

CELL_DEGREES = 0.0018  # 200 m of latitude, within 0.3 % over France
TILE_ZOOM = 20
PATCH_DEGREES = 0.00001  # about 1 m
POINTS = 10_000  # of one outline; the longest official one of 2024, simplified, has 332
MEETINGS = 100  # of its sides, other than end to end; the official ones that are invalid have at most 4
SIDES_AT_ONCE = 100
MERCATOR_LIMIT = 85.0511287798066  # latitude where the web-mercator square ends

LIEU, SECTEUR, QUARTIER = "lieu", "secteur", "quartier"

REASONS = {
    "Self-intersection": "le contour se croise lui-même",
    "Ring Self-intersection": "le contour se touche lui-même",
    "Too few points in geometry component": "une partie du contour est réduite à un point ou à un trait",
    "Hole lies outside shell": "un trou est hors du contour",
    "Holes are nested": "deux trous se recouvrent",
    "Nested shells": "deux parties du contour se recouvrent",
    "Interior is disconnected": "un trou coupe le contour en deux",
    "Valid Geometry": "le contour n’enferme aucune surface",
}

# The outermost rows stop short of the poles, where a longitude step would be infinite.
_LAST_ROW = round(90 / CELL_DEGREES) - 1

Bounds = tuple[float, float, float, float]


class BoundaryError(ValueError):
    """An outline that cannot be used; its message is a French sentence without the name of the quartier."""


# --- outlines -----------------------------------------------------------------------------------------------


def parse(geometry: Mapping[str, Any]) -> Polygon | MultiPolygon:
    """Read a GeoJSON Polygon or MultiPolygon in WGS84 degrees; it may still be invalid (see `repair`).

    Raises `BoundaryError` for another kind, coordinates that are not degrees, or rings of too few points.
    """
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    if kind == "Polygon":
        return _polygons([coordinates])[0]
    if kind == "MultiPolygon":
        return MultiPolygon(_polygons(_sequence(coordinates)))
    raise BoundaryError("le contour n’est pas une surface (Polygon ou MultiPolygon).")


def _polygons(parts: Sequence[object]) -> list[Polygon]:
    rings = [[_ring(ring) for ring in _sequence(part)] for part in parts]
    if sum(len(ring) for part in rings for ring in part) > POINTS:
        raise BoundaryError(f"le contour a plus de {number(POINTS)} points.")
    return [Polygon(shell, holes) for shell, *holes in rings]


def _sequence(value: object) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise BoundaryError("les coordonnées du contour sont mal formées.")
    if not value:
        raise BoundaryError("le contour est vide.")
    return value


def _ring(ring: object) -> list[tuple[float, float]]:
    points = [_position(position) for position in _sequence(ring)]
    if len(points) < 3:
        raise BoundaryError("le contour a trop peu de points pour faire une surface.")
    return points


def _position(position: object) -> tuple[float, float]:
    if not isinstance(position, list | tuple) or len(position) < 2:
        raise BoundaryError("les coordonnées du contour sont mal formées.")
    longitude, latitude = position[0], position[1]
    # `type(…) in` rather than isinstance: a JSON true is no coordinate.
    # Compared before it is converted: 10**400 is no float.
    if type(longitude) not in (int, float) or type(latitude) not in (int, float):
        raise BoundaryError("les coordonnées du contour ne sont pas des nombres.")
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise _out_of_range(longitude, latitude)
    return float(longitude), float(latitude)


def _out_of_range(longitude: float, latitude: float) -> BoundaryError:
    if any(isinstance(value, float) and math.isnan(value) for value in (longitude, latitude)):
        return BoundaryError("le contour contient des coordonnées vides (NaN).")
    return BoundaryError(
        "les coordonnées ne sont pas des degrés de longitude et de latitude (WGS84)\u00a0: "
        "elles semblent projetées, sans doute en Lambert-93."
    )


def repair(geometry: BaseGeometry) -> tuple[MultiPolygon, str | None]:
    """The outline as a valid MultiPolygon, and in French why it was not valid (None when it was).

    Repair unions the shells and removes the holes, then keeps surfaces only: a spike or a line holds nobody.
    An outline that simplification has shrunk to a point or a line becomes a patch of about a metre there, so
    that its quartier still exists and distances to it still mean something.
    Raises `BoundaryError` when nothing is left at all.
    """
    if geometry.is_valid and geometry.area > 0:
        return _areal(geometry), None
    if _meets_itself_too_often(geometry):
        raise BoundaryError("le contour se croise trop souvent pour être réparé.")
    try:
        return _areal(_made_valid(geometry)), _reason(geometry)
    except shapely.errors.ShapelyError as error:
        raise BoundaryError("le contour ne peut pas être réparé.") from error


def _meets_itself_too_often(geometry: BaseGeometry) -> bool:
    """Repair takes a time that grows with the places where sides meet: a thousand random sides take seconds."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    sides = [LineString(side) for ring in rings for side in pairwise(ring.coords)]
    tree = shapely.STRtree(sides)
    met = -3 * len(sides)  # itself, the one before and the one after
    for start in range(0, len(sides), SIDES_AT_ONCE):
        met += tree.query(sides[start : start + SIDES_AT_ONCE], predicate="intersects").shape[1]
        if met > 2 * MEETINGS:
            return True
    return False


def _made_valid(geometry: BaseGeometry) -> BaseGeometry:
    made = shapely.make_valid(geometry, method="structure", keep_collapsed=True)
    return made if shapely.get_dimensions(made) == 2 else made.buffer(PATCH_DEGREES, quad_segs=1)


def _reason(geometry: BaseGeometry) -> str:
    """GEOS says « Self-intersection[3.30 49.86] »: say it in French, with the place (latitude, longitude)."""
    kind, _, place = shapely.is_valid_reason(geometry).rstrip("]").partition("[")
    said = REASONS.get(kind, kind)
    longitude, _, latitude = place.partition(" ")
    return f"{said} ({float(latitude):.5f}, {float(longitude):.5f})" if latitude else said


def _areal(geometry: BaseGeometry) -> MultiPolygon:
    parts = shapely.get_parts(shapely.get_parts(geometry))  # a collection may hold multipolygons
    polygons = [part for part in parts if isinstance(part, Polygon) and part.area > 0]
    if not polygons:
        raise BoundaryError("le contour n’enferme aucune surface.")
    return MultiPolygon(polygons)


def to_geojson(geometry: BaseGeometry, decimals: int = 6) -> dict[str, Any]:
    """The outline as a GeoJSON MultiPolygon of lists, valid after rounding, shells anticlockwise.

    Six decimals are 0.1 m. An outline thinner than the last decimal is thickened to it rather than lost.
    """
    grid = 10.0**-decimals
    snapped = shapely.set_precision(geometry, grid)
    if snapped.area == 0:
        snapped = shapely.set_precision(geometry.buffer(2 * grid, quad_segs=1), grid)
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [_positions(ring, decimals) for ring in (part.exterior, *part.interiors)]
            for part in shapely.orient_polygons(_areal(snapped), exterior_cw=False).geoms
        ],
    }


def _positions(ring: BaseGeometry, decimals: int) -> list[list[float]]:
    """Thickening may step over the edge of the map by a metre: kept on it."""
    return [
        [round(max(-180.0, min(180.0, x)), decimals), round(max(-90.0, min(90.0, y)), decimals)]
        for x, y in ring.coords
    ]


def bounds(geometry: BaseGeometry) -> Bounds:
    """West, south, east, north in degrees."""
    west, south, east, north = geometry.bounds
    return west, south, east, north


# --- where a point is ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outline:
    """A quartier reduced to what `locate` needs."""

    code: str
    name: str
    geometry: BaseGeometry


@dataclass(frozen=True)
class Located:
    """The quartier that holds a point, or else the nearest; the distance is to its boundary, in metres."""

    code: str
    name: str
    inside: bool
    distance_m: float


def locate(latitude: float, longitude: float, outlines: Sequence[Outline]) -> Located | None:
    """The first outline that covers the point, boundary included, else the nearest; None without outlines."""
    _check(latitude, longitude)
    point = Point(longitude, latitude)
    for outline in outlines:
        if outline.geometry.covers(point):
            return Located(outline.code, outline.name, inside=True, distance_m=0.0)
    if not outlines:
        return None
    return _nearest(point, outlines)


def _nearest(point: Point, outlines: Sequence[Outline]) -> Located:
    """Compare in a plane whose degrees of longitude are as short as here, then measure on the ellipsoid."""
    stretch = max(math.cos(math.radians(point.y)), 1e-9)
    flat_point = Point(point.x * stretch, point.y)
    flat = [shapely.transform(outline.geometry, lambda xy: xy * (stretch, 1.0)) for outline in outlines]
    index = min(range(len(flat)), key=lambda i: flat[i].distance(flat_point))
    border = nearest_points(flat[index], flat_point)[0]
    metres = geodesic((point.y, point.x), (border.y, border.x / stretch)).meters
    return Located(outlines[index].code, outlines[index].name, inside=False, distance_m=metres)


def describe(located: Located | None) -> str:
    """A French phrase: « dans … », « hors QPV, à … de … », and never “outside” when nothing is imported."""
    if located is None:
        return "aucun quartier n’est encore importé"
    if located.inside:
        return f"dans {located.name}"
    return f"hors QPV, à {_distance(located.distance_m)} {_of(located.name)}"


def _distance(metres: float) -> str:
    if metres < 1:
        return f"moins de 1{NBSP}m"
    if metres < 995:
        return f"{round(metres) if metres < 50 else round(metres / 10) * 10}{NBSP}m"
    kilometres = metres / 1000
    return f"{number(round(kilometres, 1) if kilometres < 9.95 else round(kilometres))}{NBSP}km"


def _of(name: str) -> str:
    first = unicodedata.normalize("NFD", name[:1]).upper()[:1]
    return f"d’{name}" if first and first in "AEIOUŒ" else f"de {name}"


# --- rounding -----------------------------------------------------------------------------------------------


def cell(latitude: float, longitude: float) -> tuple[int, int]:
    """Row and column of the 200 m cell that holds a point; the same place always falls in the same cell."""
    _check(latitude, longitude)
    row = max(-_LAST_ROW - 1, min(_LAST_ROW, math.floor(latitude / CELL_DEGREES)))
    return row, math.floor(longitude / _column_degrees(row))


def cell_centre(row: int, col: int) -> tuple[float, float]:
    """Latitude and longitude of the centre of a cell, to 6 decimals; it lies in that cell."""
    longitude = (col + 0.5) * _column_degrees(row)
    # The column across the antimeridian is cut there: its centre stays on the map.
    return _decimal((row + 0.5) * CELL_DEGREES, 6), _decimal(max(-180.0, min(180.0, longitude)), 6)


def _column_degrees(row: int) -> float:
    """Degrees of longitude of a cell of this row: as many metres as its degrees of latitude."""
    return CELL_DEGREES / math.cos((row + 0.5) * CELL_DEGREES * math.pi / 180)


def rounded(latitude: float, longitude: float, precision: str) -> tuple[float, float] | tuple[None, None]:
    """The point that may be kept: "lieu" about 1 m, "secteur" the centre of its 200 m cell, "quartier" none.

    Deterministic and idempotent (fresh jitter would average out). Raises ValueError for another precision.
    """
    _check(latitude, longitude)
    if precision == QUARTIER:
        return None, None
    if precision == SECTEUR:
        return cell_centre(*cell(latitude, longitude))
    if precision == LIEU:
        return _decimal(latitude, 5), _decimal(longitude, 5)
    raise ValueError(f"unknown precision: {precision!r}")


def _decimal(value: float, digits: int) -> float:
    """Round the exact binary value half away from zero, as toFixed does in geo.js (`round` is half-even)."""
    return float(Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)) + 0.0


def _check(latitude: float, longitude: float) -> None:
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("latitude or longitude out of range")


# --- web-mercator tiles -------------------------------------------------------------------------------------


def tile(latitude: float, longitude: float, zoom: int = TILE_ZOOM) -> tuple[int, int]:
    """Column (eastward) and row (southward) of the web-mercator tile that holds a point."""
    _check(latitude, longitude)
    side = 2**zoom
    phi = math.radians(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, latitude)))
    x = math.floor((longitude + 180) / 360 * side)
    y = math.floor((1 - math.asinh(math.tan(phi)) / math.pi) / 2 * side)
    return min(x, side - 1), max(0, min(y, side - 1))


def tile_bounds(x: int, y: int, zoom: int = TILE_ZOOM) -> Bounds:
    """West, south, east, north of a tile, in degrees."""
    side = 2**zoom
    return (
        x / side * 360 - 180,
        _tile_north(y + 1, side),
        (x + 1) / side * 360 - 180,
        _tile_north(y, side),
    )


def _tile_north(y: int, side: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / side))))
