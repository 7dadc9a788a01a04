"""What makes a text safe in a spreadsheet's cell, and a table readable by a French one. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from openpyxl import Workbook

Value = str | int | float | None
BOM = "\ufeff"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xml_safe(text: str) -> str:
    """`text` without the characters that XML forbids (control characters, lone surrogates)."""
    return _NOT_XML.sub("", text)


def safe_cell(text: str) -> str:
    """`text` that no spreadsheet runs as a formula, and that XML can hold: a ' stands before = + - @ tab and CR."""
    clean = xml_safe(text)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def french_cell(value: Value) -> str:
    """A value as a French spreadsheet reads it in a CSV."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return safe_cell(value) if isinstance(value, str) else str(value)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The file line by line: a BOM, semicolons, CRLF, decimal commas."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    yield BOM
    for row in _with(header, rows):
        line.seek(0)
        line.truncate()
        writer.writerow([french_cell(value) for value in row])
        yield line.getvalue()


def write_xlsx(file: IO[bytes], title: str, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """A workbook of one sheet, written row by row: its size is the disk's, not the memory's."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for row in _with(header, rows):
        sheet.append([safe_cell(value) if isinstance(value, str) else value for value in row])
    book.save(file)


def _with(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    yield header
    yield from rows
