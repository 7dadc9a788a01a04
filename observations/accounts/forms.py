"""Codes: each serves once, and few are tried, however many processes and requests at the same time."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.core import context, ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.cache import cache

from observations.models import User

# An application's code is accepted 30 s before and after its own 30 s (MFA_TOTP_TOLERANCE).
VALID = 90


def spend(user: User, code: str) -> None:
    """Raises ValidationError when this code of this person has served already, in whichever process."""
    digits = "".join(filter(str.isdigit, code))
    if not cache.add(f"totp:{user.pk}:{digits}", 1, timeout=VALID):
        raise get_adapter().validation_error("incorrect_code")


class Once(BaseAuthenticateForm):
    """A code of the application is spent by what it opens."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            spend(self.user, code)
        return code


class Authenticate(Once, AuthenticateForm):
    """At sign-in."""


class Reauthenticate(Once, ReauthenticateForm):
    """Asked again."""


class ActivateTOTP(ActivateTOTPForm):
    def clean_code(self) -> str:
        code = super().clean_code()
        spend(self.user, code)
        return code


class CodeForm(forms.Form):
    code = forms.CharField(max_length=20)


class RequestLoginCode(RequestLoginCodeForm):
    """Counts the codes sent to an address by the network that asks: a stranger uses up their own, not mine."""

    def clean_email(self) -> str:
        email = super().clean_email()
        key = f"{email.lower()}:{get_ip(context.request)}"
        if not ratelimit.consume(context.request, action="code_to_address", key=key):
            raise get_account_adapter().validation_error("rate_limited")
        return email


class ConfirmLoginCode(ConfirmLoginCodeForm):
    """allauth counts the attempts in the session, which requests at the same time read before any has written."""

    def clean_code(self) -> str:
        session = context.request.session
        pending = f"{session.session_key}:{session[LOGIN_SESSION_KEY]['initiated_at']}"
        count_attempt(pending)
        code = super().clean_code()
        spend_once(pending)
        return code


def count_attempt(pending: str) -> None:
    """Counts one try of the code that `pending` names. Raises ValidationError once there were too many."""
    if not ratelimit.consume(context.request, action="code_attempt", key=pending):
        raise get_account_adapter().validation_error("too_many_login_attempts")


def spend_once(pending: str) -> None:
    """Raises ValidationError when the code that `pending` names has opened something already."""
    if not cache.add(f"code:{pending}", 1, timeout=settings.ACCOUNT_LOGIN_TIMEOUT):
        raise get_account_adapter().validation_error("incorrect_code")
