"""10,000 observations wait in one phone, one of them bad: all the others leave, and the page does not swell."""

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_offline_queue import QUEUE
from tests.browser.test_offline_shell import SETTLED, until
from tests.proof.chromium import browser_type_launch_args, demo, phone
from tests.proof.conftest import Server
from tests.proof.test_demonstration import count

__all__ = ["browser_type_launch_args", "demo", "phone"]

HOW_MANY = 10_000
BAD = 5_000
PATIENCE = 1_800
# What the page may hold more at any moment of the drain than before it.
SWELLING = 16_000_000


def heap(page: Page) -> int:
    """Bytes that the page's scripts really hold: what is no longer used is collected first."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    used: dict[str, Any] = devtools.send("Runtime.getHeapUsage")
    devtools.detach()
    return int(used["usedSize"])


def test_ten_thousand_leave_but_the_bad_one(phone: BrowserContext, demo: Server) -> None:
    before = count(demo)
    page = phone.new_page()
    page.set_default_timeout(300_000)
    page.goto("/saisie/")
    until(page, SETTLED)
    phone.set_offline(True)
    page.goto("/saisie/")
    code = page.locator("#id_neighbourhood option:not([value=''])").first.get_attribute("value")
    page.evaluate(QUEUE, [code, HOW_MANY, BAD])
    start, samples = time.monotonic(), [heap(page)]
    phone.set_offline(False)
    expect(page.locator("[data-waiting]")).to_contain_text("en attente", timeout=60_000)
    # A try that fails on the way is part of it: the end is that nothing waits any more.
    while "en attente" in (line := page.locator("[data-waiting]").inner_text()):
        if time.monotonic() - start > PATIENCE:
            arrived = count(demo) - before
            pytest.fail(f"after {PATIENCE} s, {arrived} of {HOW_MANY - 1} arrived; the phone says: {line}")
        page.wait_for_timeout(2_000)
        samples.append(heap(page))
    took = time.monotonic() - start
    megabytes = [round(sample / 1e6, 1) for sample in (samples[0], max(samples))]
    print(f"{HOW_MANY / took:.0f} observations a second, heap {megabytes[0]} MB, at most {megabytes[1]} MB")
    assert "1 à corriger." in line
    assert count(demo) == before + HOW_MANY - 1
    assert max(samples) <= samples[0] + SWELLING
