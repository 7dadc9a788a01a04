"""A phone in front of the demonstration, served as `make demo` serves it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import PHONE, browser_type_launch_args
from tests.proof.conftest import Server
from tests.proof.test_demonstration import PASSWORD, demonstration

__all__ = ["browser_type_launch_args"]


@pytest.fixture
def demo(server: Callable[..., Server]) -> Server:
    return demonstration(server)


@pytest.fixture
def phone(demo: Server, browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose agent is signed in, and which has not opened the form yet; its addresses are the server's."""
    with signed_in(browser, demo) as context:
        yield context


@contextmanager
def signed_in(browser: Browser, demo: Server) -> Iterator[BrowserContext]:
    address = demo.address
    context = browser.new_context(base_url=address, viewport=PHONE, locale="fr-FR", service_workers="allow")
    token = context.request.get("/compte/login/")
    form = {"login": "agent@demo.test", "password": PASSWORD, "csrfmiddlewaretoken": csrf(context)}
    assert token.ok and context.request.post("/compte/login/", form=form, headers={"Referer": address}).ok
    yield context
    context.close()


def csrf(context: BrowserContext) -> str:
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "csrftoken")
