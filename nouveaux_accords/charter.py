"""A member of the residents' council accepts the charter before anything else opens."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from nouveaux_accords.second_factor import OPEN
from observations import permissions
from observations.capture import wire

# The charter itself, the papers that it speaks of, one's own account, and who sees what.
BEFORE = ("/conseil/charte/", "/confidentialite/", "/compte/", "/qui-voit-quoi/", "/static/")


class CharterMiddleware:
    """Leads to the charter; a phone or a program is told 403, and keeps what it has."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        free = (match and match.view_name in OPEN) or request.path.startswith(BEFORE)
        if free or not permissions.must_accept_charter(request.user):
            return None
        if "text/html" in request.headers.get("Accept", "text/html"):
            return redirect("charter")
        return wire.Refused(403, "Acceptez d’abord la charte du conseil citoyen.").answer()
