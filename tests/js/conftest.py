"""The modules run in the same Chromium as the journeys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import browser_type_launch_args

__all__ = ["browser_type_launch_args"]

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
ORIGIN = "http://localhost/"


def serve(route: Route) -> None:
    """Stand in for a server: one empty page, and the modules read from disk."""
    name = route.request.url.removeprefix(ORIGIN)
    if name.endswith(".js"):
        body = (SCRIPTS / name).read_text(encoding="utf-8")
        route.fulfill(content_type="text/javascript", body=body)
    else:
        route.fulfill(content_type="text/html", body="<!doctype html><title>modules</title>")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a secure origin that serves static/js at its root."""
    page = browser.new_page()
    page.route(ORIGIN + "**", serve)
    page.goto(ORIGIN)
    yield page
    page.close()
