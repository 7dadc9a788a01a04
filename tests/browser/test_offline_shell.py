"""The shell without network, in a real Chromium with its service worker."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from observations.actions import needs
from observations.capture import pwa
from observations.models import NeedLink, Theme, User
from tests import factories
from tests.browser.conftest import PHONE

INSIDE = {"latitude": 51.0283, "longitude": 2.3613}  # in the test square of Banc Vert
# The newest worker of this page is the one that answers it. Watched by a debugger, as here, an old one may not notice
# that it has nothing to do any more: a request, or the opening of a page, makes it look again.
SETTLED = """async () => {
  await fetch(document.querySelector("script[src]").src).catch(() => {});
  const { active, installing, waiting } = await navigator.serviceWorker.ready;
  const settled = active.state === "activated" && !installing && !waiting;
  return settled && navigator.serviceWorker.controller === active;
}"""
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"
CHECK = "async () => { await (await navigator.serviceWorker.getRegistration()).update(); }"
HELD = "async () => (await navigator.locks.query()).held.some(({ name }) => name === 'saisie-en-cours')"
LET_GO = "async () => (await navigator.locks.query()).held.every(({ name }) => name !== 'saisie-en-cours')"
KEPT = """async () => {
  const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
  return Promise.all(requests.map(async ({ url }) => [new URL(url).pathname, await (await caches.match(url)).text()]));
}"""
COUNT_CHECKS = """() => {
  window.checks = 0;
  ServiceWorkerRegistration.prototype.update = async () => { window.checks += 1; };
}"""
COME_BACK = "() => { document.dispatchEvent(new Event('visibilitychange')); return window.checks; }"
ANSWER = """([url, method]) => fetch(url, { method }).then(() => "an answer", () => "none")"""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    return {"viewport": PHONE, "locale": "fr-FR", "timezone_id": "Europe/Paris", "service_workers": "allow"}


@pytest.fixture
def installed(
    served: str, agent: User, sign_in: Callable[[User], None], banc_vert, soubise, page: Page
) -> Page:
    """A phone that opened the form once, its worker installed."""
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    return page


def until(page: Page, condition: str) -> None:
    """Waits for a promise of the page to answer true. (`wait_for_function` fights the content security policy.)"""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {condition}")


def open_offline(page: Page, context: BrowserContext, address: str) -> None:
    context.set_offline(True)
    page.goto(address)


def test_the_form_opens_without_network(
    installed: Page, served: str, context: BrowserContext, console_errors: list[str]
) -> None:
    open_offline(installed, context, f"{served}/saisie/?ici=6f1c1f0e-8a2d-4d39-9a55-0f2f4f0f7d11")
    expect(installed.get_by_role("heading", name="Nouvelle observation")).to_be_visible()
    installed.get_by_label("Ce qui a été dit").fill("L’ascenseur est en panne.")
    installed.get_by_label("Logement", exact=True).check()
    expect(installed.get_by_label("ascenseurs")).to_be_visible()
    installed.get_by_label("Quartier", exact=True).first.select_option("QN05962M")
    expect(installed.get_by_text("Aujourd’hui,")).to_be_visible()
    assert console_errors == []


def test_the_position_and_the_map_work_without_network(
    installed: Page, served: str, context: BrowserContext
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(INSIDE)
    open_offline(installed, context, f"{served}/saisie/")
    installed.get_by_role("button", name="Utiliser ma position").click()
    expect(installed.locator("#position-says")).to_contain_text("Vous êtes dans Banc Vert")
    installed.locator("#place > summary").click()
    installed.get_by_role("button", name="Placer le point sur la carte").click()
    expect(installed.locator("#map .map-outline")).to_have_count(2)


def test_the_position_does_not_need_a_session(installed: Page, served: str, context: BrowserContext) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(INSIDE)
    context.clear_cookies()
    installed.goto(f"{served}/saisie/")
    installed.get_by_role("button", name="Utiliser ma position").click()
    expect(installed.locator("#position-says")).to_contain_text("Vous êtes dans Banc Vert")


def test_any_other_page_says_that_there_is_no_network_and_comes_back_with_it(
    installed: Page, served: str, context: BrowserContext
) -> None:
    open_offline(installed, context, f"{served}/mes-observations/")
    expect(installed.get_by_role("heading", name="Pas de réseau")).to_be_visible()
    expect(installed).to_have_url(f"{served}/mes-observations/")
    context.set_offline(False)
    installed.get_by_role("link", name="Essayer de nouveau").click()
    expect(installed.get_by_role("heading", name="Mes observations")).to_be_visible()


def test_the_form_is_on_the_phone_before_anybody_has_signed_in(
    served: str, banc_vert, soubise, page: Page, context: BrowserContext
) -> None:
    page.goto(f"{served}/saisie/")
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible()
    until(page, SETTLED)
    open_offline(page, context, f"{served}/saisie/")
    expect(page.get_by_role("heading", name="Nouvelle observation")).to_be_visible()


def test_the_page_without_network_leads_to_the_form(
    installed: Page, served: str, context: BrowserContext
) -> None:
    open_offline(installed, context, f"{served}/mes-observations/")
    installed.get_by_role("link", name="Saisir une observation").click()
    expect(installed.get_by_role("heading", name="Nouvelle observation")).to_be_visible()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/saisie/", "POST"),
        ("/saisie/6f1c1f0e-8a2d-4d39-9a55-0f2f4f0f7d11/", "PUT"),
        ("/mes-observations/", "GET"),
        ("/api/v1/themes/", "GET"),
    ],
)
def test_the_worker_answers_for_nothing_else(
    path: str, method: str, installed: Page, served: str, context: BrowserContext
) -> None:
    """An answer made up on the phone could pass for the server's."""
    open_offline(installed, context, f"{served}/saisie/")
    assert installed.evaluate(ANSWER, [path, method]) == "none"


