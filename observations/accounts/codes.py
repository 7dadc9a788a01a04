"""A code sent by e-mail that proves a mailbox: to take up an invitation, or to say again who is here."""

import secrets
import time
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import compare_user_code
from django.conf import settings
from django.http import HttpRequest

from observations.accounts.forms import count_attempt, spend_once

KEY: Final = "code_by_email"


def send(request: HttpRequest, *, purpose: str, email: str, template: str) -> None:
    """Sends a code and keeps it in this session; it replaces the one before. `purpose` says what it may open."""
    code = get_adapter().generate_login_code()
    request.session[KEY] = {
        "id": secrets.token_urlsafe(16),
        "purpose": purpose,
        "email": email,
        "code": code,
        "at": time.time(),
    }
    get_adapter().send_mail(template, email, {"code": code})


def pending(request: HttpRequest, purpose: str) -> dict[str, Any] | None:
    """The code that this session waits for, if it is still good."""
    kept = request.session.get(KEY)
    if not kept or kept["purpose"] != purpose:
        return None
    return kept if time.time() - kept["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT else None


def check(request: HttpRequest, *, purpose: str, typed: str) -> str:
    """The address that the right code proves. Raises ValidationError, in French; a code serves once."""
    kept = pending(request, purpose)
    if kept is None:
        raise get_adapter().validation_error("incorrect_code")
    count_attempt(kept["id"])
    if not compare_user_code(actual=typed, expected=kept["code"]):
        raise get_adapter().validation_error("incorrect_code")
    spend_once(kept["id"])
    del request.session[KEY]
    return str(kept["email"])
