"""The themes' editor in a real Chromium, by keyboard; and the administration under the strict CSP."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from observations.models import Theme, User
from tests import factories
from tests.browser.conftest import DESK, PHONE


@pytest.fixture
def editor(served: str, sign_in) -> User:
    user = factories.UserFactory(role="cdsu", email="cdsu@example.test")
    sign_in(user)
    return user


def test_a_theme_is_moved_and_renamed_with_the_keyboard(
    page: Page, served: str, editor: User, console_errors: list[str]
) -> None:
    page.goto(f"{served}/themes/")
    page.get_by_role("button", name="Descendre « Logement »").press("Enter")
    expect(page.locator(".theme-list > li").nth(1)).to_contain_text("Logement")
    page.get_by_role("link", name="Logement", exact=True).press("Enter")
    page.get_by_label("Nom", exact=True).fill("Habitat")
    page.get_by_role("radio", name="lie-de-vin").check()
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("« Habitat » est enregistré")
    assert Theme.objects.get(slug="logement").colour == "sante"
    assert not console_errors


def test_a_moved_sub_theme_stays_in_sight(page: Page, served: str, editor: User) -> None:
    page.goto(f"{served}/themes/")
    page.get_by_text("7 sous-thèmes").click()
    page.get_by_role("button", name="Descendre « charges »").click()
    expect(page.get_by_role("link", name="Charges")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_the_form_has_no_fault_that_axe_can_see(
    page: Page, served: str, editor: User, size: dict[str, int], scheme: str
) -> None:
    theme = Theme.objects.get(slug="logement")
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    for address in (f"/themes/{theme.pk}/", f"/themes/{theme.pk}/nouveau/", "/themes/nouveau/"):
        page.goto(served + address)
        assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Choisissez une couleur.")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def test_the_administration_works_under_the_strict_csp(
    page: Page, served: str, sign_in, console_errors: list[str]
) -> None:
    boss = factories.UserFactory(role="admin", email="admin@example.test")
    observation = factories.ObservationFactory()
    sign_in(boss)
    base = f"{served}/admin/observations"
    for address in (
        f"{served}/admin/",
        f"{base}/observation/",
        f"{base}/observation/{observation.pk}/change/",
        f"{base}/neighbourhood/{observation.neighbourhood_id}/change/",
        f"{base}/theme/",
        f"{base}/territory/1/change/",
        f"{base}/user/add/",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    page.get_by_label("Adresse électronique").fill("Nouvelle@Example.test")
    page.get_by_label("Rôle").select_option("agent")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("ajouté")
    assert User.objects.filter(email="nouvelle@example.test", role="agent").exists()
    assert not console_errors
