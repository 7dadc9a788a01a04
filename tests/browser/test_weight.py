"""What the form costs on the wire, as production serves it: hashed, joined, compressed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponseBase
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from observations.capture import pwa
from observations.models import Theme, User
from tests.browser.conftest import PHONE, sign_in_context
from tests.browser.test_offline_shell import CHECK, SETTLED, comes_in, until

# Bytes on the wire, headers included; design: a phone at 50 kbit/s.
FIRST_LOAD, FIRST_REQUESTS = 60_000, 8
PRECACHE = 250_000
WARM_LOAD = 2_000

FETCH = """async (addresses) => {
  for (const address of addresses) await (await fetch(address, { cache: "no-store" })).blob();
}"""
DOCUMENTS = [
    "/saisie/hors-ligne/",
    "/hors-ligne/",
    "/saisie/quartiers.json",
    "/retours/sur-ce-telephone/",
    "/ecoute/sur-ce-telephone/",
]

Sent = list[tuple[str, int, int]]


@pytest.fixture
def sent(settings) -> Sent:
    """Path, status and bytes of all that the server answers, to the worker too. Asked for before `served`."""
    settings.MIDDLEWARE = [f"{__name__}.weighed", *settings.MIDDLEWARE]
    SENT.clear()
    return SENT


SENT: Sent = []


def weighed(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware around all others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        headers = sum(len(f"{name}: {value}\r\n") for name, value in response.items())
        body = response.headers.get("Content-Length") or len(getattr(response, "content", b""))
        SENT.append((request.path, response.status_code, headers + int(body)))
        return response

    return middleware


class Wire:
    """What a page receives from the network, by address, as the browser counts it."""

    def __init__(self, page: Page) -> None:
        self.addresses: dict[str, str] = {}
        self.bytes: dict[str, float] = {}
        session: CDPSession = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._received)
        session.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self.addresses[event["requestId"]] = event["request"]["url"]

    def _received(self, event: dict[str, Any]) -> None:
        if address := self.addresses.get(event["requestId"]):
            self.bytes[address] = event["encodedDataLength"]

    @property
    def total(self) -> float:
        return sum(self.bytes.values())


@pytest.fixture
def worker(demonstration: None) -> User:
    """An agent of the demonstration, with its neighbourhoods and themes."""
    return User.objects.get(email="agent@demo.test")


def open_as(user: User, served: str, context: BrowserContext) -> Page:
    sign_in_context(context, served, user)
    return context.new_page()


def test_the_first_load_weighs_at_most_60_kb_in_8_requests(
    served: str, context: BrowserContext, worker: User
) -> None:
    page = open_as(worker, served, context)
    wire = Wire(page)
    page.goto(f"{served}/saisie/", wait_until="networkidle")
    expect(page.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    assert len(wire.bytes) <= FIRST_REQUESTS, wire.bytes
    assert wire.total <= FIRST_LOAD, wire.bytes


def test_all_that_the_phone_keeps_weighs_at_most_250_kb(
    served: str, context: BrowserContext, worker: User
) -> None:
    page = open_as(worker, served, context)
    page.goto(f"{served}/saisie/", wait_until="networkidle")
    wire = Wire(page)
    page.evaluate(FETCH, [*DOCUMENTS, "/sw.js", *pwa.precached_files()])
    assert len(wire.bytes) == len(pwa.precached_files()) + len(DOCUMENTS) + 1
    assert wire.total <= PRECACHE, wire.bytes


@pytest.fixture
def installed(sent: Sent, served: str, browser: Browser, worker: User) -> Iterator[Page]:
    """The form opened by its worker for the second time, all that this asks for being sent."""
    context = browser.new_context(viewport=PHONE, locale="fr-FR", service_workers="allow")
    page = open_as(worker, served, context)
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    sent.clear()
    page.goto(f"{served}/saisie/", wait_until="networkidle")
    expect(page.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    # The browser asks, a little after, whether there is another worker.
    until_sent(page, sent, "/sw.js")
    yield page
    context.close()


def until_sent(page: Page, sent: Sent, path: str) -> None:
    for _ in range(200):
        if path in [known for known, _, _ in sent]:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never asked for: {path}")


def test_the_next_load_asks_for_at_most_2_kb(sent: Sent, installed: Page) -> None:
    # Who is signed in, and whether there is another worker: the form itself is on the phone.
    assert sorted((path, status) for path, status, _ in sent) == [("/saisie/jeton/", 200), ("/sw.js", 304)]
    assert sum(size for _, _, size in sent) <= WARM_LOAD, sent


def test_a_new_version_brings_only_what_changed(sent: Sent, installed: Page) -> None:
    Theme.objects.filter(slug="logement").update(name="Habitat", short_name="Habitat")
    sent.clear()
    installed.evaluate(CHECK)
    comes_in(installed)
    # The form came anew by itself: like any other load, it asks who is signed in.
    until_sent(installed, sent, "/saisie/jeton/")
    assert {path for path, _, _ in sent} == {"/sw.js", "/saisie/jeton/", *DOCUMENTS}
