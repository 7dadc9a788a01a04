"""The reviewer's filters with a name: kept from what is on, opened from any view, forgotten."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from observations.actions import saved as actions
from observations.models.saved import NAME_MAX, QUERY_MAX, SAVED_MAX
from observations.permissions import SignedInRequest, can_review, require
from observations.review.selection import selection
from observations.typography import quoted

ADVICE = {
    "required": "Donnez un nom à ces filtres.",
    "max_length": f"Le nom d’un filtre tient en {NAME_MAX} caractères.",
}


class NameForm(forms.Form):
    name = forms.CharField(max_length=NAME_MAX, error_messages=ADVICE)


@require_POST
@require(can_review)
def keep(request: SignedInRequest) -> HttpResponse:
    """Keeps the filters of the query string under the name given, and comes back to them."""
    chosen, form = selection(request), NameForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["name"])))
    elif not chosen.chips:
        messages.error(request, "Posez d’abord un filtre : il n’y a encore rien à garder.")
    elif len(chosen.query) > QUERY_MAX:
        messages.error(request, "Ces filtres sont trop longs pour être gardés : cherchez avec moins de mots.")
    else:
        name = form.cleaned_data["name"]
        try:
            actions.keep(by=request.user, name=name, query=chosen.query)
            messages.success(request, f"Filtres gardés sous le nom {quoted(name)}.")
        except actions.TooMany:
            messages.error(request, f"Vous en gardez déjà {SAVED_MAX} : retirez-en un d’abord.")
    return redirect(reverse("review") + chosen.query)


@require_POST
@require(can_review)
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    if not actions.forget(by=request.user, pk=pk):
        raise Http404
    messages.success(request, "Filtres retirés de votre liste.")
    return redirect(reverse("review") + selection(request).query)
