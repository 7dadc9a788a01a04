"""The text of a data file given by path or address, taken out of its ZIP: bounded in size, time and memory.

Nothing is written to disk. Every failure is a `FileRefused` whose French sentence says what to do.
"""

import http.client
import io
import time
import urllib.request
import zipfile
import zlib
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError

MAX_FILE_BYTES = 48 * 1024 * 1024  # the official ZIP of 2024 weighs about a quarter of this
MAX_TEXT_BYTES = 64 * 1024 * 1024
MAX_RATIO = 60  # GeoJSON outlines shrink about five times, seldom twenty
MAX_MEMBERS = 1000
TIMEOUT_SECONDS = 20
DOWNLOAD_SECONDS = 180
CHUNK = 64 * 1024

_NOT_DATA = {
    b"\x1f\x8b": "une archive gzip",
    b"7z\xbc\xaf": "une archive 7z",
    b"Rar!": "une archive RAR",
    b"\x00\x00\x27\x0a": "un fichier shapefile",
    b"SQLite format 3": "une base GeoPackage",
    b"%PDF": "un document PDF",
}
_TAKE_GEOJSON = "Donnez le fichier GeoJSON des quartiers prioritaires, ou le ZIP officiel qui le contient."


class FileRefused(Exception):
    """The file is refused whole; the message is a French sentence that says what to do."""


def read_text(source: str | Path) -> str:
    """The GeoJSON text behind a path or an http(s) address, bare or zipped. Raises `FileRefused`."""
    data = _fetch(str(source)) if "://" in str(source) else _open(Path(source))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        data = _unzip(data)
    return _decode(data)


# --- bytes --------------------------------------------------------------------------------------------------


def _open(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FileRefused(f"Fichier introuvable : {path}. Vérifiez le chemin.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileRefused(f"Fichier illisible : {path}. Vérifiez le chemin et les droits.") from error
    _check_size(len(data))
    return data


def _check_size(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise FileRefused(f"Fichier trop gros (plus de {MAX_FILE_BYTES >> 20} Mo). {_TAKE_GEOJSON}")


def _fetch(url: str) -> bytes:
    if not url.lower().startswith(("http://", "https://")):
        raise FileRefused("Adresse refusée : seules les adresses http:// et https:// sont lues.")
    try:
        with _opener().open(url, timeout=TIMEOUT_SECONDS) as response:
            return _download(response)
    except HTTPError as error:
        raise FileRefused(
            f"Le serveur répond {error.code} à cette adresse. Vérifiez-la, ou téléchargez d’abord le fichier."
        ) from error
    except TimeoutError as error:
        raise FileRefused(
            "Le serveur ne répond pas à temps. Réessayez, ou téléchargez le fichier."
        ) from error
    except (URLError, OSError, http.client.HTTPException, ValueError) as error:
        raise FileRefused(
            "Adresse injoignable. Vérifiez-la et la connexion, ou téléchargez le fichier vous-même."
        ) from error


def _opener() -> urllib.request.OpenerDirector:
    """Only http and https, also after a redirection (the default opener follows ftp and reads file://)."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _download(response: http.client.HTTPResponse) -> bytes:
    """Read to the end, the size limit or the deadline: a trickle never trips the socket’s own timeout."""
    deadline = time.monotonic() + DOWNLOAD_SECONDS
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        _check_size(len(data))
        if time.monotonic() > deadline:
            raise TimeoutError
    return bytes(data)


# --- ZIP ----------------------------------------------------------------------------------------------------


def _unzip(data: bytes) -> bytes:
    """The WGS84 GeoJSON member, read in memory under a limit counted while reading, whatever headers say."""
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise FileRefused(f"L’archive contient trop de fichiers. {_TAKE_GEOJSON}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = _member(archive)
            with archive.open(member) as file:
                return _inflate(file, min(MAX_TEXT_BYTES, MAX_RATIO * len(data)))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise FileRefused("L’archive ZIP est abîmée ou incomplète. Téléchargez-la de nouveau.") from error


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [info for info in archive.infolist() if not info.is_dir() and "__MACOSX" not in info.filename]
    found = [info for info in files if info.filename.lower().endswith((".geojson", ".json"))]
    if not found:
        raise _no_geojson(files)
    degrees = [info for info in found if not _projected(info.filename)]
    if not degrees:
        raise FileRefused(
            "L’archive ne contient que des contours projetés (Lambert-93). Prenez celle qui a le WGS84."
        )
    named = [info for info in degrees if "wgs84" in info.filename.lower()] or degrees
    if len(named) > 1:
        raise FileRefused(
            "L’archive contient plusieurs fichiers GeoJSON. Sortez-en celui des quartiers et donnez-le."
        )
    return _readable(named[0])


def _no_geojson(files: list[zipfile.ZipInfo]) -> FileRefused:
    if any(info.filename.lower().endswith(".zip") for info in files):
        return FileRefused(
            "L’archive contient une autre archive. Décompressez-la et donnez celle de l’intérieur."
        )
    return FileRefused(f"L’archive ne contient pas de fichier GeoJSON. {_TAKE_GEOJSON}")


def _projected(name: str) -> bool:
    return any(mark in name.lower() for mark in ("lb93", "l93", "lambert", "2154"))


def _readable(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    if member.flag_bits & 0x1:
        raise FileRefused("L’archive est protégée par un mot de passe. Décompressez-la et donnez le GeoJSON.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused(
            "L’archive est compressée d’une façon inhabituelle. Décompressez-la et donnez le GeoJSON."
        )
    return member


def _inflate(file: IO[bytes], limit: int) -> bytes:
    text = bytearray()
    while chunk := file.read(CHUNK):
        text += chunk
        if len(text) > limit:
            raise FileRefused(f"L’archive se déploie au-delà de toute mesure. {_TAKE_GEOJSON}")
    return bytes(text)


# --- text ---------------------------------------------------------------------------------------------------


def _decode(data: bytes) -> str:
    """UTF-8 text, after naming what is plainly something else than GeoJSON."""
    if not data.strip():
        raise FileRefused(f"Le fichier est vide. {_TAKE_GEOJSON}")
    for start, kind in _NOT_DATA.items():
        if data.startswith(start):
            raise FileRefused(f"Ce fichier est {kind}. {_TAKE_GEOJSON}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(
            "Le texte du fichier n’est pas en UTF-8. Enregistrez-le en UTF-8, ou reprenez l’original."
        ) from error
    if text.lstrip().startswith("<"):
        raise FileRefused(
            "C’est une page web (ou du XML), pas des données. Copiez l’adresse du bouton de téléchargement."
        )
    return text
