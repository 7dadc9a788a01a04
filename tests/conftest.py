"""The cast: users with known rights, and the place where they work."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from observations.capture import offered
from observations.models import Neighbourhood, Role, User
from observations.permissions import must_have_second_factor
from tests import factories, snapshots

# The browser tests use Playwright's synchronous API, which runs an event loop of its own.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure() -> None:
    """The tests' own settings. tests/proof measures durability, and other processes, on the real ones."""
    options = settings.DATABASES["default"]["OPTIONS"]
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
    # A strong hash takes 300 ms on purpose.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tests see the static files as production serves them: hashed, joined, compressed."""
    if not hasattr(session.config, "workerinput") and _static_files_changed():
        call_command("collectstatic", interactive=False, verbosity=0)


def _static_files_changed() -> bool:
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    sources = settings.STATICFILES_DIRS[0].rglob("*")
    return not manifest.exists() or any(s.stat().st_mtime > manifest.stat().st_mtime for s in sources)


# The folder says what a test needs; `make test` leaves proofs and benches out.
MARKERS = {"browser": "browser", "js": "browser", "proof": "proof", "bench": "bench"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks at once: `-m` chooses before the hooks that see the whole collection."""
    folder = item.path.parent.name
    if folder in MARKERS:
        item.add_marker(MARKERS[folder])


def shared(name: str) -> Path:
    """A real file of ../shared/data, read in place. Missing in CI is a failure, elsewhere a named skip."""
    path = Path(__file__).resolve().parents[2] / "shared" / "data" / name
    if not path.exists():
        message = f"{name} is not beside this project (../shared/data)."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """After a test that commits, the database is as the migrations left it: not empty, as Django would have it."""
    with django_db_blocker.unblock():
        start = snapshots.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: start.restore())
        yield


@pytest.fixture(autouse=True)
def _no_static_files_without_a_browser(request: pytest.FixtureRequest, settings) -> None:
    """A test client builds its middleware anew, and whitenoise then lists every file: 40 ms a test."""
    if "served" not in request.fixturenames:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Rows of another test are gone."""
    offered.forget()


@pytest.fixture
def agent(db: None) -> User:
    return factories.UserFactory(role=Role.AGENT, email="agent@example.test")


@pytest.fixture
def other_agent(db: None) -> User:
    return factories.UserFactory(role=Role.AGENT, email="autre.agent@example.test")


@pytest.fixture
def cdsu(db: None) -> User:
    return factories.UserFactory(role=Role.CDSU, email="cdsu@example.test")


@pytest.fixture
def partner(db: None) -> User:
    return factories.UserFactory(role=Role.PARTNER, email="partenaire@example.test")


@pytest.fixture
def council(db: None) -> User:
    return factories.UserFactory(role=Role.COUNCIL, email="conseil@example.test")


@pytest.fixture
def administrator(db: None) -> User:
    return factories.UserFactory(role=Role.ADMIN, email="admin@example.test")


@pytest.fixture
def banc_vert(db: None) -> Neighbourhood:
    return factories.NeighbourhoodFactory(code="QN05961M", name="Banc Vert – Île Jeanty")


@pytest.fixture
def soubise(db: None) -> Neighbourhood:
    return factories.NeighbourhoodFactory(code="QN05962M", name="Soubise – Basse Ville", west=2.3727)


def prove(client: Client, user: User, *, method: str, ago: float = 0) -> None:
    """Writes in this client's session that its owner has just proved who they are, as allauth does."""
    session = client.session
    session["account_authentication_methods"] = [
        *session.get("account_authentication_methods", []),
        {"method": method, "at": time.time() - ago},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture(autouse=True)
def _signed_in_with_a_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` enters as those who owe a second factor do: having given it. Tests of the rule use `bare_login`."""

    def force_login(client: Client, user: User, backend: str | None = None) -> None:
        bare_login(client, user, backend)
        if must_have_second_factor(user):
            prove(client, user, method="mfa")

    monkeypatch.setattr(Client, "force_login", force_login)


bare_login = Client.force_login


@pytest.fixture
def signed_in(client: Client):
    """`signed_in(user)` is the test client, signed in as that user."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
