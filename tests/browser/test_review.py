"""The reviewer's desk in a real browser: the keyboard does it all, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from observations.models import Observation, Role, Status, User
from tests.browser.conftest import DESK
from tests.factories import NeighbourhoodFactory, ObservationFactory, UserFactory

EMPTY_TILE = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


@pytest.fixture
def desk(page: Page, served: str, sign_in: Callable[[User], None]) -> Page:
    """A CDSU at a desk; map tiles come from nowhere."""
    sign_in(UserFactory(role=Role.CDSU, name="Claire Martin"))
    page.set_viewport_size(DESK)
    page.route(
        "https://data.geopf.fr/**", lambda route: route.fulfill(body=EMPTY_TILE, content_type="image/gif")
    )
    return page


@pytest.fixture
def three(served: str) -> list[Observation]:
    """Three observations to read, newest first."""
    place, author = NeighbourhoodFactory(), UserFactory()
    return [
        ObservationFactory(
            neighbourhood=place,
            author=author,
            words=f"Parole numéro {n}.",
            observed_on=timezone.localdate() - timedelta(days=n),
        )
        for n in range(1, 4)
    ]


def press(page: Page, key: str) -> None:
    """Presses a key of the review once the page's module listens: it runs before the load event."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def statuses(rows: list[Observation]) -> list[str]:
    return [Observation.objects.get(pk=row.pk).status for row in rows]


def test_three_observations_are_reviewed_without_a_mouse(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/?statut=a-relire")
    press(desk, "j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("1 sur 3", exact=True)).to_be_visible()
    press(desk, "r")
    expect(desk.get_by_role("status").get_by_text("Retenue.")).to_be_visible()
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 2.")
    press(desk, "p")
    desk.keyboard.type("Depuis quand ? Le raconter.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 3.")
    press(desk, "e")
    desk.keyboard.type("Déjà notée")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Rien avec ces filtres")).to_be_visible()
    assert statuses(three) == ["retenue", "a-preciser", "ecartee"]
    assert Observation.objects.get(pk=three[1].pk).status_reason == "Depuis quand ? Le raconter."
    assert Observation.objects.get(pk=three[2].pk).status_reason == "Déjà notée"
    assert console_errors == []


def test_a_decision_is_undone_by_its_key(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/?statut=a-relire")
    press(desk, "r")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 2.")
    press(desk, "z")
    expect(desk.get_by_text("C’est annulé")).to_be_visible()
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 1.")
    assert statuses(three) == ["a-relire"] * 3
    assert console_errors == []


def test_the_words_are_reworded_beside_the_original(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    press(desk, "c")
    field = desk.get_by_label("Texte pour les partenaires")
    expect(field).to_be_focused()
    expect(field).to_have_value("Parole numéro 1.")
    desk.keyboard.press("End")
    desk.keyboard.type(" Rejouée.")
    desk.keyboard.press("Escape")
    press(desk, "r")
    expect(desk.locator("blockquote")).to_contain_text("Parole numéro 2.")
    kept = Observation.objects.get(pk=three[0].pk)
    assert (kept.public_text, kept.status) == ("Parole numéro 1. Rejouée.", Status.ACCEPTED)
    assert console_errors == []


def test_letters_typed_in_a_field_are_letters(desk: Page, served: str, three: list[Observation]) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    desk.get_by_label("Texte pour les partenaires").focus()
    desk.keyboard.type("repjkz?")
    expect(desk.get_by_label("Texte pour les partenaires")).to_have_value("repjkz?")
    assert statuses(three) == ["a-relire"] * 3


def test_several_are_ticked_and_kept_at_once(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/")
    expect(desk.locator("#ensemble")).to_be_hidden()
    for _ in range(2):
        press(desk, "j")
        press(desk, "x")
        desk.locator(".line.picked .voice a").last.focus()
    expect(desk.get_by_text("Pour les 2 choisies")).to_be_visible()
    press(desk, "r")
    expect(desk.get_by_text("2 observations retenues.")).to_be_visible()
    assert statuses(three) == ["retenue", "retenue", "a-relire"]
    assert console_errors == []


def test_a_dialog_closed_with_escape_keeps_what_was_typed(
    desk: Page, served: str, three: list[Observation]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    press(desk, "e")
    desk.keyboard.type("Une raison")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    press(desk, "e")
    expect(desk.get_by_label("Pourquoi ?")).to_have_value("Une raison")
    assert statuses(three) == ["a-relire"] * 3


def test_theme_and_neighbourhood_have_their_keys(desk: Page, served: str, three: list[Observation]) -> None:
    NeighbourhoodFactory(name="Soubise")
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    press(desk, "q")
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_label("Quartier", exact=True)).to_be_focused()
    dialog.get_by_label("Quartier", exact=True).select_option("Soubise")
    dialog.get_by_role("button", name="Changer", exact=True).click()
    expect(desk.get_by_text("Rangée ailleurs.")).to_be_visible()
    assert Observation.objects.get(pk=three[0].pk).neighbourhood.name == "Soubise"


def test_the_keys_are_listed_and_can_be_switched_off(
    desk: Page, served: str, three: list[Observation], console_errors: list[str]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    press(desk, "?")
    dialog = desk.get_by_role("dialog", name="Au clavier")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Activer ces touches").uncheck()
    desk.keyboard.press("Escape")
    press(desk, "r")
    expect(desk.get_by_text("1 sur 3", exact=True)).to_be_visible()
    assert statuses(three) == ["a-relire"] * 3
    press(desk, "?")
    expect(dialog).to_be_visible()
    assert console_errors == []


def test_the_opened_observation_is_read_before_the_fold(
    desk: Page, served: str, three: list[Observation]
) -> None:
    desk.goto(f"{served}/relecture/{three[2].pk}/")
    for part in ("blockquote", "#text", "[data-key=r]"):
        box = desk.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= DESK["height"]
    expect(desk.locator(".list [aria-current]")).to_be_in_viewport()


def test_the_keys_of_the_list_are_shown_before_anything_is_ticked(
    desk: Page, served: str, three: list[Observation]
) -> None:
    desk.goto(f"{served}/relecture/")
    press(desk, "?")
    expect(desk.get_by_role("dialog", name="Au clavier")).to_be_visible()


def test_another_question_opens_as_soon_as_one_is_closed(
    desk: Page, served: str, three: list[Observation]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    for key, field in (("e", "Pourquoi ?"), ("t", "Thème"), ("p", "Votre question")):
        press(desk, key)
        expect(desk.get_by_role("dialog").get_by_label(field)).to_be_focused()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("dialog")).to_have_count(0)


def test_a_key_pressed_before_the_closed_dialog_let_go_of_the_focus_counts(
    desk: Page, served: str, three: list[Observation]
) -> None:
    desk.goto(f"{served}/relecture/{three[0].pk}/")
    press(desk, "e")
    expect(desk.get_by_role("dialog").get_by_label("Pourquoi ?")).to_be_focused()
    desk.evaluate("""() => {
      document.querySelector("dialog[open]").close();
      document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "t", bubbles: true }));
    }""")
    expect(desk.get_by_role("dialog").get_by_label("Thème")).to_be_focused()
