"""Signing in: a code by e-mail; a password in the demonstration only."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from observations.models import Role, SharedCache, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe de démonstration"


@pytest.fixture(autouse=True)
def _no_attempt_counted_yet() -> None:
    """The sign-in limits count by address in the cache, which no transaction takes back."""
    cache.clear()


@pytest.fixture
def worker() -> User:
    user = factories.UserFactory(email="agent@example.test")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_code_sent_by_email_lets_in(client: Client, worker: User) -> None:
    client.post("/compte/login/code/", {"email": worker.email})
    code = re.search(r"\b([A-Z0-9]{3,}-?[A-Z0-9]{3,})\b", mail.outbox[0].body)
    assert code
    answer = client.post("/compte/login/code/confirm/", {"code": code[1]})
    assert answer.status_code == 302
    assert client.session.get("_auth_user_id") == str(worker.pk)


def test_an_unknown_address_is_told_nothing(client: Client) -> None:
    answer = client.post("/compte/login/code/", {"email": "personne@example.test"}, follow=True)
    assert answer.status_code == 200
    assert "personne@example.test" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_code_comes_in_the_words_of_the_house(client: Client, worker: User) -> None:
    page = client.post("/compte/login/code/", {"email": worker.email}, follow=True).content.decode()
    [sent] = mail.outbox
    assert sent.subject == "Votre code pour Nouveaux Accords"
    assert "testserver" not in sent.body
    assert "'" not in sent.body
    assert page.count(worker.email) == 1


def test_an_unknown_address_is_not_invited_to_sign_up(client: Client) -> None:
    client.post("/compte/login/code/", {"email": "personne@example.test"})
    [sent] = mail.outbox
    assert "http" not in sent.body
    assert "administration de votre territoire" in sent.body


def test_a_wrong_code_stays_out(client: Client, worker: User) -> None:
    client.post("/compte/login/code/", {"email": worker.email})
    client.post("/compte/login/code/confirm/", {"code": "AAAAAA"})
    assert "_auth_user_id" not in client.session


def test_the_password_page_exists_in_the_demonstration_only(client: Client, worker: User, settings) -> None:
    fields = {"login": worker.email, "password": PASSWORD}
    client.post("/compte/login/", fields)
    assert "_auth_user_id" not in client.session
    settings.DEMO = True
    client.post("/compte/login/", fields)
    assert "_auth_user_id" in client.session


def test_nobody_opens_an_account_alone(client: Client) -> None:
    client.post("/compte/signup/", {"email": "nouveau@example.test"})
    assert not User.objects.filter(email="nouveau@example.test").exists()


def test_a_closed_account_stays_out(client: Client, worker: User, settings) -> None:
    settings.DEMO = True
    worker.is_active = False
    worker.save()
    client.post("/compte/login/", {"login": worker.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.AGENT, "/saisie/"),
        (Role.COUNCIL, "/conseil/"),
        (Role.CDSU, "/relecture/"),
        (Role.PARTNER, "/syntheses/"),
        (Role.ADMIN, "/admin/"),
    ],
)
def test_the_front_door_leads_to_ones_work(client: Client, role: str, path: str) -> None:
    client.force_login(factories.UserFactory(role=role))
    assert client.get("/").headers["Location"] == path


def test_the_code_s_message_is_in_the_house_s_words(client: Client, worker: User) -> None:
    client.post("/compte/login/code/", {"email": worker.email})
    body = mail.outbox[0].body
    assert body.startswith("Bonjour,")
    assert "testserver" not in body
    assert "'" not in body


def test_an_unknown_address_is_not_invited_to_open_an_account(client: Client) -> None:
    client.post("/compte/login/code/", {"email": "personne@example.test"})
    body = mail.outbox[0].body
    assert "n’y a pas de compte" in body
    assert "http" not in body


@pytest.mark.parametrize(
    ("path", "referer", "back"),
    [
        ("/relecture/ensemble/", "http://testserver/relecture/?theme=logement", "/relecture/?theme=logement"),
        ("/saisie/", "http://testserver/saisie/?ici=1", "/saisie/?ici=1"),
        ("/relecture/ensemble/", "https://ailleurs.example/relecture/", "/"),
        ("/relecture/ensemble/", "http://[", "/"),
        ("/relecture/ensemble/", "", "/"),
    ],
)
def test_after_a_session_ends_in_the_middle_of_a_form_one_comes_back_to_its_page(
    client: Client, path: str, referer: str, back: str
) -> None:
    """The form's own address may answer to POST alone: coming back to it would be a blank page."""
    answer = client.post(path, headers={"referer": referer})
    assert parse_qs(urlsplit(answer.url).query)["next"] == [back]


