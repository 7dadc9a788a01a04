"""What the templates of the review show: the list, and one observation beside it."""

import uuid
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from observations import gestures, passages
from observations.models import Agreement, HitReview, NeedLink, Observation
from observations.models.journal import AuthorReason
from observations.models.need import NeedQuerySet
from observations.permissions import SignedInRequest, readable_needs, reviewable_observations
from observations.review import beside, reading
from observations.review.forms import ALREADY_NOTED, USUAL_REASONS
from observations.review.history import author_word, history
from observations.review.listing import Listing, listing, page_of
from observations.review.neighbours import around
from observations.review.selection import Selection, selection, sorting_places


def observation_or_404(request: SignedInRequest, pk: uuid.UUID) -> Observation:
    """One observation that this reviewer may read, with what its page says of it."""
    rows = reviewable_observations(request.user).for_reading()
    reviews = Prefetch("hit_reviews", HitReview.objects.select_related("by"))
    rows = rows.select_related("author", "noted_by", "status_by").prefetch_related(reviews)
    return get_object_or_404(rows, pk=pk)


def list_page(
    request: SignedInRequest,
    *,
    form: forms.Form | None = None,
    picked: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list; `form` and `picked` give back what a refused gesture on several had."""
    chosen = selection(request)
    shown = listing(chosen.observations, chosen.themes, _page_asked(request))
    context = _common(request, chosen, shown) | {
        "form": form,
        "picked": picked or [],
        "new_territory": not shown.total and not reviewable_observations(request.user).exists(),
    }
    return render(request, "review/list.html", context, status=status)


def observation_page(
    request: SignedInRequest,
    pk: uuid.UUID,
    *,
    form: forms.Form | None = None,
    stale: bool = False,
    revealed: Observation | None = None,
    status: int = 200,
) -> HttpResponse:
    """One observation as it now is; `form` gives back what was written, `stale` says why it was not taken.

    `revealed` carries who wrote it, for this answer alone.
    """
    observation = observation_or_404(request, pk)
    readable = reviewable_observations(request.user)
    chosen = selection(request)
    near = around(chosen.observations, observation)
    shown = listing(chosen.observations, chosen.themes, page_of(near.position))
    places = list(sorting_places(request))
    found = passages.of_observation(observation)
    context = _common(request, chosen, shown) | {
        "observation": observation,
        "near": near,
        "within": chosen.observations.filter(pk=pk).exists(),
        "author_word": author_word(observation),
        "author_reasons": AuthorReason.choices,
        "revealed": revealed,
        "history": history(observation, chosen.themes, chosen.places),
        "sorting_places": places,
        "form": form,
        "stale": stale,
        "text": form.data.get("text", "") if form else observation.public_text,
        "quotable": observation.agreement == Agreement.YES,
        "passages": found,
        "read": len(reading.decisions(request)) if reading.is_on(request) else 0,
        "already_noted": ALREADY_NOTED,
        "alike": beside.neighbours(readable, observation),
        "proposed": beside.proposed_theme(readable, observation, chosen.themes),
        "in_needs": needs_of(request, pk),
        "open_passages": passages.to_deal_with(found),
    }
    template = "review/reading.html" if reading.is_on(request) else "review/detail.html"
    return render(request, template, context, status=status)


def needs_of(request: SignedInRequest, pk: uuid.UUID) -> NeedQuerySet:
    """The needs that an observation stands in, as far as this reviewer reads them."""
    links = NeedLink.objects.filter(observation=pk, unlinked_at=None)
    return readable_needs(request.user).filter(pk__in=links.values("need")).in_reading_order()


def _common(request: SignedInRequest, chosen: Selection, shown: Listing) -> dict[str, Any]:
    return {
        "section": "review",
        "selection": chosen,
        "listing": shown,
        "offered": [theme for theme in chosen.themes if theme.active and theme.root.active],
        "usual_reasons": USUAL_REASONS,
        "gesture": gestures.last(request),
    }


def _page_asked(request: SignedInRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
