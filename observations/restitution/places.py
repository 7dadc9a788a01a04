"""Where things are heard, a neighbourhood at a time: counts for a worker, what was published for the others.

The review has its own map (review/map.py). No text, theme, point or author comes near this page.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.clusters import Level, Shading, by_neighbourhood
from observations.filters import opening_date
from observations.models import Neighbourhood, Observation, Summary
from observations.permissions import (
    SignedInRequest,
    can_read_summaries,
    can_see_counts,
    can_see_map,
    can_see_places,
    neighbourhoods_for,
    require,
)
from observations.restitution.content import Content, TerritoryMap
from observations.restitution.drafting import outline_source, quartier_label
from observations.restitution.reading import map_report
from observations.restitution.tables import map_caption, shapes_of

PERIOD = "douze mois"


@require(can_see_places)
@never_cache
@require_safe
def places(request: SignedInRequest) -> HttpResponse:
    """The map of this person's neighbourhoods and its table; the review's own for a CDSU."""
    if can_see_map(request.user):
        return redirect("review_map")
    live = can_see_counts(request.user)
    context = {"live": live, "section": "places", "sections": {"map": {"title": "Carte des quartiers"}}}
    return render(
        request, "restitution/places.html", context | (_live(request) if live else _published(request))
    )


def _live(request: SignedInRequest) -> dict[str, Any]:
    """Counts of the last twelve months, whoever wrote."""
    listed = list(neighbourhoods_for(request.user))
    first = opening_date(timezone.localdate())
    counts = _counts(listed, first)
    drawn = _drawn(listed, counts)
    return {"first": first, "total": sum(counts.values()), "places": len(listed), "report": map_report(drawn)}


def _counts(listed: Sequence[Neighbourhood], first: date) -> dict[str, int]:
    heard = Observation.objects.filter(neighbourhood__in=listed, observed_on__gte=first)
    return {row["code"]: row["n"] for row in by_neighbourhood(heard)}


def _drawn(listed: Sequence[Neighbourhood], counts: dict[str, int]) -> TerritoryMap:
    shading = Shading(max(counts.values(), default=0))
    labels = [quartier_label(place) for place in listed]
    levels = shading.levels()
    return {
        "month": PERIOD,
        # A worker sees every count: nothing is withheld, and a place where nothing was heard says 0.
        "shapes": shapes_of(labels, lambda code: counts.get(code, 0), [level.at_least for level in levels]),
        "shades": [{"shade": level.level, "label": _said(level)} for level in levels],
        "withheld": False,
        "caption": map_caption(*outline_source(listed)),
    }


def _said(level: Level) -> str:
    if level.at_most is None:
        return f"{level.at_least} et plus"
    return str(level.at_least) if level.at_least == level.at_most else f"{level.at_least} à {level.at_most}"


def _published(request: SignedInRequest) -> dict[str, Any]:
    """The map of the last synthèse published, as it was frozen."""
    summary = Summary.objects.published().defer("pdf").order_by("-month", "-version").first()
    if summary is None:
        return {"summary": None}
    content = cast(Content, summary.content)
    return {
        "summary": summary,
        "enough": content["enough"],
        "month_name": content["month_name"],
        "territory_name": content["territory"],
        "can_read": can_read_summaries(request.user),
        "report": map_report(content["map"]),
    }
