"""How often a suggestion is right, on the demonstration's texts. Printed, not asserted: the lexicon was written unread
of them, and must not be tuned to them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from observations.demo.corpus import TEXTS
from tests.browser.conftest import browser_type_launch_args
from tests.js.test_suggest_js import page, themes

__all__ = ["browser_type_launch_args", "page", "themes"]  # fixtures

pytestmark = pytest.mark.browser


def test_suggestions_against_the_demonstration(page: Page, themes: Callable[..., Any]) -> None:
    found = [(text, themes(f"{text.words}\n{text.seen}")) for text in TEXTS]
    roots = [(text.top, [theme for theme, _ in pairs]) for text, pairs in found]
    subs = [(text.theme, [sub for _, sub in pairs if sub]) for text, pairs in found]
    silent = sum(not pairs for _, pairs in found)
    print(f"\nsuggestions on {len(found)} texts: {share(silent, found)} without any")
    for name, rows in (("theme", roots), ("sub-theme", subs)):
        first = sum(offers[:1] == [slug] for slug, offers in rows)
        either = sum(slug in offers for slug, offers in rows)
        offered = [row for row in rows if row[1]]
        print(
            f"  {name:9}  first {share(first, rows)}, first two {share(either, rows)} of {len(rows)}; "
            f"first two, where one is offered, {share(either, offered)}"
        )


def share(count: int, rows: list[Any]) -> str:
    return f"{100 * count / len(rows):.0f} %"
