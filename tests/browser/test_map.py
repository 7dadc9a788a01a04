"""The review's map in a real Chromium: what it draws, where it leads, by hand and by keyboard."""

import base64
import re
import struct
from datetime import date

import pytest
from playwright.sync_api import Page, Route, expect

from observations.models import Neighbourhood, Theme, User
from tests import factories
from tests.browser.conftest import DESK, PHONE

TILES = re.compile(r"https://data\.geopf\.fr/.*")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
HERE = (51.0281, 2.3611)


@pytest.fixture
def reviewer(served: str, sign_in) -> User:
    user = factories.UserFactory(role="cdsu", email="cdsu@example.test")
    sign_in(user)
    return user


@pytest.fixture
def banc_vert(served: str) -> Neighbourhood:
    """After `served`, which empties the tables."""
    return factories.NeighbourhoodFactory(
        code="QN05961M", name="Banc Vert – Île Jeanty", source="Contour schématique."
    )


@pytest.fixture(autouse=True)
def tiles(page: Page) -> None:
    page.route(TILES, lambda route: route.fulfill(body=PIXEL, content_type="image/png"))


def test_a_cluster_opens_into_marks_that_lead_to_observations(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood, console_errors: list[str]
) -> None:
    one = factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    factories.ObservationFactory(
        neighbourhood=banc_vert, point=(51.0284, 2.3619), theme=factories.theme("mobilites-bus")
    )
    factories.ObservationFactory(neighbourhood=banc_vert)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/?quartier=QN05961M")
    expect(page.get_by_role("status").filter(has_text="3")).to_contain_text("1 sans point")
    expect(page.locator("[data-source]")).to_have_text("Contour schématique.")
    cluster = page.get_by_role("button", name=re.compile("2.observations.: Logement 1, Mobilités 1"))
    cluster.click()
    link = page.get_by_role("link", name="Une observation, Logement")
    assert link.get_attribute("href") == f"/relecture/{one.pk}/?quartier=QN05961M"
    assert not console_errors


def test_an_opened_observation_shows_its_place_when_asked_by_a_key(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood, console_errors: list[str]
) -> None:
    one = factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/{one.pk}/", wait_until="networkidle")
    assert not [url for url in asked if "leaflet" in url or "/api/" in url]
    page.keyboard.press("v")
    expect(page.get_by_role("link", name="Une observation, Logement")).to_have_attribute(
        "aria-current", "true"
    )
    expect(page.get_by_text("{#")).to_have_count(0)
    ring, canvas = (
        page.locator(".map-here > span").bounding_box(),
        page.locator("[data-canvas]").bounding_box(),
    )
    assert ring["x"] + ring["width"] / 2 == pytest.approx(canvas["x"] + canvas["width"] / 2, abs=2)
    assert not console_errors


