"""What a reviewer says of two observations that look like one scene written twice."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from observations.actions import scenes as actions
from observations.models import Observation
from observations.permissions import SignedInRequest, can_review, require, reviewable_observations
from observations.review import pages

# The gesture is the name of the button, the other observation its value.
APART, TAKEN_BACK = "deux", "reprendre"


@require_POST
@require(can_review)
def scenes(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Another observation is another scene (« deux »), or may be the same again (« reprendre »)."""
    one = pages.observation_or_404(request, pk)
    gesture = APART if APART in request.POST else TAKEN_BACK
    other = _other(request, request.POST.get(gesture, ""))
    if other is None or one == other:
        messages.error(request, "L’autre observation n’est plus là : rien n’a changé.")
    elif gesture == APART:
        actions.tell_apart(one=one, other=other, by=request.user)
        messages.success(request, "C’est noté : ce sont deux scènes.")
    else:
        actions.take_back(one=one, other=other)
        messages.success(request, "C’est repris : c’est peut-être la même scène.")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("review_observation", args=[pk]) + query + "#proches")


def _other(request: SignedInRequest, asked: str) -> Observation | None:
    """The observation asked for, of those that this reviewer reads."""
    try:
        pk = uuid.UUID(asked)
    except ValueError:
        return None
    return reviewable_observations(request.user).filter(pk=pk).first()
