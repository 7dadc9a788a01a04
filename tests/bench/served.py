"""One territory of so many observations, served by granian as in production: two workers, no demonstration."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Served:
    """The application on a database of its own. `inside` works in it, `start` serves it."""

    def __init__(self, folder: Path, database_url: str, port: int) -> None:
        self.folder, self.port = folder, port
        self.environment = {
            **os.environ,
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "nouveaux_accords.settings",
        }
        for name in ("DEMO", "ALLOWED_HOSTS"):
            self.environment.pop(name, None)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def kind(self) -> str:
        return "SQLite" if self.environment["DATABASE_URL"].startswith("sqlite") else "PostgreSQL"

    def manage(self, *arguments: str) -> None:
        self._run("manage.py", *arguments)

    def inside(self, *arguments: str) -> Any:
        """What a work of tests.bench.inside found."""
        return json.loads(self._run("-m", "tests.bench.inside", *arguments).splitlines()[-1])

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-3000:])
        return done.stdout

    def start(self) -> None:
        arguments = (
            f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers 2 --blocking-threads 4"
            " --respawn-failed-workers --log-level warning nouveaux_accords.wsgi:application"
        )
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(Path(sys.executable).parent / "granian"), *arguments.split()],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/sante/", timeout=5)
                return
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
            self.process = None

    def processes(self) -> list[int]:
        """granian and its workers."""
        assert self.process
        found = [self.process.pid]
        for parent in found:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        return found

    def memory(self) -> float:
        """Megabytes of all processes, shared pages shared out (PSS)."""
        total = 0
        for pid in self.processes():
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024


@contextmanager
def served(count: int, postgres: str, port: int) -> Iterator[tuple[Served, dict[str, Any]]]:
    """A running application with `count` observations, and how fast they were loaded.

    `postgres`: URL, or "" for SQLite. The PostgreSQL database that it names is made anew and dropped.
    """
    folder = Path(tempfile.mkdtemp(prefix="accords-bench-"))
    url = postgres or f"sqlite:///{folder / 'bench.sqlite3'}"
    one = Served(folder, url, port)
    try:
        if postgres:
            _renew(postgres)
        one.manage("migrate", "--verbosity", "0")
        one.manage("collectstatic", "--noinput", "--verbosity", "0")
        loaded = one.inside("load", str(count))
        one.start()
        yield one, loaded
    finally:
        one.stop()
        if postgres:
            _drop(postgres)
        shutil.rmtree(folder)


def _renew(url: str) -> None:
    _drop(url)
    _administer(url, "CREATE DATABASE {}")


def _drop(url: str) -> None:
    _administer(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)")


def _administer(url: str, statement: str) -> None:
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
