"""What may let somebody be recognised in a draft: listed for who writes it, confirmed or taken back."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from observations import passages
from observations.actions import passages as actions
from observations.models import HitReview, Summary, Theme, User
from observations.passages import Passage
from observations.permissions import can_write_summaries, readable_summaries, require
from observations.restitution.forms import COMMENT


class Place(NamedTuple):
    """A passage, where it stands in a sentence, and the address where it is reworded."""

    passage: Passage
    where: str
    address: str
    in_draft: bool


def places(draft: Summary) -> list[Place]:
    """Every passage of a draft, those already confirmed included: its own texts first, then the words chosen."""
    return [*_own(draft), *_chosen(draft)]


def _own(draft: Summary) -> Sequence[Place]:
    found = passages.of_draft(draft)
    slugs = [passage.field for passage in found]
    names = dict(Theme.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}
    said = {"introduction": "l’introduction", "reason": "le motif de la correction"}
    edit = reverse("summary_edit", args=[draft.pk])
    return [
        Place(
            passage,
            said.get(passage.field) or f"le commentaire sur « {names.get(passage.field, passage.field)} »",
            f"{edit}#id_{passage.field if passage.field in said else COMMENT + passage.field}",
            True,
        )
        for passage in found
    ]


def _chosen(draft: Summary) -> Sequence[Place]:
    quotes = draft.quotes.exclude(observation=None).select_related("observation")
    return [
        Place(passage, f"la parole n° {position}", _review_page(quote.observation_id), False)
        for position, quote in enumerate(quotes.prefetch_related("observation__hit_reviews__by"), start=1)
        if quote.observation
        for passage in passages.of_observation(quote.observation)
    ]


def _review_page(pk: object) -> str:
    return reverse("review_observation", args=[pk]) + "#text"


@require_POST
@require(can_write_summaries)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A passage of the draft's own texts points to nobody."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    field, _, fingerprint = request.POST.get("passage", "").rpartition(":")
    try:
        actions.confirm_in_draft(
            summary=draft, field=field, fingerprint=fingerprint, by=cast(User, request.user)
        )
        messages.success(request, "C’est noté : ce passage ne désigne personne.")
    except actions.NotThere:
        messages.error(request, "Ce passage a changé depuis : relisez-le avant de confirmer.")
    return _back(request, pk)


@require_POST
@require(can_write_summaries)
def take_back(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """The passage is to be dealt with again."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    try:
        actions.take_back(
            review=get_object_or_404(HitReview, pk=review, summary=draft), by=cast(User, request.user)
        )
        messages.success(request, "C’est repris : ce passage est à régler avant publication.")
    except actions.NotThere:
        messages.error(request, "C’était déjà repris.")
    return _back(request, pk)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """The page that asked: the draft or its publication."""
    came_from = request.POST.get("retour", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts=None):
        came_from = reverse("summary_edit", args=[pk])
    return redirect(came_from + "#a-regler")
