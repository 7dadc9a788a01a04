"""The reading mode: one observation at a time, from a selection, straight to the next.

Its pages are those of the review with `lecture` in the query string, which every gesture carries on.
"""

import uuid
from collections import Counter

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import gestures
from observations.models import Change, Status
from observations.permissions import SignedInRequest, can_review, require
from observations.review.selection import selection

MARK = "lecture"
# Session key: the gestures made since the reading began.
DONE = "reading_done"
# A session holds no more; nobody reads so many at once.
DONE_MAX = 500


@require(can_review)
@never_cache
@require_safe
def begin(request: SignedInRequest) -> HttpResponse:
    """The first of the selection, of those to read unless the filters say which."""
    asked = request.GET.copy()
    asked[MARK] = "1"
    if not asked.getlist("statut"):
        asked["statut"] = Status.TO_READ
    request.session[DONE] = []
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
    done = Counter(decisions(request))
    context = {
        "section": "review",
        "selection": chosen,
        "done": [(status.label, done[status]) for status in Status if done[status]],
        "left": chosen.observations.count(),
        "gesture": gestures.last(request),
    }
    return render(request, "review/read_end.html", context)


def is_on(request: SignedInRequest) -> bool:
    return MARK in request.GET


def remember(request: SignedInRequest, batch: uuid.UUID) -> None:
    """One more gesture of this reading."""
    if is_on(request):
        request.session[DONE] = [*request.session.get(DONE, []), str(batch)][-DONE_MAX:]


def decisions(request: SignedInRequest) -> list[str]:
    """The statuses that this reading gave, those that were taken back left out."""
    made = Change.objects.filter(batch__in=request.session.get(DONE, []), kind=Change.Kind.DECISION)
    return [after["status"] for after in made.filter(undone_at=None).values_list("after", flat=True)]
