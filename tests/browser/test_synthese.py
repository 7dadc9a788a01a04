"""A CDSU prepares and publishes on a phone, a partner reads and downloads, in a real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from observations.models import Role, Summary, User
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.restitution.month import hear, month_before, publish_month

SignIn = Callable[[User], None]


@pytest.fixture
def cdsu(served: str) -> User:
    user = factories.UserFactory(role=Role.CDSU)
    places = [factories.NeighbourhoodFactory(), factories.NeighbourhoodFactory(west=2.39)]
    hear(month_before(), places, user)
    return user


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_a_partner_reads_the_report_and_takes_its_pdf(
    served: str, cdsu: User, page: Page, sign_in: SignIn, console_errors: list[str]
) -> None:
    summary = publish_month(month_before(), cdsu)
    sign_in(factories.UserFactory(role=Role.PARTNER))
    page.goto(served + "/syntheses/")
    page.locator(".shelf-title").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce que nous avons entendu")
    expect(page.locator(".bar")).not_to_have_count(0)
    expect(page.locator(".narrow-only svg.map")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer")).to_be_visible()
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert overflow(page) == 0
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == f"synthese-{summary.month:%Y-%m}-v1.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF")
    assert console_errors == []


def test_a_cdsu_prepares_orders_and_publishes_on_a_phone(
    served: str, cdsu: User, page: Page, sign_in: SignIn, console_errors: list[str]
) -> None:
    sign_in(cdsu)
    page.goto(served + "/syntheses/")
    page.get_by_role("button", name="Préparer la synthèse").click()
    page.get_by_role("textbox", name="Introduction").fill("On a parlé de l’ascenseur.")
    page.locator("summary", has_text="Logement").first.click()
    for box in page.locator(".to-choose input:visible").all()[:3]:
        box.check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".chosen > li")).to_have_count(3)

    last = page.locator(".chosen input").last.get_attribute("value")
    page.get_by_role("button", name="Monter la parole 3").click()
    expect(page.locator(".chosen input").nth(1)).to_have_attribute("value", str(last))
    expect(page.get_by_role("status").last).to_contain_text("position 2 sur 3")
    assert overflow(page) == 0

    page.get_by_role("button", name="Aperçu").click()
    expect(page.locator(".preview-bar")).to_contain_text("Exactement ce que les partenaires liront")
    page.get_by_role("link", name="Publier…").click()
    page.get_by_role("button", name="Publier pour les partenaires").click()
    expect(page.get_by_role("status").first).to_contain_text("Publiée")
    summary = Summary.objects.get()
    assert summary.is_published
    assert str(summary.quotes.all()[1].observation_id) == last
    assert console_errors == []
