"""The doors: a passkey, a code by e-mail, and a password in the demonstration."""

from typing import Any

from allauth.account import views
from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from observations.accounts import devices


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The password page of the demonstration; elsewhere, the page that sends a code by e-mail."""
    if settings.DEMO:
        devices.ask(request)
        response = views.login(request)
        if request.user.is_authenticated:
            # allauth has just given a password's session its thirty days.
            devices.settle(request)
        return response
    return redirect(reverse("account_request_login_code", query=request.GET))


def ask_code(request: HttpRequest) -> HttpResponseBase:
    """Sends a code by e-mail."""
    devices.ask(request)
    return views.request_login_code(request)


class PasskeySignIn(NextRedirectMixin, LoginWebAuthnView):
    """allauth's, which comes back to the page that was asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        devices.ask(self.request)
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=self.get_next_url())
        return flows.perform_passwordless_login(self.request, key, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, "Cette clé n’ouvre aucun compte ici. Demandez un code par courriel.")
        return redirect(reverse("account_login"))


passkey_sign_in = PasskeySignIn.as_view()


def administration_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The one sign-in page; to somebody signed in already, the administration is another's."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(reverse("account_login", query=request.GET))
