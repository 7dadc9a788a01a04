"""A shape drawn on the map: how an address holds it, and which observations stand inside it."""

import math
from dataclasses import dataclass
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.lookups import Exact

from observations.models.observation import ObservationQuerySet

CORNERS_MIN, CORNERS_MAX = 3, 40


@dataclass(frozen=True)
class Shape:
    """A polygon as its corners (longitude, latitude) in WGS84 degrees; its last side goes back to the first.

    Where its sides cross, inside and outside alternate (the even-odd rule), as the map shades it.
    """

    corners: tuple[tuple[float, float], ...]


class ShapeField(forms.CharField):
    """`longitude,latitude;longitude,latitude;…`, 3 to 40 corners in degrees; cleans to a `Shape` or None."""

    def to_python(self, value: object) -> "Shape | None":  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        # Split once past the most: hostile text costs no more than a shape of too many corners.
        corners = tuple(_corner(part) for part in text.split(";", CORNERS_MAX))
        if not CORNERS_MIN <= len(set(corners)) <= len(corners) <= CORNERS_MAX:
            raise ValidationError(f"Une forme a de {CORNERS_MIN} à {CORNERS_MAX} coins.")
        return Shape(corners)


def _corner(text: str) -> tuple[float, float]:
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        longitude = latitude = math.nan
    # A number that is none fails both comparisons.
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValidationError("Un coin s’écrit longitude,latitude, en degrés.")
    return longitude, latitude


def inside(observations: ObservationQuerySet, shape: Shape) -> ObservationQuerySet:
    """Those whose point is in the shape; an observation without a point is in none.

    Counted by the database, one expression a side, so that no list of points or of ids leaves it: a ray drawn to
    the east crosses an odd number of sides (W. R. Franklin, PNPOLY, 1970).
    """
    crossed = [
        _crossed(one, other)
        for one, other in pairwise((*shape.corners, shape.corners[0]))
        if one[1] != other[1]
    ]
    if not crossed:
        return observations.none()
    longitudes, latitudes = zip(*shape.corners, strict=True)
    boxed = observations.filter(
        longitude__range=(min(longitudes), max(longitudes)), latitude__range=(min(latitudes), max(latitudes))
    )
    total = crossed[0]
    for side in crossed[1:]:
        total = total + side  # type: ignore[assignment]
    return boxed.filter(Exact(total % 2, 1))


def _crossed(one: tuple[float, float], other: tuple[float, float]) -> Case:
    """1 when the ray to the east of a row's point meets this side, else 0. The upper end belongs to the next side."""
    (west, south), (east, north) = sorted((one, other), key=lambda corner: corner[1])
    slope = (east - west) / (north - south)
    beside = Q(longitude__lt=(F("latitude") - Value(south)) * Value(slope) + Value(west))
    return Case(
        When(Q(latitude__gte=south, latitude__lt=north) & beside, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
