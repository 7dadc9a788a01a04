"""static/js/suggest.js and its lexicon in a real Chromium: what a text seems to speak of."""

import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import Browser, Page, Route

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
ORIGIN = "http://localhost/"
THEMES = importlib.import_module("observations.migrations.0002_starting_point").THEMES
GRID = [
    {"slug": slug, "subs": [f"{slug}-{suffix}" for suffix, _ in children]} for slug, _, _, children in THEMES
]
QUARTIERS = [
    {"code": "1", "name": "Banc Vert – Ile Jeanty – Carré De La Vieille – Jeu De mail"},
    {"code": "2", "name": "Soubise – Basse Ville"},
    {"code": "3", "name": "Saint Pol Sur Mer Quartiers Ouest"},
    {"code": "4", "name": "Albeck – Europe – Moulin"},
]

Ask = Callable[[str], list[str | None]]


def serve(route: Route) -> None:
    """Stand in for a server: one empty page, and the modules read from disk."""
    name = route.request.url.removeprefix(ORIGIN)
    if name.endswith(".js"):
        body = (SCRIPTS / name).read_text(encoding="utf-8")
        route.fulfill(content_type="text/javascript", body=body)
    else:
        route.fulfill(content_type="text/html", body="<!doctype html><title>suggest</title>")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.route(ORIGIN + "**", serve)
    page.goto(ORIGIN)
    yield page
    page.close()


def run(page: Page, body: str, given: Any = None) -> Any:
    """Runs a function's body with `suggest`, `LEXICON` and `given`."""
    script = """async ([body, given]) => {
        const suggest = await import("/suggest.js");
        const { LEXICON } = await import("/lexicon.js");
        return new Function("suggest", "LEXICON", "given", body)(suggest, LEXICON, given);
    }"""
    return page.evaluate(script, [body, given])


@pytest.fixture
def themes(page: Page) -> Callable[..., list[tuple[str, str | None]]]:
    """`themes(text)`: the suggested pairs of theme and sub-theme, on the list a territory starts with."""

    def ask(text: str, grid: list[dict[str, Any]] = GRID) -> list[tuple[str, str | None]]:
        found = run(page, "return suggest.themes(given[0], given[1], suggest.read(LEXICON))", [text, grid])
        return [(one["theme"], one["sub"]) for one in found]

    return ask


@pytest.fixture
def neighbourhood(page: Page) -> Callable[..., str | None]:
    def ask(*texts: str) -> str | None:
        return run(page, "return suggest.neighbourhood(given[0], given[1])", [texts, QUARTIERS])

    return ask


