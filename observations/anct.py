"""The official file of the quartiers prioritaires (ANCT), 2015 and 2024, as checked records. No ORM.

Columns: ``code_qp, lib_qp, insee_com, lib_com, siren_epci`` in 2024; ``CODE_QP, NOM_QP, COMMUNE_QP`` in 2015,
whatever their case. One cell may hold several communes or several intercommunal bodies.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shapely.geometry import MultiPolygon, box

from observations import geo
from observations.source_file import FileRefused, read_text

__all__ = ["FileRefused", "OfficialFile", "OfficialQuartier", "read", "select"]

CODE = re.compile(r"QN[0-9]{2}[0-9AB][0-9]{2}[A-Z]|QP[0-9]{2}[0-9AB][0-9]{3}")
INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}")
SIREN = re.compile(r"[0-9]{9}")
NAME_LENGTH = 200
_SEPARATORS = re.compile(r"[,;/|]")
_DEGREES = (
    "crs84",
    "4326",
    "wgs84",
    "wgs 84",
    "4171",
)  # 4171 is RGF93 in degrees: the same to a few centimetres
# Where mainland France and Corsica fall, latitude written before longitude; no QPV lies off Somalia.
_SWAPPED = box(41, -5.5, 52, 10)
_ADVICE = "Prenez le fichier WGS84 des quartiers prioritaires publié par l’ANCT."

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class OfficialQuartier:
    """One QPV of the file. `communes` holds (INSEE code, name) pairs; 2015 files give names only."""

    code: str
    name: str
    communes: tuple[tuple[str, str], ...]
    siren_epci: tuple[str, ...]
    generation: int
    geometry: MultiPolygon
    repaired: str | None


@dataclass(frozen=True)
class OfficialFile:
    """All the quartiers of one file, in its order."""

    records: tuple[OfficialQuartier, ...]

    @property
    def repaired(self) -> tuple[OfficialQuartier, ...]:
        return tuple(record for record in self.records if record.repaired)


def read(source: str | Path, *, progress: Progress | None = None) -> OfficialFile:
    """Read the whole file, or raise `FileRefused`. `progress` hears (quartiers read, quartiers in all)."""
    features = _features(_parse(read_text(source)))
    records: dict[str, OfficialQuartier] = {}
    for number, feature in enumerate(features, start=1):
        record = _record(feature, number)
        if record.code in records:
            raise FileRefused(f"Le code {record.code} est présent deux fois dans le fichier. {_ADVICE}")
        records[record.code] = record
        if progress:
            progress(number, len(features))
    return OfficialFile(tuple(records.values()))


# --- the file -----------------------------------------------------------------------------------------------


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if _cut_short(text.strip(), error):
            raise FileRefused("Le fichier est tronqué : sa fin manque. Téléchargez-le de nouveau.") from error
        raise FileRefused(
            f"Le fichier n’est pas du GeoJSON lisible (ligne {error.lineno}). {_ADVICE}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"Le fichier n’est pas du GeoJSON lisible. {_ADVICE}") from error


def _cut_short(text: str, error: json.JSONDecodeError) -> bool:
    """Did the JSON stop too early, rather than go wrong on the way?"""
    return text.startswith(("{", "[")) and (error.pos >= len(text) - 1 or not text.endswith(("}", "]")))


def _features(collection: Any) -> list[Any]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise FileRefused(
            f"Le fichier n’est pas une liste de contours (FeatureCollection GeoJSON). {_ADVICE}"
        )
    _check_degrees(collection.get("crs"))
    features = collection.get("features")
    if not isinstance(features, list):
        raise FileRefused(f"La liste des quartiers (« features ») manque ou est mal formée. {_ADVICE}")
    if not features:
        raise FileRefused(f"Le fichier ne contient aucun quartier. {_ADVICE}")
    return features


def _check_degrees(crs: Any) -> None:
    """Refuse a declared projection; GeoJSON without `crs` is in degrees by definition (RFC 7946)."""
    if crs is None:
        return
    named = json.dumps(crs).lower()
    if not any(mark in named for mark in _DEGREES):
        projection = "en Lambert-93" if "2154" in named or "lamb" in named else "dans un autre système"
        raise FileRefused(f"Les coordonnées sont projetées ({projection}), pas en degrés. {_ADVICE}")


# --- one quartier -------------------------------------------------------------------------------------------


def _record(feature: Any, number: int) -> OfficialQuartier:
    cells = _cells(feature, number)
    code = _code(cells, number)
    geometry, repaired = _geometry(feature.get("geometry"), code)
    return OfficialQuartier(
        code=code,
        name=_name(cells, code),
        communes=_communes(cells, code),
        siren_epci=tuple(part for part in _split(cells.get("siren_epci"), code) if SIREN.fullmatch(part)),
        generation=2024 if code.startswith("QN") else 2015,
        geometry=geometry,
        repaired=repaired,
    )


def _cells(feature: Any, number: int) -> dict[str, Any]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise FileRefused(f"Le quartier n° {number} du fichier n’a pas de colonnes. {_ADVICE}")
    return {key.strip().lower(): value for key, value in properties.items()}


def _column(cells: dict[str, Any], *names: str) -> Any:
    """The first of these columns that exists: one name a generation."""
    for name in names:
        if name in cells:
            return cells[name]
    raise FileRefused(f"La colonne {' ou '.join(names)} manque dans le fichier. {_ADVICE}")


def _text(value: Any, where: str) -> str:
    """A cell as clean text: spaces collapsed, control characters and lone surrogates dropped."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # some exports write codes as numbers
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise FileRefused(f"Une cellule de {where} n’est ni un texte ni un nombre entier. {_ADVICE}")
    words = " ".join(str(value).split())
    return "".join(character for character in words if character.isprintable())


