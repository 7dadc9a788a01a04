"""The description of the API is complete, and the API does what it says."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse

from observations.models import User
from tests import factories
from tests.api.described import DOOR, PATHS, answers_as_described


def test_the_description_is_complete_and_without_a_warning(capsys):
    call_command("spectacular", validate=True, fail_on_warn=True)
    assert "Warning" not in capsys.readouterr().err


@pytest.mark.django_db
def test_the_description_is_json_and_lists_what_there_is(client):
    response = client.get(reverse("api-schema"))
    assert response.status_code == 200
    names = ["themes/", "neighbourhoods/", "map/", "syntheses/", "syntheses/{id}/"]
    assert set(response.json()["paths"]) == {f"/api/v1/{name}" for name in names} | {"/saisie/{id}/"}


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
    """As a CDSU; tests/proof/test_schemathesis.py goes further, as everybody."""
    factories.ObservationFactory(point=(51.03, 2.36))
    answers_as_described(application, path, by=cdsu, examples=25)


def test_any_observation_is_answered_as_described(agent: User, banc_vert, application: WSGIHandler):
    answers_as_described(application, DOOR, by=agent, examples=25)
