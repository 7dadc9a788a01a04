"""Tokens of partners' systems."""

from django.contrib.auth.models import AnonymousUser
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from observations.actions import sharing
from observations.models import ApiToken
from observations.permissions import opened_by_token


class TokenAuthentication(BaseAuthentication):
    """« Authorization: Bearer … » (RFC 6750). The token is `request.auth`; nobody is `request.user`.

    A view that asks for an account therefore refuses a token by itself.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, ApiToken] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = opened_by_token(token.strip())
        if key is None:
            raise AuthenticationFailed("Jeton inconnu, retiré ou arrivé à son terme.")
        sharing.note_opened(key=key)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "observations.api.authentication.TokenAuthentication"
    name = "jeton"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
