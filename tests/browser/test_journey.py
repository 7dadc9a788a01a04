"""The whole way of one voice: from a phone of 360 px, across the reviewer's desk, to the partner's PDF."""

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from observations.models import Neighbourhood, Observation, Role, Summary, User
from tests import factories
from tests.browser.conftest import DESK, PHONE, sign_in_context
from tests.restitution.month import hear, month_before

WORDS = "L’ascenseur, trois semaines. Ma voisine du neuvième ne descend plus."
REWORDED = "L’ascenseur, trois semaines. Il y a des voisines qui ne descendent plus."


@pytest.fixture
def open_as(served: str, browser: Browser) -> Callable[[User, dict[str, int]], Page]:
    """`open_as(user, size)`: a browser of that person's own, signed in, map tiles from nowhere."""

    def open_page(user: User, size: dict[str, int]) -> Page:
        context = browser.new_context(viewport=size, locale="fr-FR", timezone_id="Europe/Paris")
        sign_in_context(context, served, user)
        page = context.new_page()
        page.route("https://data.geopf.fr/**", lambda route: route.abort())
        return page

    return open_page


def log_an_observation(phone: Page, served: str, place: Neighbourhood) -> None:
    phone.goto(f"{served}/saisie/")
    phone.get_by_label("Ce qui a été dit").fill(WORDS)
    phone.get_by_label("Une préoccupation").check()
    phone.get_by_label("Logement", exact=True).check()
    phone.get_by_label("Quartier", exact=True).first.select_option(place.code)
    phone.get_by_role("radio", name="Oui").check()
    phone.locator("summary", has_text="Quand").click()
    phone.get_by_label("Jour").fill(f"{month_before():%Y-%m}-15")
    phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    expect(phone.get_by_text("Reçue.")).to_be_visible()


def review(desk: Page, served: str) -> None:
    desk.goto(f"{served}/relecture/?statut=a-relire")
    desk.locator(".line .voice a").first.click()
    expect(desk.locator("blockquote").first).to_contain_text("Ma voisine du neuvième")
    desk.get_by_role("textbox", name="Texte pour les partenaires").fill(REWORDED)
    desk.get_by_role("button", name=re.compile("^Retenir")).click()
    expect(desk.get_by_role("status").get_by_text("Retenue.")).to_be_visible()


def publish(desk: Page, served: str) -> None:
    desk.goto(f"{served}/syntheses/")
    desk.get_by_role("button", name=re.compile("Préparer la synthèse")).click()
    desk.get_by_role("textbox", name="Introduction").fill("On a surtout parlé de l’ascenseur.")
    desk.locator("summary", has_text="Logement").first.click()
    desk.locator(".to-choose li", has_text="Il y a des voisines").get_by_role("checkbox").check()
    desk.get_by_role("button", name="Enregistrer").click()
    expect(desk.locator(".chosen > li")).to_have_count(1)
    desk.get_by_role("button", name="Publier…").click()
    desk.get_by_role("button", name="Publier pour les partenaires").click()
    expect(desk.get_by_role("status").first).to_contain_text("Publiée")


def test_a_voice_goes_from_the_street_to_the_partners_table(
    served: str, open_as: Callable[[User, dict[str, int]], Page]
) -> None:
    worker, cdsu = factories.UserFactory(), factories.UserFactory(role=Role.CDSU)
    places = [factories.NeighbourhoodFactory(), factories.NeighbourhoodFactory(west=2.39)]
    hear(month_before(), places, cdsu)

    log_an_observation(open_as(worker, PHONE), served, places[0])
    logged = Observation.objects.get(author=worker)
    assert (logged.words, logged.status) == (WORDS, "a-relire")

    desk = open_as(cdsu, DESK)
    review(desk, served)
    logged.refresh_from_db()
    assert (logged.public_text, logged.status) == (REWORDED, "retenue")
    publish(desk, served)

    partner = open_as(factories.UserFactory(role=Role.PARTNER), PHONE)
    partner.goto(f"{served}/syntheses/{Summary.objects.published().get().pk}/")
    expect(partner.get_by_text("Il y a des voisines qui ne descendent plus")).to_be_visible()
    assert "neuvième" not in partner.content()
    with partner.expect_download() as download:
        partner.get_by_role("link", name="PDF").click()
    pages = PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "des voisines qui ne descendent plus" in text
    assert "neuvième" not in text
