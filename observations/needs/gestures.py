"""What is done with needs; every gesture says what it did, with its undo."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from observations import gestures
from observations.actions import meetings
from observations.actions import needs as actions
from observations.models import Need, NeedState, Observation, Scheme, Stance
from observations.models.need import NeedQuerySet
from observations.needs.forms import NeedForm, StateForm
from observations.needs.views import need_or_404, page
from observations.permissions import (
    SignedInRequest,
    can_make_needs,
    readable_needs,
    require,
    reviewable_observations,
)
from observations.typography import quoted

GIVEN_BACK = (
    "Ce besoin a déjà un retour aux habitant·e·s, avec son adresse : réunissez plutôt l’autre à celui-ci."
)


@require(can_make_needs)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A need from nothing, or from the observations `choisie`."""
    return _new(request, _picked(request), None)


@require(can_make_needs)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Some of a need's observations become another need."""
    source = need_or_404(request, pk)
    picked = _picked(request)
    if not picked:
        return _refused(request, source, "Cochez d’abord les observations qui partent dans un autre besoin.")
    return _new(request, picked, source)


def _new(request: SignedInRequest, picked: list[Observation], source: Need | None) -> HttpResponse:
    # The list of the review sends what was ticked by POST: the form itself is told by its own button.
    if request.method == "POST" and "title" in request.POST:
        form = NeedForm(request.POST, user=request.user)
        if form.is_valid():
            need, batch = actions.make(
                by=request.user,
                **form.cleaned_data,
                observations=[row.pk for row in picked],
                source=source,
            )
            says = f"Besoin créé avec {_observations(len(picked))}." if picked else "Besoin créé."
            gestures.remember(request, batch, says, undo="need_undo")
            return redirect("need", need.pk)
        return _form_page(request, form, picked, source, status=422)
    return _form_page(request, NeedForm(user=request.user, initial=_proposed(picked, source)), picked, source)


def _proposed(picked: list[Observation], source: Need | None) -> dict[str, Any]:
    """What the observations share: their theme when it is one, their root theme else; their neighbourhoods."""
    if not picked:
        return {}
    themes = {row.theme for row in picked}
    roots = {theme.root for theme in themes}
    theme = next(iter(themes)) if len(themes) == 1 else next(iter(roots)) if len(roots) == 1 else None
    proposed: dict[str, Any] = {"neighbourhoods": sorted({row.neighbourhood.code for row in picked})}
    if source is not None:
        proposed |= {"theme": source.theme.slug, "priority": source.priority}
    return proposed | ({"theme": theme.slug} if theme else {})


@require(can_make_needs)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    need = need_or_404(request, pk)
    if request.method != "POST":
        form = NeedForm(user=request.user, need=need, initial=_initial(need))
        return _form_page(request, form, [], None, need=need)
    form = NeedForm(request.POST, user=request.user, need=need)
    if not form.is_valid():
        return _form_page(request, form, [], None, need=need, status=422)
    try:
        batch = actions.edit(
            need_id=pk,
            by=request.user,
            revision=form.cleaned_data.pop("revision"),
            **_kept_elsewhere(need, form.cleaned_data),
        )
    except actions.Stale:
        return _form_page(request, form, [], None, need=need, stale=True, status=409)
    gestures.remember(request, batch, "Besoin enregistré.", undo="need_undo")
    return redirect("need", pk)


def _initial(need: Need) -> dict[str, Any]:
    values = {name: getattr(need, name) for name in ("title", "description", "priority", "under_way")}
    return values | {
        "theme": need.theme.slug,
        "neighbourhoods": [place.code for place in need.neighbourhoods.all()],
    }


def _kept_elsewhere(need: Need, values: dict[str, Any]) -> dict[str, Any]:
    """A neighbourhood that left the official list is offered to nobody, and stays where it was."""
    gone = [place for place in need.neighbourhoods.all() if not place.active]
    return values | {"neighbourhoods": [*values["neighbourhoods"], *gone]}


