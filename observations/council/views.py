"""The residents' council: four doors, its charter first; and the hands it offers, which a CDSU answers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import council as actions
from observations.form_fields import prose, select
from observations.models import Action, Territory, User
from observations.models.offer import OFFER_MAX, Offer, OfferState
from observations.models.programme import ActionQuerySet
from observations.papers.catalogue import PAPERS, page
from observations.permissions import (
    SignedInRequest,
    can_answer_offers,
    can_open_council,
    neighbourhoods_for,
    own_observations,
    require,
    tellable,
)

written = require_http_methods(["GET", "HEAD", "POST"])
TOO_LATE = "Rien n’a changé : une réponse est arrivée entre-temps."


class OfferForm(forms.Form):
    """What I can do, and for what."""

    action = forms.ModelChoiceField(
        Action.objects.none(),
        required=False,
        label="Pour quelle action",
        empty_label="Une autre, ou je ne sais pas encore",
        **select("Choisissez une action de la liste, ou aucune."),
    )
    text = prose(
        "Ce que je peux faire",
        OFFER_MAX,
        required="Dites ce que vous pouvez faire.",
        help_text="« Tenir la buvette le samedi », « prêter ma remorque », « traduire en turc ».",
    )

    def __init__(self, *args: Any, actions: ActionQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].queryset = actions  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Taken at their word, or thanked; always with a word."""

    how = forms.ChoiceField(choices=[("oui", "Oui"), ("non", "Pas cette fois")])
    text = forms.CharField(max_length=OFFER_MAX)


@require(can_open_council)
@never_cache
@written
def charter(request: SignedInRequest) -> HttpResponse:
    """Read, then accepted; before that no other page opens (nouveaux_accords/charter.py)."""
    if request.method == "POST":
        if request.POST.get("accepte") != "oui":
            return _charter_page(request, status=422, missing=True)
        actions.accept_charter(user=request.user)
        messages.success(request, "Merci. Les quatre portes sont ouvertes.")
        return redirect("council")
    return _charter_page(request)


def _charter_page(request: SignedInRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    context = {"section": "council", "text": page(PAPERS["charte"], Territory.current()), **extra}
    return render(request, "council/charter.html", context, status=status)


@require(can_open_council)
@never_cache
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """The four doors, and what became of what was said and offered."""
    user = request.user
    context = {
        "section": "council",
        "n": own_observations(user).count(),
        "cards": tellable(user).count(),
        "actions": _near(user).count(),
        "offers": Offer.objects.filter(by=user).select_related("action")[:3],
    }
    return render(request, "council/home.html", context)


def _near(user: User) -> ActionQuerySet:
    """This year's actions in this person's neighbourhoods, or everywhere."""
    here = Q(neighbourhoods__in=neighbourhoods_for(user).values("pk")) | Q(neighbourhoods=None)
    near = Action.objects.filter(here).values("pk")
    return Action.objects.filter(year=timezone.localdate().year, pk__in=near).order_by("name", "pk")


@require(can_open_council)
@never_cache
@require_safe
def relay(request: SignedInRequest) -> HttpResponse:
    """Amplificateur: what is planned near me, to be told around; and how it goes."""
    context = {"section": "council", "actions": _near(request.user).for_listing()}
    return render(request, "council/relay.html", context)


@require(can_open_council)
@never_cache
@written
def offers(request: SignedInRequest) -> HttpResponse:
    """Coup de pouce: offered, waiting, answered."""
    user = request.user
    sent = request.POST if request.method == "POST" else None
    form = OfferForm(sent, initial={"action": request.GET.get("action")}, actions=_near(user))
    if sent is not None and form.is_valid():
        try:
            actions.offer(by=user, **form.cleaned_data)
        except actions.Enough:
            form.add_error(
                None, "Vos autres coups de pouce attendent encore une réponse : laissez-leur le temps."
            )
        else:
            messages.success(request, "C’est envoyé. La réponse viendra ici.")
            return redirect("council_offers")
    mine = Offer.objects.filter(by=user).select_related("action")
    context = {"section": "council", "form": form, "offers": mine}
    return render(request, "council/offers.html", context, status=422 if form.is_bound else 200)


@require_POST
@require(can_open_council)
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.take_back(offer=get_object_or_404(Offer, pk=pk, by=request.user))
        messages.success(request, "C’est retiré.")
    except actions.Answered:
        messages.error(request, TOO_LATE)
    return redirect("council_offers")


@require(can_answer_offers)
@never_cache
@require_safe
def to_answer(request: SignedInRequest) -> HttpResponse:
    """For a CDSU: hands offered, those that wait first."""
    return _to_answer(request)


def _to_answer(request: SignedInRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    rows = list(Offer.objects.select_related("action", "by", "answered_by"))
    context = {
        "section": "actions",
        "waiting": [one for one in rows if one.state == OfferState.WAITING],
        "answered": [one for one in rows if one.state != OfferState.WAITING],
        "longest": OFFER_MAX,
        **extra,
    }
    return render(request, "council/to_answer.html", context, status=status)


@require_POST
@require(can_answer_offers)
@never_cache
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    offer, form = get_object_or_404(Offer, pk=pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _to_answer(request, status=422, refused=pk, form=form)
    taken = form.cleaned_data["how"] == "oui"
    try:
        actions.answer(offer=offer, taken=taken, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Réponse envoyée.")
    except actions.Answered:
        messages.error(request, TOO_LATE)
    return redirect("offers_to_answer")
