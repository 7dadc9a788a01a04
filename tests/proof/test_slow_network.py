"""The form at the edge of the network: 50 kbit/s, 2 s before each answer, or no answer at all.

What the network costs is counted in bytes and round trips, which no other work on this machine changes.
Seconds are held to the contract less those that the machine itself takes for the same journey.
"""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_capture import write
from tests.browser.test_offline_shell import SETTLED, until
from tests.proof.chromium import browser_type_launch_args, demo, phone, signed_in
from tests.proof.conftest import Server

__all__ = ["browser_type_launch_args", "demo", "phone"]

LATENCY = 2  # seconds before each answer
RATE = 50_000 / 8  # bytes a second
EDGE = {"offline": False, "latency": LATENCY * 1000, "downloadThroughput": RATE, "uploadThroughput": RATE}
COLD = 20  # seconds until an observation is saved, nothing of the application being on the phone
NETWORK = 15  # of them, what the network may take if nothing overlaps


class Journey:
    """What a page asked of the network, as Chromium tells: when each exchange began and ended, and its bytes."""

    def __init__(self, page: Page) -> None:
        self.begun: dict[str, float] = {}
        self.exchanges: list[tuple[float, float]] = []
        self.bytes = 0.0
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.on("Network.requestWillBeSent", self._asked)
        self.devtools.on("Network.loadingFinished", self._received)
        self.devtools.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("http"):
            return
        if "redirectResponse" in event:
            self._received(event | event["redirectResponse"])
        self.begun[event["requestId"]] = event["timestamp"]

    def _received(self, event: dict[str, Any]) -> None:
        # From the browser's own cache: no byte, no trip.
        if event["encodedDataLength"] and event["requestId"] in self.begun:
            self.exchanges.append((event["timestamp"], self.begun[event["requestId"]]))
            self.bytes += event["encodedDataLength"]

    @property
    def trips(self) -> int:
        """How many exchanges followed one another, each after the end of the one before: the longest such chain."""
        trips, last = 0, float("-inf")
        for end, begin in sorted(self.exchanges):
            if begin >= last:
                trips, last = trips + 1, end
        return trips

    @property
    def cost(self) -> float:
        """Seconds of the edge's network, were nothing sent while something else is waited for."""
        return self.trips * LATENCY + self.bytes / RATE


def from_nothing(
    page: Page, conditions: dict[str, Any] | None, save: Callable[[Page], None]
) -> tuple[float, Journey]:
    """Opens the form and saves: seconds, and what it asked of the network."""
    page.set_default_timeout(120_000)
    journey = Journey(page)
    if conditions:
        journey.devtools.send("Network.emulateNetworkConditions", conditions)
    start = time.monotonic()
    page.goto("/saisie/", wait_until="commit")
    write(page)
    save(page)
    return time.monotonic() - start, journey


def held_to(name: str, machine: float, total: float, journey: Journey) -> None:
    print(
        f"{name}: {total:.1f} s, of which {machine:.1f} s on this machine without the slow network; "
        f"{journey.trips} round trips, {journey.bytes / 1000:.1f} kB, at most {journey.cost:.1f} s"
    )
    assert journey.trips, "the slow network was not seen"
    assert journey.cost <= NETWORK
    assert total - machine <= COLD


def keep_and_send(page: Page) -> None:
    expect(page.locator("#observation[data-ready]")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Reçue. Elle sera relue")).to_be_visible(timeout=60_000)


def post(page: Page) -> None:
    """As without any script."""
    with page.expect_response("**/merci/") as answer:
        page.get_by_role("button", name="Enregistrer").click(no_wait_after=True)
    answer.value.finished()
    expect(page.get_by_text("Votre observation sera relue.")).to_be_visible(timeout=60_000)


def test_from_nothing_an_observation_is_saved_within_20_s(
    phone: BrowserContext, browser: Browser, demo: Server
) -> None:
    with signed_in(browser, demo) as quick:
        machine, _ = from_nothing(quick.new_page(), None, keep_and_send)
    held_to("kept, then received", machine, *from_nothing(phone.new_page(), EDGE, keep_and_send))


def test_before_its_modules_arrive_the_form_posts_itself(
    phone: BrowserContext, browser: Browser, demo: Server
) -> None:
    def never(context: BrowserContext) -> Page:
        page = context.new_page()
        page.route("**/*.js", lambda route: route.abort())
        return page

    with signed_in(browser, demo) as quick:
        machine, _ = from_nothing(never(quick), None, post)
    held_to("posted", machine, *from_nothing(never(phone), EDGE, post))


def test_once_installed_the_form_opens_and_keeps_while_nothing_answers(
    phone: BrowserContext, demo: Server
) -> None:
    """The bars are full and no answer comes, not even an error: nothing may wait for one."""
    page = phone.new_page()
    page.goto("/saisie/")
    until(page, SETTLED)
    assert demo.process
    os.killpg(demo.process.pid, signal.SIGSTOP)
    try:
        start = time.monotonic()
        page.goto("/saisie/", wait_until="domcontentloaded")
        write(page, "Sans aucune réponse.")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("heading", name="C’est enregistré")).to_be_visible()
        expect(page.locator("[data-waiting]")).to_contain_text("1 observation en attente")
        page.get_by_role("link", name="Voir ce qui attend sur ce téléphone").click()
        expect(page.get_by_role("article")).to_contain_text("Sans aucune réponse.")
        print(f"opened, written and kept in {time.monotonic() - start:.1f} s without an answer")
    finally:
        os.killpg(demo.process.pid, signal.SIGCONT)
    expect(page.get_by_text("Rien n’attend sur ce téléphone.")).to_be_visible()
