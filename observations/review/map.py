"""The theme map: the list's filters, on a map and in the table that says the same."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import clusters
from observations.models import Nature, PlaceKind, Status
from observations.permissions import SignedInRequest, can_see_map, require
from observations.review.selection import selection
from observations.typography import number


@require(can_see_map)
@never_cache
@require_safe
def review_map(request: SignedInRequest) -> HttpResponse:
    """The page around the map. Its drawing comes from `/api/v1/`, its figures from here."""
    chosen = selection(request)
    table = clusters.table(chosen.observations, (place for place in chosen.places if place.active))
    context = {
        "section": "review",
        "selection": chosen,
        "table": table,
        "sentence": _sentence(table),
        "statuses": Status.choices,
        "natures": Nature.choices,
        "place_kinds": PlaceKind.choices,
    }
    return render(request, "review/map.html", context)


def _sentence(table: clusters.Table) -> str:
    """« 39 observations, dont 5 sans point sur la carte. »"""
    if not table.n:
        return "Aucune observation."
    heard = f"{number(table.n)} observation{'s' if table.n > 1 else ''}"
    if not table.without_point:
        return f"{heard}."
    if table.without_point == table.n:
        return f"{heard}, sans point sur la carte."
    return f"{heard}, dont {number(table.without_point)} sans point sur la carte."
