"""The description of the API is complete, and the API does what it says."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from observations.models import User
from tests import factories


def test_the_description_is_complete_and_without_a_warning(capsys):
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "Warning" not in capsys.readouterr().err


@pytest.mark.django_db
def test_the_description_is_json_and_lists_what_there_is(client):
    response = client.get(reverse("api-schema"))
    assert response.status_code == 200
    names = ["themes/", "neighbourhoods/", "map/", "syntheses/", "syntheses/{id}/"]
    assert set(response.json()["paths"]) == {f"/api/v1/{name}" for name in names}


PATHS = [
    "/api/v1/themes/",
    "/api/v1/neighbourhoods/",
    "/api/v1/map/",
    "/api/v1/syntheses/",
    "/api/v1/syntheses/{id}/",
]


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The whole application in this thread, kept from closing the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", PATHS)
def test_any_request_is_answered_as_described(path: str, cdsu: User, application: WSGIHandler):
    factories.ObservationFactory(point=(51.03, 2.36))
    api = schemathesis.openapi.from_wsgi(reverse("api-schema"), application)
    client = Client()
    client.force_login(cdsu)
    name = django_settings.SESSION_COOKIE_NAME
    cookies = {name: client.cookies[name].value}

    # Bounded, and always the same requests: a failure can be seen again.
    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=api[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        # A description cannot say that a box is four ordered numbers, or which slugs exist: such requests
        # are refused, as they should be.
        case.call_and_validate(
            cookies=cookies,
            headers={"Accept-Encoding": "identity"},
            # The session goes with every call, so it cannot be taken away; test_summaries_api.py tries bad tokens.
            excluded_checks=[positive_data_acceptance, negative_data_rejection, ignored_auth],
        )

    check()
