import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from observations.restitution import sheets
from observations.restitution.build import Choices, QuartierLabel, Quote, build
from observations.restitution.content import Content
from observations.restitution.sheets import WITHHELD
from observations.spreadsheets import safe_cell
from tests.restitution.sample import CHOICES, OCTOBER, QUARTIERS, THEMES, rows_by_month, sample

HOSTILE = '=HYPERLINK("http://exemple.invalid";"clic")'


def book(content: Content | None = None) -> Workbook:
    return load_workbook(io.BytesIO(sheets.xlsx(content or sample())))


def lines(content: Content | None = None) -> list[list[str]]:
    text = sheets.csv(content or sample()).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def hostile() -> Content:
    quartiers = [QuartierLabel(q.code, HOSTILE, "@bas", q.rings) for q in QUARTIERS]
    choices = Choices(
        introduction=HOSTILE,
        comments={"logement": "+33"},
        quotes=[Quote("-1+1", "besoin", "logement", "QN05961M", "oui")],
    )
    return build(OCTOBER, rows_by_month()[OCTOBER], THEMES, quartiers, choices, territory="\t=1+1")


def test_the_workbook_has_a_sheet_a_table_and_a_title() -> None:
    workbook = book()
    assert workbook.sheetnames == [
        "Synthèse",
        "Écoute",
        "Thèmes",
        "Quartiers",
        "Commentaires",
        "Paroles",
        "Méthode",
    ]
    assert workbook.properties.title == "Ce que nous avons entendu, octobre 2026"


def test_what_nothing_can_be_compared_with_has_no_column() -> None:
    first_month = sample(CHOICES, {OCTOBER: rows_by_month()[OCTOBER]})
    assert [cell.value for cell in book(first_month)["Thèmes"][1]] == [
        "Thème",
        "Observations",
        "Jours",
        "Lieux",
    ]


def test_numbers_are_numbers_and_headers_are_frozen() -> None:
    workbook = book()
    sheet = workbook["Thèmes"]
    first = [cell.value for cell in sheet[2]]
    assert first[0] == "Logement"
    assert first[1] == 27
    assert isinstance(first[1], int)
    assert [cell.data_type for cell in sheet[2]] == ["s", *"nnnnn"]
    assert all(sheet.freeze_panes == "B2" for sheet in workbook.worksheets)
    assert sheet.column_dimensions["A"].width > 20


def test_what_is_withheld_is_said() -> None:
    rows = {row[0].value: [cell.value for cell in row] for row in book()["Quartiers"].iter_rows(min_row=2)}
    assert rows["Petit Steendam"][-1] == WITHHELD
    assert "Degroote" not in rows


def test_the_tables_add_up_to_the_month() -> None:
    sheet = book()["Thèmes"]
    assert sum(row[1].value for row in sheet.iter_rows(min_row=2)) == sample()["heard"]["n"]


def test_an_almost_empty_month_keeps_only_what_can_be_said() -> None:
    workbook = book(sample(Choices(), {}))
    assert workbook.sheetnames == ["Synthèse", "Méthode"]


def test_the_csv_opens_right_in_a_french_excel() -> None:
    written = sheets.csv(sample())
    assert written.startswith(b"\xef\xbb\xbftableau;rubrique;mesure;valeur\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert ["Thèmes", "Logement", "Observations", "27"] in lines()
    assert ["Thèmes", "Mobilités", "Moyenne de juin à août", "14,7"] in lines()
    assert all(len(line) == 4 for line in lines())


def test_words_on_several_lines_stay_in_one_cell() -> None:
    content = sample(Choices(introduction="Une ligne ;\nune autre"))
    assert any(line[3] == "Une ligne\u202f;\nune autre" for line in lines(content))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_is_neutralised(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    assert safe_cell(f"\x00\x07{start}1+1") == f"'{start}1+1"


def test_plain_text_is_left_alone() -> None:
    assert safe_cell("« Rien - du tout »") == "« Rien - du tout »"
    assert safe_cell("") == ""


@given(st.text())
def test_no_cell_ever_starts_a_formula(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_cell_of_either_file_is_a_formula() -> None:
    content = hostile()
    cells = [cell for sheet in book(content).worksheets for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    texts += [cell for line in lines(content) for cell in line]
    assert f"'{HOSTILE}" in texts
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_control_characters_do_not_break_the_workbook() -> None:
    content = sample()
    content["quotes"][0]["text"] = "a\x00b\x0bc\ud800d\uffff"
    assert book(content)["Paroles"]["B2"].value == "abcd"
    assert any(line[3] == "abcd" for line in lines(content))


def test_the_sheets_hold_the_words_chosen() -> None:
    words = [row[1].value for row in book()["Paroles"].iter_rows(min_row=2)]
    assert len(words) == len(CHOICES.quotes)
    assert words[0].startswith("«\u202fL’ascenseur")