def test_nothing_of_anybody_is_ever_cached(
    installed: Page, served: str, agent: User, banc_vert, console_errors: list[str]
) -> None:
    factories.ObservationFactory(author=agent, neighbourhood=banc_vert, words="Motus et bouche cousue.")
    for path in (
        "/mes-observations/",
        "/saisie/",
        "/api/v1/neighbourhoods/",
        "/mes-observations/?questions=1",
    ):
        installed.goto(served + path)
    kept = dict(installed.evaluate(KEPT))
    assert kept.keys() == {
        "/saisie/hors-ligne/",
        "/hors-ligne/",
        "/saisie/quartiers.json",
        "/retours/sur-ce-telephone/",
        "/ecoute/sur-ce-telephone/",
        *pwa.precached_files(),
    }
    for path, text in kept.items():
        assert "Motus" not in text and agent.email not in text, path


def test_a_cdsu_s_paper_notebook_opens_too(
    served: str, cdsu: User, sign_in: Callable[[User], None], banc_vert, page: Page, context: BrowserContext
) -> None:
    sign_in(cdsu)
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    open_offline(page, context, f"{served}/saisie/")
    expect(page.get_by_role("heading", name="Nouvelle observation")).to_be_visible()


# --- a new version --------------------------------------------------------------------------------------------


def rename_a_theme() -> None:
    Theme.objects.filter(slug="logement").update(name="Habitat", short_name="Habitat")


def comes_in(page: Page) -> None:
    """The new version shows."""
    renamed = page.get_by_label("Habitat", exact=True)
    for n in range(30):
        if renamed.is_visible():
            return
        with suppress(Error):  # the page opens anew in the middle of it
            # Where requests are not enough, the next opening is.
            page.reload() if n % 10 == 9 else page.evaluate(SETTLED)
        page.wait_for_timeout(300)
    expect(renamed).to_be_visible()


def test_a_clean_form_takes_the_new_version_by_itself(installed: Page, served: str) -> None:
    installed.goto(f"{served}/saisie/")
    rename_a_theme()
    installed.evaluate(CHECK)
    comes_in(installed)
    until(installed, SETTLED)
    assert len(installed.evaluate("caches.keys()")) == 1


def test_a_form_being_written_is_never_reloaded(installed: Page, served: str) -> None:
    installed.goto(f"{served}/saisie/")
    installed.get_by_label("Ce qui a été dit").fill("Une phrase en cours.")
    until(installed, HELD)
    rename_a_theme()
    installed.evaluate(CHECK)
    until(installed, WAITING)
    installed.evaluate(CHECK)
    assert installed.evaluate(WAITING)
    expect(installed.get_by_label("Ce qui a été dit")).to_have_value("Une phrase en cours.")
    expect(installed.get_by_label("Logement", exact=True)).to_be_visible()


def test_a_form_being_written_in_another_tab_holds_the_new_version_back(
    installed: Page, served: str, context: BrowserContext
) -> None:
    other = context.new_page()
    other.goto(f"{served}/saisie/")
    other.get_by_label("Ce qui a été dit").fill("Une phrase en cours.")
    until(other, HELD)
    installed.goto(f"{served}/saisie/")
    rename_a_theme()
    installed.evaluate(CHECK)
    until(installed, WAITING)
    installed.evaluate(CHECK)
    assert installed.evaluate(WAITING)
    expect(other.get_by_label("Ce qui a été dit")).to_have_value("Une phrase en cours.")
    # Left, the form holds nothing back: the next page to open lets the version in.
    other.close()
    until(installed, LET_GO)
    installed.goto(f"{served}/saisie/")
    comes_in(installed)


def test_a_form_that_is_let_go_lets_the_new_version_in(installed: Page, served: str) -> None:
    installed.goto(f"{served}/saisie/")
    module = next(address for address in pwa.precached_files() if "/updates." in address)
    # Twice held, once let go: the second call gives the same function back.
    installed.evaluate(
        "async (module) => { const { holdForm } = await import(module); holdForm(); window.letGo = holdForm(); }",
        module,
    )
    until(installed, HELD)
    rename_a_theme()
    installed.evaluate(CHECK)
    until(installed, WAITING)
    expect(installed.get_by_label("Logement", exact=True)).to_be_visible()
    installed.evaluate("window.letGo()")
    comes_in(installed)


