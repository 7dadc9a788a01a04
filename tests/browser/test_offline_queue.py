"""Never lose, never double: each case of the offline contract, on the rows stored and on what the screen says."""

import shutil
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Route, expect

from observations.models import Neighbourhood, Observation, Tombstone, User
from tests import factories
from tests.browser.conftest import PHONE, sign_in_context
from tests.browser.test_capture import form, received, write
from tests.browser.test_offline_shell import SETTLED, browser_context_args, installed, until

__all__ = ["browser_context_args", "form", "installed"]

DOOR = "**/saisie/*-*-*-*-*/"
DRAFT_KEPT = "Brouillon gardé sur ce téléphone."


def keep(page: Page, words: str = "L’ascenseur est en panne.") -> str:
    """Writes and saves; the identifier of what the phone now keeps."""
    write(page, words)
    identifier = page.locator("[name=id]").input_value()
    page.locator("#observation [type=submit]").click()
    expect(page.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    return identifier


def another(page: Page) -> None:
    page.get_by_role("button", name="En saisir une autre ici").click()
    expect(page.get_by_label("Ce qui a été dit")).to_have_value("")


def line(page: Page):
    return page.locator("[data-waiting]")


def stored() -> list[str]:
    return sorted(Observation.objects.values_list("words", flat=True))


def eventually(check: Callable[[], object], expected: object, page: Page) -> None:
    """Waits, while the browser works, until `check()` is `expected`."""
    for _ in range(200):
        if check() == expected:
            return
        page.wait_for_timeout(50)
    assert check() == expected


def answer_with(page: Page, status: int, body: str = "", **options: Any) -> None:
    page.context.route(DOOR, lambda route: route.fulfill(status=status, body=body, **options))


# --- without network ------------------------------------------------------------------------------


def test_saved_offline_it_leaves_when_the_network_returns(
    installed: Page, context: BrowserContext, agent: User
) -> None:
    context.set_offline(True)
    installed.reload()
    expect(line(installed)).to_contain_text("Pas de réseau.")
    expect(installed.get_by_role("button", name="Garder sur ce téléphone")).to_be_visible()
    keep(installed, "Dans la cage d’escalier.")
    expect(installed.get_by_text("Elle partira dès le retour du réseau.")).to_be_visible()
    expect(line(installed)).to_contain_text("1 observation en attente. Depuis")
    assert stored() == []
    context.set_offline(False)
    received(installed)
    expect(line(installed)).to_be_hidden()
    assert [(row.words, row.author) for row in Observation.objects.all()] == [
        ("Dans la cage d’escalier.", agent)
    ]


def test_the_browser_closed_and_reopened_loses_nothing(
    served: str,
    browser_type: BrowserType,
    browser_type_launch_args,
    agent,
    banc_vert,
    soubise,
    tmp_path: Path,
) -> None:
    def browser() -> BrowserContext:
        options = {**browser_type_launch_args, "viewport": PHONE, "service_workers": "allow"}
        return browser_type.launch_persistent_context(tmp_path / "profile", **options)

    first = browser()
    sign_in_context(first, served, agent)
    # Kept over the closing of the browser, as a session of 30 days is.
    [cookie] = first.cookies()
    first.add_cookies([{**cookie, "expires": timezone.now().timestamp() + 86_400}])
    page = first.new_page()
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    first.set_offline(True)
    page.reload()
    keep(page, "Avant de fermer.")
    first.close()

    second = browser()
    second.set_offline(True)
    page = second.new_page()
    page.goto(f"{served}/saisie/")
    expect(line(page)).to_contain_text("1 observation en attente.")
    assert stored() == []
    second.set_offline(False)
    eventually(stored, ["Avant de fermer."], page)
    expect(line(page)).to_be_hidden()
    second.close()
    shutil.rmtree(tmp_path / "profile")


def test_the_place_is_found_without_network(installed: Page, served: str, context: BrowserContext) -> None:
    context.set_offline(True)
    installed.goto(f"{served}/saisie/")
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 51.0283, "longitude": 2.3613})
    installed.get_by_role("button", name="Utiliser ma position").click()
    expect(installed.locator("#position-says")).to_contain_text("Vous êtes dans Banc Vert")


