"""Requests, for a partner who has an account: those addressed to them, opened without looking for the letter."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from observations.actions import alliances as actions
from observations.permissions import SignedInRequest, can_answer_requests, requests_addressed_to, require


@require(can_answer_requests)
@never_cache
@require_safe
def listed(request: SignedInRequest) -> HttpResponse:
    """Those that wait first."""
    rows = list(requests_addressed_to(request.user).for_reading())
    context = {
        "section": "addressed",
        "waiting": [one for one in rows if one.answer is None],
        "answered": [one for one in rows if one.answer is not None],
    }
    return render(request, "needs/addressed.html", context)


@require_POST
@require(can_answer_requests)
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page that answers, by a link of their own: one way to answer, with or without an account."""
    asked = get_object_or_404(requests_addressed_to(request.user), pk=pk)
    return redirect("request_answer", actions.add_link(request=asked, by=request.user))
