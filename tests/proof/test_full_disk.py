"""A disk that fills up: 503, reading goes on, nothing is harmed; once there is room, everything arrives."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.proof import postgres
from tests.proof.conftest import Server
from tests.proof.phones import Fleet, Writers, everything_arrives_once, lost, nothing_is_harmed

# The room that an empty database takes on PostgreSQL, and some more.
SIZE = "32m"
# Two texts of this length an observation soon want another page of the disk.
LENGTH = 4_000


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 32 MB. Only root mounts one: elsewhere a named skip, in CI a failure."""
    # Not below pytest's folders: PostgreSQL's own user must enter it.
    folder = Path(tempfile.mkdtemp(prefix="accords-proof-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True)
    if mounted.returncode:
        message = f"A small disk cannot be mounted here (root can): {mounted.stderr.strip()}"
        folder.rmdir()
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    folder.chmod(0o755)
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture
def served(
    small_disk: Path, server: Callable[..., Server], request: pytest.FixtureRequest
) -> Iterator[Server]:
    """Its database stands on the small disk: the SQLite file, or a tablespace of a PostgreSQL of its own."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield _started(
            server(VAR_DIR=str(small_disk), DATABASE_URL=f"sqlite:///{small_disk / 'proof.sqlite3'}")
        )
        return
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    one = _started(server(VAR_DIR=str(small_disk), DATABASE_URL=cluster.database("small", on=small_disk)))
    yield one
    one.stop()


def _started(one: Server) -> Server:
    one.migrate()
    one.start()
    return one


def fill(disk: Path) -> Path:
    """Takes every byte that is left, in a file of somebody else's."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filler


def test_a_full_disk_refuses_harms_nothing_and_recovers(served: Server, small_disk: Path) -> None:
    fleet = Fleet.of(served, 4)
    reader = fleet.phones.pop()
    with Writers(fleet, LENGTH) as writers:
        fleet.until_some(201)
        filler = fill(small_disk)
        fleet.until_some(503)
        fleet.clear()
        fleet.until_some(503, times=20)
        pages = [reader.read(path) for path in ["/saisie/", "/mes-observations/", "/saisie/jeton/"] * 10]
        during, delays = set(fleet.statuses()), fleet.delays(503)
        filler.unlink()
        fleet.clear()
        fleet.until_some(201)
    assert pages == [200] * 30
    assert (during, delays) == ({503}, {"30"})
    assert lost(served, fleet.acknowledged().values()) == []
    everything_arrives_once(served, writers)
    nothing_is_harmed(served)
