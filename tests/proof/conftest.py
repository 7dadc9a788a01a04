"""The application as `make demo` serves it: a real server, several processes, its own empty folder."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.proof.ports import free_port
from tests.proof.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Server:
    """One granian on a database of its own; `stop`, `kill` and `start` again at will."""

    def __init__(self, folder: Path, database_url: str, log: Path, **variables: str) -> None:
        self.environment = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": database_url, **variables}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)
        # What is served is what was collected: settings read STATIC_ROOT below VAR_DIR.
        (Path(self.environment["VAR_DIR"]) / "static").symlink_to(settings.STATIC_ROOT)
        self.port = free_port()
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database_url(self) -> str:
        return self.environment["DATABASE_URL"]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)

    def migrate(self) -> None:
        done = self.manage("migrate", "--verbosity", "0")
        assert done.returncode == 0, done.stderr

    def start(self, workers: int = 2) -> None:
        arguments = (
            f"--interface wsgi --host 127.0.0.1 --port {self.port} --workers {workers} --blocking-threads 4"
            " --respawn-failed-workers --respawn-interval 0.1 --log-level warning"
        )
        command = [str(Path(sys.executable).parent / "granian"), *arguments.split()]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "nouveaux_accords.wsgi:application"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Until database and disk answer."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/sante/", timeout=5)  # noqa: S310 - this machine
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"the server did not answer within {PATIENCE} s: {self.log.read_text()[-2000:]}")

    def workers(self) -> list[int]:
        """Process numbers of the workers that live now, the oldest first."""
        assert self.process
        # A child belongs to the thread that made it.
        lists = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return sorted(int(number) for each in lists for number in each.read_text().split())

    def kill(self) -> None:
        """Ends the server and its workers at once, as `kill -9` or the end of memory do."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)
        self.process = None

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)
            self.process = None


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """URL of an empty database of the kind that DATABASE_URL names; dropped afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield f"sqlite:///{tmp_path / 'proof.sqlite3'}"
        return
    name = f"proof_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield urlsplit(url)._replace(path=f"/{name}").geturl()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def server(tmp_path: Path, empty_database: str) -> Iterator[Callable[..., Server]]:
    """`server(DEMO="1")` prepares a server with those variables; all are stopped afterwards."""
    made: list[Server] = []

    def make(**variables: str) -> Server:
        folder = tmp_path / f"var{len(made)}"
        folder.mkdir()
        made.append(Server(folder, empty_database, tmp_path / f"server{len(made)}.log", **variables))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of this test's own."""
    one = Cluster.made()
    yield one
    one.destroy()
