"""The second factor: who owes one, what counts as one, and when it is asked again."""

import re
import time
import uuid

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from observations import permissions
from observations.models import Role, User
from tests import factories
from tests.conftest import bare_login, prove

pytestmark = pytest.mark.django_db


def request_of(user: User | AnonymousUser, *proofs: tuple[str, float]) -> HttpRequest:
    """A request whose session holds those proofs: (method, seconds ago)."""
    request = RequestFactory().get("/")
    request.user = user
    records = [{"method": method, "at": time.time() - ago} for method, ago in proofs]
    request.session = {
        AUTHENTICATION_METHODS_SESSION_KEY: records,
        "account_authentication_methods_user": str(user.pk),
    }
    return request


@pytest.mark.parametrize(
    ("role", "owed"),
    [
        (Role.CDSU, True),
        (Role.ADMIN, True),
        (Role.AGENT, False),
        (Role.PARTNER, False),
        (Role.COUNCIL, False),
    ],
)
def test_those_who_read_words_or_open_accounts_owe_a_second_factor(role: str, owed: bool, settings) -> None:
    user = factories.UserFactory(role=role)
    assert permissions.must_have_second_factor(user) is owed
    assert permissions.lacks_second_factor(request_of(user, ("code", 0))) is owed
    settings.DEMO = True
    assert not permissions.must_have_second_factor(user)


def test_nobody_signed_in_owes_nothing_and_has_nothing() -> None:
    request = request_of(AnonymousUser(), ("mfa", 0))
    assert not permissions.lacks_second_factor(request)
    assert not permissions.has_second_factor(request)
    assert not permissions.has_recent_factor(request)


def test_a_code_by_email_is_one_factor_and_the_second_is_another(cdsu: User) -> None:
    assert not permissions.has_second_factor(request_of(cdsu, ("code", 0)))
    assert permissions.has_second_factor(request_of(cdsu, ("code", 0), ("mfa", 0)))


def test_another_account_s_proof_in_the_same_session_is_no_proof(cdsu: User) -> None:
    request = request_of(cdsu, ("mfa", 0))
    request.session["account_authentication_methods_user"] = "0"
    assert permissions.lacks_second_factor(request)


@pytest.mark.parametrize(
    ("proofs", "recent"),
    [
        ([], False),
        ([("code", 0)], False),
        ([("mfa", 5)], True),
        ([("mfa", permissions.RECENT + 1)], False),
        ([("mfa", permissions.RECENT + 1), ("code", 0)], False),
        ([("mfa", permissions.RECENT + 1), ("mfa", 0)], True),
    ],
)
def test_a_cdsu_is_asked_for_the_second_factor_again_after_ten_minutes(
    cdsu: User, proofs: list[tuple[str, float]], recent: bool
) -> None:
    assert permissions.has_recent_factor(request_of(cdsu, *proofs)) is recent


def test_whoever_has_one_factor_only_is_asked_to_sign_in_again(agent: User) -> None:
    assert permissions.has_recent_factor(request_of(agent, ("code", 5)))
    assert not permissions.has_recent_factor(request_of(agent, ("code", permissions.RECENT + 1)))


def test_the_demonstration_asks_only_for_what_was_set_up(cdsu: User, settings) -> None:
    settings.DEMO = True
    assert permissions.has_recent_factor(request_of(cdsu, ("password", 99_999)))
    assert not permissions.has_recent_factor(request_of(cdsu, ("mfa", 99_999)))
    assert not permissions.has_recent_factor(request_of(AnonymousUser()))


def test_a_view_that_asks_again_opens_to_a_recent_proof_alone(cdsu: User) -> None:
    @permissions.require_recent_factor
    def export(request: HttpRequest) -> HttpResponse:
        return HttpResponse("words")

    assert export(request_of(cdsu, ("mfa", 5))).content == b"words"
    with pytest.raises(ReauthenticationRequired):
        export(request_of(cdsu, ("mfa", permissions.RECENT + 1)))


# --- the door -----------------------------------------------------------------------------------------------

PAGE = {"accept": "text/html"}


@pytest.fixture
def half_in(client: Client, cdsu: User) -> Client:
    """A CDSU signed in by a code alone."""
    bare_login(client, cdsu)
    prove(client, cdsu, method="code")
    return client


@pytest.mark.parametrize(
    "path", ["/", "/relecture/", "/syntheses/", "/saisie/", "/api/v1/themes/", "/themes/"]
)
def test_without_a_second_factor_a_cdsu_reaches_only_the_page_that_sets_it_up(
    half_in: Client, path: str
) -> None:
    answer = half_in.get(path, headers=PAGE)
    assert (answer.status_code, answer.url) == (302, "/compte/")


