import dataclasses
import io
import re
import subprocess
import sys
from pathlib import Path

import font_source_sans_pro
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from observations.restitution import pdf
from observations.restitution.build import Choices, Quote, withdraw
from observations.typesetting import setting
from observations.typesetting.glyphs import drawable
from tests.restitution.sample import CHOICES, OCTOBER, QUOTES, rows_by_month, sample


def read(content=None) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render(sample() if content is None else content)))


def text_of(reader: PdfReader) -> str:
    """The whole text, each run of spaces (no-break ones too) as one."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def quoting(words: str) -> Choices:
    return Choices(quotes=[Quote(words, "besoin", "logement", "QN05961M", "oui"), QUOTES[1]])


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return read()


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree."""
    found, todo = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if isinstance(node, list):
            todo.extend(node)
        elif isinstance(node, DictionaryObject):
            found.append(node)
            todo.extend([node["/K"]] if "/K" in node else [])
    return found


def test_the_pdf_is_tagged_french_titled_and_declares_pdf_ua(report: PdfReader) -> None:
    root = report.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert report.metadata.title == "Ce que nous avons entendu, octobre 2026"
    xmp = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfuaid:part(>|=\")1", xmp)


def test_every_figure_has_a_text_and_the_headings_start_at_one(report: PdfReader) -> None:
    elements = structure(report)
    figures = [element for element in elements if element.get("/S") == "/Figure"]
    tags = {element.get("/S") for element in elements}
    assert len(figures) > 15
    assert all(figure.get("/Alt") for figure in figures)
    assert {"/H1", "/H2", "/H3", "/Table", "/TH"} <= tags


def test_the_four_pages_hold_the_figures_the_words_and_the_running_foot(report: PdfReader) -> None:
    text = text_of(report)
    assert len(report.pages) == 4
    for words in (
        "Paroles d’habitantes et d’habitants, octobre 2026",
        "135 observations en 26 jours et 39 lieux.",
        "Autres thèmes : Tranquillité, Égalité.",
        "« L’ascenseur, ça fait trois semaines.",
        "Banc Vert, octobre",
        "Une panne d’ascenseur revient d’un hall à l’autre.",
        "Elle écoute, elle ne mesure pas.",
        "Nouveaux Accords · Ce que nous avons entendu, octobre 2026, version 1",
        "4 / 4",
    ):
        assert words in text, words


def test_the_sections_follow_the_order_of_the_page(report: PdfReader) -> None:
    text = text_of(report)
    titles = ["L’écoute", "Les thèmes", "De plus près", "Par quartier", "Où", "Ce que cette page ne dit pas"]
    found = [re.search(rf"{title}\b", text).start() for title in titles]
    assert found == sorted(found)


@pytest.mark.parametrize("lines", [0, 16, 22, 24, 33, 36])
def test_no_title_stays_on_the_page_before_what_it_opens(lines: int) -> None:
    # Whatever the introduction's length pushes down, a side's title keeps its first words on its page.
    choices = dataclasses.replace(CHOICES, introduction="\n".join(["Une ligne."] * lines))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in read(sample(choices)).pages]
    for title, opened in [
        ("Atouts et idées", "Depuis les fenêtres neuves"),
        ("Besoins et préoccupations", "Le bus de 5 h 20"),
        ("De plus près", "Une panne d’ascenseur revient"),
        ("Par quartier", "Banc Vert M J"),
    ]:
        assert [title in page for page in pages] == [opened in page for page in pages], title


def test_the_fonts_come_with_the_file(report: PdfReader) -> None:
    names = {
        font["/BaseFont"].split("+")[-1]
        for page in report.pages
        for font in (f.get_object() for f in page["/Resources"].get("/Font", {}).values())
    }
    assert {name.split("-")[0] for name in names} == {"SourceSansPro", "SourceSerifPro"}


def test_the_same_content_gives_the_same_text_and_a_withdrawn_quote_is_gone() -> None:
    text = text_of(read(withdraw(sample(), 0)))
    assert "ascenseur, ça fait" not in text
    assert "parole retirée" in text


def test_an_almost_empty_month_makes_a_short_report() -> None:
    text = text_of(read(sample(Choices(), {})))
    assert "Trop peu d’observations ont été retenues en octobre" in text
    assert "Les thèmes" not in text


def test_the_first_report_of_all_explains_no_mark_that_it_does_not_draw() -> None:
    text = text_of(read(sample(CHOICES, {OCTOBER: rows_by_month()[OCTOBER]})))
    assert "Logement" in text
    assert "moyenne" not in text
    assert "septembre" not in text


def test_a_correction_says_its_reason() -> None:
    assert "Ce qui change dans cette version : un doublon" in text_of(
        read(sample(version=2, reason="un doublon"))
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Super 😀👍🏽 la fête 👨‍👩‍👧", "Super [émoji] la fête [émoji]"),
        ("On dit שלום עולם et مرحبا", "On dit [autre écriture] et [autre écriture]"),
        ("a\x00b\x07c\u202e d\ud800", "abc d"),
        ("#set page(width: 1pt) *gras* $x$ ] } @ref <label> //", "*gras* $x$ ] } @ref <label> //"),
        ("mot " * 2_500, "mot mot mot"),
    ],
)
def test_wild_words_are_printed_or_replaced_and_never_break_the_file(words: str, shown: str) -> None:
    assert shown in text_of(read(sample(quoting(words))))


@settings(max_examples=5, deadline=None)
@given(st.text(min_size=1, max_size=400))
def test_any_words_make_a_pdf(words: str) -> None:
    content = sample(quoting(f"x{words}"))
    assert pdf.render(content).startswith(b"%PDF")


@settings(deadline=None)
@given(st.text())
def test_every_weight_can_draw_what_is_left(words: str) -> None:
    files = Path(font_source_sans_pro.font_directory).glob("SourceSansPro-Semibold.otf")
    drawn = set(TTFont(next(files), lazy=True).getBestCmap()) | {ord("\n")}
    assert {ord(char) for char in drawable(words)} <= drawn


def test_letters_apart_from_their_accent_and_variants_are_kept() -> None:
    assert drawable("e\u0301cole ①\u2011Cœur") == "école 1-Cœur"


def test_a_failure_never_repeats_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    content = sample(quoting("Un mot reconnaissable"))
    content["sections"] = {}
    with pytest.raises(setting.PdfError) as failure:
        pdf.render(content)
    assert "reconnaissable" not in str(failure.value)


def test_a_report_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*args: object, **kwargs: object) -> None:
        raise subprocess.TimeoutExpired("typeset", 20)

    monkeypatch.setattr(setting.subprocess, "run", endless)
    with pytest.raises(setting.PdfError, match="too long"):
        pdf.render(sample())


def test_a_process_that_dies_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(setting.PdfError, match="could not be set"):
        pdf.render(sample())
