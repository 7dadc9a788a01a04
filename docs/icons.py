"""Draws the application's icons from the mark (static/img/favicon.svg): python docs/icons.py.

One drawing: rounded corners where the icon stands alone, a full square where the phone cuts its own shape.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent.parent / "static" / "img"
ROUND = 'rx="4"'
# Name, side in pixels, whether the phone cuts the corners itself.
ICONS = [
    ("icon-192.png", 192, False),
    ("icon-512.png", 512, False),
    ("icon-maskable-512.png", 512, True),
    ("apple-touch-icon.png", 180, True),
]


def main() -> None:
    mark = (FOLDER / "favicon.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, side, square in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            drawing = mark.replace(ROUND, "") if square else mark
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
            page.screenshot(path=FOLDER / name, omit_background=not square)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
