"""Which month an account was last used: what closes the accounts that nobody opens any more."""

import contextlib
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase

from observations.actions import unused
from observations.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]


def noted(get_response: Handler) -> Handler:
    """Middleware: one write a month and account. Asks for nobody: only a page that looked at who reads it counts."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        user = getattr(request, "_cached_user", None)
        if isinstance(user, User):
            # The answer is made, and true: it does not become an error for this.
            with contextlib.suppress(DatabaseError):
                unused.note_use(by=user)
        return response

    return middleware
