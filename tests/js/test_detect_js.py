"""static/js/detect.js in a real Chromium: word for word what observations/privacy/detect.py finds."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from observations.demo.corpus import TEXTS
from observations.privacy.detect import DATA, detect
from tests.privacy import detection_cases
from tests.privacy.hostile import PIECES, hostile

Find = Callable[[list[str]], list[list[list[str]]]]


@pytest.fixture
def find(page: Page) -> Find:
    """`find(texts)`: kind and passage of each hit, text by text."""
    script = """async ({ data, texts }) => {
        const { detector } = await import("/detect.js");
        const detect = detector(data);
        return texts.map((text) => detect(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]));
    }"""
    data = json.loads(DATA.read_text(encoding="utf-8"))
    return lambda texts: page.evaluate(script, {"data": data, "texts": texts})


def on_the_server(texts: list[str]) -> list[list[list[str]]]:
    return [[[hit.kind, text[hit.start : hit.end]] for hit in detect(text)] for text in texts]


@pytest.mark.parametrize(
    "cases",
    [detection_cases.by_hand, detection_cases.drawn, detection_cases.blind],
    ids=lambda cases: cases.__name__,
)
def test_the_phone_finds_what_the_server_finds(find: Find, cases: Any) -> None:
    texts = [case.text for case in cases()]
    assert find(texts) == on_the_server(texts)


def test_the_phone_finds_the_same_in_the_demonstration_and_in_hostile_texts(find: Find) -> None:
    texts = [
        text for said in TEXTS for text in (said.words, said.seen, said.reading, said.public_text) if text
    ]
    texts += [text.upper() for text in texts] + [hostile(name, 3_000) for name in PIECES]
    assert find(texts) == on_the_server(texts)