# --- limits -------------------------------------------------------------------------------------------------


def code_sent() -> str:
    found = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    assert found
    return found[1]


def enters(client: Client, email: str, **extra: str) -> bool:
    client.post("/compte/login/code/", {"email": email}, **extra)
    client.post("/compte/login/code/confirm/", {"code": code_sent()}, **extra)
    return "_auth_user_id" in client.session


def test_a_code_is_tried_three_times(client: Client, worker: User) -> None:
    client.post("/compte/login/code/", {"email": worker.email})
    for _ in range(3):
        client.post("/compte/login/code/confirm/", {"code": "BBBB-BBBB"})
    client.post("/compte/login/code/confirm/", {"code": code_sent()})
    assert "_auth_user_id" not in client.session


def test_a_stranger_who_fails_on_my_address_does_not_keep_me_out(worker: User) -> None:
    """From another network: theirs is used up, for this address; mine is not."""
    theirs = {"REMOTE_ADDR": "198.51.100.7"}
    for _ in range(8):
        stranger = Client()
        stranger.post("/compte/login/code/", {"email": worker.email}, **theirs)
        for _ in range(4):
            stranger.post("/compte/login/code/confirm/", {"code": "BBBB-BBBB"}, **theirs)
    sent = len(mail.outbox)
    assert sent == 3
    refused = Client().post("/compte/login/code/", {"email": worker.email}, **theirs)
    assert "Trop d’essais" in refused.content.decode()
    assert enters(Client(), worker.email, REMOTE_ADDR="203.0.113.9")


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_address_evades_no_limit(worker: User, settings, proxies: int) -> None:
    """What the visitor wrote stands left of what our proxy adds."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    for n in range(6):
        header = f"198.51.100.{n}" + (", 203.0.113.9" if proxies else "")
        Client().post("/compte/login/code/", {"email": worker.email}, headers={"x-forwarded-for": header})
    assert len(mail.outbox) == 3


def test_behind_a_proxy_two_visitors_are_two(worker: User, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(6):
        Client().post(
            "/compte/login/code/", {"email": worker.email}, headers={"x-forwarded-for": f"203.0.113.{n}"}
        )
    assert len(mail.outbox) == 6


def test_a_known_and_an_unknown_address_get_the_same_answers_to_the_end(worker: User) -> None:
    def story(email: str) -> list[tuple[int, str, str]]:
        client = Client()
        answers = [client.post("/compte/login/code/", {"email": email})]
        answers += [client.post("/compte/login/code/confirm/", {"code": "BBBB-BBBB"}) for _ in range(5)]
        pages = [
            re.sub(r'value="[^"]{64}"', "", answer.content.decode()).replace(email, "") for answer in answers
        ]
        return [
            (answer.status_code, answer.headers.get("Location", ""), page)
            for answer, page in zip(answers, pages, strict=True)
        ]

    assert story(worker.email) == story("inconnue@example.test")
    assert len(mail.outbox) == 2


def test_counters_name_no_address_in_the_database(client: Client, worker: User) -> None:
    client.post("/compte/login/code/", {"email": worker.email}, REMOTE_ADDR="203.0.113.9")
    kept = str(list(SharedCache.objects.values()))
    assert SharedCache.objects.exists()
    assert "203.0.113.9" not in kept and worker.email not in kept
