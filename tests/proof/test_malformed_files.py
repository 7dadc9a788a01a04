"""Three hundred files that are not the official one, given to the only door that reads files: `import_quartiers`."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.proof.conftest import Server
from tests.test_anct import WGS84_MEMBER, as_json, collection, feature, lying_bomb, places_in, zipped

EACH = 75  # of each of the four kinds
SECONDS = 2
MEGABYTES = 300
WILD: list[Any] = [
    None, True, 0, -1, 1e308, -1e308, 10**40, float("nan"), float("inf"), "", "\x00", "\ud800", "é" * 9_000, "=1+1",
    [], {}, [[]], [[[]]], [None], {"a": None}, [[[2.36, 51.02]]], [[["2", "51"]]], [[[2, 51, 3, 4, 5]] * 5],
    "Polygon", "Point", "GeometryCollection", [[[1e400, 0]] * 4],
]  # fmt: skip

# One child reads them all: what one leaves in memory counts for the next.
IMPORT_EACH = """
import hashlib, io, json, re, time
from pathlib import Path
from django.core.management import CommandError, call_command
from observations.models import Neighbourhood

def held():
    rows = Neighbourhood.objects.order_by("code").values_list("code", "name", "active", "boundary")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()

folder = Path({folder!r})
call_command("import_quartiers", str(folder / "good.geojson"), stdout=io.StringIO(), stderr=io.StringIO())
before = held()
told = {{}}
for path in sorted(folder.glob("[0-9]*")):
    start = time.process_time()
    try:
        call_command("import_quartiers", str(path), stdout=io.StringIO(), stderr=io.StringIO())
        said = ""
    except CommandError as error:
        said = str(error)
    told[path.name] = [said, time.process_time() - start, held() == before]
    if not said:
        call_command("import_quartiers", str(folder / "good.geojson"), stdout=io.StringIO(), stderr=io.StringIO())
        assert held() == before
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([told, int(peak[1]) // 1024]))
"""


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Cut, with bytes changed, doubled, or with foreign ones inside."""
    data = bytearray(content)
    match chance.randrange(4):
        case 0:
            del data[chance.randrange(1, len(data)) :]
        case 1:
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 2:
            place = chance.randrange(len(data))
            data[place:place] = chance.randbytes(chance.randint(1, 200))
        case _:
            data += data[chance.randrange(len(data)) :] or b"x"
    return bytes(data)


def geojson(chance: random.Random) -> Iterator[bytes]:
    yield b"[" * 1_000_000
    yield b'{"type":"FeatureCollection","features":' + b"[" * 500_000
    yield as_json(collection(*[{}] * 200_000))
    circle = [[2 + i / 1e7, 51 + (i % 7) / 1e7] for i in range(300_000)]
    yield as_json(collection(feature(geometry={"type": "Polygon", "coordinates": [circle]})))
    yield as_json(collection(feature(lib_qp="a" * 5_000_000)))
    yield b"9" * 10_000_000
    for encoding in ("utf-16", "utf-32", "cp1252"):
        yield json.dumps(collection(feature(lib_qp="Île")), ensure_ascii=False).encode(encoding)
    while True:
        content = json.loads(as_json(collection(feature(), feature("QN05962M"))))
        for _ in range(chance.randint(1, 3)):
            *parents, last = chance.choice(list(places_in(content)))
            target = content
            for key in parents:
                target = target[key]
            target[last] = chance.choice(WILD)
        whole = as_json(content)
        yield damaged(whole, chance) if chance.random() < 0.3 else whole


def archives(chance: random.Random) -> Iterator[bytes]:
    good = as_json(collection(feature()))
    yield zipped((WGS84_MEMBER, b" " * 60_000_000))
    yield lying_bomb(60_000_000)
    yield zipped(*((f"{n}.geojson", b"{}") for n in range(5_000)))
    yield zipped(("a.zip", zipped(("b.zip", zipped((WGS84_MEMBER, good))))))
    yield zipped((WGS84_MEMBER, good), (WGS84_MEMBER, b"{}"))
    yield zipped(("../" * 40 + "WGS84.geojson", b"{}"))
    while True:
        yield damaged(zipped((WGS84_MEMBER, good), ("lisez-moi.txt", b"x" * 500)), chance)


COLUMNS = ["code_qp", "lib_qp", "insee_com", "lib_com", "siren_epci"]


def cell(chance: random.Random) -> str:
    return chance.choice(
        ["QN05961M", "=HYPERLINK(1)", '"', "\x00", ";" * 50, "é" * 300, "\r\n", "1e400", "", "-1"]
    )


def tables(chance: random.Random) -> Iterator[bytes]:
    yield (";".join(COLUMNS) + "\n").encode()
    yield ("QN05961M;Banc Vert\n" * 500_000).encode()
    while True:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=chance.choice(";,\t|"))
        writer.writerow(COLUMNS)
        writer.writerows(
            [cell(chance) for _ in range(chance.randint(0, 9))] for _ in range(chance.randint(0, 99))
        )
        yield damaged(out.getvalue().encode(chance.choice(["utf-8", "utf-16", "utf-8-sig"])), chance)


def workbooks(chance: random.Random) -> Iterator[bytes]:
    yield zipped(("xl/worksheets/sheet1.xml", b"<a>" + b" " * 60_000_000))
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    laughs = f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a>&l8;</a>'
    yield zipped(("[Content_Types].xml", laughs.encode()), ("xl/workbook.xml", laughs.encode()))
    book = Workbook()
    book.active.append(COLUMNS)
    for _ in range(200):
        book.active.append([chance.choice(["QN05961M", "=1+1", "-1", "é" * 300]) for _ in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    yield out.getvalue()
    while True:
        yield damaged(out.getvalue(), chance)


KINDS: dict[str, Callable[[random.Random], Iterator[bytes]]] = {
    "geojson": geojson,
    "zip": archives,
    "csv": tables,
    "xlsx": workbooks,
}


def test_three_hundred_malformed_files_are_refused_whole_in_time_and_memory(
    server: Callable[..., Server], tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.geojson").write_bytes(as_json(collection(feature(), feature("QN05962M"))))
    for kind, make in KINDS.items():
        contents = make(random.Random(f"malformed {kind}"))
        for number in range(EACH):
            (folder / f"{number:03}.{kind}").write_bytes(next(contents))
    one = server(DEMO="0")
    one.migrate()
    done = one.manage("shell", "--no-imports", "-c", IMPORT_EACH.format(folder=str(folder)))
    # Whatever is no refusal ends the child: nothing but a sentence may come out.
    assert done.returncode == 0, done.stderr[-2000:]
    told, megabytes = json.loads(done.stdout.splitlines()[-1])
    assert len(told) == EACH * len(KINDS)
    refused = {name: each for name, each in told.items() if each[0]}
    for name, (said, _, unchanged) in refused.items():
        assert said.endswith("Rien n’a été changé."), name
        assert unchanged, name
    # A change may leave a file whole: an empty cell, a longer name. No table or workbook can.
    taken = told.keys() - refused.keys()
    assert all(name.endswith(("geojson", "zip")) for name in taken), taken
    assert len(refused) >= 0.7 * len(told)
    slowest = max(told, key=lambda name: told[name][1])
    print(
        f"{len(refused)} refused, {len(taken)} taken whole; slowest {slowest} {told[slowest][1]:.2f} s; {megabytes} MB"
    )
    assert told[slowest][1] <= SECONDS
    assert megabytes <= MEGABYTES
