"""Requests that schemathesis makes from the description, sent as somebody; every answer must be as described."""

import json
import uuid

import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from observations.models import User
from tests.capture.wire import digest

DOOR = "/saisie/{id}/"
PATHS = [
    "/api/v1/themes/",
    "/api/v1/neighbourhoods/",
    "/api/v1/map/",
    "/api/v1/syntheses/",
    "/api/v1/syntheses/{id}/",
]
# A description cannot say that a box is four ordered numbers, or which slugs exist: such requests are refused, as
# they should be. The session goes with every call, so it cannot be taken away; test_summaries_api.py tries bad tokens.
NOT_SAID = [positive_data_acceptance, negative_data_rejection, ignored_auth]
# At the door's address stands a page too, for people; and the headers below are always sent (test_door.py omits them).
NOT_OF_THE_DOOR = [unsupported_method, missing_required_header]


def answers_as_described(
    application: WSGIHandler, path: str, *, by: User | None = None, token: str = "", examples: int
) -> None:
    """All of schemathesis's checks on `path`; bounded, and always the same requests: a failure can be seen again."""
    api = schemathesis.openapi.from_wsgi(reverse("api-schema"), application)
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if token else {})
    cookies = _session(by) if by else {}

    @settings(max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=api[path]["PUT" if path == DOOR else "GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        if path != DOOR:
            case.call_and_validate(cookies=cookies, headers=headers, excluded_checks=NOT_SAID)
            return
        secret = get_token(request := RequestFactory().get("/"))
        case.cookies = {}
        case.path_parameters = (
            {"id": str(uuid.uuid4())} if isinstance(case.body, dict) else case.path_parameters
        )
        body = json.dumps(case.body, default=str).encode()
        case.headers = {}
        case.call_and_validate(
            cookies=cookies | {django_settings.CSRF_COOKIE_NAME: request.META["CSRF_COOKIE"]},
            headers=headers | {"X-CSRFToken": secret, "Content-Digest": f"sha-256=:{digest(body)}:"},
            data=body,
            excluded_checks=NOT_SAID + NOT_OF_THE_DOOR,
        )

    check()


def _session(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value}
