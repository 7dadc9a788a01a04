"""The page behind an invitation's link. Looking consumes nothing: mail programs open links before people do."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from observations.accounts import codes
from observations.accounts.forms import CodeForm
from observations.actions import invitations
from observations.models import Invitation
from observations.models.sharing import hashed


class ArrivalForm(forms.Form):
    name = forms.CharField(max_length=80)
    email = forms.EmailField(max_length=254)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Says what is offered; sends a code to the address typed; the code opens the account, and the link is used up."""
    invitation = Invitation.objects.open().filter(token_hash=hashed(token)).first()
    if invitation is None:
        return _no_longer(request)
    if request.method != "POST" or request.user.is_authenticated:
        return _page(request, invitation)
    if "code" in request.POST:
        return _enter(request, invitation, token)
    return _send(request, invitation)


def _send(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    # An address that the inviter gave is not for the visitor to change.
    form = ArrivalForm({**request.POST.dict(), **({"email": invitation.email} if invitation.email else {})})
    if not form.is_valid():
        return _page(request, invitation, form=form)
    email = form.cleaned_data["email"]
    asked = ratelimit.consume(request, action="request_login_code")
    if not asked or not ratelimit.consume(
        request, action="code_to_address", key=f"{email}:{get_ip(request)}"
    ):
        form.add_error("email", get_adapter().validation_error("rate_limited"))
        return _page(request, invitation, form=form)
    # The same answer and the same message whether or not the address has an account: only its reader learns it.
    codes.send(request, purpose=_purpose(invitation), email=email, template="account/email/arrival_code")
    request.session["arrival_name"] = form.cleaned_data["name"]
    return redirect(request.path)


def _enter(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = CodeForm(request.POST)
    try:
        if not form.is_valid():
            return _page(request, invitation, code_form=form)
        email = codes.check(request, purpose=_purpose(invitation), typed=form.cleaned_data["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return _page(request, invitation, code_form=form)
    name = request.session.pop("arrival_name", "")
    try:
        account = invitations.accept(token=token, email=email, name=name)
    except invitations.NoLonger:
        return _no_longer(request)
    except ValidationError:
        return _page(request, invitation, known=email)
    record_authentication(request, account, "code", email=email)
    return perform_login(request, Login(user=account, email=email))


def _page(request: HttpRequest, invitation: Invitation, **context: Any) -> HttpResponse:
    kept = codes.pending(request, _purpose(invitation))
    defaults = {"form": ArrivalForm(), "code_form": CodeForm(), "sent_to": kept["email"] if kept else ""}
    defaults |= {"invitation": invitation, "places": invitation.neighbourhoods.defer("boundary")}
    bad = any(form.errors for form in context.values() if isinstance(form, forms.Form))
    return render(request, "accounts/arrival.html", defaults | context, status=422 if bad else 200)


def _no_longer(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_longer.html", status=404)


def _purpose(invitation: Invitation) -> str:
    return f"invitation {invitation.pk}"
