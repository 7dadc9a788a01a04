"""Needs with the keyboard alone: a month of raw observations becomes three needs and a synthèse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from observations.actions import needs
from observations.models import Need, NeedLink, Observation, Role, Status, Summary, User
from tests import factories
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_review import EMPTY_TILE, press
from tests.restitution.month import month_before

THEMES = {
    "logement-ascenseurs": "Pannes d’ascenseur",
    "mobilites-bus": "Bus du soir",
    "cadre-proprete": "Bacs pleins",
}
EACH = 6
FOCUSED = """() => {
  const e = document.activeElement;
  return (e.labels?.[0]?.innerText || e.getAttribute("aria-label") || e.innerText || "").trim();
}"""


@pytest.fixture
def cdsu(served: str) -> User:
    return factories.UserFactory(role=Role.CDSU, name="Claire Martin")


@pytest.fixture
def desk(page: Page, cdsu: User, sign_in: Callable[[User], None]) -> Page:
    sign_in(cdsu)
    page.set_viewport_size(DESK)
    page.route(
        "https://data.geopf.fr/**", lambda route: route.fulfill(body=EMPTY_TILE, content_type="image/gif")
    )
    return page


@pytest.fixture
def month(served: str) -> None:
    """Eighteen observations to read, six a theme, in a neighbourhood where two people write."""
    place = factories.NeighbourhoodFactory()
    authors = [factories.UserFactory(), factories.UserFactory()]
    for slug in THEMES:
        for n in range(EACH):
            factories.ObservationFactory(
                neighbourhood=place,
                theme=factories.theme(slug),
                author=authors[n % 2],
                words=f"On en parle à {slug}, fois {n}.",
                observed_on=month_before().replace(day=3 + 3 * n),
            )


def tab_to(page: Page, name: str, *, limit: int = 80) -> None:
    """Tabs until the control that has this accessible name holds the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).startswith(name):
            return
    raise AssertionError(f"Nothing named « {name} » is reached with Tab.")


def test_a_month_becomes_three_needs_and_a_synthese_without_a_mouse(
    desk: Page, served: str, month: None, cdsu: User, console_errors: list[str]
) -> None:
    for slug, title in THEMES.items():
        desk.goto(f"{served}/relecture/?theme={slug}")
        desk.wait_for_load_state("load")
        for _ in range(EACH):
            press(desk, "j")
            desk.keyboard.press("x")
        desk.keyboard.press("r")
        expect(desk.get_by_role("status").get_by_text(f"{EACH} observations retenues")).to_be_visible()
        for _ in range(EACH):
            press(desk, "j")
            desk.keyboard.press("x")
        desk.keyboard.press("b")
        expect(desk.get_by_role("combobox", name="Besoin").last).to_be_focused()
        desk.keyboard.press("Tab")
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("heading", name=f"Avec {EACH} observations")).to_be_visible()
        tab_to(desk, "Le besoin, en une ligne")
        desk.keyboard.type(title)
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("heading", level=1, name=title)).to_be_visible()
    assert sorted(Need.objects.values_list("title", flat=True)) == sorted(THEMES.values())
    assert NeedLink.objects.filter(unlinked_at=None).count() == 3 * EACH
    assert not Observation.objects.exclude(status=Status.ACCEPTED).exists()
    desk.goto(f"{served}/syntheses/")
    tab_to(desk, "Préparer la synthèse")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("textbox", name="Introduction")).to_be_visible()
    tab_to(desk, "Introduction")
    desk.keyboard.type("On a parlé des ascenseurs, du bus et des bacs.")
    tab_to(desk, "Enregistrer", limit=200)
    desk.keyboard.press("Enter")
    draft = Summary.objects.get()
    expect(desk.get_by_role("status").first).to_be_attached()
    desk.goto(f"{served}/syntheses/{draft.pk}/publier/")
    tab_to(desk, "Publier")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Publiée : les partenaires lisent")).to_be_visible()
    draft.refresh_from_db()
    assert draft.is_published
    assert draft.introduction == "On a parlé des ascenseurs, du bus et des bacs."
    assert console_errors == []


def test_a_need_is_sorted_out_on_a_phone(desk: Page, served: str, month: None, cdsu: User) -> None:
    rows = Observation.objects.filter(theme__slug="mobilites-bus").values_list("pk", flat=True)
    need, _ = needs.make(
        by=cdsu, title="Bus du soir", theme=factories.theme("mobilites-bus"), observations=rows
    )
    desk.set_viewport_size(PHONE)
    desk.goto(f"{served}/besoins/{need.pk}/")
    desk.get_by_role("checkbox", name=re.compile("Choisir")).first.check()
    desk.get_by_role("button", name="Nuance").click()
    expect(desk.get_by_role("heading", name="Des nuances 1")).to_be_visible()
    desk.get_by_role("button", name="Annuler").click()
    expect(desk.get_by_role("heading", name="Des nuances 0")).to_be_visible()
    desk.get_by_role("radio", name="Sans suite").check()
    desk.get_by_role("button", name="Noter").click()
    expect(desk.get_by_role("alert")).to_contain_text("Dites pourquoi")
    desk.get_by_role("textbox", name=re.compile("Un mot là-dessus")).fill("Relève de la région.")
    desk.get_by_role("button", name="Noter").click()
    expect(desk.get_by_role("status").get_by_text("C’est noté")).to_be_visible()
    need.refresh_from_db()
    assert need.state == "sans-suite"