def test_what_waits_is_read_changed_and_destroyed_without_network(
    installed: Page, served: str, context: BrowserContext, console_errors: list[str]
) -> None:
    context.set_offline(True)
    installed.reload()
    keep(installed, "À changer.")
    another(installed)
    keep(installed, "À effacer.")
    installed.goto(f"{served}/mes-observations/")
    expect(line(installed)).to_contain_text("2 observations en attente. La plus ancienne")
    section = installed.get_by_role("region", name="À envoyer ou à finir")
    first = section.get_by_role("article").filter(has_text="À effacer.")
    first.get_by_text("Effacer…").click()
    first.get_by_role("button", name="Effacer pour de bon").click()
    expect(section.get_by_role("article")).to_have_count(1)
    section.get_by_role("link", name="Modifier").click()
    expect(installed.get_by_label("Ce qui a été dit")).to_have_value("À changer.")
    expect(installed.get_by_label("Logement", exact=True)).to_be_checked()
    installed.get_by_label("Ce qui a été dit").fill("Changée.")
    installed.locator("#observation [type=submit]").click()
    expect(installed.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    context.set_offline(False)
    received(installed)
    assert stored() == ["Changée."]


def test_a_draft_half_written_offline_comes_back(installed: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    installed.reload()
    installed.get_by_label("Ce qui a été dit").fill("À moitié")
    expect(installed.get_by_text(DRAFT_KEPT)).to_be_visible()
    installed.reload()
    expect(installed.get_by_text("Votre brouillon est de retour.")).to_be_visible()
    expect(installed.get_by_label("Ce qui a été dit")).to_have_value("À moitié")


# --- the wire -------------------------------------------------------------------------------------


def test_an_answer_lost_after_the_commit_doubles_nothing(form: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    form.context.route(DOOR, lose, times=1)
    keep(form, "Une seule fois.")
    eventually(stored, ["Une seule fois."], form)
    received(form)
    assert stored() == ["Une seule fois."]


def test_a_server_that_asks_to_wait_is_waited_for_unless_one_sends_now(form: Page) -> None:
    answer_with(form, 503, headers={"Retry-After": "200"})
    keep(form, "Sans attendre.")
    expect(line(form)).to_contain_text("Le serveur ne répond pas, nouvel essai bientôt.")
    form.context.unroute(DOOR)
    form.get_by_role("button", name="Envoyer maintenant").click()
    received(form)
    assert stored() == ["Sans attendre."]


def test_a_tab_killed_in_mid_upload_is_taken_up_by_the_next(form: Page, context: BrowserContext) -> None:
    reached: list[str] = []
    context.route(DOOR, lambda route: reached.append(route.request.url), times=1)
    address = form.url
    keep(form, "Coupée en route.")
    eventually(lambda: len(reached), 1, form)
    form.close()
    page = context.new_page()
    page.goto(address)
    eventually(stored, ["Coupée en route."], page)
    expect(line(page)).to_be_hidden()


def test_two_tabs_send_each_observation_once(
    installed: Page, served: str, context: BrowserContext, agent: User
) -> None:
    sent: list[str] = []
    context.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    other = context.new_page()
    other.goto(f"{served}/saisie/")
    context.set_offline(True)
    for page in (installed, other):
        page.bring_to_front()
        for n in range(3):
            keep(page, f"{'un' if page is installed else 'deux'} {n}")
            if n < 2:
                another(page)
    context.set_offline(False)
    eventually(lambda: len(stored()), 6, other)
    for page in (installed, other):
        expect(line(page)).to_be_hidden()
    assert len(sent) == len(set(sent)) == 6


def test_a_session_that_ended_keeps_everything_and_asks_to_sign_in(
    form: Page, context: BrowserContext, sign_in: Callable[[User], None], agent: User
) -> None:
    context.clear_cookies()
    keep(form, "Après la fin de la session.")
    expect(line(form)).to_contain_text("Reconnectez-vous pour envoyer.")
    expect(form.locator("#kept")).to_contain_text("Elle partira une fois la session rouverte")
    expect(form.get_by_role("link", name="Se reconnecter")).to_be_visible()
    assert stored() == []
    sign_in(agent)
    form.reload()
    eventually(stored, ["Après la fin de la session."], form)


def test_after_a_failure_of_the_server_it_leaves_by_itself(form: Page) -> None:
    form.context.route(DOOR, lambda route: route.fulfill(status=500, body="<h1>Erreur</h1>"), times=1)
    keep(form, "Au second essai.")
    received(form)
    assert stored() == ["Au second essai."]


def test_a_captive_portal_s_page_is_no_acknowledgement(form: Page) -> None:
    portal = "<title>Wifi gratuit</title>"
    form.context.route("**/saisie/**", lambda route: route.fulfill(status=200, body=portal))
    keep(form, "Derrière un portail.")
    expect(line(form)).to_contain_text("1 observation en attente")
    expect(form.locator("#kept")).to_contain_text("Elle partira dès que le serveur répondra.")
    assert stored() == []
    form.context.unroute("**/saisie/**")
    received(form)
    assert stored() == ["Derrière un portail."]


def test_an_acknowledgement_of_something_else_removes_nothing(form: Page) -> None:
    answer_with(form, 201, f'{{"id": "{uuid.uuid4()}", "digest": "x"}}', content_type="application/json")
    keep(form, "Pas celle-là.")
    expect(line(form)).to_contain_text("1 observation en attente")
    form.context.unroute(DOOR)
    received(form)
    assert stored() == ["Pas celle-là."]


def test_a_refused_one_is_corrected_by_its_author(form: Page, served: str) -> None:
    errors = '{"errors": {"words": ["Ce texte est trop long de 3 caractères."]}}'
    form.context.route(
        DOOR, lambda route: route.fulfill(status=422, body=errors, content_type="application/json"), times=1
    )
    keep(form, "Trop long pour un jour.")
    expect(form.get_by_text("mais il y a un point à revoir")).to_be_visible()
    expect(line(form)).to_contain_text("1 à corriger.")
    form.goto(f"{served}/mes-observations/")
    card = form.get_by_role("region", name="À envoyer ou à finir").get_by_role("article")
    expect(card).to_contain_text("À corriger")
    expect(card).to_contain_text("Ce texte est trop long de 3 caractères.")
    card.get_by_role("link", name="Modifier").click()
    expect(form.get_by_role("alert")).to_contain_text("Ce texte est trop long de 3 caractères.")
    form.get_by_label("Ce qui a été dit").fill("Court.")
    form.locator("#observation [type=submit]").click()
    received(form)
    assert stored() == ["Court."]


def test_one_poisoned_among_good_ones_holds_nothing_back(form: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    keep(form, "Bonne une")
    another(form)
    poison = keep(form, "Empoisonnée")
    another(form)
    keep(form, "Bonne deux")
    context.route(f"**/saisie/{poison}/", lambda route: route.fulfill(status=500, body="!"))
    context.set_offline(False)
    eventually(stored, ["Bonne deux", "Bonne une"], form)
    expect(line(form)).to_contain_text("1 observation en attente")


def conflict(author: User, identifier: str, neighbourhood: Neighbourhood, **fields: object) -> Observation:
    """What the server already holds under that key."""
    return factories.ObservationFactory(
        id=identifier,
        author=author,
        words="La première.",
        neighbourhood=neighbourhood,
        received_at=timezone.now(),
        **fields,
    )


def test_409_becomes_a_correction_in_one_tap(form: Page, served: str, agent: User, banc_vert) -> None:
    conflict(agent, form.locator("[name=id]").input_value(), banc_vert)
    keep(form, "La seconde.")
    expect(line(form)).to_contain_text("1 à corriger.")
    form.goto(f"{served}/mes-observations/")
    form.get_by_role("button", name="En faire une correction").click()
    eventually(stored, ["La seconde."], form)
    expect(form.get_by_role("region", name="À envoyer ou à finir")).to_be_hidden()


def test_409_on_somebody_else_s_becomes_a_new_one(
    form: Page, served: str, other_agent: User, banc_vert
) -> None:
    conflict(other_agent, form.locator("[name=id]").input_value(), banc_vert)
    keep(form, "La seconde.")
    expect(line(form)).to_contain_text("1 à corriger.")
    form.goto(f"{served}/mes-observations/")
    card = form.get_by_role("region", name="À envoyer ou à finir").get_by_role("article")
    expect(card).not_to_contain_text("La première.")
    card.get_by_role("button", name="En faire une correction").click()
    expect(card).to_contain_text("Faites de ce texte une nouvelle observation.")
    card.get_by_role("button", name="En faire une nouvelle").click()
    eventually(stored, ["La première.", "La seconde."], form)


def test_410_erases_on_the_phone_too_and_says_so(form: Page, served: str) -> None:
    Tombstone.objects.create(pk=form.locator("[name=id]").input_value(), reason=Tombstone.Reason.WITHDRAWN)
    keep(form, "Mots retirés.")
    expect(form.get_by_text("elle reste effacée")).to_be_visible()
    form.goto(f"{served}/mes-observations/")
    card = form.get_by_role("region", name="À envoyer ou à finir").get_by_role("article")
    expect(card).to_contain_text("Elle avait été retirée")
    expect(card).not_to_contain_text("Mots retirés.")
    card.get_by_role("button", name="J’ai compris").click()
    expect(form.get_by_role("region", name="À envoyer ou à finir")).to_be_hidden()
    assert stored() == []


def test_a_network_that_returns_during_a_try_is_used_as_soon_as_it_fails(form: Page) -> None:
    now = timezone.now()
    form.clock.install(time=now)
    held: list[Route] = []
    form.route("**/saisie/jeton/", lambda route: held.append(route), times=1)
    keep(form, "Entre deux réseaux.")
    expect(line(form)).to_contain_text("Envoi…")
    # No later try: the clock stands still.
    form.clock.pause_at(now + timedelta(minutes=1))
    form.evaluate("dispatchEvent(new Event('online'))")
    held[0].abort()
    received(form)
    assert stored() == ["Entre deux réseaux."]


# --- people ---------------------------------------------------------------------------------------


def test_somebody_else_on_the_same_phone_neither_sees_nor_sends_mine(
    form: Page, served: str, agent: User, other_agent: User, sign_in: Callable[[User], None], context
) -> None:
    context.set_offline(True)
    keep(form, "Pour moi seule.")
    another(form)
    form.get_by_label("Ce qui a été dit").fill("Brouillon à moi.")
    expect(form.get_by_text(DRAFT_KEPT)).to_be_visible()
    context.clear_cookies()
    sign_in(other_agent)
    with form.expect_event("domcontentloaded"):  # with the network comes the news of who is signed in
        context.set_offline(False)
    form.goto(f"{served}/saisie/")
    expect(form.locator("#observation[data-ready]")).to_be_visible()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("")
    expect(line(form)).to_be_hidden()
    form.goto(f"{served}/mes-observations/")
    expect(line(form)).to_contain_text("Rien n’attend sur ce téléphone.")
    expect(form.get_by_text("Pour moi seule.")).to_be_hidden()
    assert stored() == []
    context.clear_cookies()
    sign_in(agent)
    form.goto(f"{served}/mes-observations/")
    eventually(stored, ["Pour moi seule."], form)
    assert Observation.objects.get().author == agent


def test_from_the_cache_too_the_next_person_starts_with_a_blank_page(
    installed: Page, served: str, other_agent: User, sign_in: Callable[[User], None], context: BrowserContext
) -> None:
    context.set_offline(True)
    installed.reload()
    keep(installed, "Pour moi seule.")
    another(installed)
    installed.get_by_label("Ce qui a été dit").fill("Brouillon à moi.")
    expect(installed.get_by_text(DRAFT_KEPT)).to_be_visible()
    context.set_offline(False)
    eventually(stored, ["Pour moi seule."], installed)
    context.clear_cookies()
    installed.goto(f"{served}/compte/login/code/")
    expect(installed.get_by_role("heading", name="Se connecter")).to_be_visible()
    sign_in(other_agent)
    opened: list[Page] = []
    installed.on("domcontentloaded", lambda page: opened.append(page))
    installed.goto(f"{served}/saisie/")
    # The page from the cache learns from the server who is there now, and opens anew.
    eventually(lambda: len(opened), 2, installed)
    expect(installed.locator("#observation[data-ready]")).to_be_visible()
    expect(installed.get_by_label("Ce qui a été dit")).to_have_value("")
    keep(installed, "À quelqu’un d’autre.")
    received(installed)
    assert Observation.objects.get(words="À quelqu’un d’autre.").author == other_agent


def sign_out_page(page: Page, served: str, context: BrowserContext) -> None:
    """One observation waits, one is a draft; the sign-out page asks."""
    answer_with(page, 503, headers={"Retry-After": "200"})
    keep(page, "Qui attend.")
    expect(line(page)).to_contain_text("1 observation en attente")
    page.goto(f"{served}/compte/logout/")
    expect(page.get_by_text("1 observation attend d’être envoyée")).to_be_visible()


def test_signing_out_can_send_first(form: Page, served: str, context: BrowserContext) -> None:
    sign_out_page(form, served, context)
    form.get_by_role("button", name="Envoyer, puis me déconnecter").click()
    expect(form.get_by_text("Tout n’est pas parti.")).to_be_visible()
    context.unroute(DOOR)
    form.get_by_role("button", name="Envoyer, puis me déconnecter").click()
    expect(form.get_by_role("heading", name="Se connecter")).to_be_visible()
    assert stored() == ["Qui attend."]


def test_signing_out_can_keep_them_for_my_return(
    form: Page, served: str, context: BrowserContext, agent: User, sign_in: Callable[[User], None]
) -> None:
    sign_out_page(form, served, context)
    context.unroute(DOOR)
    form.get_by_role("button", name="Les garder ici").click()
    expect(form.get_by_role("heading", name="Se connecter")).to_be_visible()
    assert stored() == []
    sign_in(agent)
    form.goto(f"{served}/saisie/")
    eventually(stored, ["Qui attend."], form)


def test_signing_out_can_destroy_them_once_confirmed(
    form: Page, served: str, context: BrowserContext, agent: User, sign_in: Callable[[User], None]
) -> None:
    sign_out_page(form, served, context)
    context.unroute(DOOR)
    form.get_by_text("Les détruire…").click()
    form.get_by_role("button", name="Détruire et me déconnecter").click()
    expect(form.get_by_role("heading", name="Se connecter")).to_be_visible()
    sign_in(agent)
    form.goto(f"{served}/mes-observations/")
    expect(line(form)).to_contain_text("Rien n’attend sur ce téléphone.")
    assert stored() == []


def test_with_nothing_waiting_signing_out_is_one_tap(form: Page, served: str) -> None:
    form.goto(f"{served}/compte/logout/")
    form.get_by_role("button", name="Se déconnecter").click()
    expect(form.get_by_role("heading", name="Se connecter")).to_be_visible()


def share(page: Page) -> None:
    page.get_by_label("Plusieurs personnes s’en servent").check()
    expect(page.get_by_text("C’est retenu : ce téléphone se verrouille seul.")).to_be_visible()


def test_a_shared_phone_locks_when_nobody_touches_it(
    installed: Page, served: str, context: BrowserContext, agent: User, sign_in: Callable[[User], None]
) -> None:
    installed.goto(f"{served}/mes-observations/")
    share(installed)
    context.set_offline(True)
    installed.goto(f"{served}/saisie/")
    keep(installed, "Avant le verrou.")
    installed.clock.install()
    installed.reload()
    expect(line(installed)).to_contain_text("1 observation en attente")
    installed.clock.fast_forward("06:00")
    expect(line(installed)).to_contain_text("Téléphone verrouillé.")
    # Locked and offline: it takes, and shows nothing.
    keep(installed, "Sous le verrou.")
    installed.goto(f"{served}/mes-observations/")
    expect(line(installed)).to_contain_text("Téléphone verrouillé.")
    expect(installed.get_by_role("region", name="À envoyer ou à finir")).to_be_hidden()
    # The session that was open does not unlock it; a new one does.
    context.set_offline(False)
    installed.get_by_role("button", name="Déverrouiller").click()
    expect(installed.get_by_role("heading", name="Se connecter")).to_be_visible()
    agent.refresh_from_db()
    sign_in(agent)
    installed.goto(f"{served}/saisie/")
    eventually(stored, ["Avant le verrou.", "Sous le verrou."], installed)
    expect(line(installed)).to_be_hidden()


def test_signing_out_without_network_offers_to_lock_the_phone(
    installed: Page, served: str, context: BrowserContext
) -> None:
    context.set_offline(True)
    installed.reload()
    keep(installed, "À ne pas montrer.")
    installed.goto(f"{served}/compte/logout/")
    expect(installed.get_by_text("Se déconnecter demande du réseau.")).to_be_visible()
    installed.get_by_text("Verrouiller maintenant…").click()
    installed.get_by_role("button", name="Verrouiller ce téléphone").click()
    expect(line(installed)).to_contain_text("Téléphone verrouillé.")
    expect(installed.get_by_text("À ne pas montrer.")).to_be_hidden()
    installed.goto(f"{served}/mes-observations/")
    expect(line(installed)).to_contain_text("Téléphone verrouillé.")
    expect(installed.get_by_text("À ne pas montrer.")).to_be_hidden()


def test_a_shared_phone_stays_open_while_another_tab_is_written_in(
    form: Page, served: str, context: BrowserContext
) -> None:
    form.goto(f"{served}/mes-observations/")
    share(form)
    context.clock.install()
    form.reload()
    expect(line(form)).to_contain_text("Rien n’attend sur ce téléphone.")
    other = context.new_page()
    other.goto(f"{served}/saisie/")
    expect(other.locator("#observation[data-ready]")).to_be_visible()
    context.clock.fast_forward("04:00")
    other.get_by_label("Ce qui a été dit").press_sequentially("Ici.")
    context.clock.fast_forward("04:00")
    expect(other.get_by_text(DRAFT_KEPT)).to_be_visible()
    expect(line(form)).to_contain_text("Rien n’attend sur ce téléphone.")
    # Nobody touches either: both lock.
    context.clock.fast_forward("06:00")
    expect(form.get_by_text("Téléphone verrouillé.")).to_be_visible()
    expect(other.get_by_text("Téléphone verrouillé.")).to_be_visible()
    expect(other.get_by_label("Ce qui a été dit")).to_have_value("")


# --- the phone itself -----------------------------------------------------------------------------

FULL = """IDBObjectStore.prototype.put = function () {
  throw new DOMException("full", "QuotaExceededError");
};"""


def test_a_full_phone_sends_at_once_or_says_so_and_keeps_the_words_on_the_screen(
    form: Page, context: BrowserContext
) -> None:
    context.add_init_script(FULL)
    form.reload()
    write(form, "Plus de place.")
    context.set_offline(True)
    form.locator("#observation [type=submit]").click()
    expect(form.get_by_role("alert")).to_contain_text("Ce téléphone n’a plus de place")
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("Plus de place.")
    context.set_offline(False)
    form.locator("#observation [type=submit]").click()
    received(form)
    assert stored() == ["Plus de place."]


def test_a_day_of_waiting_is_said_aloud(form: Page, context: BrowserContext) -> None:
    form.clock.install(time=timezone.now() - timedelta(hours=25))
    form.reload()
    context.set_offline(True)
    keep(form, "Depuis hier.")
    expect(line(form)).to_contain_text("1 observation en attente")
    form.clock.fast_forward(timedelta(hours=25).total_seconds() * 1000)
    form.evaluate("dispatchEvent(new Event('offline'))")
    expect(line(form)).to_contain_text("Plus de 24 heures")


def test_a_phone_years_out_of_time_is_believed_for_its_words_only(
    browser: Browser, served: str, context: BrowserContext, form: Page
) -> None:
    form.clock.install(time="2035-01-01T10:00:00Z")
    form.reload()
    keep(form, "Du futur.")
    received(form)
    [row] = Observation.objects.all()
    assert row.observed_on.year == 2035
    assert row.has_odd_date
    assert abs(row.received_at - timezone.now()) < timedelta(minutes=5)


def test_two_tabs_never_write_the_same_draft(form: Page, context: BrowserContext) -> None:
    form.get_by_label("Ce qui a été dit").fill("Dans le premier onglet")
    expect(form.get_by_text(DRAFT_KEPT)).to_be_visible()
    second = context.new_page()
    second.goto(form.url)
    expect(second.locator("#observation[data-ready]")).to_be_visible()
    expect(second.get_by_label("Ce qui a été dit")).to_have_value("")


# Puts that many observations in the queue, the one of number `bad` with a theme that does not exist.
QUEUE = """async ([neighbourhood, howMany, bad]) => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const { queue, person } = await import(loaded.find((name) => /\\/phone\\.[0-9a-f]+\\.js/.test(name)));
  const day = new Date().toISOString().slice(0, 10);
  const save = (n) => {
    const payload = {
      form: 1, neighbourhood, theme: n === bad ? "nulle-part" : "logement", nature: "besoin", words: `Parole ${n}`,
      words_exact: true, agreement: "oui", observed_on: day, precision: "quartier",
    };
    const row = { id: crypto.randomUUID(), user: person.key, fields: [["words", payload.words]], labels: {} };
    return queue.save({ ...row, payload });
  };
  for (let n = 0; n < howMany; n += 100) {
    await Promise.all(Array.from({ length: Math.min(100, howMany - n) }, (_, i) => save(n + i)));
  }
}"""


def test_two_hundred_waiting_observations_all_leave(form: Page, context: BrowserContext, banc_vert) -> None:
    """Ten thousand do in tests/proof/test_ten_thousand.py."""
    context.set_offline(True)
    form.evaluate(QUEUE, [banc_vert.code, 200, -1])
    context.set_offline(False)
    expect(line(form)).to_be_hidden(timeout=600_000)
    assert len(set(stored())) == len(stored()) == 200
