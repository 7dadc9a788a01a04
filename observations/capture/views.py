"""The form, its confirmation, and the 20 minutes to correct or withdraw."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import permissions
from observations.actions import capture as actions
from observations.capture import door
from observations.capture.course import HINTS
from observations.capture.forms import SENTENCES, ObservationForm, blank, filled
from observations.models import Nature, Observation, Tombstone, User
from observations.models.observation import TEXT_MAX
from observations.modules import needed_at_once
from observations.requested import form_digest
from observations.typography import french


# Compressed by hand, for a phone on a slow network: the page's token is masked anew each time.
@gzip_page
@permissions.require(permissions.can_capture)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, blank or at the place of `?ici=<uuid>`; POST stores what it holds, once."""
    user = _user(request)
    if request.method == "POST":
        return _store(request, user)
    initial = blank(user, _here(request, user)) | _asked_after(request)
    if request.GET.get("nature") in set(Nature):
        initial["nature"] = request.GET["nature"]
    return _form_page(request, ObservationForm(user=user, initial=initial), uuid.uuid4())


def _asked_after(request: HttpRequest) -> dict[str, str]:
    """What residents were told, under `?retour=<code>`: the form then asks whether it changed."""
    told = permissions.told_under(request.GET.get("retour", ""))
    edition = told.editions.first() if told else None
    return {"follows": told.code, "told": edition.headline} if told and edition else {}


def _here(request: HttpRequest, user: User) -> Observation | None:
    identifier = _uuid4(request.GET.get("ici", ""))
    if identifier is None:
        return None
    return permissions.own_observations(user).select_related("neighbourhood").filter(pk=identifier).first()


def _store(request: HttpRequest, user: User) -> HttpResponse:
    """A double click, or Back and the same form again, finds its observation and stores nothing."""
    identifier = _uuid4(request.POST.get("id", "")) or uuid.uuid4()
    form = ObservationForm(request.POST, user=user)
    if not form.is_valid():
        return _form_page(request, form, identifier)
    try:
        actions.record(id=identifier, by=user, data=form.entry(), digest=form_digest(request.POST.lists()))
    except actions.Conflict:
        return _already(request, identifier, "other", 409)
    except actions.Gone:
        return _already(request, identifier, "gone", 410)
    return redirect("saved", id=identifier)


def _already(request: HttpRequest, id: uuid.UUID, what: str, status: int) -> HttpResponse:
    """The form came back changed: its text is kept, and the choice given. Nothing is said of what stands."""
    mine = permissions.own_observations(_user(request)).filter(pk=id).first()
    hidden = {"csrfmiddlewaretoken", "id"}
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name not in hidden]
    page = {
        "what": what,
        "sent": sent,
        "words": request.POST.get("words") or request.POST.get("seen"),
        "correctable": mine if mine is not None and mine.is_correctable else None,
        "new_id": uuid.uuid4(),
    }
    return render(request, "capture/already.html", page, status=status)


def observation_door(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:
    """One address, two visitors: PUT and PATCH are the phone (JSON), GET and POST the page that corrects."""
    phone = {"PUT": door.put, "PATCH": door.patch}
    return phone.get(request.method or "", correct)(request, id)


@never_cache
@permissions.require(permissions.can_capture)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    user = _user(request)
    observation = _own(user, id)
    if request.method != "POST":
        if not observation.is_correctable:
            return _too_late(request)
        form = ObservationForm(user=user, initial=filled(observation))
        return _form_page(request, form, id, observation)
    form = ObservationForm(request.POST, user=user)
    if not form.is_valid():
        return _form_page(request, form, id, observation)
    try:
        actions.correct(observation=observation, by=user, data=form.entry())
    except actions.TooLate:
        return _form_page(request, form, id, observation, too_late=True)
    messages.success(request, "Votre correction est enregistrée.")
    return redirect("saved", id=id)


@never_cache
@permissions.require(permissions.can_capture)
@require_safe
def saved(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """The calm after saving: what happens next, another one here, 20 minutes to change one's mind."""
    return render(request, "capture/saved.html", {"observation": _own(_user(request), id)})


@permissions.require(permissions.can_capture)
@require_POST
def withdraw(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    user = _user(request)
    observation = permissions.own_observations(user).filter(pk=id).first()
    try:
        if observation is not None:
            actions.withdraw(observation=observation, by=user)
    except actions.TooLate:
        if permissions.own_observations(user).filter(pk=id).exists():
            return _too_late(request)
    # Already withdrawn, by a tap before this one, is as good.
    if not Tombstone.objects.filter(pk=id).exists():
        raise Http404
    messages.success(request, "L’observation est retirée : il n’en reste aucun mot.")
    return redirect(_after(user))


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        "Cette observation ne se corrige plus : les 20 minutes sont passées, ou elle est déjà relue. "
        "Parlez-en à la personne qui la relit.",
    )
    return redirect(_after(_user(request)))


def _after(user: User) -> str:
    """Where somebody goes on from: their own observations, or the form for a CDSU, who has no such page."""
    return "own_observations" if permissions.can_follow_own(user) else "capture"


def _form_page(
    request: HttpRequest,
    form: ObservationForm,
    id: uuid.UUID,
    correcting: Observation | None = None,
    too_late: bool = False,
) -> HttpResponse:
    page = {
        "form": form,
        "id": id,
        "correcting": correcting,
        "too_late": too_late,
        "action": reverse("observation_door", args=[id]) if correcting else reverse("capture"),
        **for_scripts(),
    }
    status = 409 if too_late else 422 if form.errors else 200
    return render(request, "capture/form.html", page, status=status)


def for_scripts() -> dict[str, Any]:
    """What the page's modules need: their own files, addresses, and the sentences of the one validation."""
    phone = {
        "neighbourhoods": reverse("api-neighbourhoods"),
        "addresses": reverse("address_search"),
        "detection": static("data/detection.json"),
        "tiles": settings.TILE_URL,
        "attribution": settings.TILE_ATTRIBUTION,
        "longest": TEXT_MAX,
        "sentences": {name: french(sentence) for name, sentence in SENTENCES.items()},
    }
    return {"phone": phone, "modules": needed_at_once("js/capture.js"), "hints": HINTS}


def _own(user: User, id: uuid.UUID) -> Observation:
    return get_object_or_404(permissions.own_observations(user).for_reading(), pk=id)


def _uuid4(text: str) -> uuid.UUID | None:
    try:
        identifier = uuid.UUID(text)
    except ValueError:
        return None
    return identifier if identifier.version == 4 else None


def _user(request: HttpRequest) -> User:
    """Who `permissions.require` let in."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type
    return request.user
