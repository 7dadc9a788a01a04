"""The map's page in Chromium, with nothing kept from an earlier visit: time to the first points, weight, requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.served import Served
from tests.browser.launch import launch_args

VISITS = 5
DESK = {"width": 1280, "height": 800}
# A cheap machine on a middling line: processor four times slower, 9 Mbit/s, 85 ms.
SLOWER = 4
LINE = {"offline": False, "latency": 85, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8}
# When the first cluster or mark stands on the map, in ms since the navigation.
POINTS = """new MutationObserver((_, seen) => {
  if (!document.querySelector(".map-at")) return;
  seen.disconnect();
  requestAnimationFrame(() => { window.pointsAt = performance.now(); });
}).observe(document, { childList: true, subtree: true });"""


def map_page(one: Served, session: str) -> dict[str, Any]:
    """Median seconds of `VISITS` visits, at full speed and slowed; bytes as they came and requests of one visit."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_args())
        visits = [_visit(browser, one, session, slowed=False) for _ in range(VISITS)]
        slowed = [_visit(browser, one, session, slowed=True) for _ in range(VISITS)]
        browser.close()
    return {
        "seconds": median(visit["seconds"] for visit in visits),
        "slowed": median(visit["seconds"] for visit in slowed),
        "bytes": max(visit["bytes"] for visit in visits),
        "requests": max(visit["requests"] for visit in visits),
    }


def _visit(browser: Browser, one: Served, session: str, *, slowed: bool) -> dict[str, Any]:
    address = f"http://localhost:{one.port}"
    with _page(browser, address, session) as page:
        # The browser is already open, on a page that shares nothing with the map's.
        page.goto(f"{address}/sante/")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        if slowed:
            network.send("Network.emulateNetworkConditions", LINE)
            network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        asked: set[str] = set()
        received: dict[str, float] = {}

        def ask(event: dict[str, Any]) -> None:
            # The ground's tiles are somebody else's, and come after the points; the icon is the page before's.
            url = event["request"]["url"]
            if url.startswith(address) and not url.endswith("/favicon.ico"):
                asked.add(event["requestId"])

        network.on("Network.requestWillBeSent", ask)
        network.on(
            "Network.loadingFinished",
            lambda event: received.update({event["requestId"]: event["encodedDataLength"]}),
        )
        page.goto(f"{address}/relecture/carte/", wait_until="commit")
        page.wait_for_selector(".map-at", state="attached")
        page.wait_for_load_state("networkidle")
        return {
            "seconds": page.evaluate("window.pointsAt") / 1000,
            "bytes": sum(received.get(key, 0) for key in asked),
            "requests": len(asked),
        }


@contextmanager
def _page(browser: Browser, address: str, session: str) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, locale="fr-FR", service_workers="block")
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    context.add_init_script(POINTS)
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    yield context.new_page()
    context.close()
