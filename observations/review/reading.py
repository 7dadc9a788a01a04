"""The reading mode: one observation at a time, from a selection, straight to the next.

Its pages are those of the review with `lecture` in the query string, which every gesture carries on.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import gestures
from observations.models import Status
from observations.permissions import SignedInRequest, can_review, require
from observations.review.selection import selection

MARK = "lecture"
# Session key: what was decided since the reading began, a count a status.
DONE = "reading_done"


@require(can_review)
@never_cache
@require_safe
def begin(request: SignedInRequest) -> HttpResponse:
    """The first of the selection, of those to read unless the filters say which."""
    asked = request.GET.copy()
    asked[MARK] = "1"
    if not asked.getlist("statut"):
        asked["statut"] = Status.TO_READ
    request.session[DONE] = {}
    first = selection(request, asked).observations.in_reading_order().first()
    if first is None:
        return redirect(f"{reverse('review_read_end')}?{asked.urlencode()}")
    return redirect(f"{reverse('review_observation', args=[first.pk])}?{asked.urlencode()}")


@require(can_review)
@never_cache
@require_safe
def end(request: SignedInRequest) -> HttpResponse:
    """What was done, what is left of the selection, and where to go from here."""
    chosen = selection(request)
    done = request.session.get(DONE, {})
    context = {
        "section": "review",
        "selection": chosen,
        "done": [(status.label, done[status.value]) for status in Status if done.get(status.value)],
        "left": chosen.observations.count(),
        "gesture": gestures.last(request),
    }
    return render(request, "review/read_end.html", context)


def is_on(request: SignedInRequest) -> bool:
    return MARK in request.GET


def count(request: SignedInRequest, status: Status) -> None:
    """One more decided in this reading."""
    if is_on(request):
        done = request.session.get(DONE, {})
        request.session[DONE] = done | {status.value: done.get(status.value, 0) + 1}
