"""Which column of a spreadsheet holds what, and what each row says. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from observations.words import fold

# What is imported: its label, whether it is needed, the words by which French tables name it.
FIELDS: Final = {
    "name": ("Nom de l’action", True, ("nom", "intitule", "action", "titre", "projet")),
    "bearer": ("Porteur", True, ("porteur", "association", "structure", "organisme", "beneficiaire")),
    "year": ("Année", True, ("annee", "exercice", "millesime")),
    "neighbourhoods": ("Quartiers", False, ("quartier", "quartiers", "qpv", "territoire")),
    "themes": ("Thèmes", False, ("theme", "themes", "thematique", "thematiques", "pilier", "axe")),
    "summary": ("Ce qu’elle fait", False, ("resume", "description", "objectif", "objectifs", "contenu")),
}
_SEVERAL: Final = re.compile(r"[;|\n]|,(?!\s*\d)")


@dataclass
class Row:
    """One line of the file (`line` as a spreadsheet numbers it): what was read, and what is wrong, in French."""

    line: int
    name: str = ""
    bearer: str = ""
    year: int = 0
    summary: str = ""
    neighbourhoods: list[int] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def guess(header: Sequence[str]) -> dict[str, int]:
    """The column of each field, by the words of its title; a column serves once, the closest title first."""
    found: dict[str, int] = {}
    for wanted, (_, _, names) in FIELDS.items():
        for name in names:
            place = next(
                (
                    i
                    for i, title in enumerate(header)
                    if i not in found.values() and name in re.findall(r"[a-z]+", fold(title))
                ),
                None,
            )
            if place is not None:
                found[wanted] = place
                break
    return found


def several(cell: str) -> list[str]:
    """The names in one cell, parted by « ; », « , » or lines."""
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]


class Names:
    """Finds keys by code or name, whatever the case, the accents and the dashes."""

    def __init__(self, known: Mapping[str, int]) -> None:
        self._keys = {_plain(name): key for name, key in known.items()}

    def find(self, name: str) -> int | None:
        return self._keys.get(_plain(name))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))


def read(
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, int],
    *,
    places: Names,
    themes: Names,
    years: tuple[int, int],
    limits: Mapping[str, int],
) -> list[Row]:
    """Every line under the header, with its errors; `limits`: the longest of each text."""
    seen: dict[tuple[str, str, int], int] = {}
    read_rows = []
    for line, cells in enumerate(rows[1:], start=2):
        row = _read(line, cells, columns, places, themes, years, limits)
        key = (_plain(row.name), _plain(row.bearer), row.year)
        if not row.errors and key in seen:
            row.errors.append(f"La même action que la ligne {seen[key]} : gardez-en une.")
        seen.setdefault(key, line)
        read_rows.append(row)
    return read_rows


def _read(
    line: int,
    cells: Sequence[str],
    columns: Mapping[str, int],
    places: Names,
    themes: Names,
    years: tuple[int, int],
    limits: Mapping[str, int],
) -> Row:
    said = {name: cells[place] for name, place in columns.items() if place < len(cells)}
    row = Row(line, name=said.get("name", ""), bearer=said.get("bearer", ""), summary=said.get("summary", ""))
    for name in ("name", "bearer", "summary"):
        label, needed, _ = FIELDS[name]
        if needed and not said.get(name):
            row.errors.append(f"« {label} » est vide.")
        elif len(said.get(name, "")) > limits[name]:
            row.errors.append(f"« {label} » dépasse {limits[name]} caractères.")
    row.year = _year(said.get("year", ""), years, row.errors)
    row.neighbourhoods = _named(said.get("neighbourhoods", ""), places, "quartier", row.errors)
    row.themes = _named(said.get("themes", ""), themes, "thème", row.errors)
    return row


def _year(said: str, years: tuple[int, int], errors: list[str]) -> int:
    found = re.fullmatch(r"\D*(20\d\d)\D*", said, re.ASCII)
    if found is None or not years[0] <= int(found[1]) <= years[1]:
        errors.append(f"L’année n’est pas lue : « {said[:20]} ». Écrivez-la ainsi : 2026.")
        return 0
    return int(found[1])


def _named(cell: str, known: Names, what: str, errors: list[str]) -> list[int]:
    keys = []
    for name in several(cell):
        key = known.find(name)
        if key is None:
            errors.append(f"Aucun {what} ne s’appelle « {name[:60]} ».")
        elif key not in keys:
            keys.append(key)
    return keys