SAME = [
    ("L’ÉCOLE est fermée", "l ecole est ferme"),
    ("les bruits", "le bruit"),
    ("cassées", "casse"),
    ("le kartier", "le quartier"),
    ("asenseur", "ascenseurs"),
    ("ascenceur", "ascenseur"),
    ("mon appart", "mon appartement"),
    ("un RDV", "un rendez-vous"),
    ("trooop de bruiiit", "trop de bruit"),
    ("au cœur", "au coeur"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=[one for one, _ in SAME])
def test_two_spellings_are_one(page: Page, one: str, other: str) -> None:
    lines = run(page, "return given.map(suggest.normalise)", [one, other])
    assert lines[0] == lines[1]
    assert lines[0].strip()


APART = [
    ("une salle", "c’est sale"),
    ("les travaux", "le travail"),
    ("le prix", "il a pris"),
    ("tous", "tousse"),
    ("le hall", "aller"),
    ("un parterre", "une part"),
]


@pytest.mark.parametrize(("one", "other"), APART, ids=[one for one, _ in APART])
def test_two_words_stay_two(page: Page, one: str, other: str) -> None:
    lines = run(page, "return given.map(suggest.normalise)", [one, other])
    assert lines[0] != lines[1]


CLEAR = [
    ("la moisissure dans la chambre", "logement-humidite"),
    ("L’asenseur et en pane dan le kartier", "logement-ascenseurs"),
    ("ya trop de bruit la nuit on dort pas", "tranquillite-bruit"),
    ("Il y a des rats près des poubelles", "cadre-proprete"),
    ("Six mois d’attente pour un dentiste", "sante-acces-soins"),
    ("Le bus ne passe plus le dimanche", "mobilites-bus"),
    ("On s’entraide beaucoup entre voisins", "lien-entraide"),
    ("La fête de quartier, c’était super", "lien-fetes"),
    ("On n’a jamais de réponse de la mairie", "participation-suites"),
]


@pytest.mark.parametrize(("text", "sub"), CLEAR, ids=[sub for _, sub in CLEAR])
def test_a_clear_text_suggests_its_sub_theme_first(themes, text: str, sub: str) -> None:
    assert themes(text)[0] == (sub.split("-")[0], sub)


@pytest.mark.parametrize(
    "text", ["", "rien", "Bonjour, merci pour tout.", "constructor", "12 34 !?", "à où la"]
)
def test_a_text_that_says_nothing_suggests_nothing(themes, text: str) -> None:
    assert themes(text) == []


def test_two_subjects_suggest_two_themes_and_never_three(themes) -> None:
    assert [theme for theme, _ in themes("Du bruit la nuit, et le bus en retard.")] == [
        "tranquillite",
        "mobilites",
    ]
    assert len(themes("moisissure, bus, médecin, tapage, cantine, compost")) == 2


def test_a_faint_second_subject_is_left_out(themes) -> None:
    strong = "Moisissure, humidité, salpêtre, champignons, taches noires : le bébé tousse."
    assert [theme for theme, _ in themes(strong)] == ["logement"]


def test_between_two_sub_themes_the_theme_alone_is_suggested(themes) -> None:
    assert themes("les charges et l’ascenseur") == [("logement", None)]


def test_what_the_page_does_not_offer_is_never_suggested(themes) -> None:
    bare = [{"slug": "logement", "subs": ["logement-charges"]}]
    assert themes("la moisissure dans la chambre, le bus", bare) == []
    assert themes("les charges", bare) == [("logement", "logement-charges")]


def test_a_theme_that_the_lexicon_does_not_know_disturbs_nothing(themes) -> None:
    grid = [{"slug": "vie-associative", "subs": ["vie-associative-subventions"]}, *GRID]
    assert themes("la moisissure", grid) == [("logement", "logement-humidite")]


NAMED = [
    (["au banc vert"], "1"),
    (["Banc-Vert, près de l’école"], "1"),
    (["le jeu de mail"], "1"),
    (["à SOUBISE"], "2"),
    (["vers St Pol"], "3"),
    (["le quartier du Moulin"], "4"),
    (["un moulin à café, l’Europe"], None),
    (["un banc peint en vert"], None),
    (["entre Soubise et le Banc Vert"], None),
    (["Parc de la Basse-Ville", "on vient du Banc Vert"], "2"),
    (["", "on vient du Banc Vert"], "1"),
    (["rien", ""], None),
]


@pytest.mark.parametrize(("texts", "code"), NAMED, ids=[" / ".join(texts) or "-" for texts, _ in NAMED])
def test_a_quartier_is_suggested_when_one_is_named(neighbourhood, texts: list[str], code: str | None) -> None:
    assert neighbourhood(*texts) == code


def test_the_lexicon_speaks_of_every_theme_that_a_territory_starts_with(page: Page) -> None:
    known = {slug for theme in GRID for slug in (theme["slug"], *theme["subs"])}
    assert set(run(page, "return Object.keys(LEXICON)")) == known


def test_no_entry_of_the_lexicon_is_empty_or_out_of_reach(page: Page) -> None:
    """A start that ends in c, e or q changes its sound with what follows, and would never be found."""
    entries = run(page, "return [...suggest.read(LEXICON).values()].flat().map(([expression]) => expression)")
    assert [entry for entry in entries if len(entry.strip()) < 2] == []
    starts = re.findall(r"\w+(?=\*)", (SCRIPTS / "lexicon.js").read_text(encoding="utf-8"))
    assert [start for start in starts if start[-1] in "ceq" or len(start) < 3] == []


def test_the_lexicon_weighs_at_most_6_kb_compressed() -> None:
    assert len(brotli.compress((SCRIPTS / "lexicon.js").read_bytes())) <= 6_000
