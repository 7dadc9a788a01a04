"""What is found and how fast, printed: the figures of docs/detection.md."""

import json
from collections.abc import Callable
from time import process_time

import pytest
from playwright.sync_api import Page

from observations.demo.corpus import TEXTS
from observations.privacy.detect import DATA, blocking, detect
from tests.browser.conftest import browser_type_launch_args
from tests.js.conftest import page
from tests.privacy import detection_cases
from tests.privacy.detection_cases import is_right, shares
from tests.privacy.hostile import PIECES, hostile

__all__ = ["browser_type_launch_args", "page"]  # fixtures

SIZE = 100_000
ON_THE_PHONE = """async ({ data, texts }) => {
  const { detector } = await import("/detect.js");
  const detect = detector(data);
  const spent = (text) => { const start = performance.now(); detect(text); return performance.now() - start; };
  return texts.map((text) => Math.min(...[1, 2, 3].map(() => spent(text))));
}"""


def milliseconds(work: Callable[[], object]) -> float:
    """The least of three runs, in processor time."""
    spent = []
    for _ in range(3):
        start = process_time()
        work()
        spent.append(process_time() - start)
    return 1000 * min(spent)


def test_what_is_found() -> None:
    for cases in (detection_cases.drawn, detection_cases.blind):
        rows = [
            (case, is_right(case, [(h.kind, case.text[h.start : h.end], h.start) for h in detect(case.text)]))
            for case in cases()
        ]
        print(f"\n{cases.__name__}: " + ", ".join(f"{k} {a}/{b}" for k, (a, b) in shares(rows).items()))
    for field in ("words", "seen", "reading", "public_text"):
        texts = [text for said in TEXTS if (text := getattr(said, field))]
        print(f"demonstration, {field}: {sum(map(bool, map(blocking, texts)))} of {len(texts)} marked")


@pytest.mark.browser
def test_how_fast_a_hundred_kilobytes_are_read(page: Page) -> None:
    texts = [hostile(name, SIZE) for name in PIECES]
    data = json.loads(DATA.read_text(encoding="utf-8"))
    phone = page.evaluate(ON_THE_PHONE, {"data": data, "texts": texts})
    print("\n100 kB: server, browser (ms)")
    for name, text, there in zip(PIECES, texts, phone, strict=True):
        print(f"  {name:20} {milliseconds(lambda text=text: detect(text)):6.0f} {there:6.0f}")