def test_without_a_second_factor_an_administrator_reaches_only_that_page_too(
    client: Client, administrator: User
) -> None:
    bare_login(client, administrator)
    assert client.get("/admin/observations/user/", headers=PAGE).url == "/compte/"


def test_a_form_or_a_phone_without_a_second_factor_is_refused_and_changes_nothing(half_in: Client) -> None:
    for method, path in (("post", "/themes/nouveau/"), ("put", f"/saisie/{uuid.uuid4()}/")):
        answer = getattr(half_in, method)(path, data={}, content_type="application/json")
        assert answer.status_code == 403


def test_the_demonstration_lets_in_with_one_factor(half_in: Client, settings) -> None:
    settings.DEMO = True
    assert half_in.get("/relecture/", headers=PAGE).status_code == 200


@pytest.mark.parametrize("role", ["agent", "partner", "council"])
def test_others_are_asked_for_nothing_more(client: Client, role: str, request: pytest.FixtureRequest) -> None:
    user = request.getfixturevalue(role)
    bare_login(client, user)
    assert client.get("/compte/", headers=PAGE).status_code == 200
    assert client.get("/", headers=PAGE).url != "/compte/"


# --- an application's codes ---------------------------------------------------------------------------------


def code_now(secret: str, later: int = 0) -> str:
    counter = int(time.time()) // 30 + later
    return format_hotp_value(hotp_value(secret, counter))


def with_app(user: User) -> str:
    """Links an application to this account; its secret."""
    secret = generate_totp_secret()
    with context.request_context(RequestFactory().get("/")):
        TOTP.activate(user, secret)
        RecoveryCodes.activate(user)
    return secret


def by_code(client: Client, user: User) -> HttpResponse:
    """The first factor: a code by e-mail."""
    client.post("/compte/login/code/", {"email": user.email})
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    assert code
    return client.post("/compte/login/code/confirm/", {"code": code[1]})


def test_setting_an_application_up_opens_the_way_and_shows_recovery_codes_once(half_in: Client) -> None:
    page = half_in.get("/compte/application/ajouter/")
    secret = page.context["form"].secret
    answer = half_in.post("/compte/application/ajouter/", {"code": code_now(secret)})
    assert answer.url == "/compte/secours/"
    shown = half_in.get("/compte/secours/").content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(codes) == 10
    again = half_in.get("/compte/secours/").content.decode()
    assert not [code for code in codes if code in again]
    assert half_in.get("/relecture/", headers=PAGE).status_code == 200


def test_an_old_session_does_not_add_a_factor_without_a_fresh_code(client: Client, cdsu: User) -> None:
    """Whoever holds an open phone for a minute must not give themselves a lasting key."""
    bare_login(client, cdsu)
    prove(client, cdsu, method="code", ago=permissions.RECENT + 1)
    for path in ("/compte/application/ajouter/", "/compte/cles/ajouter/"):
        answer = client.get(path, headers=PAGE)
        assert answer.url.startswith("/compte/confirmer/courriel/")
    page = "/compte/confirmer/courriel/?next=/compte/application/ajouter/"
    client.post(page, {"send": "1"})
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    assert code
    assert client.post(page, {"code": "BBBB-BBBB"}).status_code == 200
    assert client.post(page, {"code": code[1]}).url == "/compte/application/ajouter/"
    assert client.get("/compte/application/ajouter/", headers=PAGE).status_code == 200


def test_after_the_email_s_code_the_application_s_is_asked_for(client: Client, cdsu: User) -> None:
    secret = with_app(cdsu)
    assert by_code(client, cdsu).url == "/compte/login/second-facteur/"
    assert "_auth_user_id" not in client.session
    assert client.get("/compte/login/second-facteur/").status_code == 200
    wrong = client.post("/compte/login/second-facteur/", {"code": "000000"})
    assert "Ce n’est pas le bon code" in wrong.content.decode()
    client.post("/compte/login/second-facteur/", {"code": code_now(secret)})
    assert client.get("/relecture/", headers=PAGE).status_code == 200


def test_an_application_s_code_serves_once(cdsu: User) -> None:
    secret = with_app(cdsu)
    code = code_now(secret)
    entered = []
    for client in (Client(), Client()):
        by_code(client, cdsu)
        client.post("/compte/login/second-facteur/", {"code": code})
        entered.append("_auth_user_id" in client.session)
    assert entered == [True, False]


def test_a_recovery_code_replaces_the_application_once(cdsu: User) -> None:
    with_app(cdsu)
    with context.request_context(RequestFactory().get("/")):
        [spare, *_] = Authenticator.objects.get(user=cdsu, type="recovery_codes").wrap().get_unused_codes()
    entered = []
    for client in (Client(), Client()):
        by_code(client, cdsu)
        client.post("/compte/login/second-facteur/", {"code": spare})
        entered.append("_auth_user_id" in client.session)
    assert entered == [True, False]


