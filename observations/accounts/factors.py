"""One's own account: passkeys, an application's codes, recovery codes."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache

from observations import permissions


class Account(base.IndexView):
    """« Mon compte » : how I enter."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`codes_left` is None for whoever has no recovery codes."""
        context = super().get_context_data(**kwargs)
        found = context["authenticators"]
        recovery_codes = found.get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "keys": [key.instance for key in found.get(Authenticator.Type.WEBAUTHN, [])],
            "app": found.get(Authenticator.Type.TOTP),
            "codes_left": len(recovery_codes.get_unused_codes()) if recovery_codes else None,
            "lacks": permissions.lacks_second_factor(self.request),
            "must": permissions.must_have_second_factor(self.request.user),
        }


class AddPasskey(passkeys.AddWebAuthnView):
    """A key that opens the account alone, because it checks who holds it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _prove(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemovePasskey(passkeys.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return super().form_valid(form)


class ActivateApp(totp.ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _prove(self.request, Authenticator.Type.TOTP)
        return response


def _prove(request: HttpRequest, kind: str) -> None:
    """What was just set up has just been shown: it is not asked for again at once."""
    record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponseBase:
    return Account.as_view()(request)


# Adding a key or an application gives lasting access: whoever holds an open phone for a minute must not.
add_passkey = login_required(never_cache(permissions.require_recent_sign_in(AddPasskey.as_view())))
activate_app = login_required(never_cache(permissions.require_recent_sign_in(ActivateApp.as_view())))
remove_passkey = login_required(never_cache(RemovePasskey.as_view()))
deactivate_app = never_cache(totp.deactivate_totp)
recovery_codes = never_cache(recovery.view_recovery_codes)
renew_recovery_codes = login_required(never_cache(recovery.generate_recovery_codes))
