"""static/js/geo.js in a real Chromium, on the cases that observations/geo.py answers too."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from observations import geo

TESTS = Path(__file__).resolve().parents[1]
CASE_FILE = json.loads((TESTS / "cases" / "geo.json").read_text(encoding="utf-8"))

Ask = Callable[[str, list[Any]], Any]


@pytest.fixture
def ask(page: Page) -> Ask:
    """Call one function of the module once per list of arguments."""

    def call(name: str, calls: list[Any]) -> Any:
        return page.evaluate(
            """async ({ name, calls }) => {
                const module = await import("/geo.js");
                return calls.map((args) => module[name](...args));
            }""",
            {"name": name, "calls": calls},
        )

    return call


def test_cells_are_those_of_the_server(ask: Ask):
    cases = CASE_FILE["cells"]
    assert ask("cell", [[c["latitude"], c["longitude"]] for c in cases]) == [c["cell"] for c in cases]
    assert ask("cellCentre", [c["cell"] for c in cases]) == [c["centre"] for c in cases]


def test_points_are_rounded_as_on_the_server(ask: Ask):
    cases = CASE_FILE["rounded"]
    calls = [[c["latitude"], c["longitude"], c["precision"]] for c in cases]
    assert ask("rounded", calls) == [c["rounded"] for c in cases]


def test_a_thousand_places_over_france_are_rounded_as_on_the_server(ask: Ask):
    places = [[41.3 + i * 0.009_871, -5.1 + (i * 0.618_034 % 1) * 14.7] for i in range(1000)]
    for precision in (geo.LIEU, geo.SECTEUR):
        there = ask("rounded", [[*place, precision] for place in places])
        assert there == [list(geo.rounded(*place, precision)) for place in places]


def test_points_are_located_as_on_the_server(ask: Ask):
    cases = CASE_FILE["locate"]
    answers = ask("locate", [[c["latitude"], c["longitude"], CASE_FILE["outlines"]] for c in cases])
    for case, answer in zip(cases, answers, strict=True):
        assert answer["distance"] == pytest.approx(case["distance"], rel=0.01)
        assert {**answer, "distance": 0} == {
            "code": case["code"],
            "name": case["name"],
            "inside": case["inside"],
            "distance": 0,
        }


def test_a_hole_and_the_gap_between_two_parts_are_outside(ask: Ask):
    with_hole, two_parts = (feature["geometry"] for feature in CASE_FILE["outlines"]["features"])
    calls = [
        [51.0301, 2.3561, with_hole],
        [51.0280, 2.3595, with_hole],
        [51.0262, 2.3462, two_parts],
        [51.0275, 2.3424, two_parts],
    ]
    assert ask("contains", calls) == [True, False, True, False]


def test_without_any_quartier_nothing_is_said_to_be_outside(ask: Ask):
    assert ask("locate", [[51.02, 2.36, {"type": "FeatureCollection", "features": []}]]) == [None]
