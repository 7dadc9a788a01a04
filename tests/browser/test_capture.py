"""Logging an observation on a phone of 360 px, in a real Chromium."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from observations.capture import geocode
from observations.models import Observation, Tombstone, User
from tests import factories
from tests.browser.conftest import PHONE

INSIDE = {"latitude": 51.0283, "longitude": 2.3613}  # in the test square of Banc Vert
BESIDE = {"latitude": 51.0283, "longitude": 2.3543}  # 140 m west of it
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da63fcff1f0003030200"
    "ef9bd3d30000000049454e44ae426082"
)


@pytest.fixture
def form(served: str, agent: User, sign_in: Callable[[User], None], banc_vert, soubise, page: Page) -> Page:
    """The open form, its agent signed in, the neighbourhood not guessed; tiles answer with a dot."""
    page.route("https://data.geopf.fr/**", lambda route: route.fulfill(body=PIXEL, content_type="image/png"))
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    expect(page.locator("#observation[data-ready]")).to_be_visible()
    return page


def write(page: Page, words: str = "L’ascenseur est en panne.") -> None:
    """The least that is asked: words, nature, theme, neighbourhood, agreement."""
    page.get_by_label("Ce qui a été dit").fill(words)
    page.get_by_label("Une préoccupation").check()
    page.get_by_label("Logement", exact=True).check()
    page.get_by_label("Quartier", exact=True).first.select_option("QN05961M")
    page.get_by_role("radio", name="Oui").check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    received(page)


def received(page: Page) -> None:
    expect(page.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    expect(page.get_by_text("Reçue. Elle sera relue")).to_be_visible()


def test_a_worker_logs_an_observation_with_a_thumb(
    form: Page, agent: User, console_errors: list[str]
) -> None:
    write(form)
    form.get_by_label("ascenseurs").check()
    save(form)
    expect(form.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    stored = Observation.objects.get()
    assert (stored.author, stored.theme.slug, stored.agreement) == (agent, "logement-ascenseurs", "oui")
    assert console_errors == []


def test_only_the_chosen_theme_shows_its_sub_themes(form: Page) -> None:
    expect(form.get_by_label("ascenseurs")).to_be_hidden()
    form.get_by_label("Logement", exact=True).check()
    expect(form.get_by_label("ascenseurs")).to_be_visible()
    form.get_by_label("Mobilités", exact=True).check()
    expect(form.get_by_label("ascenseurs")).to_be_hidden()
    expect(form.get_by_label("bus", exact=True)).to_be_visible()


def test_everything_is_saved_without_javascript(
    served: str, browser, agent: User, sign_in, context: BrowserContext, banc_vert, soubise
) -> None:
    sign_in(agent)
    plain = browser.new_context(
        java_script_enabled=False, viewport=PHONE, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{served}/saisie/")
    expect(page.get_by_role("button", name="Utiliser ma position")).to_be_hidden()
    write(page)
    page.get_by_label("ascenseurs").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="C’est enregistré")).to_be_visible()
    page.get_by_text("Retirer…").click()
    page.get_by_role("button", name="Retirer pour de bon").click()
    expect(page.get_by_text("il n’en reste aucun mot")).to_be_visible()
    plain.close()
    assert Tombstone.objects.count() == 1


def test_the_page_never_scrolls_sideways(form: Page) -> None:
    form.get_by_label("Mobilités", exact=True).check()
    for fold in form.locator("main details > summary").all():
        fold.click()
    form.get_by_role("button", name="Placer le point sur la carte").click()
    expect(form.locator("#map.leaflet-container")).to_be_visible()
    assert form.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_twice_as_large_nothing_overflows_the_form(form: Page) -> None:
    form.evaluate("document.documentElement.style.fontSize = '200%'")
    form.get_by_label("Mobilités", exact=True).check()
    assert form.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_again_in_the_same_place_takes_five_taps_and_three_choices(form: Page) -> None:
    write(form, "La première.")
    save(form)
    taps = 0

    def tap(target: Locator) -> None:
        nonlocal taps
        target.click()
        taps += 1

    tap(form.get_by_role("button", name="En saisir une autre ici"))
    # The words' field has the focus: dictation or keyboard, no tap.
    form.keyboard.type("La lumière du hall ne marche plus.")
    choices = [
        form.locator("label", has_text="Une préoccupation"),
        form.locator("label.tile", has_text="Cadre de vie"),
        form.locator("fieldset:not(#asked-after) label", has_text=re.compile("^Oui$")),
    ]
    for choice in choices:
        tap(choice)
    tap(form.get_by_role("button", name="Enregistrer"))
    received(form)
    assert taps == 5 and len(choices) == 3
    first, second = Observation.objects.order_by("received_at")
    assert second.neighbourhood == first.neighbourhood
    assert second.words == "La lumière du hall ne marche plus."


def test_a_draft_survives_a_reload_and_goes_once_saved(form: Page) -> None:
    write(form, "Une phrase qui ne se perd pas.")
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    form.reload()
    expect(form.get_by_text("Votre brouillon est de retour.")).to_be_visible()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("Une phrase qui ne se perd pas.")
    expect(form.get_by_label("Logement", exact=True)).to_be_checked()
    save(form)
    form.get_by_role("button", name="En saisir une autre ici").click()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("")
    expect(form.locator("#id_neighbourhood")).to_have_value("QN05961M")
    expect(form.get_by_text("Votre brouillon est de retour.")).to_be_hidden()


def test_a_draft_can_be_dropped(form: Page) -> None:
    write(form)
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    form.reload()
    form.get_by_role("button", name="Repartir d’une page blanche").click()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("")
    expect(form.get_by_text("Votre brouillon est de retour.")).to_be_hidden()


def test_another_person_on_the_same_phone_never_sees_my_draft(
    form: Page, served: str, other_agent: User, sign_in: Callable[[User], None]
) -> None:
    write(form, "Pour moi seule.")
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    sign_in(other_agent)
    form.goto(f"{served}/saisie/")
    expect(form.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("")


def test_the_position_is_asked_on_a_tap_and_fills_the_neighbourhood(
    form: Page, context: BrowserContext, console_errors: list[str]
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(INSIDE)
    form.get_by_role("button", name="Utiliser ma position").click()
    expect(form.locator("#position-says")).to_contain_text("Vous êtes dans Banc Vert")
    expect(form.locator("#id_neighbourhood")).to_have_value("QN05961M")
    assert console_errors == []


def test_outside_every_neighbourhood_the_distance_is_said_and_the_choice_stays_free(
    form: Page, context: BrowserContext
) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(BESIDE)
    form.get_by_role("button", name="Utiliser ma position").click()
    expect(form.locator("#position-says")).to_contain_text("hors QPV, à 140\u00a0m de Banc Vert")
    form.locator("#id_neighbourhood").select_option("QN05962M")


def test_a_refused_position_leaves_the_list(form: Page, context: BrowserContext) -> None:
    context.clear_permissions()
    form.get_by_role("button", name="Utiliser ma position").click()
    expect(form.locator("#position-says")).to_contain_text("Choisissez le quartier dans la liste")


def open_map(page: Page) -> None:
    page.locator("#place > summary").click()
    page.get_by_role("button", name="Placer le point sur la carte").click()
    expect(page.locator("#map-says")).to_contain_text("Touchez la carte")


def test_a_home_is_said_to_keep_no_point_even_after_one_was_placed(form: Page) -> None:
    open_map(form)
    form.get_by_role("button", name="Placer au centre de la carte").click()
    form.get_by_label("Lieu public").check()
    summary = form.locator("#place > summary")
    expect(summary).to_contain_text("Lieu public")
    form.get_by_label("Genre de lieu").select_option("domicile")
    expect(summary).to_contain_text("seul le quartier est gardé")
    expect(summary).not_to_contain_text("Lieu public")
    write(form)
    save(form)
    assert Observation.objects.get().latitude is None


def test_a_tap_on_the_map_places_a_sector_that_is_kept_rounded(form: Page, console_errors: list[str]) -> None:
    form.locator("#id_neighbourhood").select_option("QN05961M")
    open_map(form)
    box = form.locator("#map").bounding_box()
    form.locator("#map").click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(form.locator("#map-says")).to_contain_text("Le point est dans Banc Vert")
    expect(form.get_by_label("Secteur de 200 m")).to_be_checked()
    write(form)
    save(form)
    stored = Observation.objects.get()
    assert stored.precision == "secteur"
    assert abs(stored.latitude - 51.0283) < 0.002
    assert stored.tile_x is not None
    assert console_errors == []


def test_without_tiles_outlines_and_point_stand_on_plain_paper(form: Page) -> None:
    form.unroute("https://data.geopf.fr/**")
    form.route("https://data.geopf.fr/**", lambda route: route.abort())
    open_map(form)
    expect(form.locator("#map .map-outline")).to_have_count(2)
    form.locator("#map").click(position={"x": 100, "y": 100})
    form.get_by_label("Lieu public").check()
    expect(form.locator("#map .map-point")).to_have_count(1)


def test_the_map_s_code_is_fetched_only_when_it_is_opened(form: Page) -> None:
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    form.reload()
    expect(form.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    assert not any("leaflet" in url or "place_map" in url or "api" in url for url in asked)
    open_map(form)
    assert any("leaflet" in url for url in asked)


def test_an_address_places_the_point_without_a_pointer(form: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    address = geocode.Address("Place Jean Bart 59140 Dunkerque", 51.0283, 2.3613)
    monkeypatch.setattr(geocode, "find", lambda query, box: [address])
    open_map(form)
    form.get_by_label("Chercher une rue, une place").fill("place jean bart")
    form.keyboard.press("Enter")
    form.get_by_role("button", name="Place Jean Bart").press("Enter")
    expect(form.locator("#map-says")).to_contain_text("Le point est dans Banc Vert")
    assert form.locator("#id_latitude").input_value() == "51.0283"


def test_a_silent_address_search_says_so(form: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geocode, "find", lambda query, box: None)
    open_map(form)
    form.get_by_label("Chercher une rue, une place").fill("place jean bart")
    form.get_by_role("button", name="Chercher").click()
    expect(form.locator("#address-says")).to_contain_text("ne répond pas")


def test_the_keyboard_alone_saves(form: Page) -> None:
    tab_to(form, "words")
    form.keyboard.type("Le banc est cassé.")
    tab_to(form, "nature")
    form.keyboard.press("Space")
    tab_to(form, "theme")
    form.keyboard.press("Space")
    tab_to(form, "sub")
    form.keyboard.press("Space")
    tab_to(form, "neighbourhood")
    form.keyboard.press("ArrowDown")
    tab_to(form, "agreement")
    form.keyboard.press("Space")
    for _ in range(10):
        form.keyboard.press("Tab")
        if form.evaluate("document.activeElement.type") == "submit":
            break
    form.keyboard.press("Enter")
    received(form)
    assert Observation.objects.get().theme.slug == "logement-humidite"


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the field of that name has the focus, and checks that nothing covers it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            assert page.evaluate(
                "(() => { const field = document.activeElement.getBoundingClientRect();"
                " const bar = document.querySelector('.reach').getBoundingClientRect();"
                " return field.top < bar.top; })()"
            )
            return
    pytest.fail(f"Tab never reaches {name}")


def test_a_double_click_stores_once(form: Page) -> None:
    write(form)
    form.get_by_role("button", name="Enregistrer").dblclick()
    received(form)
    assert Observation.objects.count() == 1


def test_reloaded_after_saving_the_form_is_another_one(form: Page) -> None:
    write(form, "La première phrase.")
    save(form)
    form.reload()
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("")
    write(form, "La seconde phrase.")
    save(form)
    assert Observation.objects.count() == 2


def test_what_was_just_received_can_be_corrected(form: Page) -> None:
    write(form, "Une faute.")
    save(form)
    form.get_by_role("link", name="Corriger ou retirer").click()
    form.get_by_role("link", name="Corriger").click()
    form.get_by_label("Ce qui a été dit").fill("Sans faute.")
    form.get_by_role("button", name="Enregistrer la correction").click()
    expect(form.get_by_text("Votre correction est enregistrée.")).to_be_visible()
    assert Observation.objects.get().words == "Sans faute."


def test_a_fault_sends_the_reader_to_the_field_and_keeps_the_words(form: Page) -> None:
    write(form)
    form.evaluate(
        "document.querySelectorAll('[name=agreement]').forEach((radio) => { radio.checked = false; })"
    )
    form.get_by_role("button", name="Enregistrer").click()
    form.get_by_role("link", name="Dites si la personne accepte").click()
    assert form.evaluate("document.activeElement.name") == "agreement"
    expect(form.get_by_label("Ce qui a été dit")).to_have_value("L’ascenseur est en panne.")


def test_the_author_answers_a_question_on_the_phone(
    form: Page, served: str, agent: User, cdsu: User, console_errors: list[str]
) -> None:
    factories.ObservationFactory(
        author=agent,
        status="a-preciser",
        status_reason="Tous les jours ?",
        status_by=cdsu,
        status_at="2026-01-05T10:00:00Z",
    )
    form.goto(f"{served}/mes-observations/")
    form.get_by_label("Votre réponse").fill("Le lundi.")
    form.get_by_role("button", name="Répondre").click()
    expect(form.get_by_text("Vous avez répondu")).to_be_visible()
    assert console_errors == []


def test_words_typed_before_the_scripts_arrive_are_neither_replaced_nor_forgotten(
    form: Page, served: str, context: BrowserContext
) -> None:
    form.get_by_label("Ce qui a été dit").fill("Un brouillon d’avant.")
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    form.close()
    slow = context.new_page()
    held: list[Route] = []
    slow.route("**/capture.*.js", lambda route: held.append(route))
    slow.goto(f"{served}/saisie/", wait_until="commit")
    slow.get_by_label("Ce qui a été dit").fill("Sur un réseau lent.")
    for route in held:
        route.continue_()
    slow.unroute("**/capture.*.js")
    expect(slow.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    expect(slow.get_by_label("Ce qui a été dit")).to_have_value("Sur un réseau lent.")
    slow.goto(f"{served}/mes-observations/")
    drafts = slow.get_by_role("region", name="À envoyer ou à finir").get_by_role("article")
    expect(drafts).to_have_count(2)


def test_all_that_the_form_s_script_needs_is_asked_for_at_once(form: Page) -> None:
    """A module that names another only when it arrives costs one more answer of a slow network."""
    told = form.locator("link[rel=modulepreload]").evaluate_all("links => links.map((link) => link.href)")
    ran = form.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).map((one) => one.name)"
    )
    assert {*ran} - {*told} == {one for one in ran if "/updates." in one}
    assert form.locator("link[rel=stylesheet]").count() == 0
