"""The installable shell: the same for everybody, complete, and another version when its content changes."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from observations.capture import pwa
from observations.models import Neighbourhood, Territory, Theme
from tests import factories

DOCUMENTS = ["offline_shell", "offline", "kept_cards", "kept_course"]
ADDRESSES = [*DOCUMENTS, "outlines", "manifest", "service_worker"]

pytestmark = pytest.mark.usefixtures("banc_vert", "soubise")


def page(client: Client, name: str) -> str:
    return client.get(reverse(name)).content.decode()


def kept(client: Client) -> dict[str, str | list[str]]:
    """What the worker's script says it keeps."""
    script = page(client, "service_worker")
    return json.loads(re.search(r"const KEPT = (.*);\n", script)[1])


def collected(address: str) -> Path:
    return settings.STATIC_ROOT / address.removeprefix(settings.STATIC_URL)


class StaticReferences(HTMLParser):
    """Addresses of the static files that a document names, in its templates too."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = (value.split("#")[0] for name, value in attrs if name in {"src", "href"} and value)
        self.found |= {value for value in values if value.startswith(settings.STATIC_URL)}


# --- the same for everybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_needs_a_session_and_everybody_gets_the_same_bytes(name, client, agent):
    visitor = client.get(reverse(name))
    assert visitor.status_code == 200
    assert not visitor.cookies
    assert "Cookie" not in visitor.get("Vary", "")
    signed_in = Client()
    signed_in.force_login(agent)
    assert signed_in.get(reverse(name)).content == visitor.content


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_documents_hold_neither_account_nor_token_nor_nonce(name, client, agent, cdsu):
    document = page(client, name)
    assert "csrfmiddlewaretoken" not in document
    assert "nonce" not in document
    assert agent.email not in document and cdsu.email not in document
    assert "data-user=" not in document or 'data-user=""' in document


def test_the_shell_offers_every_active_neighbourhood_and_theme(client, soubise):
    factories.NeighbourhoodFactory(name="Ancien quartier", active=False)
    document = page(client, "offline_shell")
    assert "QN05961M" in document and "QN05962M" in document
    assert "Ancien quartier" not in document
    assert all(theme.slug in document for theme in Theme.objects.offered())


def test_the_shell_says_no_date_so_that_it_is_the_same_every_day(client):
    document = page(client, "offline_shell")
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", document)
    assert "Aujourd’hui<" in document


def test_each_place_says_for_whom_it_is(client):
    document = page(client, "offline_shell")
    places = re.findall(r'data-roles="([^"]*)" (hidden)?>\s*<a href="([^"]+)"', document)
    assert places == [
        ("conseil", "hidden", "/conseil/"),
        ("agent conseil cdsu", "", "/saisie/"),
        ("agent conseil", "", "/mes-observations/"),
        ("agent conseil", "", "/retours/"),
        ("cdsu", "hidden", "/relecture/"),
        ("cdsu", "hidden", "/besoins/"),
        ("agent conseil", "", "/carte/"),
        ("cdsu", "hidden", "/syntheses/"),
        ("cdsu", "hidden", "/quartiers/"),
        ("agent conseil cdsu", "", "/actions/"),
        ("cdsu", "hidden", "/journal/"),
    ]


def test_the_outlines_are_those_of_the_whole_territory(client, banc_vert, soubise):
    collection = client.get(reverse("outlines")).json()
    assert [feature["properties"]["code"] for feature in collection["features"]] == ["QN05961M", "QN05962M"]
    assert collection["features"][0]["geometry"] == banc_vert.boundary


def test_the_outlines_have_the_shape_of_those_of_the_account(agent, signed_in):
    client = signed_in(agent)
    of_account = client.get(reverse("api-neighbourhoods")).json()
    for feature in of_account["features"]:
        known = ("code", "name", "short_name")
        feature["properties"] = {name: feature["properties"][name] for name in known}
    assert client.get(reverse("outlines")).json() == of_account


# --- asked again, and answered by a 304 ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_unchanged_answer_is_a_304(name, client):
    first = client.get(reverse(name), HTTP_ACCEPT_ENCODING="gzip")
    assert first["Cache-Control"] == "no-cache"
    again = client.get(reverse(name), HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_is_written_here(name, client):
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize(("name", "queries"), [("offline_shell", 3), ("offline", 1), ("service_worker", 8)])
def test_the_number_of_queries_does_not_grow(name, queries, client, django_assert_num_queries):
    factories.NeighbourhoodFactory.create_batch(20)
    with django_assert_num_queries(queries):
        client.get(reverse(name))


# --- what the worker keeps ----------------------------------------------------------------------------------


def test_the_worker_is_javascript_of_at_most_2_kb(client):
    response = client.get(reverse("service_worker"))
    assert response["Content-Type"] == "text/javascript"
    assert len(gzip.compress(response.content)) <= 2_000


def test_every_file_listed_exists_and_is_hashed(client):
    for address in kept(client)["files"]:
        assert collected(address).is_file(), address
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_that_a_document_names_is_kept(name, client):
    # The phone's own screen keeps the icon of the installed application.
    for_the_system = re.compile(r"/img/apple-touch-icon\.")
    named = StaticReferences(page(client, name)).found
    assert {address for address in named if not for_the_system.search(address)} <= set(kept(client)["files"])


def test_every_module_that_a_kept_module_names_is_kept(client):
    files = kept(client)["files"]
    modules = [address for address in files if "/js/" in address]
    assert any("place_map" in address for address in modules)  # reached through import() alone
    for address in modules:
        named = re.findall(r"""["'`](\.{1,2}/[^"'`]*)["'`]""", collected(address).read_text())
        assert {urljoin(address, path) for path in named} <= set(files), address


def test_nothing_else_of_the_application_is_kept(client):
    """An address that answers by account would put somebody's data in a cache."""
    content = kept(client)
    documents = {content["shell"], content["offline"], content["outlines"]}
    assert documents == {"/saisie/hors-ligne/", "/hors-ligne/", "/saisie/quartiers.json"}


def rename_theme() -> None:
    Theme.objects.filter(slug="logement-ascenseurs").update(name="ascenseurs et monte-charges")


def rename_neighbourhood() -> None:
    Neighbourhood.objects.filter(code="QN05961M").update(name="Banc Vert")


def redraw_neighbourhood() -> None:
    boundary = {"type": "Polygon", "coordinates": [[[2.0, 51.0], [2.1, 51.0], [2.1, 51.1], [2.0, 51.0]]]}
    Neighbourhood.objects.filter(code="QN05961M").update(boundary=boundary)


def rename_territory() -> None:
    Territory.objects.update(name="Autre agglomération")


@pytest.mark.parametrize(
    "change", [rename_theme, rename_neighbourhood, redraw_neighbourhood, rename_territory]
)
def test_another_content_makes_another_version(change, client):
    before = kept(client)["cache"]
    assert kept(client)["cache"] == before
    change()
    assert kept(client)["cache"] != before


def test_another_file_makes_another_version(client, monkeypatch):
    before = kept(client)["cache"]
    monkeypatch.setattr(pwa, "precached_files", lambda: ["/static/js/capture.000000000000.js"])
    assert kept(client)["cache"] != before


def test_an_account_or_an_observation_does_not_make_another_version(client, banc_vert):
    before = kept(client)["cache"]
    factories.ObservationFactory(neighbourhood=banc_vert)
    assert kept(client)["cache"] == before


# --- the installed application ------------------------------------------------------------------------------


def test_the_manifest_opens_the_form_and_its_icons_exist(client):
    response = client.get(reverse("manifest"))
    content = response.json()
    assert response["Content-Type"] == "application/manifest+json"
    assert (content["lang"], content["start_url"], content["display"]) == ("fr", "/saisie/", "standalone")
    assert {icon["sizes"] for icon in content["icons"]} == {"192x192", "512x512"}
    for icon in content["icons"]:
        assert collected(icon["src"]).stat().st_size < 20_000


def test_the_manifest_and_the_page_wear_the_paper_of_the_tokens(client):
    tokens = Path(finders.find("css/tokens.css")).read_text()
    light = re.search(r"--paper: (#\w+);", tokens)[1]
    assert client.get(reverse("manifest")).json()["background_color"] == light
    assert f'content="{light}" media="(prefers-color-scheme: light)"' in page(client, "offline_shell")


def test_every_page_names_the_manifest_and_the_icon(client):
    sign_in = client.get(reverse("account_request_login_code")).content.decode()
    assert f'<link rel="manifest" href="{reverse("manifest")}">' in sign_in
    assert 'rel="apple-touch-icon"' in sign_in
