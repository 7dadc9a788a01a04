"""The reading mode in a real browser: keys at a desk, a thumb on a phone."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from observations.models import Observation, Role
from tests.browser.conftest import PHONE, sign_in_context
from tests.browser.test_review import desk, press, statuses, three
from tests.factories import UserFactory

__all__ = ["desk", "three"]


def test_three_are_read_with_keys_and_one_is_taken_back(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/")
    press(desk, "o")
    expect(desk.get_by_text("encore 3", exact=True)).to_be_visible()
    press(desk, "r")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 2.")
    press(desk, "z")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 1.")
    expect(desk.locator(".reading-card")).to_be_visible()
    press(desk, "r")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 2.")
    expect(desk.get_by_text("1 lue, encore 2")).to_be_visible()
    press(desk, "m")
    expect(desk.get_by_role("textbox", name="Texte pour les partenaires")).to_be_focused()
    desk.keyboard.press("Escape")
    press(desk, "e")
    desk.keyboard.type("Déjà notée")
    desk.keyboard.press("Enter")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 3.")
    press(desk, "j")
    expect(desk.get_by_role("heading", name="La lecture s’arrête là")).to_be_visible()
    assert statuses(three) == ["retenue", "ecartee", "a-relire"]
    assert console_errors == []


def swipe(page: Page, by: int, back_to: tuple[int, int] | None = None) -> None:
    """A finger drawn across the card by so many pixels; called off, it comes back near to where it began."""
    box = page.locator("[data-swipe]").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 40
    touch = page.context.new_cdp_session(page)
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 9):
        points = [{"x": x + by * part / 8, "y": y + part}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    if back_to:
        points = [{"x": x + back_to[0], "y": y + back_to[1]}]
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_thumb_keeps_to_the_right_and_asks_why_to_the_left(
    served: str, browser: Browser, three: list[Observation], sign_in: Callable[..., None]
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="fr-FR")
    sign_in_context(context, served, UserFactory(role=Role.CDSU))
    page = context.new_page()
    page.goto(f"{served}/relecture/lire/")
    page.wait_for_load_state("load")
    swipe(page, 40)
    swipe(page, 140, back_to=(4, 16))
    expect(page.locator("blockquote")).to_contain_text("Parole numéro 1.")
    swipe(page, 140)
    expect(page.locator("blockquote")).to_contain_text("Parole numéro 2.")
    page.wait_for_load_state("load")
    swipe(page, -140)
    expect(page.get_by_role("dialog")).to_contain_text("Pourquoi")
    assert statuses(three) == ["retenue", "a-relire", "a-relire"]
    context.close()
