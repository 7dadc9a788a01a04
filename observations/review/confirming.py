"""A passage of the text for partners is confirmed as pointing to nobody, or that is taken back."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from observations.actions import passages as actions
from observations.actions import review
from observations.models import HitReview
from observations.permissions import SignedInRequest, can_review, require
from observations.review import forms, pages

CHANGED = "Ce passage a changé depuis : relisez-le avant de confirmer."


@require_POST
@require(can_review)
def confirm(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keeps the text that stands beside, then confirms the passage if it is still there."""
    observation = pages.observation_or_404(request, pk)
    form = forms.TextForm(request.POST)
    if not form.is_valid():
        return pages.observation_page(request, pk, form=form, status=422)
    try:
        with transaction.atomic():
            _keep_text(request, pk, form)
            actions.confirm_in_observation(
                observation=observation, fingerprint=request.POST.get("passage", ""), by=request.user
            )
    except review.Stale:
        return pages.observation_page(request, pk, form=form, stale=True, status=409)
    except (actions.NotThere, review.NotQuotable):
        form.add_error("text", CHANGED)
        return pages.observation_page(request, pk, form=form, status=409)
    messages.success(request, "C’est noté : ce passage ne désigne personne.")
    return _back(request, pk)


@require_POST
@require(can_review)
def take_back(request: SignedInRequest, pk: uuid.UUID, review: int) -> HttpResponse:
    """The passage is to be dealt with again. The text beside is left as it is saved."""
    observation = pages.observation_or_404(request, pk)
    confirmed = get_object_or_404(HitReview, pk=review, observation=observation)
    try:
        actions.take_back(review=confirmed, by=request.user)
        messages.success(request, "C’est repris : ce passage est à régler avant publication.")
    except actions.NotThere:
        messages.error(request, "C’était déjà repris.")
    return _back(request, pk)


def _keep_text(request: SignedInRequest, pk: uuid.UUID, form: forms.TextForm) -> None:
    if "text" in form.data:
        text, revision = form.cleaned_data["text"], form.cleaned_data["revision"]
        review.rewrite(observation_id=pk, text=text, by=request.user, revision=revision)


def _back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("review_observation", args=[pk]) + query + "#text")
