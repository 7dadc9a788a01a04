"""While writing, on a phone of 360 px: what may let somebody be recognised is marked, and nothing is blocked."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from observations.capture import pwa
from observations.models import User
from tests.browser.conftest import PHONE, sign_in_context
from tests.browser.test_offline_shell import SETTLED, until

NAMED = "Hier ma voisine Fatima a monté les courses"
SENTENCE = "Ce passage permet peut-être de reconnaître quelqu’un."


@pytest.fixture
def form(served: str, agent: User, sign_in: Callable[[User], None], banc_vert, page: Page) -> Page:
    sign_in(agent)
    page.goto(f"{served}/saisie/")
    return page


def say(page: Page, text: str) -> Locator:
    field = page.get_by_label("Ce qui a été dit")
    field.fill(text)
    return field


def underlined(page: Page) -> Locator:
    return page.locator(".passage-mirror .passage:not(.passage-quiet)")


SAME_LINES = """() => {
  const [area, mirror] = [document.getElementById("id_words"), document.querySelector(".passage-mirror")];
  const shape = ({ font, lineHeight, padding, letterSpacing }) => [font, lineHeight, padding, letterSpacing].join();
  return shape(getComputedStyle(area)) === shape(getComputedStyle(mirror)) && area.scrollHeight === mirror.scrollHeight;
}"""


def same_lines(page: Page) -> bool:
    """Each letter of the unseen copy stands over its own."""
    return bool(page.evaluate(SAME_LINES))


def test_the_name_of_a_place_is_looked_at_too(form: Page) -> None:
    form.locator("#place > summary").click()
    form.get_by_label("Nom du lieu").fill("chez ma voisine Fatima")
    expect(form.locator("#place").get_by_role("status").filter(has_text=SENTENCE)).to_be_visible()
    expect(form.locator("#place").get_by_role("button", name="voisine Fatima")).to_be_visible()


def test_the_passage_is_underlined_in_its_field_and_named_under_it(
    form: Page, console_errors: list[str]
) -> None:
    field = say(form, NAMED)
    expect(underlined(form)).to_have_text("voisine Fatima")
    expect(form.get_by_role("status").filter(has_text=SENTENCE)).to_contain_text(
        "Vous pouvez enregistrer quand même."
    )
    box, mark = field.bounding_box(), underlined(form).bounding_box()
    assert box and mark
    assert same_lines(form)
    assert box["y"] <= mark["y"] and mark["y"] + mark["height"] <= box["y"] + box["height"]
    assert console_errors == []


def test_a_tap_on_the_passage_selects_it(form: Page) -> None:
    field = say(form, NAMED)
    form.get_by_role("button", name="voisine Fatima").click()
    expect(field).to_be_focused()
    assert field.evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == "voisine Fatima"
    form.keyboard.type("voisine")
    expect(underlined(form)).to_have_count(0)
    expect(form.get_by_text(SENTENCE)).to_have_count(0)


def test_a_topic_is_a_quieter_mark(form: Page) -> None:
    say(form, "elle va à la mosquée")
    expect(form.locator(".passage-mirror .passage-quiet")).to_have_text("mosquée")
    expect(form.get_by_text("gardez seulement ce qui est utile")).to_be_visible()
    expect(underlined(form)).to_have_count(0)


def test_it_never_keeps_from_saving(form: Page) -> None:
    say(form, NAMED)
    expect(form.get_by_text(SENTENCE)).to_be_visible()
    form.locator("#id_nature").check()
    form.get_by_label("Logement", exact=True).check()
    form.locator("#id_agreement").check()
    form.get_by_role("button", name="Enregistrer").click()
    expect(form.locator("#kept")).to_be_visible()


def test_what_a_draft_holds_is_marked_when_it_comes_back(form: Page) -> None:
    say(form, NAMED)
    expect(form.get_by_text("Brouillon gardé sur ce téléphone.")).to_be_visible()
    form.reload()
    expect(underlined(form)).to_have_text("voisine Fatima")


def test_it_works_without_network(served: str, agent: User, banc_vert, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, locale="fr-FR", service_workers="allow")
    sign_in_context(context, served, agent)
    page = context.new_page()
    page.goto(f"{served}/saisie/")
    until(page, SETTLED)
    context.set_offline(True)
    page.reload()
    say(page, NAMED)
    expect(underlined(page)).to_have_text("voisine Fatima")
    context.close()


def test_the_patterns_are_kept_with_the_form() -> None:
    assert any("detection" in path and path.endswith(".json") for path in pwa.precached_files())


def test_the_marks_pass_axe(form: Page) -> None:
    say(form, NAMED)
    expect(form.get_by_text(SENTENCE)).to_be_visible()
    results = Axe().run(form)
    assert results.violations_count == 0, results.generate_report()
