"""The demonstration's texts and outlines: invented, careful, and as the domain says."""

import itertools
import re

import pytest
from shapely.geometry import Point, shape

from observations.demo.choice import GOOD_NEWS
from observations.demo.corpus import TEXTS
from observations.demo.outlines import PLACES, QUARTIERS
from observations.demo.text import ALL_YEAR, Text, season

SUB_THEMES = {
    "logement": "humidite isolation-phonique charges ascenseurs parties-communes bailleur relogement",
    "cadre": "proprete encombrants eclairage espaces-verts aires-de-jeux travaux",
    "tranquillite": "bruit halls rodeos insecurite presence-humaine",
    "lien": "isolement voisinage entraide lieux-de-rencontre fetes",
    "enfance": "ecole periscolaire garde reussite-educative parentalite",
    "jeunesse": "activites equipements acces-cout lieux",
    "emploi": "recherche formation freins creation",
    "sante": "acces-soins prevention bien-etre",
    "droits": "demarches numerique services-publics langue",
    "egalite": "discriminations femmes-hommes accessibilite",
    "commerces": "commerces prix alimentation",
    "mobilites": "bus stationnement horaires-atypiques zfe recharge velo-marche",
    "ecologie": "chaleur froid energivore ilots-de-chaleur factures dechets nature eau",
    "participation": "information suites conseil-citoyen envie-agir",
}
SLUGS = {f"{top}-{word}" for top, words in SUB_THEMES.items() for word in words.split()}
OUTLINES = {quartier.code: shape(quartier.geometry) for quartier in QUARTIERS}

AVOIDED = re.compile(
    r"\b(signalement|alerte|incident|plainte|cas|dossier|client|ticket|kpi|zone|usager|délinquant|injonction)s?\b"
    r"|\banonym",
    re.IGNORECASE,
)
RISKY = re.compile(
    r"\b(au|du|le) (\d+e|rez)\b|(?i:\b(madame|monsieur|mme|mr|m\.)) [A-ZÉ]\w+"
    r"|\b\d+,? (bis )?rue\b|\b0\d( ?\d\d){4}\b|@|collègue [A-Z]"
)


def said(text: Text) -> str:
    return text.words or text.seen


def test_there_are_many_texts_and_none_twice() -> None:
    assert len({said(text) for text in TEXTS}) == len(TEXTS) >= 190
    public = [text.public_text for text in TEXTS if text.public_text]
    assert len(set(public)) == len(public) >= 60


def test_every_sub_theme_is_spoken_of_and_no_other() -> None:
    assert {text.theme for text in TEXTS} == SLUGS


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.theme)
def test_agreement_follows_what_was_said(text: Text) -> None:
    assert text.words or text.seen
    assert (text.agreement == "sans_objet") == (not text.words)
    assert text.agreement == "oui" or not text.public_text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.theme)
def test_what_is_published_or_noted_is_careful(text: Text) -> None:
    assert not RISKY.search(text.public_text)
    assert len(text.public_text) <= 140
    for ours in (text.seen, text.reading, text.public_text):
        assert not AVOIDED.search(ours)
    for each in (text.words, text.seen, text.reading, text.public_text):
        assert each == each.strip()
        assert "  " not in each


def test_some_raw_words_hold_a_detail_that_the_rewording_leaves_out() -> None:
    risky = [text for text in TEXTS if RISKY.search(text.words)]
    assert len(risky) >= 9
    assert all(text.public_text for text in risky)


def test_all_three_texts_and_all_agreements_are_used() -> None:
    assert {text.agreement for text in TEXTS} == {"oui", "non", "sans_objet"}
    assert any(text.words and text.seen for text in TEXTS)
    assert any(text.reading for text in TEXTS)


def test_good_news_is_well_represented() -> None:
    good = sum(text.nature in GOOD_NEWS for text in TEXTS)
    assert 0.25 <= good / len(TEXTS) <= 0.45


def test_one_published_voice_holds_an_emoji() -> None:
    assert [text.theme for text in TEXTS if "🎉" in text.public_text] == ["lien-fetes"]


def test_a_season_may_cross_the_new_year() -> None:
    assert season(11, 2) == {11, 12, 1, 2}
    assert season(9, 9) == {9}
    assert season(9, 8) == ALL_YEAR


@pytest.mark.parametrize(
    ("theme", "outside"), [("ecologie-chaleur", 1), ("ecologie-froid", 7), ("tranquillite-rodeos", 1)]
)
def test_seasons_make_sense(theme: str, outside: int) -> None:
    seasonal = [text for text in TEXTS if text.theme == theme and text.nature == "preoccupation"]
    assert seasonal
    assert all(outside not in text.months for text in seasonal)


def test_every_month_has_enough_to_say() -> None:
    for month in range(1, 13):
        assert sum(month in text.months for text in TEXTS) >= 200


def test_outlines_are_valid_and_apart() -> None:
    assert len(OUTLINES) == len(QUARTIERS) == 7
    assert all(outline.is_valid for outline in OUTLINES.values())
    assert [outline.geom_type for outline in OUTLINES.values()].count("MultiPolygon") == 1
    for one, other in itertools.combinations(OUTLINES.values(), 2):
        assert one.disjoint(other)


@pytest.mark.parametrize("code", OUTLINES)
def test_named_places_stand_inside_their_outline(code: str) -> None:
    assert len(PLACES[code]) >= 6
    assert len({place[0] for place in PLACES[code]}) == len(PLACES[code])
    for _label, _kind, latitude, longitude in PLACES[code]:
        assert OUTLINES[code].contains(Point(longitude, latitude))
