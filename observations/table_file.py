"""The rows of a spreadsheet that somebody sends: XLSX or CSV, bounded in size, time and memory, whole or not at all.

Pure. Every failure is a `TableRefused` whose French sentence says what to do.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from openpyxl import load_workbook

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_INFLATED: Final = 24 * 1024 * 1024
MAX_MEMBERS: Final = 200
MAX_ROWS: Final = 2_000
MAX_COLUMNS: Final = 40
MAX_CELL: Final = 2_000
CHUNK: Final = 64 * 1024

_NOT_TABLES: Final = {
    b"\xd0\xcf\x11\xe0": "un ancien fichier Excel (.xls)",
    b"%PDF": "un document PDF",
    b"\x1f\x8b": "une archive gzip",
    b"7z\xbc\xaf": "une archive 7z",
    b"Rar!": "une archive RAR",
    b"\x89PNG": "une image",
    b"\xff\xd8\xff": "une image",
}
_SAVE_AS: Final = "Enregistrez le tableau en XLSX ou en CSV, puis donnez ce fichier."


class TableRefused(Exception):
    """The file is refused whole; the message is a French sentence that says what to do."""


def read_table(data: bytes) -> list[list[str]]:
    """Rows of texts, the first one the header; empty rows left out, each row as long as the header.

    Raises TableRefused.
    """
    if len(data) > MAX_BYTES:
        raise TableRefused(
            f"Ce fichier est trop gros : {MAX_BYTES >> 20} Mo au plus. Gardez une année par fichier."
        )
    if not data.strip():
        raise TableRefused(f"Ce fichier est vide. {_SAVE_AS}")
    for start, kind in _NOT_TABLES.items():
        if data.startswith(start):
            raise TableRefused(f"C’est {kind}. {_SAVE_AS}")
    rows = _workbook(data) if data.startswith(b"PK") else _csv(data)
    return _squared(rows)


def _squared(rows: Iterable[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    for row in rows:
        if len(row) > MAX_COLUMNS:
            row = _trimmed(row)
        if len(row) > MAX_COLUMNS:
            raise TableRefused(f"Ce tableau a plus de {MAX_COLUMNS} colonnes : gardez celles qui servent.")
        if any(len(cell) > MAX_CELL for cell in row):
            raise TableRefused(f"Une cellule dépasse {MAX_CELL} caractères : raccourcissez-la.")
        if any(row):
            kept.append(row)
        if len(kept) > MAX_ROWS + 1:
            raise TableRefused(f"Ce tableau a plus de {MAX_ROWS} lignes : coupez-le en plusieurs fichiers.")
    if len(kept) < 2:
        raise TableRefused("Ce tableau n’a pas de ligne sous ses titres de colonnes.")
    width = len(_trimmed(kept[0]))
    return [(row + [""] * width)[:width] for row in kept]


def _trimmed(row: list[str]) -> list[str]:
    """The row without its empty cells at the end."""
    last = max((place for place, cell in enumerate(row, start=1) if cell), default=0)
    return row[:last]


# --- CSV ------------------------------------------------------------------------------------------------------


def _csv(data: bytes) -> Iterable[list[str]]:
    text = _decoded(data)
    head = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=head.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise TableRefused(f"Ce CSV est abîmé, ou une cellule n’y finit pas. {_SAVE_AS}") from error


def _decoded(data: bytes) -> str:
    if b"\0" in data:
        raise TableRefused(f"Ce fichier n’est pas un tableau. {_SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a French spreadsheet writes by itself; the five bytes that mean nothing in it are lost.
        return data.decode("cp1252", "replace")


# --- XLSX -----------------------------------------------------------------------------------------------------


def _workbook(data: bytes) -> Iterable[list[str]]:
    _check_archive(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # What the file says of its own size is not believed.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_said(value) for value in row]
        book.close()
    except TableRefused:
        raise
    except Exception as error:  # openpyxl fails in as many ways as files are broken
        raise TableRefused(f"Ce classeur est abîmé, ou n’est pas un XLSX. {_SAVE_AS}") from error


def _check_archive(data: bytes) -> None:
    """Inflates every member to nowhere, counting: a bomb is refused before anything is built from it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS or not any(m.filename == "[Content_Types].xml" for m in members):
                raise TableRefused(f"Cette archive n’est pas un classeur XLSX. {_SAVE_AS}")
            total = 0
            for member in members:
                with archive.open(member) as file:
                    while chunk := file.read(CHUNK):
                        total += len(chunk)
                        if total > MAX_INFLATED:
                            raise TableRefused(f"Ce classeur se déploie au-delà de toute mesure. {_SAVE_AS}")
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise TableRefused(f"Ce classeur est abîmé ou protégé par un mot de passe. {_SAVE_AS}") from error


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value).strip()
