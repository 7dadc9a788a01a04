"""Suggestions while writing, on a phone of 360 px: offered, never imposed."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from observations.models import Theme, User
from tests.browser.conftest import PHONE

MOULD = "la moisissure dans la chambre"


@pytest.fixture
def form(served: str, agent: User, sign_in: Callable[[User], None], banc_vert, soubise, page: Page) -> Page:
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Ce qui a été dit").fill(text)


def chip(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name)


def status(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="D’après vos mots")


def test_a_tap_on_a_chip_chooses_the_theme_and_its_sub_theme(form: Page, console_errors: list[str]) -> None:
    say(form, MOULD)
    expect(form.get_by_label("Logement", exact=True)).not_to_be_checked()
    chip(form, "Logement, humidité et moisissures").click()
    expect(form.get_by_label("Logement", exact=True)).to_be_checked()
    expect(form.get_by_label("humidité et moisissures")).to_be_checked()
    expect(form.get_by_label("humidité et moisissures")).to_be_focused()
    expect(form.locator(".suggestion")).to_have_count(0)
    assert console_errors == []


def test_what_a_chip_chose_is_in_the_draft(form: Page) -> None:
    kept = form.get_by_text("Brouillon gardé sur ce téléphone.")
    say(form, MOULD)
    expect(kept).to_be_visible()
    form.evaluate("document.getElementById('draft-says').textContent = ''")
    chip(form, "Logement, humidité").click()
    expect(kept).to_be_visible()
    form.reload()
    expect(form.get_by_label("humidité et moisissures")).to_be_checked()


def test_the_keyboard_alone_chooses(form: Page) -> None:
    say(form, MOULD)
    expect(chip(form, "Logement, humidité")).to_be_visible()
    for _ in range(12):
        form.keyboard.press("Tab")
        if form.evaluate("document.activeElement.matches('.suggestion')"):
            break
    form.keyboard.press("Enter")
    expect(form.get_by_label("humidité et moisissures")).to_be_checked()


def test_what_was_seen_suggests_too(form: Page) -> None:
    form.get_by_label("Ce que j’ai vu").fill("Des encombrants au pied de l’immeuble")
    expect(chip(form, "Cadre de vie, propreté, encombrants")).to_be_visible()


@pytest.mark.parametrize("text", ["rien", "Bonjour, merci pour tout."], ids=["rien", "merci"])
def test_words_that_say_nothing_suggest_nothing(form: Page, text: str) -> None:
    say(form, MOULD)
    expect(form.locator(".suggestion")).to_have_count(1)
    say(form, text)
    expect(form.locator(".suggestion")).to_have_count(0)
    expect(status(form)).to_have_count(0)


def test_a_chosen_theme_is_not_replaced_nor_another_suggested(form: Page) -> None:
    form.get_by_label("Mobilités", exact=True).check()
    say(form, f"{MOULD}, et le bus est en retard")
    expect(chip(form, "Mobilités, bus")).to_be_visible()
    expect(form.locator(".suggestion")).to_have_count(1)
    expect(form.get_by_label("Mobilités", exact=True)).to_be_checked()
    form.get_by_label("stationnement", exact=True).check()
    expect(form.locator(".suggestion")).to_have_count(0)
    expect(form.get_by_label("stationnement", exact=True)).to_be_checked()


def test_a_theme_chosen_in_the_grid_takes_the_chips_away(form: Page) -> None:
    say(form, MOULD)
    expect(form.locator(".suggestion")).to_have_count(1)
    form.get_by_label("Mobilités", exact=True).check()
    expect(form.locator(".suggestion")).to_have_count(0)


def test_a_suggestion_is_said_once_and_not_at_each_key(form: Page) -> None:
    form.get_by_label("Ce qui a été dit").press_sequentially("la moisi")
    expect(status(form)).to_have_text("D’après vos mots\u00a0: Logement, humidité et moisissures.")
    form.evaluate(
        "window.said = 0; new MutationObserver(() => { window.said += 1; }).observe("
        "document.querySelector('#suggestions').previousElementSibling, { childList: true })"
    )
    for nature in ("Un besoin", "Une préoccupation", "Un atout"):
        form.get_by_label(nature).check()  # looks at the words again, at once
    form.evaluate("new Promise((tell) => setTimeout(tell))")
    assert form.evaluate("window.said") == 0
    say(form, "la moisissure, et le bus")
    expect(status(form)).to_contain_text("Mobilités, bus")
    assert form.evaluate("window.said") == 1


def test_a_quartier_that_is_named_is_suggested_under_its_list(form: Page) -> None:
    say(form, "On vient du banc vert pour le marché")
    chip(form, "Banc Vert").click()
    expect(form.locator("#id_neighbourhood")).to_have_value("QN05961M")
    expect(form.locator("#id_neighbourhood")).to_be_focused()
    expect(chip(form, "Banc Vert")).to_have_count(0)


def test_a_place_s_name_tells_more_than_the_words(form: Page) -> None:
    say(form, "On vient du Banc Vert")
    expect(chip(form, "Banc Vert")).to_be_visible()
    form.locator("#place > summary").click()
    form.get_by_label("Nom du lieu").fill("Arrêt Soubise")
    expect(chip(form, "Soubise")).to_be_visible()
    expect(chip(form, "Banc Vert")).to_have_count(0)


def test_a_quartier_chosen_by_hand_is_left_alone(form: Page) -> None:
    form.locator("#id_neighbourhood").select_option("QN05962M")
    say(form, f"Au Banc Vert, {MOULD}")
    expect(chip(form, "Logement")).to_be_visible()
    expect(chip(form, "Banc Vert")).to_have_count(0)


# Once the browser has settled its own scroll.
TOP = """new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(
    () => tell(document.activeElement.getBoundingClientRect().top))))"""


@pytest.mark.parametrize("name", ["theme", "agreement"])
def test_what_has_the_focus_does_not_move_when_chips_come_and_go(form: Page, name: str) -> None:
    """`agreement` is below the chips out of sight, where browsers keep the scroll themselves: not twice."""
    expect(form.get_by_role("button", name="Utiliser ma position")).to_be_visible()
    field = form.get_by_label("Ce qui a été dit")
    tell = (
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    form.locator(f"[name={name}]").last.focus()
    before = form.evaluate(TOP)
    field.evaluate(tell, f"Au Banc Vert, {MOULD}, et le bus")
    expect(form.locator(".suggestion")).to_have_count(3)
    assert abs(form.evaluate(TOP) - before) <= 1
    field.evaluate(tell, "")
    expect(form.locator(".suggestion")).to_have_count(0)
    assert abs(form.evaluate(TOP) - before) <= 1


def test_a_renamed_theme_keeps_its_words_and_a_retired_one_is_silent(served: str, form: Page) -> None:
    Theme.objects.filter(slug="logement-humidite").update(name="eau dans les murs")
    Theme.objects.filter(slug="mobilites").update(active=False)
    form.reload()
    say(form, f"{MOULD}, et le bus")
    expect(chip(form, "Logement, eau dans les murs")).to_be_visible()
    expect(form.locator(".suggestion")).to_have_count(1)


def test_a_browser_that_cannot_unfold_sub_themes_gets_the_theme_alone(form: Page) -> None:
    form.evaluate("document.querySelectorAll('.subs').forEach((list) => { list.style.display = 'none'; })")
    say(form, MOULD)
    chip(form, "Logement, humidité").click()
    expect(form.get_by_label("Logement", exact=True)).to_be_checked()
    expect(form.locator("[name=sub]:checked")).to_have_count(0)


def test_without_network_suggestions_go_on(form: Page) -> None:
    form.get_by_label("Ce qui a été dit").fill("bus")
    expect(chip(form, "Mobilités, bus")).to_be_visible()
    form.context.set_offline(True)
    say(form, MOULD)
    expect(chip(form, "Logement, humidité")).to_be_visible()


def test_the_words_never_leave_the_page(form: Page) -> None:
    sent: list[str] = []
    form.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    say(form, MOULD)
    chip(form, "Logement, humidité").click()
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    assert not [line for line in sent if "moisi" in line]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text_size", ["100%", "200%"])
def test_chips_have_no_fault_that_axe_can_see_and_fit_the_screen(
    form: Page, scheme: str, text_size: str
) -> None:
    form.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    form.evaluate("(size) => { document.documentElement.style.fontSize = size; }", text_size)
    say(form, "Au Banc Vert, la moisissure partout, et le bus ne passe plus le dimanche.")
    expect(form.locator(".suggestion")).to_have_count(3)
    assert Axe().run(form).response["violations"] == []
    boxes = [chip.bounding_box() for chip in form.locator(".suggestion").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert min(box["height"] for box in boxes) >= 44