def test_an_observation_without_a_point_offers_no_map(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    page.goto(f"{served}/relecture/{factories.ObservationFactory(neighbourhood=banc_vert).pk}/")
    expect(page.get_by_text("Ce qui s’est passé")).to_be_visible()
    expect(page.get_by_text("Sur la carte")).to_have_count(0)


def test_at_a_desk_the_table_shows_fourteen_themes_without_scrolling(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    for theme in Theme.objects.filter(parent=None):
        factories.ObservationFactory(neighbourhood=banc_vert, theme=theme)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/")
    table = page.locator("#tableau .scroll")
    expect(table.get_by_role("columnheader")).to_have_count(17)
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") == 0


def test_observations_at_the_same_point_open_as_a_list(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    factories.ObservationFactory.create_batch(3, neighbourhood=banc_vert, point=HERE)
    factories.ObservationFactory(neighbourhood=banc_vert, point=(51.0301, 2.3650))
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/?theme=logement")
    page.get_by_role("button", name=re.compile("3.observations")).click()
    page.wait_for_url("**/relecture/?theme=logement&cadre=2.3611%2C51.0281%2C2.3611%2C51.0281")
    expect(page.locator(".line")).to_have_count(3)


def test_an_outline_filters_by_its_neighbourhood_from_the_keyboard(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    factories.ObservationFactory(neighbourhood=banc_vert)
    page.goto(f"{served}/relecture/carte/?theme=logement")
    outline = page.get_by_role("link", name=re.compile("Banc Vert.*1.observation, ne garder que ce quartier"))
    outline.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/relecture/carte/?theme=logement&quartier=QN05961M")
    expect(page.get_by_role("link", name=re.compile("ne plus filtrer"))).to_be_visible()


def test_without_tiles_the_map_stands_on_squared_paper(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    page.unroute(TILES)
    page.route(TILES, lambda route: route.abort())
    factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    page.goto(f"{served}/relecture/carte/")
    expect(page.locator("[data-square]")).to_contain_text("Un carreau =")
    expect(page.get_by_role("link", name="Une observation, Logement")).to_be_visible()
    assert page.locator(".leaflet-tile:visible").count() == 0


def test_a_server_that_does_not_answer_leaves_the_table(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=503, body="")

    page.route("**/api/v1/map/**", broken)
    factories.ObservationFactory(neighbourhood=banc_vert)
    page.goto(f"{served}/relecture/carte/")
    expect(page.locator("[data-status]")).to_have_text(
        "La carte ne répond pas. Le tableau dit la même chose."
    )
    expect(page.get_by_role("table")).to_contain_text("Banc Vert")


def test_words_typed_as_a_name_are_never_read_as_html(
    page: Page, served: str, reviewer: User, console_errors: list[str]
) -> None:
    factories.NeighbourhoodFactory(name="<img src=x onerror=alert(1)>", source="schéma <b>gras</b>")
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/")
    expect(page.locator(".map-name").first).to_contain_text("<img src=x")
    expect(page.locator("[data-source]")).to_have_text("schéma <b>gras</b>")
    assert not console_errors


def test_a_narrow_list_fetches_no_map(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    factories.ObservationFactory(neighbourhood=banc_vert, point=HERE)
    page.set_viewport_size(PHONE)
    page.goto(f"{served}/relecture/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "leaflet" in url.rsplit("/", 1)[-1] or "/api/v1/map" in url]
    page.set_viewport_size(DESK)
    expect(page.get_by_role("link", name="Une observation, Logement")).to_be_visible()


def inside_and_outside(place: Neighbourhood) -> None:
    factories.ObservationFactory(neighbourhood=place, point=HERE)
    factories.ObservationFactory(
        neighbourhood=place, point=(51.0301, 2.3750), theme=factories.theme("mobilites-bus")
    )


def test_a_shape_drawn_with_the_mouse_keeps_what_is_inside(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood, console_errors: list[str]
) -> None:
    inside_and_outside(banc_vert)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/?quartier=QN05961M")
    mark = page.get_by_role("link", name="Une observation, Logement")
    expect(mark).to_be_visible()
    page.get_by_role("button", name="Dessiner une forme").click()
    finish = page.get_by_role("button", name="Voir ce qui est dedans")
    expect(finish).to_be_disabled()
    box = mark.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    # Inside the quartier's outline: a click places a corner and filters nothing.
    for dx, dy in ((-40, -30), (40, -30), (40, 40), (-40, 40)):
        page.mouse.click(x + dx, y + dy)
    expect(page.locator("[data-shape-said]")).to_contain_text("4 coins. La forme peut être terminée.")
    finish.click()
    page.wait_for_url(re.compile(r"forme="))
    expect(page.get_by_role("status").filter(has_text="1 observation")).to_be_visible()
    expect(page.locator("#tableau tbody td b")).to_have_text(["1"])
    expect(page.locator("path.map-shape")).to_be_visible()
    page.get_by_role("button", name="Retirer la forme").click()
    expect(page.locator("#tableau tbody td b")).to_have_text(["2"])
    assert "forme" not in page.url
    assert "quartier=QN05961M" in page.url
    assert not console_errors


# What the page remembers of the map once a move has ended.
CENTRE = "JSON.stringify(history.state?.map?.centre)"


def until_moved(page: Page, centre: str | None) -> None:
    for _ in range(100):
        if page.evaluate(CENTRE) != centre:
            return
        page.wait_for_timeout(50)
    raise AssertionError("The map did not move.")


def test_a_shape_is_drawn_with_the_keyboard_alone(
    page: Page, served: str, reviewer: User, banc_vert: Neighbourhood, console_errors: list[str]
) -> None:
    inside_and_outside(banc_vert)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/relecture/carte/")
    expect(page.get_by_role("link", name="Une observation, Logement")).to_be_visible()
    said = page.locator("[data-shape-said]")
    page.get_by_role("button", name="Dessiner une forme").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the same place again is no second corner
    expect(said).to_have_text("1 coin. Encore 2 au moins.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Dessiner une forme")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    for arrow in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        centre = page.evaluate(CENTRE)
        page.keyboard.press(arrow)
        until_moved(page, centre)
        page.keyboard.press("Enter")
    expect(said).to_contain_text("4 coins.")
    page.keyboard.press("Backspace")
    expect(said).to_contain_text("3 coins.")
    page.get_by_role("button", name="Voir ce qui est dedans").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"forme="))
    assert len(page.url.split("forme=")[1].split("%3B")) == 3
    assert not console_errors


# --- time ---


@pytest.fixture
def two_months(banc_vert: Neighbourhood) -> None:
    for month, n in ((9, 2), (10, 8)):
        heard = {"neighbourhood": banc_vert, "observed_on": date(2026, month, 15)}
        factories.ObservationFactory(point=HERE, **heard)
        factories.ObservationFactory.create_batch(n - 1, **heard)


MONTHS = "/relecture/carte/?du=2026-09-01&au=2026-10-31"


def test_months_are_shown_one_by_one_on_one_scale(
    page: Page, served: str, reviewer: User, two_months: None, console_errors: list[str]
) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{served}{MONTHS}", wait_until="networkidle")
    status, label = page.locator("[data-status]"), page.locator("[data-times-label]")
    outline = page.locator("path.q").first
    expect(status).to_contain_text("10")
    page.get_by_role("slider", name="Période montrée").focus()
    page.keyboard.press("Home")
    expect(label).to_have_text("Septembre 2026")
    expect(status).to_contain_text("Septembre 2026")
    expect(outline).to_have_class(re.compile(r"\bq-1\b"))
    expect(page.get_by_role("link", name="Une observation, Logement")).to_have_attribute(
        "href", re.compile(r"du=2026-09-01&au=2026-09-30")
    )
    page.keyboard.press("ArrowRight")
    expect(label).to_have_text("Octobre 2026")
    expect(outline).to_have_class(re.compile(r"\bq-4\b"))
    page.get_by_role("button", name="Tout voir").click()
    expect(label).to_have_text("Toute la période")
    expect(status).to_contain_text("10")
    page.get_by_role("button", name="Avant", exact=True).click()
    page.get_by_role("button", name="Filtrer ces jours").click()
    expect(page).to_have_url(re.compile(r"\?du=2026-10-01&au=2026-10-31$"))
    assert not console_errors


def test_time_is_played_to_its_end_and_the_table_follows(
    page: Page, served: str, reviewer: User, two_months: None, console_errors: list[str]
) -> None:
    page.set_viewport_size(DESK)
    page.clock.install()
    page.goto(f"{served}{MONTHS}", wait_until="networkidle")
    label, status = page.locator("[data-times-label]"), page.locator("[data-status]")
    page.get_by_role("button", name="Voir passer le temps").click()
    expect(label).to_have_text("Septembre 2026")
    expect(status).to_have_attribute("aria-live", "off")
    expect(status).to_contain_text("Septembre")
    expect(page.locator("col.is-shown")).to_have_attribute("data-du", "2026-09-01")
    page.clock.run_for(2000)
    expect(label).to_have_text("Octobre 2026")
    expect(page.get_by_role("button", name="Voir passer le temps")).to_be_visible()
    expect(page.locator("col.is-shown")).to_have_attribute("data-du", "2026-10-01")
    assert status.get_attribute("aria-live") is None
    # From the end, it begins again; a second touch stops it.
    page.get_by_role("button", name="Voir passer le temps").click()
    expect(label).to_have_text("Septembre 2026")
    page.get_by_role("button", name="Arrêter").click()
    page.clock.run_for(5000)
    expect(label).to_have_text("Septembre 2026")
    assert not console_errors


def test_other_days_are_compared_on_the_map(
    page: Page, served: str, reviewer: User, two_months: None, console_errors: list[str]
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{served}/relecture/carte/?du=2026-09-01&au=2026-09-30", wait_until="networkidle")
    page.get_by_text("D’autres jours").click()
    page.locator("#comparer").get_by_label("Du", exact=True).fill("2026-10-01")
    page.locator("#comparer").get_by_label("Au", exact=True).fill("2026-10-31")
    page.get_by_role("button", name="Comparer").click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Après").click()
    expect(page.locator("[data-times-label]")).to_have_text("Du 1er au 30 septembre 2026")
    page.get_by_role("button", name="Après").click()
    expect(page.locator("[data-times-count]")).to_have_text("8 observations")
    assert not console_errors


def test_the_map_leaves_as_a_picture_made_here(
    page: Page, served: str, reviewer: User, two_months: None, console_errors: list[str]
) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{served}{MONTHS}", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    whole = taken(page)
    # What draws it came; what it shows went nowhere.
    assert all(re.search(r"^blob:|/map_picture\.\w+\.js$", url) for url in asked), asked
    page.get_by_role("button", name="Avant", exact=True).click()
    expect(page.locator("[data-status]")).to_contain_text("Octobre")
    assert taken(page) != whole
    assert not console_errors


def taken(page: Page) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name="Image pour une diapositive").click()
    assert re.fullmatch(r"document-de-travail-carte-\d{4}-\d\d-\d\d\.png", download.value.suggested_filename)
    picture = download.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (1920, 1080)
    return picture
