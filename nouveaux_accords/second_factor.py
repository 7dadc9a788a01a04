"""Whoever owes a second factor reaches nothing before giving it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from observations import permissions
from observations.capture import wire

# The pages that set a second factor up or ask for it, the way out, and what holds nobody's words.
OPEN = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_confirm_by_code",
    "account_login",
    "account_logout",
    "health",
    "manifest",
    "service_worker",
    "offline",
    "offline_shell",
    "outlines",
    "kept_cards",
    "kept_course",
    "told",
    "told_poster",
}


class SecondFactorMiddleware:
    """Leads to the account's page, or to the one that asks; a phone or a program is told 403, and keeps what it has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if (match and match.view_name in OPEN) or not permissions.lacks_second_factor(request):
            return None
        if "text/html" not in request.headers.get("Accept", ""):
            return wire.Refused(403, "Votre second facteur est attendu : connectez-vous.").answer()
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            return redirect("mfa_index")
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