def test_even_a_worker_that_takes_over_does_not_reload_a_form_being_written(
    installed: Page, served: str
) -> None:
    """Two tabs may decide at the same moment: each answers for its own words."""
    installed.goto(f"{served}/saisie/")
    installed.get_by_label("Ce qui a été dit").fill("Une phrase en cours.")
    rename_a_theme()
    installed.evaluate(CHECK)
    until(installed, WAITING)
    installed.evaluate(
        "async () => (await navigator.serviceWorker.getRegistration()).waiting.postMessage('take-over')"
    )
    for _ in range(10):
        if installed.evaluate(SETTLED):
            break
        other = installed.context.new_page()
        with suppress(Error):
            other.goto(installed.url)
        other.close()
    until(installed, SETTLED)
    expect(installed.get_by_label("Ce qui a été dit")).to_have_value("Une phrase en cours.")
    expect(installed.get_by_label("Logement", exact=True)).to_be_visible()


def test_the_first_installation_reloads_nothing(
    served: str, agent: User, sign_in: Callable[[User], None], banc_vert, page: Page
) -> None:
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    page.evaluate("window.sameDocument = true")
    until(page, SETTLED)
    assert page.evaluate("window.sameDocument")


def test_an_application_left_open_asks_for_a_new_version_every_half_hour(
    installed: Page, served: str
) -> None:
    installed.clock.install()
    installed.goto(f"{served}/saisie/", wait_until="load")
    until(installed, SETTLED)
    installed.evaluate(COUNT_CHECKS)
    installed.clock.fast_forward("31:00")
    until(installed, f"() => ({COME_BACK})() === 1")
    assert installed.evaluate(COME_BACK) == 1
    installed.clock.fast_forward("31:00")
    assert installed.evaluate(COME_BACK) == 2


# --- what is told to residents, in a stairwell ----------------------------------------------------------------


def test_the_cards_are_on_the_phone_and_ask_what_changed(
    served: str,
    agent: User,
    cdsu: User,
    sign_in: Callable[[User], None],
    banc_vert,
    page: Page,
    context: BrowserContext,
) -> None:
    need, _ = needs.make(by=cdsu, title="Ascenseurs", theme=factories.theme(), neighbourhoods=[banc_vert])
    told = factories.GivingBackFactory(need=need, written_by=cdsu)
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    # A draft of something else is on the phone: it is not this answer.
    page.get_by_label("Ce qui a été dit").fill("Autre chose, commencé hier.")
    expect(page.get_by_text("Brouillon gardé")).to_be_visible()
    open_offline(page, context, f"{served}/retours/")
    expect(page.get_by_text("cartes gardées sur ce téléphone")).to_be_visible()
    expect(page.get_by_text("Une affiche est posée à chaque panne.")).to_be_visible()
    page.get_by_role("link", name="Est-ce que ça a changé ?").click()
    page.locator("#observation[data-ready]").wait_for()
    expect(page.locator("[data-told]")).to_have_text("Les ascenseurs : une date à chaque panne")
    expect(page.get_by_label("Ce qui a été dit")).to_have_value("")
    page.locator("#asked-after").get_by_label("Oui", exact=True).check()
    page.get_by_label("Ce que j’ai vu").fill("Une affiche, enfin.")
    page.get_by_label("Un atout").check()
    page.get_by_label("Logement", exact=True).check()
    page.get_by_role("combobox", name="Quartier").select_option(banc_vert.code)
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    expect(page.get_by_text("Elle partira dès le retour du réseau")).to_be_visible()
    context.set_offline(False)
    expect(page.get_by_text("Reçue. Elle sera relue")).to_be_visible()
    link = NeedLink.objects.get(observation__author=agent)
    assert (link.need_id, link.changed) == (told.need_id, "oui")


def test_the_course_is_on_the_phone_and_answers(
    installed: Page, served: str, context: BrowserContext
) -> None:
    open_offline(installed, context, f"{served}/ecoute/")
    expect(installed.get_by_role("heading", name="Garder les mots exacts")).to_be_visible()
    piece = installed.get_by_role("group", name="parce que les gens s’en fichent")
    piece.get_by_label("Vu").check()
    expect(piece.get_by_text("Plutôt")).to_be_visible()
    expect(piece.get_by_text("Cela explique, et juge")).to_be_visible()
    piece.get_by_label("Compris").check()
    expect(piece.get_by_text("C’est cela.")).to_be_visible()
    name = installed.get_by_role("group", name="Mme Lambert")
    name.get_by_label("Fait reconnaître").check()
    expect(name.get_by_text("Dites « une habitante ».")).to_be_visible()


def test_a_hint_of_the_course_shows_where_one_writes(installed: Page, served: str) -> None:
    hint = installed.get_by_text("Ses mots, même maladroits")
    expect(hint).to_be_hidden()
    installed.get_by_label("Ce qui a été dit").focus()
    expect(hint).to_be_visible()
    installed.get_by_label("Ce que j’ai vu").focus()
    expect(hint).to_be_hidden()
