"""Address search: what is found nearby, and how it degrades to nothing."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError, GeocoderTimedOut

from observations.capture import geocode
from tests.conftest import shared

SEARCH = "/saisie/adresses/"
FRANCE = (-5.0, 41.0, 10.0, 52.0)
PARIS = (2.2, 48.8, 2.5, 48.95)


def answering(answer):
    """An adapter factory whose network says `answer`: JSON, or an error to raise. Keeps the address asked."""
    asked = []

    class Adapter(BaseSyncAdapter):
        def get_json(self, url, *, timeout, headers):
            asked.append((url, timeout))
            if isinstance(answer, Exception):
                raise answer
            return answer

        get_text = get_json

    def factory(*, proxies, ssl_context):
        return Adapter(proxies=proxies, ssl_context=ssl_context)

    factory.asked = asked
    return factory


def real(name):
    return json.loads(shared(f"geocodage/{name}").read_text())


def test_addresses_come_from_the_service_s_real_answer():
    found = geocode.find(
        "8 boulevard", PARIS, adapter_factory=answering(real("geopf_search_housenumber_paris.json"))
    )
    assert found
    assert all(PARIS[0] <= a.longitude <= PARIS[2] and PARIS[1] <= a.latitude <= PARIS[3] for a in found)


def test_streets_of_other_towns_are_left_out():
    network = answering(real("ban_search_5_rues.json"))
    assert len(geocode.find("rue napoléon", FRANCE, adapter_factory=network)) == 5
    assert geocode.find("rue napoléon", PARIS, adapter_factory=network) == []


def test_no_address_is_an_answer():
    network = answering(real("geopf_search_vide.json"))
    assert geocode.find("zzzz", PARIS, adapter_factory=network) == []


def test_the_service_is_asked_near_the_territory_and_for_two_seconds(settings):
    settings.GEOCODER_DOMAIN = "geocodeur.example.test"
    network = answering({"features": []})
    geocode.find("place Jean-Bart", (2.0, 51.0, 3.0, 52.0), adapter_factory=network)
    url, timeout = network.asked[0]
    asked = parse_qs(urlsplit(url).query)
    assert urlsplit(url).netloc == "geocodeur.example.test"
    assert (asked["q"], asked["lat"], asked["lon"]) == (["place Jean-Bart"], ["51.5"], ["2.5"])
    assert timeout == 2


@pytest.mark.parametrize(
    "broken",
    [
        GeocoderTimedOut("2 s"),
        GeocoderServiceError("panne"),
        {"features": [{"geometry": None}]},
        {"features": [{"geometry": {"coordinates": []}}]},
        {"features": [{"geometry": {"coordinates": [2.3, 951.0]}, "properties": {}}]},
        {"features": 3},
        [],
    ],
)
def test_a_service_that_does_not_answer_is_nothing_found(broken):
    assert not geocode.find("rue", PARIS, adapter_factory=answering(broken))


@pytest.fixture
def network(monkeypatch):
    """`network(answer)` makes the search page's own geocoder say that."""

    def set_answer(answer):
        factory = answering(answer)
        find = geocode.find
        monkeypatch.setattr(geocode, "find", lambda q, box: find(q, box, adapter_factory=factory))
        return factory

    return set_answer


def place(longitude, latitude):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {"label": "Place Jean Bart 59140 Dunkerque"},
    }


@pytest.mark.usefixtures("banc_vert")
def test_the_page_receives_what_is_in_its_territory(agent, network, signed_in):
    network({"features": [place(2.36, 51.03), place(2.36, 43.0)]})
    answer = signed_in(agent).post(SEARCH, {"q": "place jean bart"}).json()
    assert answer == {
        "addresses": [{"label": "Place Jean Bart 59140 Dunkerque", "latitude": 51.03, "longitude": 2.36}],
        "message": "",
    }


@pytest.mark.usefixtures("banc_vert")
def test_a_silent_service_is_said_and_costs_nothing(agent, network, signed_in):
    network(GeocoderTimedOut("2 s"))
    response = signed_in(agent).post(SEARCH, {"q": "place jean bart"})
    assert response.status_code == 200
    assert response.json() == {
        "addresses": [],
        "message": "La recherche d’adresse ne répond pas. Touchez la carte ou laissez vide.",
    }


@pytest.mark.usefixtures("banc_vert")
def test_two_letters_ask_nobody(agent, network, signed_in):
    factory = network({"features": []})
    assert signed_in(agent).post(SEARCH, {"q": " a "}).json()["message"]
    assert factory.asked == []


def test_a_typed_address_is_never_in_an_address(agent, signed_in):
    assert signed_in(agent).get(SEARCH, {"q": "12 rue des Lilas"}).status_code == 405


@pytest.mark.parametrize("role", ["partner", "administrator"])
def test_another_role_searches_nothing(role, request, signed_in):
    assert signed_in(request.getfixturevalue(role)).post(SEARCH, {"q": "rue"}).status_code == 403


def test_nobody_signed_in_searches_nothing(client, db):
    assert client.post(SEARCH, {"q": "rue"}).status_code == 302


@pytest.mark.usefixtures("banc_vert")
def test_the_typed_address_stands_in_no_log(agent, network, signed_in, caplog):
    network(GeocoderServiceError("panne"))
    signed_in(agent).post(SEARCH, {"q": "CANARI des Lilas"})
    assert "CANARI" not in caplog.text
