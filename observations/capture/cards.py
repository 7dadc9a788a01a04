"""The cards that a worker has on the phone: what to tell residents of what they said, and that it was told.

The cards are published: the phone keeps them, the same for everybody, for a stairwell without network.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from observations import permissions
from observations.actions import giving_back as actions
from observations.capture.fields import Day
from observations.models import Edition, GivingBack, Neighbourhood, Telling, User
from observations.models.giving_back import GivingBackQuerySet


class TellingForm(forms.Form):
    """When, how and where residents were told."""

    told_on = Day()
    how = forms.ChoiceField(
        choices=Telling.How.choices,
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], "Dites comment : de vive voix, par l’affiche…"
        ),
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        to_field_name="code",
        required=False,
        error_messages={"invalid_choice": "Choisissez un de vos quartiers, ou aucun."},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = permissions.neighbourhoods_for(user).defer("boundary")
        self.fields["neighbourhood"].queryset = places  # type: ignore[attr-defined]

    def clean_told_on(self) -> Any:
        day = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return day


def for_cards(rows: GivingBackQuerySet) -> list[dict[str, Any]]:
    """Each with its last edition, newest first; two queries."""
    found = rows.prefetch_related(Prefetch("editions", Edition.objects.order_by("-number")))
    return [
        {"giving_back": row, "edition": row.editions.all()[0]}
        for row in found.order_by("-published_at", "-pk")
    ]


@permissions.require(permissions.can_tell)
@never_cache
@require_safe
def listed(request: permissions.SignedInRequest) -> HttpResponse:
    """Those of one's neighbourhoods; the ones that one's own observations are behind come first."""
    return _page(request)


def _page(request: permissions.SignedInRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    user = request.user
    cards = for_cards(permissions.tellable(user))
    mine = set(permissions.needs_of_own(user).values_list("need", flat=True))
    told: dict[int, list[Telling]] = {}
    known = Telling.objects.filter(giving_back__in=[card["giving_back"].pk for card in cards])
    for telling in known.select_related("neighbourhood"):
        told.setdefault(telling.giving_back_id, []).append(telling)
    for card in cards:
        card["mine"] = card["giving_back"].need_id in mine
        card["tellings"] = told.get(card["giving_back"].pk, [])
    places = list(permissions.neighbourhoods_for(user).defer("boundary"))
    context = {
        "cards": sorted(cards, key=lambda card: not card["mine"]),
        "places": places,
        "today": timezone.localdate(),
        "hows": Telling.How.choices,
        **extra,
    }
    return render(request, "capture/cards.html", context, status=status)


@require_POST
@permissions.require(permissions.can_tell)
def tell(request: permissions.SignedInRequest, code: str) -> HttpResponse:
    """Residents were told: noted, with its undo beside it."""
    card = get_object_or_404(permissions.tellable(request.user), code=code)
    form = TellingForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form=form, telling=code, status=422)
    try:
        actions.tell(giving_back=card, by=request.user, **form.cleaned_data)
        messages.success(request, "C’est noté. Merci pour celles et ceux qui avaient parlé.")
    except actions.NotReady:
        messages.error(request, "Rien n’est noté : ce retour vient d’être retiré.")
    return redirect(reverse("cards") + f"#{code}")


@require_POST
@permissions.require(permissions.can_tell)
def take_back(request: permissions.SignedInRequest, pk: int) -> HttpResponse:
    """One's own, noted by mistake."""
    telling = get_object_or_404(permissions.own_tellings(request.user), pk=pk)
    actions.take_back(telling=telling)
    messages.success(request, "C’est retiré.")
    return redirect(reverse("cards") + f"#{telling.giving_back.code}")


def kept_on_phones() -> dict[str, Any]:
    """What the document that phones keep says: every card of the territory, of nobody in particular."""
    return {"cards": for_cards(GivingBack.objects.open()), "kept": True}
