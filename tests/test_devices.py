"""Where somebody is signed in: thirty days on their own phone, a day on a shared one, out at once when they say."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from observations.accounts.devices import described
from observations.actions import accounts
from observations.models import Device, User

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe de démonstration"
DEVICES = "/compte/appareils/"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _no_attempt_counted_yet(settings) -> None:
    settings.DEMO = True
    cache.clear()


@pytest.fixture
def worker(agent: User) -> User:
    agent.set_password(PASSWORD)
    agent.save()
    return agent


def enter(user: User, **fields: str) -> Client:
    client = Client(headers={"user-agent": ANDROID, "x-forwarded-for": "203.0.113.7"})
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD, **fields})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def signed_in(client: Client) -> bool:
    return client.get(DEVICES).status_code == 200


def lasts(client: Client) -> timedelta:
    return Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()


def test_on_one_s_own_phone_a_session_lasts_thirty_days(worker: User) -> None:
    client = enter(worker)
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == 30 * 24 * 3600
    assert timedelta(days=29) < lasts(client) <= timedelta(days=30)


def test_on_a_shared_phone_it_ends_with_the_browser_and_at_the_latest_the_same_day(worker: User) -> None:
    """A browser that reopens where it was keeps cookies meant to go."""
    client = enter(worker, shared="1")
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert lasts(client) <= timedelta(hours=12)


def test_one_sees_one_s_devices_and_signs_out_from_one(worker: User) -> None:
    here, lost = enter(worker), enter(worker)
    page = here.get(DEVICES).content.decode()
    assert page.count("Chrome sur Android") >= 2
    assert page.count("celui-ci") == 1
    device = Device.objects.get(session_id=lost.session.session_key)
    here.post(f"{DEVICES}{device.pk}/")
    assert not signed_in(lost)
    assert signed_in(here)


def test_one_signs_out_from_all_others_at_once(worker: User) -> None:
    here, *others = [enter(worker) for _ in range(3)]
    here.post(f"{DEVICES}autres/")
    assert [signed_in(client) for client in (here, *others)] == [True, False, False]


def test_somebody_else_s_device_is_neither_seen_nor_signed_out(worker: User, other_agent: User) -> None:
    other_agent.set_password(PASSWORD)
    other_agent.save()
    mine, theirs = enter(worker), enter(other_agent)
    device = Device.objects.get(user=other_agent)
    assert mine.post(f"{DEVICES}{device.pk}/").status_code == 404
    assert mine.get(DEVICES).content.decode().count("Chrome sur Android") == 1
    mine.post(f"{DEVICES}autres/")
    assert signed_in(theirs)


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(DEVICES).url.startswith("/compte/login/")
    assert client.post(f"{DEVICES}autres/").url.startswith("/compte/login/")
    assert client.post(f"{DEVICES}1/").url.startswith("/compte/login/")


def test_neither_the_address_nor_what_the_browser_says_is_kept(worker: User) -> None:
    enter(worker)
    kept = str(Device.objects.values().get()) + str(Session.objects.get().get_decoded())
    for trace in ("203.0.113.7", "127.0.0.1", "Pixel", "Mozilla"):
        assert trace not in kept


def test_signing_out_forgets_the_device(worker: User) -> None:
    client = enter(worker)
    client.post("/compte/logout/")
    assert not Device.objects.exists()


@pytest.mark.parametrize("gesture", [accounts.close_account, accounts.reset_factor])
def test_a_closed_account_and_a_lost_phone_are_signed_out_everywhere(
    worker: User, cdsu: User, gesture
) -> None:
    client = enter(worker)
    gesture(account=worker, by=cdsu)
    accounts.reopen_account(account=worker, by=cdsu)
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (ANDROID, "Chrome sur Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1",
            "Safari sur iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge sur Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox sur Linux"),
        ("curl/8.5", "Un navigateur"),
        ("", "Un navigateur"),
    ],
)
def test_a_device_is_called_by_what_its_owner_sees(user_agent: str, label: str) -> None:
    assert described(user_agent) == label
