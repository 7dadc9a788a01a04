"""The review: a list by theme, one observation, and the gestures on them.

Every answer keeps the query string, so a gesture leads back into the same selection.
"""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from observations import gestures
from observations.actions import disclosure
from observations.actions import review as actions
from observations.models import Change, Status
from observations.models.journal import AuthorReason
from observations.permissions import (
    SignedInRequest,
    can_ask_for_author,
    can_review,
    require,
    reviewable_observations,
)
from observations.review import forms, pages, reading
from observations.review.neighbours import following
from observations.review.selection import selection, sorting_places

DONE = {
    Status.TO_READ: ("Remise à relire.", "remises à relire"),
    Status.TO_COMPLETE: ("Question envoyée.", "à préciser"),
    Status.ACCEPTED: ("Retenue.", "retenues"),
    Status.SET_ASIDE: ("Écartée.", "écartées"),
}
NOT_QUOTABLE = "Ce texte n’a pas été gardé : la personne n’a pas donné son accord pour être citée."


@require(can_review)
@require_safe
@never_cache
def listed(request: SignedInRequest) -> HttpResponse:
    """The selection, grouped by theme."""
    return pages.list_page(request)


@require(can_review)
@require_safe
@never_cache
def opened(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """One observation, with the list it was opened from."""
    return pages.observation_page(request, pk)


@require_POST
@require(can_review)
def decide(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Decides, keeping the text written beside; then shows the next one of the selection."""
    observation = pages.observation_or_404(request, pk)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        return pages.observation_page(request, pk, form=form, status=422)
    status = Status(form.cleaned_data["status"])
    try:
        with transaction.atomic():
            batch, revision = _text_beside(request, pk, form)
            actions.decide(
                observations=[pk],
                status=status,
                reason=form.note(status),
                by=request.user,
                revision=revision,
                batch=batch,
            )
    except actions.Stale:
        return pages.observation_page(request, pk, form=form, stale=True, status=409)
    except actions.NotQuotable:
        return _not_quotable(request, pk, form)
    reading.remember(request, batch)
    after = following(selection(request).observations, observation)
    last = "" if after else " C’était la dernière de cette liste."
    _remember(request, batch, DONE[status][0] + last)
    if after is None and reading.is_on(request):
        return redirect(reverse("review_read_end") + _query(request))
    return _to_observation(request, after.pk) if after else _to_list(request)


@require_POST
@require(can_review)
def rewrite(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keeps the text for partners, without deciding."""
    pages.observation_or_404(request, pk)
    form = forms.TextForm(request.POST)
    if not form.is_valid():
        return pages.observation_page(request, pk, form=form, status=422)
    written = form.cleaned_data
    try:
        batch = actions.rewrite(
            observation_id=pk, text=written["text"], by=request.user, revision=written["revision"]
        )
    except actions.Stale:
        return pages.observation_page(request, pk, form=form, stale=True, status=409)
    except actions.NotQuotable:
        return _not_quotable(request, pk, form)
    _remember(request, batch, "Texte gardé.")
    return _to_observation(request, pk)


@require_POST
@require(can_review)
def sort(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Moves one observation to another theme or neighbourhood, and stays on it."""
    pages.observation_or_404(request, pk)
    form = forms.SortForm(request.POST, places=sorting_places(request))
    if not form.is_valid():
        return pages.observation_page(request, pk, form=form, status=422)
    chosen = form.cleaned_data
    try:
        with transaction.atomic():
            batch, revision = _text_beside(request, pk, form)
            actions.sort(
                observations=[pk],
                theme=chosen["theme"],
                neighbourhood=chosen["neighbourhood"],
                by=request.user,
                revision=revision,
                batch=batch,
            )
    except actions.Stale:
        return pages.observation_page(request, pk, form=form, stale=True, status=409)
    except actions.NotQuotable:
        return _not_quotable(request, pk, form)
    _remember(request, batch, "Rangée ailleurs.")
    return _to_observation(request, pk)


@require_POST
@require(can_ask_for_author)
@never_cache
def show_author(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Says who wrote it, on this answer alone; asking again is asking once more."""
    observation = pages.observation_or_404(request, pk)
    form = forms.AuthorForm(request.POST)
    if not form.is_valid():
        return pages.observation_page(request, pk, form=form, status=422)
    revealed = disclosure.show_author(
        observation=observation, reason=AuthorReason(form.cleaned_data["why"]), by=request.user
    )
    return pages.observation_page(request, pk, form=form, revealed=revealed)


@require_POST
@require(can_review)
def decide_together(request: SignedInRequest) -> HttpResponse:
    """One gesture for all the observations ticked in the list; all of them or none."""
    picked = request.POST.getlist("choisie")
    form = forms.BatchForm(request.POST)
    if not form.is_valid() or not picked:
        return pages.list_page(request, form=form, picked=picked, status=422)
    observations = _mine(request, picked)
    gesture, count = form.cleaned_data["gesture"], len(observations)
    if gesture == form.SORT:
        theme = form.cleaned_data["theme"]
        batch = actions.sort(observations=observations, theme=theme, by=request.user)
        _remember(request, batch, f"{count} dans « {theme.name} »." if count > 1 else "Rangée ailleurs.")
    else:
        batch = actions.decide(
            observations=observations, status=Status(gesture), reason=form.note(gesture), by=request.user
        )
        one, several = DONE[Status(gesture)]
        _remember(request, batch, f"{count} observations {several}." if count > 1 else one)
    return _to_list(request)


@require_POST
@require(can_review)
def undo(request: SignedInRequest, batch: uuid.UUID) -> HttpResponse:
    """Takes back one gesture and shows what it had changed."""
    touched = Change.objects.filter(batch=batch).values("observation")
    observations = list(
        reviewable_observations(request.user).filter(pk__in=touched).values_list("pk", flat=True)
    )
    if not observations:
        raise Http404
    try:
        actions.undo(batch=batch, by=request.user)
        messages.success(request, "C’est annulé : tout est comme avant.")
    except actions.NothingToUndo:
        messages.error(request, "Rien n’a été annulé : c’était déjà fait, ou quelque chose a changé depuis.")
    return _to_observation(request, observations[0]) if len(observations) == 1 else _to_list(request)


def _text_beside(
    request: SignedInRequest, pk: uuid.UUID, form: forms.TextForm
) -> tuple[uuid.UUID, int | None]:
    """Keeps the text that stood beside a gesture, so that no key loses it.

    Returns the batch that the gesture joins, and the revision it must still find: none, once checked here.
    """
    if "text" not in form.data:
        return uuid.uuid4(), form.cleaned_data["revision"]
    revision, text = form.cleaned_data["revision"], form.cleaned_data["text"]
    return actions.rewrite(observation_id=pk, text=text, by=request.user, revision=revision), None


def _not_quotable(request: SignedInRequest, pk: uuid.UUID, form: forms.TextForm) -> HttpResponse:
    form.add_error("text", NOT_QUOTABLE)
    return pages.observation_page(request, pk, form=form, status=422)


def _mine(request: SignedInRequest, picked: Iterable[str]) -> list[uuid.UUID]:
    """The identifiers ticked, each of which this reviewer may decide on; 404 otherwise."""
    try:
        asked = {uuid.UUID(value) for value in picked}
    except ValueError as error:
        raise Http404 from error
    found = reviewable_observations(request.user).filter(pk__in=asked).values_list("pk", flat=True)
    if set(found) != asked:
        raise Http404
    return sorted(asked)


def _remember(request: SignedInRequest, batch: uuid.UUID, says: str) -> None:
    gestures.remember(request, batch, says)


def _to_observation(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return redirect(reverse("review_observation", args=[pk]) + _query(request))


def _to_list(request: SignedInRequest) -> HttpResponse:
    return redirect(reverse("review") + _query(request))


def _query(request: SignedInRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""
