"""Accounts and invitations, for those who answer for them. No figure of what anybody did."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from observations import permissions
from observations.actions import accounts, invitations
from observations.models import Invitation, Neighbourhood, User
from observations.permissions import can_manage_accounts, require
from observations.qr import qr_code
from observations.typography import french


class InvitationForm(forms.Form):
    """What `by` may offer, and nothing more."""

    role = forms.ChoiceField(label="Rôle")
    neighbourhoods = forms.ModelMultipleChoiceField(
        Neighbourhood.objects.none(), label="Quartiers", required=False
    )
    email = forms.EmailField(label="Son adresse électronique", required=False, max_length=254)

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self.limited = permissions.must_limit_invitations(by)
        roles = permissions.invitable_roles(by)
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, role.label) for role in roles]
        places = cast(forms.ModelMultipleChoiceField, self.fields["neighbourhoods"])
        places.queryset = permissions.neighbourhoods_for(by).defer("boundary")

    def clean_neighbourhoods(self) -> Any:
        chosen = self.cleaned_data["neighbourhoods"]
        if self.limited and not chosen:
            raise ValidationError("Choisissez au moins un de vos quartiers.")
        return chosen

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@require(can_manage_accounts)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Accounts, pending invitations, and the form of a new one."""
    by = _who(request)
    form = InvitationForm(request.POST if request.method == "POST" else None, by=by)
    if form.is_valid():
        invitation, token = invitations.invite(**form.cleaned_data, by=by)
        return _shown(request, invitation, token)
    keyed = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type="recovery_codes")
    known = permissions.manageable_accounts(by).annotate(has_factor=Exists(keyed))
    context = {
        "form": form,
        "accounts": known.prefetch_related(_places()).order_by("-is_active", "name", "email"),
        "invitations": permissions.manageable_invitations(by).prefetch_related(_places()),
    }
    return render(request, "accounts/people.html", context, status=422 if form.errors else 200)


def _places() -> Prefetch:
    return Prefetch("neighbourhoods", Neighbourhood.objects.defer("boundary"))


def _shown(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """The link and its drawing, this once. Sent too, to an address that was given."""
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    if invitation.email:
        context = {"link": link, "invitation": invitation}
        get_adapter().send_mail("account/email/invitation", invitation.email, context)
    context = {"link": link, "qr": qr_code(link), "invitation": invitation}
    return render(request, "accounts/invited.html", context)


@require(can_manage_accounts)
@never_cache
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    by = _who(request)
    invitation = get_object_or_404(permissions.manageable_invitations(by), pk=pk)
    try:
        token = invitations.renew(invitation=invitation, by=by)
    except invitations.NoLonger:
        return _back(request, "Cette invitation vient de servir.")
    return _shown(request, invitation, token)


@require(can_manage_accounts)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    by = _who(request)
    invitation = get_object_or_404(permissions.manageable_invitations(by), pk=pk)
    try:
        invitations.revoke(invitation=invitation, by=by)
    except invitations.NoLonger:
        return _back(request, "Cette invitation vient de servir.")
    return _back(request, "L’invitation est retirée : son lien n’ouvre plus rien.")


@require(can_manage_accounts)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    accounts.close_account(account=account, by=_who(request))
    return _back(request, f"Le compte de {account} est fermé. Ce qui a été écrit reste.")


@require(can_manage_accounts)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    accounts.reopen_account(account=account, by=_who(request))
    return _back(request, f"Le compte de {account} est rouvert.")


@require(can_manage_accounts)
@require_POST
@permissions.require_recent_factor
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    accounts.reset_factor(account=account, by=_who(request))
    get_adapter().send_notification_mail("reset", account)
    return _back(request, f"Le second facteur de {account} est à refaire à sa prochaine connexion.")


def _who(request: HttpRequest) -> User:
    """Whoever is signed in: these pages open to nobody else."""
    return cast(User, request.user)


def _account(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(permissions.manageable_accounts(_who(request)), pk=pk)


def _back(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, french(message))
    return redirect("people")
