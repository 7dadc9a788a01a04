"""The tables of a synthèse for a spreadsheet: XLSX (a sheet each) and CSV (one long table for a French Excel)."""

import io
from collections.abc import Sequence
from csv import writer
from datetime import UTC, datetime
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from observations.restitution.charts import compared
from observations.restitution.content import Content
from observations.spreadsheets import Value, french_cell, safe_cell, xml_safe

WITHHELD = "non détaillé"
_NATURES = {
    "besoin": "besoin",
    "preoccupation": "préoccupation",
    "atout": "atout",
    "proposition": "proposition",
}
_WIDEST = 70
"""Characters; longer text wraps."""


class Table(NamedTuple):
    """A table: its first column names the row, the others are its measures or texts. None = nothing to say."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def tables(content: Content) -> list[Table]:
    """The synthèse as tables, in reading order; a table without a row is left out."""
    all_tables = [
        _about(content),
        _heard(content),
        _themes(content),
        _neighbourhoods(content),
        Table(
            "Commentaires", ("Thème", "Commentaire"), [(c["name"], c["text"]) for c in content["comments"]]
        ),
        Table(
            "Paroles",
            ("N°", "Parole", "Où et quand", "Nature"),
            [
                (i, quote["text"], quote["label"], _NATURES.get(quote["nature"], quote["nature"]))
                for i, quote in enumerate(content["quotes"], start=1)
            ],
        ),
        Table("Méthode", ("N°", "Texte"), list(enumerate(content["method"], start=1))),
    ]
    return [table for table in all_tables if table.rows]


def xlsx(content: Content) -> bytes:
    """A workbook: one sheet a table, numbers as numbers, headers frozen."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = xml_safe(f"{content['title']}, {content['month_name']}")
    book.properties.creator = xml_safe(content["territory"])
    book.properties.language = "fr"
    # The month, so that the file does not tell when it was asked for.
    book.properties.created = datetime.strptime(content["month"], "%Y-%m").replace(tzinfo=UTC)
    for table in tables(content):
        _fill(book.create_sheet(table.name), table)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def csv(content: Content) -> bytes:
    """One long table « tableau ; rubrique ; mesure ; valeur »: UTF-8 with BOM, semicolons, CRLF, decimal commas."""
    written = io.StringIO(newline="")
    lines = writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(("tableau", "rubrique", "mesure", "valeur"))
    for table in tables(content):
        for first, *values in table.rows:
            for measure, value in zip(table.header[1:], values, strict=True):
                if value is not None:
                    lines.writerow([french_cell(cell) for cell in (table.name, first, measure, value)])
    return ("\ufeff" + written.getvalue()).encode()


def _about(content: Content) -> Table:
    rows = [
        ("Titre", content["title"]),
        ("Mois", content["month_name"]),
        ("Territoire", content["scope"]),
        ("État", content["status"]),
        ("Correction", content["correction"]),
        ("Introduction", content["introduction"]),
        ("À savoir", content["too_few"]),
    ]
    return Table("Synthèse", ("Rubrique", "Texte"), [row for row in rows if row[1]])


def _heard(content: Content) -> Table:
    heard, themes = content["heard"], content["themes"]
    rows: list[tuple[str, Value]] = []
    if heard:
        rows = [("Observations", heard["n"]), ("Jours", heard["days"]), ("Lieux", heard["places"])]
        rows += [(f"Disent {nature['label']}", nature["n"]) for nature in heard["natures"]]
        previous = heard["previous"]
        rows.append((f"Observations en {themes['previous']}", WITHHELD if previous is None else previous))
    return Table("Écoute", ("Mesure", "Nombre"), rows)


def _themes(content: Content) -> Table:
    themes = content["themes"]
    shown = compared(themes)
    earlier = [
        *([(f"Observations en {themes['previous']}", "previous")] if shown.previous else []),
        *([(themes["usual"].capitalize(), "usual")] if shown.usual else []),
    ]
    header = ("Thème", "Observations", "Jours", "Lieux", *(name for name, _ in earlier))
    rows: list[Sequence[Value]] = []
    for row in themes["rows"]:
        figures = {"previous": row["previous"], "usual": row["usual"]}
        told = [WITHHELD if figures[key] is None else figures[key] for _, key in earlier]
        rows.append((row["name"], row["n"], row["days"], row["places"], *told))
    if rest := themes["rest"]:
        name = f"{rest['label']} ({', '.join(rest['names'])})"
        rows.append((name, rest["n"], rest["days"], rest["places"], *[None] * len(earlier)))
    return Table("Thèmes", header, rows)


def _neighbourhoods(content: Content) -> Table:
    table = content["neighbourhoods"]
    header = ("Quartier", *(f"{month['name']} {month['key'][:4]}" for month in table["months"]))
    rows: list[Sequence[Value]] = [
        (row["name"], *(WITHHELD if n is None else n for n in row["values"])) for row in table["rows"]
    ]
    if rest := table["rest"]:
        rows.append((rest["label"], *rest["values"]))
    return Table("Quartiers", header, rows)


def _fill(sheet: Worksheet, table: Table) -> None:
    sheet.append([safe_cell(name) for name in table.header])
    for row in table.rows:
        sheet.append([safe_cell(value) if isinstance(value, str) else value for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="FDEEB5")
    for index, column in enumerate(sheet.columns, start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(index)].width = min(max(longest + 2, 8), _WIDEST)
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=longest > _WIDEST or cell.row == 1)
    sheet.freeze_panes = "B2"
