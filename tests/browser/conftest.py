"""A real Chromium, and the application served on a port of this machine."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from wsgiref.types import WSGIApplication

import pytest
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from observations.demo.load import load
from observations.models import User
from tests import snapshots
from tests.browser.launch import launch_args

# A laden machine is slow, not wrong.
expect.set_options(timeout=15_000)

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return launch_args()


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    # The worker has its own tests (test_offline_shell.py); elsewhere every page comes from the server, at any moment.
    return {"viewport": PHONE, "locale": "fr-FR", "timezone_id": "Europe/Paris", "service_workers": "block"}


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Says nothing: the test reports."""


@cache
def application(middleware: tuple[str, ...]) -> WSGIApplication:
    """Made once for the settings' middleware: whitenoise lists every file, and every module is imported."""
    return WSGIHandler()


@pytest.fixture
def served(transactional_db: None) -> Iterator[str]:
    """Address of the whole application, middleware and compressed static files included."""
    server = ThreadedWSGIServer(("localhost", 0), QuietHandler, connections_override={})
    server.set_app(application(tuple(django_settings.MIDDLEWARE)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@cache
def loaded(today: date) -> snapshots.Snapshot:
    load(today)
    return snapshots.take()


@pytest.fixture
def demonstration(served: str, settings) -> None:
    """The demonstration, loaded once a session and put back for each test."""
    settings.DEMO = True
    loaded(timezone.localdate()).restore()


def sign_in_context(context: BrowserContext, address: str, user: User) -> None:
    """Gives a browser context that user's session, without the sign-in page."""
    client = Client()
    client.force_login(user)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


@pytest.fixture
def sign_in(served: str, context: BrowserContext) -> Callable[[User], None]:
    """`sign_in(user)` signs this test's browser in."""
    return lambda user: sign_in_context(context, served, user)


@pytest.fixture
def console_errors(page: Page) -> list[str]:
    """What the page complained about, CSP refusals included. A test asserts that it stays empty."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    return errors
