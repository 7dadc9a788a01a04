"""The reader of the official file: what it takes, and what it refuses with a French sentence."""

import csv
import gzip
import io
import json
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observations import anct, geo, source_file
from tests.conftest import shared

WGS84_MEMBER = "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"
LB93_MEMBER = "GEOJSON/QP2024_France_hexagonale_LB93.geojson"
DUNKERQUE = "245900428"

Write = Callable[..., Path]


def square(west: float = 2.36, south: float = 51.02) -> dict[str, Any]:
    ring = [
        [west, south],
        [west + 0.01, south],
        [west + 0.01, south + 0.01],
        [west, south + 0.01],
        [west, south],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: str = "QN05961M", geometry: Any = None, **cells: Any) -> dict[str, Any]:
    properties = {
        "code_qp": code,
        "lib_qp": "Banc Vert",
        "insee_com": "59183",
        "lib_com": "Dunkerque",
        "siren_epci": DUNKERQUE,
        **cells,
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry or square()}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(content)` puts bytes, or JSON made of anything else, in a file."""

    def put(content: Any, name: str = "quartiers.geojson") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else as_json(content))
        return path

    return put


def one(path: Path) -> anct.OfficialQuartier:
    (record,) = anct.read(path).records
    return record


# --- what is read -------------------------------------------------------------------------------------------


def test_a_record_of_2024_is_read_whole(write: Write):
    record = one(write(collection(feature())))
    assert record.code == "QN05961M"
    assert record.name == "Banc Vert"
    assert record.communes == (("59183", "Dunkerque"),)
    assert record.siren_epci == (DUNKERQUE,)
    assert record.generation == 2024
    assert record.repaired is None
    assert geo.bounds(record.geometry) == pytest.approx((2.36, 51.02, 2.37, 51.03))


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_record_of_2015_is_read_whatever_the_case_of_its_columns(write: Write, case: Callable[[str], str]):
    properties = {
        "CODE_QP": "QP059001",
        "NOM_QP": "Jeu De Mail",
        "COMMUNE_QP": "Dunkerque, Coudekerque-Branche",
    }
    old = {"type": "Feature", "properties": {case(k): v for k, v in properties.items()}, "geometry": square()}
    record = one(write(collection(old)))
    assert (record.code, record.name, record.generation) == ("QP059001", "Jeu De Mail", 2015)
    assert record.communes == (("", "Dunkerque"), ("", "Coudekerque-Branche"))
    assert record.siren_epci == ()


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ("02571, 02691", "Omissy, Saint-Quentin"),
        ("02571;02691", "Omissy ; Saint-Quentin"),
        ("02571/02691", "Omissy / Saint-Quentin"),
    ],
)
def test_several_communes_in_one_cell_are_told_apart(write: Write, codes: str, names: str):
    record = one(write(collection(feature(insee_com=codes, lib_com=names))))
    assert record.communes == (("02571", "Omissy"), ("02691", "Saint-Quentin"))


def test_codes_that_became_numbers_find_their_zero_again(write: Write):
    record = one(write(collection(feature(insee_com=1053.0, siren_epci=200071751))))
    assert record.communes == (("01053", "Dunkerque"),)
    assert record.siren_epci == ("200071751",)


@pytest.mark.parametrize("code", ["QN02A01M", "QN97801N", "QN98772I", "QP02B001", "QP971001", "qn05961m "])
def test_codes_of_corsica_and_overseas_are_known(write: Write, code: str):
    assert one(write(collection(feature(code)))).code == code.strip().upper()


def test_an_invalid_outline_is_repaired_and_named(write: Write):
    ring = [[2, 51], [2.02, 51.02], [2.02, 51], [2, 51.02], [2, 51]]
    (repaired,) = anct.read(
        write(collection(feature(geometry={"type": "Polygon", "coordinates": [ring]})))
    ).repaired
    assert repaired.code == "QN05961M"
    assert "se croise" in str(repaired.repaired)


def test_names_lose_what_a_database_cannot_hold(write: Write):
    assert one(write(collection(feature(lib_qp="  Banc\u0000 \ud800Vert\n")))).name == "Banc Vert"


def test_a_byte_order_mark_is_no_obstacle(write: Write):
    assert one(write(b"\xef\xbb\xbf" + as_json(collection(feature())))).code == "QN05961M"


def test_a_file_without_declared_projection_is_in_degrees(write: Write):
    assert one(write(collection(feature(), crs=None))).code == "QN05961M"


def test_progress_is_told_to_the_last_quartier(write: Write):
    heard: list[tuple[int, int]] = []
    path = write(collection(feature(), feature("QN05962M")))
    anct.read(path, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]


def test_the_national_file_is_read_and_its_invalid_outlines_are_the_known_ones():
    official = anct.read(shared("qpv/qpv2024_france_simplifie.geojson"))
    with shared("qpv/qpv2024_geometries_invalides.csv").open(encoding="utf-8") as file:
        known = {row["code_qp"] for row in csv.DictReader(file, delimiter=";")}
    assert len(official.records) == 1609
    assert {record.code for record in official.repaired} == known
    assert all(record.geometry.is_valid for record in official.records)


def test_the_official_archive_gives_its_outlines_in_degrees():
    official = anct.read(shared("qpv/qpv2024_archive_59_51_13.zip"))
    assert len(official.records) == 178
    assert len(anct.select(official.records, epci=DUNKERQUE)) == 7


def test_the_member_in_degrees_is_chosen_wherever_it_stands(write: Write):
    good = as_json(collection(feature()))
    for members in [
        ((LB93_MEMBER, b"{}"), (WGS84_MEMBER, good)),
        ((WGS84_MEMBER, good), (LB93_MEMBER, b"{}")),
    ]:
        assert one(write(zipped(("__MACOSX/._x_WGS84.geojson", b"x"), *members))).code == "QN05961M"


def test_a_note_beside_the_outlines_is_not_taken_for_them(write: Write):
    path = write(zipped(("lisez-moi.json", b"{}"), (WGS84_MEMBER, as_json(collection(feature())))))
    assert one(path).code == "QN05961M"


def test_a_path_that_climbs_out_of_the_archive_writes_nothing(write: Write, tmp_path: Path):
    path = write(zipped(("../../evil_wgs84.geojson", as_json(collection(feature())))))
    assert one(path).code == "QN05961M"
    assert list(tmp_path.iterdir()) == [path]


# --- what is refused ----------------------------------------------------------------------------------------


def refused(path: Path | str) -> str:
    with pytest.raises(anct.FileRefused) as refusal:
        anct.read(path)
    return str(refusal.value)


LAMBERT = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}
REUNION = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2975"}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (collection(feature(), crs=LAMBERT), "Lambert-93"),
        (collection(feature(), crs=REUNION), "projetées"),
        (collection(feature(geometry=square(652_000, 6_862_000))), "Lambert-93"),
        (collection(feature(geometry=square(51.02, 2.36))), "inversées"),
        (as_json(collection(feature()))[:-40], "tronqué"),
        (as_json(collection(feature()))[:-1], "tronqué"),
        (b'{"type": "FeatureCollection", "features": [oops]}', "pas du GeoJSON"),
        (b"code_qp;lib_qp\nQN05961M;Banc Vert\n", "pas du GeoJSON"),
        (b"[" * 200_000, "pas du GeoJSON"),
        (b"9" * 5_000, "pas du GeoJSON"),
        ([feature()], "FeatureCollection"),
        (feature(), "FeatureCollection"),
        ({"type": "FeatureCollection"}, "features"),
        ({"type": "FeatureCollection", "features": {"0": feature()}}, "features"),
        (collection(), "aucun quartier"),
        (collection(None), "n° 1"),
        (collection({"type": "Feature", "geometry": square()}), "colonnes"),
        (collection({**feature(), "properties": {"lib_qp": "Banc Vert"}}), "code_qp manque"),
        (collection({**feature(), "properties": {"code_qp": "QN05961M"}}), "lib_qp ou nom_qp manque"),
        (
            collection({**feature(), "properties": {"code_qp": "QN05961M", "lib_qp": "Banc Vert"}}),
            "insee_com ou commune_qp manque",
        ),
        (collection(feature("59183")), "forme QN05961M"),
        (collection(feature(lib_qp=None)), "pas de nom"),
        (collection(feature(lib_qp=["Banc Vert"])), "ni un texte"),
        (collection(feature(lib_qp="x" * 201)), "trop long"),
        (collection(feature(), feature()), "deux fois"),
        (collection({**feature(), "geometry": None}), "pas de contour"),
        (collection(feature(geometry={"type": "Point", "coordinates": [2, 51]})), "Quartier QN05961M"),
        (collection(feature(geometry={"type": "Polygon", "coordinates": [[[2, 51], [2, 52]]]})), "trop peu"),
        (b"", "vide"),
        (b" \n\t ", "vide"),
        (b"<!doctype html><title>Connexion</title>", "page web"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?><kml/>", "page web"),
        ("Île Jeanty".encode("utf-16"), "UTF-8"),
        ('{"nom": "Île Jeanty"}'.encode("cp1252"), "UTF-8"),
        (gzip.compress(b"{}", mtime=0), "gzip"),
        (b"\x00\x00\x27\x0a" + bytes(96), "shapefile"),
    ],
)
def test_what_is_not_the_official_file_is_refused_whole(write: Write, content: Any, said: str):
    assert said in refused(write(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(), "ne contient pas de fichier GeoJSON"),
        (zipped(("SHP/QP2024.shp", b"x")), "ne contient pas de fichier GeoJSON"),
        (zipped(("interieur.zip", zipped((WGS84_MEMBER, b"{}")))), "une autre archive"),
        (zipped((LB93_MEMBER, b"{}")), "Lambert-93"),
        (zipped(("a.geojson", b"{}"), ("b.geojson", b"{}")), "plusieurs"),
        (zipped((WGS84_MEMBER, b"{}"), method=zipfile.ZIP_LZMA), "inhabituelle"),
        (zipped((WGS84_MEMBER, as_json(collection(feature()))))[:-30], "abîmée"),
        (zipped((WGS84_MEMBER, b"<html>")), "page web"),
        (zipped(*((f"{i}.txt", b"") for i in range(1_001))), "trop de fichiers"),
    ],
)
def test_an_archive_without_usable_outlines_is_refused(write: Write, content: bytes, said: str):
    assert said in refused(write(content, "quartiers.zip"))


def test_a_protected_archive_is_refused(write: Write):
    plain = zipped((WGS84_MEMBER, as_json(collection(feature()))))
    directory = plain.index(b"PK\x01\x02")
    locked = bytearray(plain)
    locked[6] |= 1
    locked[directory + 8] |= 1
    assert "mot de passe" in refused(write(bytes(locked)))


def test_a_flipped_byte_in_an_archive_is_noticed(write: Write):
    damaged = bytearray(zipped((WGS84_MEMBER, as_json(collection(feature()))), method=zipfile.ZIP_STORED))
    damaged[len(damaged) // 2] ^= 0xFF
    assert "abîmée" in refused(write(bytes(damaged)))


def lying_bomb(size: int) -> bytes:
    """An archive whose headers promise ten bytes and whose content unfolds to `size`."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b" " * size) + packer.flush()
    honest = zipped((WGS84_MEMBER, b" " * size))
    assert packed in honest
    real, told = size.to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert honest.count(real) == 2
    return honest.replace(real, told)


@pytest.mark.parametrize("bomb", [zipped((WGS84_MEMBER, b" " * 30_000_000)), lying_bomb(30_000_000)])
def test_a_bomb_is_refused_while_it_unfolds(write: Write, bomb: bytes):
    assert len(bomb) < 40_000
    assert any(word in refused(write(bomb)) for word in ("au-delà de toute mesure", "abîmée"))


def test_a_bomb_never_unfolds_beyond_the_limit(monkeypatch: pytest.MonkeyPatch, write: Write):
    """The count is made while reading: what was taken before the refusal stays near the limit."""
    taken = 0
    read = zipfile.ZipExtFile.read

    def counting(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        nonlocal taken
        chunk = read(self, n)
        taken += len(chunk)
        return chunk

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counting)
    bomb = zipped((WGS84_MEMBER, b" " * 30_000_000))
    refused(write(bomb))
    assert 0 < taken <= source_file.MAX_RATIO * len(bomb) + source_file.CHUNK


def test_a_file_too_big_is_refused_without_being_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch, write: Write
):
    monkeypatch.setattr(source_file, "MAX_FILE_BYTES", 1000)
    assert "trop gros" in refused(write(b" " * 1001))


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path):
    assert "introuvable" in refused(tmp_path / "absent.geojson")
    assert "introuvable" in refused(tmp_path)
    assert "introuvable" in refused("/dev/zero")
    assert "introuvable" in refused("a\0b")


# --- hostile input ------------------------------------------------------------------------------------------


def read_or_refuse(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        official = anct.read(path)
    except anct.FileRefused:
        return
    for record in official.records:
        assert geo.parse(geo.to_geojson(record.geometry)).is_valid


wild = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner)
)


@wild
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"{", b"\xef\xbb\xbf"]))
def test_arbitrary_bytes_are_refused_and_nothing_else_happens(tmp_path: Path, content: bytes, start: bytes):
    read_or_refuse(tmp_path / "any", start + content)


@wild
@given(st.data())
def test_a_damaged_archive_is_refused_and_nothing_else_happens(tmp_path: Path, data: st.DataObject):
    archive = bytearray(zipped((WGS84_MEMBER, as_json(collection(feature())))))
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(4, len(archive) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse(tmp_path / "any.zip", bytes(archive))


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every node under a JSON value."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield (*path, key)
        yield from places_in(child, (*path, key))


@wild
@given(st.data())
def test_a_mutated_file_is_read_or_refused_and_nothing_else_happens(tmp_path: Path, data: st.DataObject):
    content = json.loads(
        as_json(collection(feature(), feature("QN05962M"), crs=LAMBERT | {"properties": "CRS84"}))
    )
    *parents, last = data.draw(st.sampled_from(list(places_in(content))))
    target = content
    for key in parents:
        target = target[key]
    target[last] = data.draw(values)
    read_or_refuse(tmp_path / "any.geojson", as_json(content))


@wild
@given(
    st.lists(
        st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=9), min_size=1, max_size=3
    )
)
def test_any_rings_are_read_or_refused_and_nothing_else_happens(tmp_path: Path, rings: list[Any]):
    geometry = {"type": "Polygon", "coordinates": rings}
    read_or_refuse(tmp_path / "any.geojson", as_json(collection(feature(geometry=geometry))))


# --- addresses ----------------------------------------------------------------------------------------------


class Answers(BaseHTTPRequestHandler):
    """A server of small scenes, one a path."""

    def do_GET(self) -> None:
        scene = getattr(self, "scene_" + self.path.strip("/"), None)
        if scene is None:
            self.send_error(404)
        else:
            scene()

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def scene_good(self) -> None:
        self.reply(as_json(collection(feature())))

    def scene_zip(self) -> None:
        self.reply(zipped((WGS84_MEMBER, as_json(collection(feature())))))

    def scene_moved(self) -> None:
        self.reply(b"", 302, Location="/good")

    def scene_escape(self) -> None:
        self.reply(b"", 302, Location="file:///etc/hostname")

    def scene_ftp(self) -> None:
        self.reply(b"", 302, Location="ftp://localhost/quartiers.geojson")

    def scene_loop(self) -> None:
        self.reply(b"", 302, Location="/loop")

    def scene_login(self) -> None:
        self.reply(b"<!doctype html><title>Connexion</title>")

    def scene_cut(self) -> None:
        self.reply(b'{"type": "FeatureCollection", "fea', **{"Content-Length": "5000"})

    def scene_silent(self) -> None:
        self.server.released.wait(10)  # type: ignore[attr-defined]

    def scene_endless(self) -> None:
        self.reply(b"")
        try:
            while not self.server.released.is_set():  # type: ignore[attr-defined]
                self.wfile.write(b" " * 10_000)
        except OSError:
            pass  # the reader left, as it should

    def log_message(self, *args: object) -> None:
        """Says nothing: the test reports."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.released = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.released.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("scene", ["good", "zip", "moved"])
def test_a_file_is_read_from_an_address(server: str, scene: str):
    assert [record.code for record in anct.read(server + scene).records] == ["QN05961M"]


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ("absent", "404"),
        ("escape", "Le serveur répond 302"),
        ("ftp", "injoignable"),
        ("loop", "302"),
        ("login", "page web"),
        ("cut", "tronqué"),
    ],
)
def test_an_address_without_the_file_is_refused(server: str, scene: str, said: str):
    assert said in refused(server + scene)


def test_a_silent_server_is_left(server: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source_file, "TIMEOUT_SECONDS", 0.2)
    assert "à temps" in refused(server + "silent")


def test_an_endless_answer_is_cut_by_its_size(server: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source_file, "MAX_FILE_BYTES", 100_000)
    assert "trop gros" in refused(server + "endless")


def test_an_endless_answer_is_cut_by_the_clock(server: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source_file, "DOWNLOAD_SECONDS", -1)
    assert "à temps" in refused(server + "endless")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://localhost/x", "data://text,x", "gopher://x"]
)
def test_only_web_addresses_are_read(address: str):
    assert "seules" in refused(address)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "http://", "http://[::1", "http://a b/", "https://é..x/"]
)
def test_an_address_that_leads_nowhere_is_refused(address: str):
    assert "Adresse injoignable" in refused(address)


# --- the chosen territory -----------------------------------------------------------------------------------


@pytest.fixture
def records(write: Write) -> tuple[anct.OfficialQuartier, ...]:
    two_bodies = {
        "insee_com": "59014, 59491",
        "lib_com": "Anzin, Raismes",
        "siren_epci": "200042190, 245901160",
    }
    nobody = {"insee_com": "97801", "lib_com": "Saint-Martin", "siren_epci": "NA"}
    return anct.read(
        write(collection(feature(), feature("QN05920M", **two_bodies), feature("QN97801M", **nobody)))
    ).records


def codes(chosen: list[anct.OfficialQuartier]) -> list[str]:
    return [record.code for record in chosen]


def test_without_a_choice_all_are_taken(records: tuple[anct.OfficialQuartier, ...]):
    assert len(anct.select(records)) == 3


def test_an_intercommunal_body_is_found_also_where_it_shares_a_quartier(
    records: tuple[anct.OfficialQuartier, ...],
):
    assert codes(anct.select(records, epci=DUNKERQUE)) == ["QN05961M"]
    assert codes(anct.select(records, epci="245901160")) == ["QN05920M"]


def test_communes_are_found_also_where_they_share_a_quartier(records: tuple[anct.OfficialQuartier, ...]):
    assert codes(anct.select(records, communes=["59183", " 59491 "])) == ["QN05961M", "QN05920M"]


def test_nothing_for_the_territory_names_what_comes_near(records: tuple[anct.OfficialQuartier, ...]):
    with pytest.raises(
        anct.FileRefused, match=r"3 quartiers et 3 intercommunalités.*245900428 \(Dunkerque\)"
    ):
        anct.select(records, epci="245900429")
    with pytest.raises(anct.FileRefused, match=r"4 communes.*59183 \(Dunkerque\)"):
        anct.select(records, communes=["59184"])
    with pytest.raises(anct.FileRefused, match="Vérifiez le SIREN"):
        anct.select(records, epci="NA")


def test_in_a_file_of_2015_communes_go_by_their_names(write: Write):
    properties = {"CODE_QP": "QP059001", "NOM_QP": "Jeu De Mail", "COMMUNE_QP": "Dunkerque"}
    path = write(collection({"type": "Feature", "properties": properties, "geometry": square()}))
    records = anct.read(path).records
    assert codes(anct.select(records, communes=["dunkerque"])) == ["QP059001"]
    with pytest.raises(anct.FileRefused, match="écrivez les noms"):
        anct.select(records, communes=["59183"])
    with pytest.raises(anct.FileRefused, match="--communes"):
        anct.select(records, epci=DUNKERQUE)


def test_a_commune_without_quartier_can_be_named(records: tuple[anct.OfficialQuartier, ...]):
    assert anct.communes_without_quartier(records, ["59183", "59271"]) == ["59271"]
