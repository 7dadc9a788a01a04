"""`make bench`: measures the application as it is served, then writes docs/performance.md.

    python -m tests.bench.run                       # everything: about half an hour
    python -m tests.bench.run --steady 60 --seconds 2 --without-million    # a look

Set POSTGRES_URL to a database that may be dropped and made anew; without a PostgreSQL there, SQLite alone is measured.
"""

import argparse
import itertools
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from observations.demo.corpus import TEXTS
from tests.bench import chromium, load, report
from tests.bench.served import ROOT, Served, served

POSTGRES = "postgres://accords:accords@localhost:5432/accords_bench"
RESULTS = ROOT / "var" / "bench.json"
CLIENTS, BACKGROUND = 8, 20
WARM_UP = 1.5

MAP = "/api/v1/map/?boite={}&zoom={}"
BOXES = [
    ("2.2,50.9,2.5,51.1", 13),
    ("2.35,51.0,2.42,51.05", 15),
    ("2.39,51.02,2.41,51.03", 17),
    ("2.0,50.5,3.0,51.5", 10),
]
SHAPE = "2.32,51.00;2.42,51.00;2.44,51.04;2.37,51.06;2.31,51.03"
PATHS = {
    "list": [
        *(f"/relecture/?page={page}" for page in (1, 2, 7, 12, 20)),
        "/relecture/?theme=logement",
        "/relecture/?theme=cadre&page=3",
        "/relecture/?quartier=QN05961M",
        "/relecture/?statut=a-relire",
        "/relecture/?nature=besoin&lieu=espace_public",
    ],
    "map": [MAP.format(*box) for box in BOXES],
    "map, all years": [MAP.format(*box) + "&du=2000-01-01" for box in BOXES],
    "map, a shape, all years": [MAP.format(*box) + "&du=2000-01-01&forme=" + SHAPE for box in BOXES],
    "search": ["/relecture/?q=ascenseur+panne", "/relecture/?q=mur+noir", "/relecture/?q=bus+matin"],
    "returning": ["/relecture/ce-qui-revient/", "/relecture/ce-qui-revient/?theme=logement"],
}


def measured(one: Served, loaded: dict[str, Any], seconds: float, count: int) -> dict[str, Any]:
    """All that is asked of one territory: writes, reads beside writes, a synthèse, an export, memory."""
    sessions, today = one.inside("sessions"), date.today()  # noqa: DTZ011 - the server's own day
    found: dict[str, Any] = {"rows": count, "kind": one.kind, "loaded": loaded, "idle": one.memory()}
    phones = [load.writer(one.port, key, today, i) for i, key in enumerate(sessions["agent"])]
    load.closed_loop(phones, WARM_UP)
    found["put"] = summed(load.closed_loop(phones, 2 * seconds))
    memory = [one.memory()]
    reads = dict(PATHS)
    if count <= 100_000:
        found["summary"] = one.inside("summary")
        reads["synthèse, page"] = [f"/syntheses/{found['summary']['key']}/"]
    found["reads"] = {}
    for name, paths in reads.items():
        for readers in (1, CLIENTS):
            asked = itertools.cycle(paths)
            work = [load.reader(one.port, key, asked) for key in sessions["cdsu"][:readers]]
            load.closed_loop(work, WARM_UP)
            with load.background(phones[:4], BACKGROUND) as written:
                samples = load.closed_loop(work, seconds)
                memory.append(one.memory())
            found["reads"].setdefault(name, {})[str(readers)] = summed(samples) | {
                "writes": summed(written)["rate"]
            }
    found["memory"] = max(memory)
    if count == 10_000:
        found["chromium"] = chromium.map_page(one, sessions["cdsu"][0])
    if count == 100_000:
        found["export"] = {kind: exported(one, sessions["cdsu"][0], kind) for kind in ("csv", "geojson")}
        found["plans"] = one.inside("plans")
        found["profile"] = one.inside("profile")
    return found


def summed(samples: load.Samples) -> dict[str, Any]:
    return {
        "n": len(samples.seconds),
        "rate": round(samples.rate, 1),
        "p50": round(samples.percentile(0.5), 1),
        "p95": round(samples.percentile(0.95), 1),
        "errors": samples.errors,
        "largest": samples.largest,
    }


def exported(one: Served, session: str, kind: str) -> dict[str, Any]:
    """Every observation as `kind`: rows a second, and how far memory rose."""
    connection = load.Connection(one.port, session)
    connection.sign()
    fields = {
        "why": "analyse",
        "kind": kind,
        "filtres": "du=2000-01-01",
        "csrfmiddlewaretoken": connection.token,
    }
    body = urlencode(fields).encode()
    request = connection.request(
        "POST", "/relecture/exporter/", body, "Content-Type: application/x-www-form-urlencoded\r\n"
    )
    before, seen, over = one.memory(), [], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            seen.append(one.memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    status, received = connection.drain(request)
    seconds = time.perf_counter() - start
    over.set()
    watcher.join()
    return {
        "status": status,
        "bytes": received,
        "seconds": seconds,
        "risen": max(seen, default=before) - before,
    }


def steady(one: Served, seconds: float) -> dict[str, Any]:
    """50 sendings a second for so long, timed from when each was due."""
    keys, today = one.inside("sessions")["agent"], date.today()  # noqa: DTZ011
    phones = [load.writer(one.port, key, today, i) for i, key in enumerate(keys)]
    load.at_rate(phones, 50, 3)
    return summed(load.at_rate(phones, 50, seconds)) | {"seconds": seconds}


def territories(postgres: str, million: bool) -> Iterator[tuple[int, str]]:
    for url in ("", postgres) if postgres else ("",):
        yield from ((count, url) for count in (10_000, 100_000))
    if postgres and million:
        yield 1_000_000, postgres


def answers(url: str) -> bool:
    try:
        psycopg.connect(url.rpartition("/")[0] + "/postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=8, help="of each measure of reading")
    asked.add_argument("--steady", type=float, default=600, help="seconds at 50 writes a second; 0: none")
    asked.add_argument("--without-million", action="store_true")
    asked.add_argument("--port", type=int, default=8400)
    asked.add_argument(
        "--again", help="only this one (« PostgreSQL 100000 », « steady »), beside what was measured before"
    )
    asked.add_argument("--report", type=Path, default=ROOT / "docs" / "performance.md")
    options = asked.parse_args()
    postgres = os.environ.get("POSTGRES_URL", POSTGRES)
    postgres = postgres if answers(postgres) else ""
    results: dict[str, Any] = json.loads(RESULTS.read_text()) if options.again else {}
    started = {"commit": commit(), "day": time.strftime("%Y-%m-%d"), "texts": len(TEXTS)}
    RESULTS.parent.mkdir(exist_ok=True)

    def keep(name: str, found: dict[str, Any]) -> None:
        results[name] = found | started | {"seconds_each": options.seconds}
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False))
        options.report.write_text(report.written(results), encoding="utf-8")

    for count, url in territories(postgres, not options.without_million):
        name = f"{'PostgreSQL' if url else 'SQLite'} {count}"
        if options.again in (None, name):
            print(name, flush=True)
            with served(count, url, options.port) as (one, loaded):
                keep(name, measured(one, loaded, options.seconds, count))
    if postgres and options.steady and options.again in (None, "steady"):
        print(f"50 writes a second for {options.steady:.0f} s", flush=True)
        with served(100_000, postgres, options.port) as (one, _):
            keep("steady", steady(one, options.steady))


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    main()
