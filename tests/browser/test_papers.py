"""The papers as they leave the printer."""

import io

from playwright.sync_api import Page
from pypdf import PdfReader


def printed(page: Page, address: str) -> list[str]:
    page.goto(address)
    reader = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]  # A4, in points
    return [sheet.extract_text() for sheet in reader.pages]


def test_the_poster_is_one_sheet_that_says_how_to_say_no(page: Page, served: str) -> None:
    [sheet] = printed(page, f"{served}/confidentialite/affiche/")
    assert "Vous décidez" in sheet
    assert "effacés au bout de 12 mois" in " ".join(sheet.split())
    assert "Imprimer" not in sheet


def test_the_table_of_periods_prints_whole(page: Page, served: str) -> None:
    sheets = printed(page, f"{served}/confidentialite/durees/")
    assert len(sheets) <= 2
    assert "Journal" in sheets[-1]
