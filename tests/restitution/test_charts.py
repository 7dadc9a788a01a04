import re
from xml.etree import ElementTree as ET

from observations.restitution.build import Choices, QuartierLabel, build
from observations.restitution.charts import bars, columns
from observations.restitution.territory import territory_map
from tests.restitution.sample import OCTOBER, QUARTIERS, THEMES, month_rows, ring, sample

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("x")</script>&\x07'


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 (our own drawing)


def all_drawings() -> list[str]:
    content = sample()
    drawn = [*bars(content["themes"]), *columns(content["neighbourhoods"], "col")]
    drawn += [territory_map(content["map"], "map"), territory_map(content["map"], "map-n", narrow=True)]
    return [drawing.svg for drawing in drawn]


def test_every_drawing_is_an_image_with_a_sentence_and_no_inline_style() -> None:
    for svg in all_drawings():
        root = parsed(svg)
        assert root.get("role") == "img"
        assert root.get("aria-label")
        assert not re.search(r"\bstyle=|<script|<style|\bon\w+=", svg)


def test_no_id_comes_twice_in_a_page() -> None:
    ids = re.findall(r'\bid="([^"]+)"', "".join(all_drawings()))
    assert len(ids) == len(set(ids)) > 0


def test_bars_share_one_scale_and_mark_the_months_before() -> None:
    themes = sample()["themes"]
    first, *_ = bars(themes)
    root = parsed(first.svg)
    assert len(bars(themes)) == len(themes["rows"]) + bool(themes["rest"])
    assert root.find(f"{SVG}rect").get("width") == "95%"
    assert {child.get("class") for child in root} == {"bar-now", "bar-base", "bar-prev", "bar-usual"}
    assert first.text == ("Logement\u00a0: 27 en octobre, 26 en septembre, 24 en moyenne de juin à août")


def test_a_theme_without_an_earlier_figure_has_no_tick_and_no_ring() -> None:
    content = sample(Choices(), {OCTOBER: month_rows(OCTOBER, {"logement": 20, "sante": 5})})
    drawn = bars(content["themes"])[0]
    assert "bar-prev" not in drawn.svg
    assert "bar-usual" not in drawn.svg
    assert "septembre" not in drawn.text


def test_columns_hatch_what_is_withheld_at_a_height_that_says_nothing() -> None:
    table = sample()["neighbourhoods"]
    drawn = columns(table, "c")
    withheld = [
        rect
        for svg in drawn
        for rect in parsed(svg.svg).iter(f"{SVG}rect")
        if rect.get("class") == "withheld"
    ]
    assert withheld
    assert {rect.get("height") for rect in withheld} == {"7"}
    assert all(rect.get("fill", "").startswith("url(#c-") for rect in withheld)
    steendam = next(i for i, row in enumerate(table["rows"]) if row["name"] == "Petit Steendam")
    assert "octobre non détaillé" in drawn[steendam].text


def test_the_rest_tells_a_month_without_any_from_a_month_withheld_whole() -> None:
    table = sample()["neighbourhoods"]
    assert table["rest"] is not None
    for row in table["rows"]:
        row["values"][0] = None
    table["rest"]["values"][0] = table["rest"]["values"][1] = None
    assert "mai non détaillé, juin aucune, juillet" in columns(table, "c")[-1].text


def test_the_map_names_places_and_never_counts_a_merged_one() -> None:
    content = sample()
    drawn = territory_map(content["map"], "m")
    texts = ["".join(text.itertext()) for text in parsed(drawn.svg).iter(f"{SVG}text")]
    assert "Banc Vert\u00a039" in texts
    assert "Degroote" in texts
    assert drawn.text.endswith("Trop peu pour être détaillé\u00a0: Petit Steendam, Degroote, Cœur de Ville.")
    shapes = [path.get("class") for path in parsed(drawn.svg).iter(f"{SVG}path")]
    assert shapes.count("withheld") == 3


def test_the_narrow_map_uses_letters_and_explains_each() -> None:
    drawn = territory_map(sample()["map"], "m", narrow=True)
    assert [entry.letter for entry in drawn.key] == list("ABCDEFG")
    assert drawn.key[0][1:] == ("Banc Vert", 39)
    assert drawn.key[6][1:] == ("Cœur de Ville", None)


def test_names_without_room_become_letters() -> None:
    crowd = [
        QuartierLabel(f"Q{i}", f"Quartier numéro {i}", "", [ring(2.3 + i * 0.003, 51)]) for i in range(30)
    ]
    content = build(OCTOBER, {}, THEMES, crowd, Choices(), territory="Ici")
    drawn = territory_map(content["map"], "m")
    assert 0 < len(drawn.key) < 30
    assert drawn.key[-1].letter == "D2"


def test_a_square_is_a_kilometre_and_the_map_says_so() -> None:
    drawn = territory_map(sample()["map"], "m").svg
    assert "Un carreau = 1 km" in drawn
    far = [QuartierLabel("A", "A", "", [ring(2.3, 50.0)]), QuartierLabel("B", "B", "", [ring(3.9, 51.0)])]
    content = build(OCTOBER, {}, THEMES, far, Choices(), territory="Ici")
    assert "Un carreau = 5 km" in territory_map(content["map"], "m").svg


def test_a_territory_without_outlines_has_a_sentence_and_no_drawing() -> None:
    content = build(OCTOBER, {}, THEMES, [QuartierLabel("A", "Le Port", "")], Choices(), territory="Ici")
    drawn = territory_map(content["map"], "m")
    assert drawn.svg == ""
    assert "Le Port" in drawn.text


def test_a_hostile_name_stays_text() -> None:
    hostile = [QuartierLabel("A", HOSTILE, HOSTILE, QUARTIERS[0].rings)]
    content = build(OCTOBER, {}, THEMES, hostile, Choices(), territory="Ici")
    for narrow in (False, True):
        svg = territory_map(content["map"], "m", narrow=narrow).svg
        assert "<script" not in svg
        assert 'alert("x")' in parsed(svg).get("aria-label", "")
