"""Address search in the national geocoder. Only what was typed leaves, and never in one of our addresses."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, Min
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from geopy.exc import GeopyError
from geopy.geocoders import BANFrance

from observations import permissions
from observations.geo import Bounds
from observations.models import Neighbourhood
from observations.typography import french

TIMEOUT_S = 2
FOUND_MAX = 5
# Asked for more than shown: those beyond the territory are dropped here.
ASKED_FOR = 20
QUERY_MIN, QUERY_MAX = 3, 200
# About 5 km: a contrat de ville's streets stand around its neighbourhoods too.
MARGIN_DEGREES = 0.05

NO_ANSWER = "La recherche d’adresse ne répond pas. Touchez la carte ou laissez vide."
NOTHING = "Aucune adresse trouvée par ici. Touchez la carte ou laissez vide."
TOO_SHORT = "Écrivez au moins 3 lettres, par exemple une rue ou une place."


class NearbyBANFrance(BANFrance):
    """The geocoder with its preference for what is near a point, which geopy has no argument for."""

    def __init__(self, *, near: tuple[float, float], **options: Any) -> None:
        super().__init__(**options)
        self.near = urlencode({"lat": near[0], "lon": near[1]})

    def _call_geocoder(self, url: str, callback: Any, **options: Any) -> Any:
        return super()._call_geocoder(f"{url}&{self.near}", callback, **options)


@dataclass(frozen=True)
class Address:
    label: str
    latitude: float
    longitude: float


def territory_box() -> Bounds | None:
    """West, south, east, north of the active neighbourhoods, with a margin; None when there are none."""
    sides = Neighbourhood.objects.active().aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    if sides["west"] is None:
        return None
    return (
        sides["west"] - MARGIN_DEGREES,
        sides["south"] - MARGIN_DEGREES,
        sides["east"] + MARGIN_DEGREES,
        sides["north"] + MARGIN_DEGREES,
    )


def find(query: str, box: Bounds, **options: Any) -> list[Address] | None:
    """Addresses of `box` that answer `query`, best first; None when the geocoder does not answer within 2 s."""
    west, south, east, north = box
    near = ((south + north) / 2, (west + east) / 2)
    geocoder = NearbyBANFrance(near=near, domain=settings.GEOCODER_DOMAIN, timeout=TIMEOUT_S, **options)
    try:
        found = geocoder.geocode(query, limit=ASKED_FOR, exactly_one=False) or []
    except (GeopyError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        # The latter are what geopy lets through when an answer is JSON but not an answer.
        return None
    addresses = [Address(str(place.address), place.latitude, place.longitude) for place in found]
    return [a for a in addresses if west <= a.longitude <= east and south <= a.latitude <= north][:FOUND_MAX]


@permissions.require(permissions.can_capture)
@require_POST
def address_search(request: HttpRequest) -> JsonResponse:
    """`q` in the body, so that no log ever holds a typed address. Always answers 200: it degrades to nothing."""
    query = request.POST.get("q", "").strip()[:QUERY_MAX]
    box = territory_box()
    if len(query) < QUERY_MIN:
        return _answer([], TOO_SHORT)
    found = find(query, box) if box else []
    if found is None:
        return _answer([], NO_ANSWER)
    return _answer(found, "" if found else NOTHING)


def _answer(addresses: list[Address], message: str) -> JsonResponse:
    results = [vars(address) for address in addresses]
    return JsonResponse({"addresses": results, "message": french(message)})