def _code(cells: dict[str, Any], number: int) -> str:
    code = _text(_column(cells, "code_qp"), f"la colonne code_qp (quartier n° {number})").upper()
    if not CODE.fullmatch(code):
        raise FileRefused(f"Le code du quartier n° {number} n’a pas la forme QN05961M ou QP059001. {_ADVICE}")
    return code


def _name(cells: dict[str, Any], code: str) -> str:
    name = _text(_column(cells, "lib_qp", "nom_qp"), code)
    if not 0 < len(name) <= NAME_LENGTH:
        raise FileRefused(f"Le quartier {code} n’a pas de nom, ou un nom trop long. {_ADVICE}")
    return name


def _split(cell: Any, code: str) -> list[str]:
    """The values of a cell that may hold several: « 59014, 59491 »."""
    return [part.strip() for part in _SEPARATORS.split(_text(cell, code)) if part.strip()]


def _communes(cells: dict[str, Any], code: str) -> tuple[tuple[str, str], ...]:
    first = _split(_column(cells, "insee_com", "commune_qp"), code)
    if "insee_com" not in cells:
        return tuple(("", name) for name in first)
    codes = [part.zfill(5) for part in first]  # a code read as a number has lost its leading zero
    names = _split(cells.get("lib_com"), code)
    names += [""] * (len(codes) - len(names))
    return tuple(zip(codes, names, strict=False))


def _geometry(geometry: Any, code: str) -> tuple[MultiPolygon, str | None]:
    if geometry is None:
        raise FileRefused(f"Le quartier {code} n’a pas de contour. {_ADVICE}")
    try:
        boundary, repaired = geo.repair(geo.parse(geometry))
    except geo.BoundaryError as error:
        raise FileRefused(f"Quartier {code} : {error} {_ADVICE}") from error
    if box(*boundary.bounds).intersects(_SWAPPED):
        raise FileRefused(f"Quartier {code} : latitude et longitude semblent inversées. {_ADVICE}")
    return boundary, repaired


# --- the chosen territory -----------------------------------------------------------------------------------


def select(
    records: Sequence[OfficialQuartier],
    epci: str | None = None,
    communes: Collection[str] | None = None,
) -> list[OfficialQuartier]:
    """The quartiers of one intercommunal body (SIREN) or of communes (INSEE codes; names for a 2015 file).

    Without a choice, all of them. Raises `FileRefused` when nothing is left, naming what comes near.
    """
    if epci is not None:
        return _of_epci(records, epci.strip())
    if communes is not None:
        return _of_communes(records, {commune.strip().casefold() for commune in communes})
    return list(records)


def _of_epci(records: Sequence[OfficialQuartier], epci: str) -> list[OfficialQuartier]:
    chosen = [record for record in records if epci in record.siren_epci]
    if chosen:
        return chosen
    known = {siren: _places(record) for record in records for siren in record.siren_epci}
    if not known:
        raise FileRefused("Ce fichier ne dit pas les intercommunalités. Choisissez plutôt --communes.")
    raise FileRefused(
        f"Aucun quartier pour l’EPCI {epci} dans ce fichier, qui compte {len(records)} quartiers "
        f"et {len(known)} intercommunalités.{_near([epci], known)} Vérifiez le SIREN."
    )


def _of_communes(records: Sequence[OfficialQuartier], wanted: set[str]) -> list[OfficialQuartier]:
    chosen = [record for record in records if wanted & {_key(*commune) for commune in record.communes}]
    if chosen:
        return chosen
    known = {_key(*commune): commune[1] for record in records for commune in record.communes}
    by_name = (
        ""
        if any(insee for record in records for insee, _ in record.communes)
        else (" Ce fichier ne donne pas de codes INSEE : écrivez les noms des communes.")
    )
    raise FileRefused(
        f"Aucun quartier pour ces communes dans ce fichier, qui compte {len(records)} quartiers "
        f"et {len(known)} communes.{_near(sorted(wanted), known)}{by_name} Vérifiez les communes."
    )


def communes_without_quartier(records: Iterable[OfficialQuartier], communes: Collection[str]) -> list[str]:
    """Which chosen communes have no quartier here: usual for a small one, or a slip of the keyboard."""
    known = {_key(*commune) for record in records for commune in record.communes}
    return [commune.strip() for commune in communes if commune.strip().casefold() not in known]


def _key(insee: str, name: str) -> str:
    return (insee or name).casefold()


def _places(record: OfficialQuartier) -> str:
    return ", ".join(name for _, name in record.communes)


def _near(wanted: Iterable[str], known: dict[str, str]) -> str:
    """A sentence naming known keys that look like the wanted ones; empty when none does."""
    close = {
        key for value in wanted for key in get_close_matches(value[:NAME_LENGTH], known, n=3, cutoff=0.75)
    }
    if not close:
        return ""
    return " Les plus proches : " + ", ".join(f"{key} ({known[key]})" for key in sorted(close)[:5]) + "."
