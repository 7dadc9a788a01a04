"""What makes a text safe in a spreadsheet's cell, and a table readable by a French one. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO

from openpyxl import Workbook

Value = str | int | float | None
BOM = "\ufeff"
# Rows sent together: a piece for each would cost more than writing it.
TOGETHER = 200
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def xml_safe(text: str) -> str:
    """`text` without the characters that XML forbids (control characters, lone surrogates)."""
    # Most texts hold nothing but printable characters, all of which XML takes: the search is for the others.
    return text if text.isprintable() else _NOT_XML.sub("", text)


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
    """The file in pieces of `TOGETHER` lines: a BOM, semicolons, CRLF, decimal commas."""
    piece = io.StringIO(newline="")
    writer = csv.writer(piece, delimiter=";", lineterminator="\r\n")
    yield BOM
    every = _with(header, rows)
    while together := list(islice(every, TOGETHER)):
        piece.seek(0)
        piece.truncate()
        writer.writerows([french_cell(value) for value in row] for row in together)
        yield piece.getvalue()


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
