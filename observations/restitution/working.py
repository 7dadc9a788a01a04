"""The page of the working paper, for who reviews: their neighbourhoods only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.actions.publishing import first_and_last_day
from observations.models import Status, Territory, User
from observations.models.observation import ObservationQuerySet
from observations.permissions import SignedInRequest, can_review, require, reviewable_observations
from observations.restitution.drafting import (
    neighbourhoods_of,
    quartier_label,
    rows_of,
    theme_label,
    themes_of,
)
from observations.restitution.paper import Quarter, working_paper

QUARTERS = 8
"""How many the page proposes: two years."""


@never_cache
@require(can_review)
@require_safe
def working(request: SignedInRequest) -> HttpResponse:
    """One whole quarter, `?trimestre=2026-T3`; the latest in which something was accepted, unless it says which."""
    spoken = reviewable_observations(request.user)
    quarters = _whole_quarters(spoken)
    quarter = _asked(request, quarters)
    territory = Territory.current()
    context: dict[str, Any] = {"section": "summaries", "territory": territory}
    context |= {"quarters": quarters, "quarter": quarter}
    if quarter:
        context |= _paper(request.user, spoken, quarter, territory.threshold)
    return render(request, "restitution/working_paper.html", context)


def _paper(user: User, reviewable: ObservationQuerySet, quarter: Quarter, threshold: int) -> dict[str, Any]:
    heard = reviewable.in_months(quarter.first, quarter.last_month)
    accepted = heard.accepted()
    places = neighbourhoods_of(reviewable.accepted())
    own = user.neighbourhoods.values("pk")
    if own.exists():
        places = places.filter(pk__in=own)
    return {
        "paper": working_paper(
            rows_of(accepted),
            [theme_label(theme) for theme in themes_of(reviewable.accepted())],
            [quartier_label(place) for place in places],
            threshold=threshold,
        ),
        "threshold": threshold,
        "limited_to": [place.short_name for place in places] if own.exists() else [],
        "unread": heard.filter(status__in=[Status.TO_READ, Status.TO_COMPLETE]).count(),
        "unread_link": _unread_link(quarter),
    }


def _whole_quarters(reviewable: ObservationQuerySet) -> list[Quarter]:
    """Quarters that are over and in which something was accepted, the newest first."""
    now = Quarter.of(timezone.localdate())
    months = reviewable.accepted().dates("observed_on", "month", order="DESC")
    found = dict.fromkeys(quarter for month in months if (quarter := Quarter.of(month)) < now)
    return list(found)[:QUARTERS]


def _asked(request: HttpRequest, quarters: list[Quarter]) -> Quarter | None:
    """404 for what is no quarter, or one that is not over: its counts still move."""
    text = request.GET.get("trimestre", "")
    if not text:
        return quarters[0] if quarters else None
    try:
        quarter = Quarter.parsed(text)
    except ValueError:
        raise Http404 from None
    if quarter >= Quarter.of(timezone.localdate()):
        raise Http404
    return quarter


def _unread_link(quarter: Quarter) -> str:
    _, last = first_and_last_day(quarter.last_month)
    return f"{reverse('review')}?statut=a-relire&statut=a-preciser&du={quarter.first:%Y-%m-%d}&au={last:%Y-%m-%d}"