def test_a_session_opened_before_has_to_give_the_factor_set_up_since(half_in: Client, cdsu: User) -> None:
    secret = with_app(cdsu)
    answer = half_in.get("/relecture/?q=bus", headers=PAGE)
    assert answer.url == "/compte/confirmer/?next=%2Frelecture%2F%3Fq%3Dbus"
    # It can add no factor of its own instead.
    assert half_in.get("/compte/cles/ajouter/", headers=PAGE).url.startswith("/compte/confirmer/")
    answer = half_in.post(answer.url, {"code": code_now(secret)})
    assert answer.url == "/relecture/?q=bus"
    assert half_in.get("/relecture/", headers=PAGE).status_code == 200


def test_the_last_factor_of_whoever_owes_one_is_not_removed(client: Client, cdsu: User) -> None:
    secret = with_app(cdsu)
    bare_login(client, cdsu)
    client.post("/compte/confirmer/", {"code": code_now(secret)})
    page = client.post("/compte/application/retirer/")
    assert "ajoutez-en un autre" in page.content.decode()
    assert Authenticator.objects.filter(user=cdsu, type="totp").exists()


def test_secrets_are_sealed_in_the_database_and_another_key_opens_none(cdsu: User, settings) -> None:
    secret = with_app(cdsu)
    row = Authenticator.objects.get(user=cdsu, type="totp")
    assert secret not in str(row.data)
    with context.request_context(RequestFactory().get("/")):
        assert row.wrap().validate_code(code_now(secret))
        settings.SECRET_KEY = "another"
        assert not row.wrap().validate_code(code_now(secret, later=1))
        # Nobody computes what an empty secret would have given.
        assert not row.wrap().validate_code(code_now(""))


def test_a_worker_s_passkey_replaces_the_code_and_is_not_asked_on_top_of_it(
    client: Client, agent: User
) -> None:
    Authenticator.objects.create(user=agent, type="webauthn", data={"name": "Téléphone", "credential": {}})
    by_code(client, agent)
    assert client.session["_auth_user_id"] == str(agent.pk)


def test_no_page_takes_a_password_outside_the_demonstration(client: Client, cdsu: User) -> None:
    cdsu.set_password("un mot de passe")
    cdsu.save()
    client.force_login(cdsu)
    assert client.get("/compte/confirmer/mot-de-passe/").status_code == 404
    for path in ("password/change/", "password/reset/", "password/set/", "email/"):
        assert client.get(f"/compte/{path}").status_code == 404


# --- asking again -------------------------------------------------------------------------------------------


def test_a_form_sent_before_the_factor_is_asked_again_is_taken_up_after(client: Client, cdsu: User) -> None:
    """allauth keeps it in the session meanwhile."""
    secret = with_app(cdsu)
    bare_login(client, cdsu)
    prove(client, cdsu, method="mfa", ago=permissions.RECENT + 1)
    asked = client.post("/compte/secours/renouveler/")
    assert asked.url == "/compte/confirmer/?next=%2Fcompte%2Fsecours%2Frenouveler%2F"
    before = Authenticator.objects.get(user=cdsu, type="recovery_codes").pk
    client.post(asked.url, {"code": code_now(secret)})
    assert Authenticator.objects.get(user=cdsu, type="recovery_codes").pk != before


# --- letters ------------------------------------------------------------------------------------------------


def test_the_owner_is_told_of_a_factor_set_up_and_of_a_reset(
    transactional_db: None, half_in: Client, cdsu: User, administrator: User
) -> None:
    secret = half_in.get("/compte/application/ajouter/").context["form"].secret
    half_in.post("/compte/application/ajouter/", {"code": code_now(secret)})
    assert [letter.to for letter in mail.outbox] == [[cdsu.email]] * len(mail.outbox)
    assert any("une application qui donne des codes a été ajoutée" in letter.body for letter in mail.outbox)
    mail.outbox.clear()
    manager = Client()
    manager.force_login(administrator)
    manager.post(f"/compte/comptes/{cdsu.pk}/second-facteur/")
    [letter] = mail.outbox
    assert letter.to == [cdsu.email]
    assert "remis à zéro" in letter.body
    assert secret not in letter.body
    assert "127.0.0.1" not in letter.body


def test_a_mail_server_that_is_away_does_not_undo_the_reset(
    client: Client, cdsu: User, administrator: User, settings
) -> None:
    with_app(cdsu)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    client.force_login(administrator)
    assert client.post(f"/compte/comptes/{cdsu.pk}/second-facteur/").status_code == 302
    assert not Authenticator.objects.filter(user=cdsu).exists()
