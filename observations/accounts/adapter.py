"""How allauth behaves here: accounts are given, never taken; passwords are for the demonstration."""

import base64
import hashlib
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from observations import permissions
from observations.accounts import devices
from observations.models import User

SITE = "Nouveaux Accords"
# What the owner of an account is told by e-mail, by the name of allauth's letter.
FACTOR_CHANGES = {
    "webauthn_added": "une clé d’accès a été ajoutée",
    "webauthn_removed": "une clé d’accès a été retirée",
    "totp_activated": "une application qui donne des codes a été ajoutée",
    "totp_deactivated": "l’application qui donnait des codes a été retirée",
    "recovery_codes_generated": "de nouveaux codes de secours ont été faits",
    "reset": "le second facteur a été remis à zéro par une personne qui gère les comptes",
}

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):
    """Nobody opens an account alone: somebody who knows them does."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "Ce n’est pas ce code. Vérifiez le dernier message reçu.",
        "too_many_login_attempts": "Trop d’essais. Demandez un autre code, ou réessayez dans quelques minutes.",
        "rate_limited": "Trop d’essais. Réessayez dans quelques minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """In our words, and without the network address and browser that allauth's letter gives.

        A mail server that is away does not undo what was changed.
        """
        change = FACTOR_CHANGES[template_prefix.rpartition("/")[2]]
        link = self.request.build_absolute_uri(reverse("devices"))
        try:
            self.send_mail(
                "account/email/factor_changed", user.email, {"change": change, "devices_link": link}
            )
        except OSError as error:  # the mail server's refusals are OSErrors too
            logger.error("letter to user %s not sent: %s", user.pk, type(error).__name__)

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        devices.remember(request, user)

    def get_login_stages(self) -> list[str]:
        own = f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__name__}"
        return [own if stage == theirs else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to say again who is here, the first one by default."""
        methods = super().get_reauthentication_methods(user)
        ours = [method for method in methods if settings.DEMO or method["id"] != "reauthenticate"]
        # Whoever has neither password nor second factor gets another code by e-mail.
        return ours or [{"id": "code", "description": "", "url": reverse("account_confirm_by_code")}]


class SecondFactorStage(AuthenticateStage):
    """allauth's, but a worker's passkey replaces the code by e-mail: it is not asked on top of it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        asked = permissions.must_have_second_factor(user) or has_app(user)
        return asked and super()._should_handle(request)


class MFAAdapter(DefaultMFAAdapter):
    """Keys and codes: their secrets are sealed in the database, their words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Il vous faut un second facteur : ajoutez-en un autre, puis retirez celui-ci.",
        "incorrect_code": "Ce n’est pas le bon code, ou il a déjà servi. Attendez le suivant.",
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What another SECRET_KEY sealed is lost: no code opens it, and the factor has to be reset."""
        try:
            return bytes(_box().decrypt(encrypted_text.encode())).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever owes a second factor keeps one."""
        if not permissions.must_have_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return f"Clé {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": SITE}


def has_app(user: User) -> bool:
    """Whether an application gives this person codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def _box() -> MultiFernet:
    """Seals with SECRET_KEY; opens with its predecessors too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
