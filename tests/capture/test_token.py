"""GET /saisie/jeton/: what a phone learns before it sends."""

import gzip
import json

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime

from observations.models import Role
from tests import factories
from tests.capture.wire import put

ADDRESS = "/saisie/jeton/"


def test_the_token_opens_the_door(agent, banc_vert):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    token = client.get(ADDRESS).json()["token"]
    assert put(client, **{"X-CSRFToken": token}).status_code == 201


def test_it_says_whose_queue_may_be_sent(agent, signed_in):
    agent.name = "Nadia B."
    agent.save()
    user = signed_in(agent).get(ADDRESS).json()["user"]
    agent.refresh_from_db()
    assert parse_datetime(user.pop("since")) == agent.last_login
    assert user == {
        "key": str(agent.pk),
        "name": "Nadia B.",
        "role": "agent",
        "neighbourhoods": None,
        "note_takers": [],
    }


def test_another_sign_in_is_told_from_the_first(agent, signed_in):
    first = signed_in(agent).get(ADDRESS).json()["user"]["since"]
    assert signed_in(agent).get(ADDRESS).json()["user"]["since"] > first


def test_an_account_limited_to_neighbourhoods_names_those_still_active(signed_in, banc_vert, soubise):
    gone = factories.NeighbourhoodFactory(active=False)
    limited = factories.UserFactory(neighbourhoods=[soubise, gone])
    assert signed_in(limited).get(ADDRESS).json()["user"]["neighbourhoods"] == [soubise.code]


def test_a_cdsu_learns_who_may_have_noted_on_paper(cdsu, agent, council, partner, signed_in):
    takers = signed_in(cdsu).get(ADDRESS).json()["user"]["note_takers"]
    assert sorted(takers) == sorted([[str(agent.pk), str(agent)], [str(council.pk), str(council)]])


@pytest.mark.django_db
def test_nobody_signed_in_answers_401_as_the_door_does(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 401
    assert answer.json() == put(client).json() == {"errors": {"__all__": ["Reconnectez-vous pour envoyer."]}}


@pytest.mark.parametrize("role", ["partner", "administrator"])
def test_another_role_answers_403_as_the_door_does(role, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    answer = client.get(ADDRESS)
    assert answer.status_code == 403
    assert answer.json() == put(client).json()


@pytest.mark.parametrize("who", ["agent", None])
def test_no_cache_keeps_it(who, request, client):
    if who:
        client.force_login(request.getfixturevalue(who))
    else:
        request.getfixturevalue("db")
    assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]


def test_it_stays_small_and_asks_as_few_questions_however_many_people(
    cdsu, signed_in, django_assert_max_num_queries
):
    for n in range(60):
        factories.UserFactory(role=Role.AGENT, name=f"Prénom{n * 7919 % 1000} Nom{n * 104_729 % 9973}")
    client = signed_in(cdsu)
    cdsu.neighbourhoods.set([factories.NeighbourhoodFactory() for _ in range(30)])
    with django_assert_max_num_queries(6):
        answer = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert len(json.loads(gzip.decompress(answer.content))["user"]["note_takers"]) == 60
    assert len(answer.content) < 2_000