@require_POST
@require(can_make_needs)
def move_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another state."""
    need = need_or_404(request, pk)
    form = StateForm(request.POST)
    if not form.is_valid():
        return page(request, need, form=form, status=422)
    state = NeedState(form.cleaned_data["state"])
    try:
        batch = actions.move_on(
            need_id=pk,
            state=state,
            reason=form.cleaned_data["reason"],
            by=request.user,
            revision=form.cleaned_data["revision"],
        )
    except actions.Stale:
        return page(request, need, form=form, stale=True, status=409)
    gestures.remember(request, batch, f"C’est noté : {state.label}.", undo="need_undo")
    return redirect("need", pk)


@require_POST
@require(can_make_needs)
def attach(request: SignedInRequest) -> HttpResponse:
    """Puts the observations `choisie` in the need `besoin`, or opens the form of a new one with them."""
    picked = _picked(request)
    asked = request.POST.get("besoin", "")
    back = _back(request)
    if not picked:
        messages.error(request, "Cochez d’abord une ou plusieurs observations dans la liste.")
        return redirect(back)
    if asked == "nouveau":
        form = NeedForm(user=request.user, initial=_proposed(picked, None))
        return _form_page(request, form, picked, None)
    need = _named(readable_needs(request.user).open(), asked)
    if need is None:
        messages.error(request, "Choisissez un besoin de la liste, ou un nouveau besoin.")
        return redirect(back)
    batch = actions.link(need_id=need.pk, observations=[row.pk for row in picked], by=request.user)
    says = f"{_observations(len(picked)).capitalize()} dans le besoin {quoted(need.title)}."
    gestures.remember(request, batch, says, undo="need_undo")
    return redirect(back)


@require_POST
@require(can_make_needs)
def sort_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes observations out of a need, or says what they bring to it: `geste` is « detacher » or a stance."""
    need, picked = need_or_404(request, pk), _picked(request)
    gesture = request.POST.get("geste", "")
    if not picked:
        return _refused(request, need, "Cochez d’abord une ou plusieurs observations.")
    if gesture == "detacher":
        batch = actions.unlink(need_id=pk, observations=[row.pk for row in picked], by=request.user)
        says = f"{_observations(len(picked)).capitalize()} hors de ce besoin."
    elif gesture in Stance.values:
        batch = actions.take_stance(
            need_id=pk, observations=[row.pk for row in picked], stance=Stance(gesture), by=request.user
        )
        says = f"C’est noté : {Stance(gesture).label}."
    else:
        return _refused(request, need, "Ce geste n’existe pas.")
    gestures.remember(request, batch, says, undo="need_undo")
    return redirect("need", pk)


@require_POST
@require(can_make_needs)
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """This need's observations go to another, which stands for both."""
    need = need_or_404(request, pk)
    into = _named(readable_needs(request.user).open().exclude(pk=pk), request.POST.get("dans", ""))
    if into is None or need.merged_into_id:
        return _refused(request, need, "Choisissez le besoin qui reste, dans la liste.")
    try:
        batch = actions.merge(need_id=pk, into=into.pk, by=request.user)
    except actions.GivenBack:
        return _refused(request, need, GIVEN_BACK)
    says = f"{quoted(need.title)} est réuni à {quoted(into.title)}."
    gestures.remember(request, batch, says, undo="need_undo")
    return redirect("need", into.pk)


@require_POST
@require(can_make_needs)
def tag(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dispositifs that it touches: what brings it to their meetings."""
    need = need_or_404(request, pk)
    keys = [
        key for key in request.POST.getlist("dispositif") if key.isascii() and key.isdigit() and len(key) < 19
    ]
    meetings.tag(need=need, schemes=Scheme.objects.filter(active=True, pk__in=keys), by=request.user)
    messages.success(request, "Dispositifs enregistrés.")
    return redirect("need", pk)


@require_POST
@require(can_make_needs)
def undo(request: SignedInRequest, batch: uuid.UUID) -> HttpResponse:
    """Takes back one gesture, then shows the need, or the board when it is no more."""
    if not readable_needs(request.user).filter(changes__batch=batch).exists():
        raise Http404
    try:
        left = actions.undo(batch=batch, by=request.user)
    except actions.NothingToUndo:
        messages.error(request, "Rien n’a été annulé : c’était déjà fait, ou quelque chose a changé depuis.")
        return redirect(_back(request, reverse("needs")))
    messages.success(request, "C’est annulé : tout est comme avant.")
    if not left:  # the page of a need that is no more is nowhere to come back to
        return redirect("needs")
    return redirect(_back(request, reverse("need", args=[left[0]])))


def _refused(request: SignedInRequest, need: Need, why: str) -> HttpResponse:
    return page(request, need, refusal=why, status=422)


def _form_page(
    request: SignedInRequest,
    form: NeedForm,
    picked: Iterable[Observation],
    source: Need | None,
    *,
    need: Need | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "needs",
        "form": form,
        "picked": picked,
        "source": source,
        "need": need,
        "stale": stale,
    }
    return render(request, "needs/form.html", context, status=status)


def _named(needs: NeedQuerySet, asked: str) -> Need | None:
    """The one among `needs` that a form names; None for whatever else it may hold."""
    try:
        found: Need | None = forms.ModelChoiceField(needs, required=False).clean(asked)
    except ValidationError:
        return None
    return found


def _picked(request: SignedInRequest) -> list[Observation]:
    """The observations ticked, each of which this person may read; 404 otherwise."""
    values = request.POST.getlist("choisie") or request.GET.getlist("choisie")
    try:
        asked = {uuid.UUID(value) for value in values}
    except ValueError as error:
        raise Http404 from error
    rows = list(
        reviewable_observations(request.user)
        .for_reading()
        .filter(pk__in=asked)
        .order_by("-observed_on", "pk")
    )
    if {row.pk for row in rows} != asked:
        raise Http404
    return rows


def _observations(n: int) -> str:
    return f"{n} observations" if n > 1 else "une observation"


def _back(request: SignedInRequest, otherwise: str = "") -> str:
    """The page that the gesture came from, within this site; else the list, or `otherwise`."""
    asked = request.POST.get("retour", "")
    if url_has_allowed_host_and_scheme(asked, None) and asked.startswith("/"):
        return asked
    return otherwise or reverse("review")
