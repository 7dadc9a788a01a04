"""Passkeys in a real browser, with a virtual authenticator, under the application's own content security policy."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect

from observations.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_accessibility import OVERFLOW, problems
from tests.conftest import bare_login, prove

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(page: Page):
    """This browser's authenticator: `device(isUserVerified=False)` is a finger that is not recognised."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    name = made["authenticatorId"]

    def verified(yes: bool) -> None:
        session.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": yes})

    return verified


@pytest.fixture
def half_in(served: str, page: Page, cdsu: User) -> User:
    """A CDSU whose browser gave the code of an e-mail and nothing more."""
    client = Client()
    bare_login(client, cdsu)
    prove(client, cdsu, method="code")
    name = django_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": served}])
    return cdsu


def add_key(page: Page, served: str) -> None:
    page.goto(f"{served}/compte/cles/ajouter/")
    page.get_by_label("Un nom pour la reconnaître").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def test_a_cdsu_sets_a_key_up_and_then_enters_with_it_alone(
    served: str, page: Page, half_in: User, device, console_errors: list[str]
) -> None:
    page.goto(f"{served}/relecture/")
    expect(page.get_by_text("Il vous faut un second facteur")).to_be_visible()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("link", name="C’est noté").click()
    expect(page.get_by_role("heading", name="Relecture")).to_be_visible()
    sign_out(page)
    page.goto(f"{served}/relecture/?theme=logement")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    page.wait_for_url("**/relecture/?theme=logement")
    expect(page.get_by_role("heading", name="Relecture")).to_be_visible()
    assert console_errors == []


def test_a_key_is_the_second_factor_after_a_code_by_email(
    served: str, page: Page, half_in: User, device, mailoutbox
) -> None:
    add_key(page, served)
    sign_out(page)
    page.goto(f"{served}/compte/login/code/")
    page.get_by_label("Adresse électronique").fill(half_in.email)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_label("Code reçu")).to_be_visible()
    code = mailoutbox[-1].body.split("\n\n")[2]
    page.get_by_label("Code reçu").fill(code)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_role("heading", name="Relecture")).to_be_visible()


def test_a_key_whose_holder_is_not_recognised_opens_nothing_and_the_page_says_so(
    served: str, page: Page, half_in: User, device
) -> None:
    add_key(page, served)
    sign_out(page)
    device(False)
    page.goto(f"{served}/compte/login/code/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_text("Rien n’a été fait.")).to_be_visible()
    page.goto(f"{served}/relecture/")
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()


def test_a_key_removed_from_the_account_no_longer_opens_it(
    served: str, page: Page, half_in: User, device
) -> None:
    add_key(page, served)
    Authenticator.objects.filter(user=half_in).delete()
    sign_out(page)
    page.goto(f"{served}/compte/login/code/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_text("Cette clé n’ouvre aucun compte ici.")).to_be_visible()


def test_a_closed_account_s_key_opens_a_page_that_says_it_is_closed(
    served: str, page: Page, half_in: User, device
) -> None:
    add_key(page, served)
    User.objects.filter(pk=half_in.pk).update(is_active=False)
    sign_out(page)
    page.goto(f"{served}/compte/login/code/")
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_role("heading", name="Compte fermé")).to_be_visible()


def test_the_pages_of_the_second_factor_have_no_fault_that_axe_can_see(
    served: str, page: Page, half_in: User, device
) -> None:
    """Here, not among the demonstration's pages: it does not require one."""
    pages = ["", "cles/ajouter/", "application/ajouter/", "secours/", "secours/renouveler/", "confirmer/"]
    pages += ["confirmer/cle/", "confirmer/courriel/"]
    faults: dict[str, list[str]] = {}
    for path in pages:
        if path == "secours/":
            add_key(page, served)
        page.goto(f"{served}/compte/{path}")
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                if found := problems(page, scheme):
                    faults[f"{path} {scheme} {size['width']}"] = found
            if page.evaluate(OVERFLOW):
                faults[f"{path} width {size['width']}"] = ["wider than the screen"]
    assert faults == {}
