"""Putting the notebook on the home screen: a sentence on an iPhone, a button where the browser has one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from observations.models import User
from tests.browser.test_accessibility import problems

STANDALONE = "Object.defineProperty(navigator, 'standalone', { get: () => %s });"
PROMPT = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = () => { window.prompted = true; };
  return dispatchEvent(event);
}"""


@pytest.fixture
def form(served: str, agent: User, sign_in: Callable[[User], None], banc_vert, page: Page) -> Page:
    """The form, not opened yet: the test says first what browser this is."""
    sign_in(agent)
    return page


def test_an_iphone_says_once_how_to_install(form: Page, served: str, context: BrowserContext) -> None:
    context.add_init_script(STANDALONE % "false")
    form.goto(f"{served}/saisie/")
    expect(form.get_by_text("mettez d’abord le carnet")).to_be_visible()
    assert problems(form, "light") == []
    form.get_by_role("button", name="J’ai compris").click()
    expect(form.get_by_text("mettez d’abord le carnet")).to_be_hidden()
    assert form.evaluate("document.activeElement.id") == "contenu"
    form.reload(wait_until="networkidle")
    expect(form.get_by_text("mettez d’abord le carnet")).to_be_hidden()


@pytest.mark.parametrize("standalone", ["true", "undefined"], ids=["installed", "elsewhere"])
def test_nobody_else_reads_about_it(
    standalone: str, form: Page, served: str, context: BrowserContext
) -> None:
    context.add_init_script(STANDALONE % standalone)
    form.goto(f"{served}/saisie/", wait_until="networkidle")
    expect(form.get_by_text("mettez d’abord le carnet")).to_be_hidden()


@pytest.mark.parametrize("path", ["/saisie/", "/saisie/hors-ligne/"], ids=["form", "shell"])
def test_the_browser_s_own_prompt_waits_in_the_account_s_menu(path: str, form: Page, served: str) -> None:
    form.goto(f"{served}{path}", wait_until="networkidle")
    assert form.evaluate(PROMPT) is False  # its own banner is put off
    form.locator(".account > summary").click()
    form.get_by_role("button", name="Installer sur ce téléphone").click()
    assert form.evaluate("window.prompted")
    expect(form.get_by_role("button", name="Installer sur ce téléphone")).to_be_hidden()
