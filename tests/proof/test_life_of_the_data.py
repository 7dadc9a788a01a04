"""`kill -9` in the middle of a backup, a purge, a restoration: the database and the older archives are intact.

And an archive of one database restores on the other, and comes back the same.
"""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from observations.actions.purge import CHUNK
from tests.proof.conftest import ROOT, Server
from tests.proof.postgres import Cluster

KILLS = 6
KEY = pyrage.x25519.Identity.generate()
DIGEST = """
import json
from django.apps import apps
from django.db import connection
from observations.actions.backups import rows
found = rows.tally(apps, lambda *_: None)
if connection.vendor == "sqlite":
    assert connection.cursor().execute("PRAGMA integrity_check").fetchone() == ("ok",)
print(json.dumps({n: d for n, d in found.digests.items() if not n.endswith("journalentry")}))
"""
AGE = """
from datetime import timedelta
from django.db.models import F
from observations.models import Observation
Observation.objects.update(received_at=F("received_at") - timedelta(days=800))
print(Observation.objects.count())
"""
REFILL = """
from observations.models import Observation
print(Observation.objects.update(emptied_on=None, seen="encore là"))
"""
STATE = """
from observations.models import Observation
rows = Observation.objects
print(rows.exclude(emptied_on=None).count(), rows.filter(emptied_on=None).count())
whole = rows.filter(emptied_on=None, words="", seen="")
assert not whole.exists(), "neither whole nor emptied"
"""
# Dies in the middle of the chunk of that number: its rows are emptied, their histories not yet, nothing is committed.
DIE_IN_CHUNK = """
import os, signal
from django.utils import timezone
from observations.actions import purge
empty_history, chunks = purge.empty_history, []
def dying(keys):
    chunks.append(keys)
    if len(chunks) == {number}:
        os.kill(os.getpid(), signal.SIGKILL)
    empty_history(keys)
purge.empty_history = dying
purge.purge(today=timezone.localdate())
"""


@pytest.fixture
def full(server: Callable[..., Server], tmp_path: Path) -> Server:
    """The demonstration's rows, never served."""
    one = server(DEMO="1", BACKUP_DIR=str(tmp_path / "backups"), BACKUP_RECIPIENTS=str(KEY.to_public()))
    (tmp_path / "key").write_text(str(KEY))
    one.migrate()
    run(one, "demo")
    return one


def run(server: Server, *arguments: str) -> str:
    done = server.manage(*arguments)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def shell(server: Server, script: str) -> str:
    return run(server, "shell", "--verbosity", "0", "-c", script)


def digests(server: Server) -> dict[str, str]:
    return json.loads(shell(server, DIGEST).strip().splitlines()[-1])


def killed(server: Server, after: float, *arguments: str) -> bool:
    """Starts a command and kills it after so many seconds; whether it was still running."""
    command = [sys.executable, "manage.py", *arguments]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=server.environment, stdout=quiet, stderr=quiet)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def timed(act: Callable[[], object]) -> float:
    """Seconds that it takes here, today: kills are spread over them."""
    start = time.monotonic()
    act()
    return time.monotonic() - start


def archives(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tmp_path / "backups").glob("*.age")}


def test_a_killed_backup_harms_neither_the_database_nor_the_older_archives(
    full: Server, tmp_path: Path
) -> None:
    before = digests(full)
    usual = timed(lambda: run(full, "backup"))
    hits = 0
    for n in range(KILLS):
        old = archives(tmp_path)
        hits += killed(full, random.uniform(0.3, 1) * usual * (n + 1) / KILLS + 0.2, "backup")
        now = archives(tmp_path)
        assert {name: now[name] for name in old} == old
        for name in now.keys() - old.keys():
            # One that has its name was whole before it took it.
            run(
                full,
                "restore",
                str(tmp_path / "backups" / name),
                "--identity",
                str(tmp_path / "key"),
                "--check",
            )
    assert hits > KILLS // 3
    assert digests(full) == before
    run(full, "backup")
    assert not list((tmp_path / "backups").glob("*.partielle"))
    print(f"{hits} backups killed, {len(archives(tmp_path))} archives, all whole")


def test_a_killed_purge_leaves_each_observation_whole_or_emptied_and_goes_on(full: Server) -> None:
    count = int(shell(full, AGE).strip().splitlines()[-1])
    hits, states = 0, []
    # A command starts in a second or two, then has something to erase.
    start = timed(lambda: run(full, "purge"))
    for _ in range(KILLS):
        shell(full, REFILL)
        hits += killed(full, random.uniform(0.9, 1.5) * start, "purge", "--apply")
        states.append(shell(full, STATE).strip().splitlines()[-1])
        digests(full)
    run(full, "purge", "--apply")
    assert shell(full, STATE).strip().splitlines()[-1] == f"{count} 0"
    before = digests(full)
    run(full, "purge", "--apply")
    assert digests(full) == before
    print(f"{hits} purges killed: {states}")


def test_a_purge_killed_inside_a_chunk_leaves_that_chunk_whole(full: Server) -> None:
    count = int(shell(full, AGE).strip().splitlines()[-1])
    assert count > 2 * CHUNK
    for number in (1, 2, 3):
        shell(full, REFILL)
        died = full.manage("shell", "--verbosity", "0", "-c", DIE_IN_CHUNK.format(number=number))
        assert died.returncode == -signal.SIGKILL
        emptied = CHUNK * (number - 1)
        assert shell(full, STATE).strip().splitlines()[-1] == f"{emptied} {count - emptied}"
        digests(full)
    run(full, "purge", "--apply")
    assert shell(full, STATE).strip().splitlines()[-1] == f"{count} 0"


def test_a_killed_restoration_leaves_the_old_data_or_the_new_never_between(
    full: Server, tmp_path: Path
) -> None:
    run(full, "backup")
    (archive,) = (tmp_path / "backups").glob("*.age")
    restoring = ["restore", str(archive), "--identity", str(tmp_path / "key")]
    saved = digests(full)
    shell(full, "from observations.models import Theme; Theme.objects.update(name='autre chose')")
    changed = digests(full)
    usual = timed(lambda: run(full, *restoring))
    assert digests(full) == saved
    hits, found = 0, {"old": 0, "new": 0}
    for n in range(KILLS):
        shell(full, "from observations.models import Theme; Theme.objects.update(name='autre chose')")
        assert digests(full) == changed
        # The last tenths are where the data changes place.
        share = random.uniform(0.1, 0.8) if n % 2 else random.uniform(0.85, 1)
        hits += killed(full, share * usual, *restoring)
        now = digests(full)
        assert now in (changed, saved)
        found["new" if now == saved else "old"] += 1
    assert hits > KILLS // 3
    run(full, *restoring)
    assert digests(full) == saved
    assert not list(Path(full.environment["VAR_DIR"]).glob("*.restauration*"))
    print(f"{hits} restorations killed: {found}")


def test_an_archive_crosses_from_one_database_to_the_other_and_back(
    server: Callable[..., Server], tmp_path: Path, cluster: Cluster
) -> None:
    settings = {"DEMO": "1", "BACKUP_RECIPIENTS": str(KEY.to_public())}
    (tmp_path / "key").write_text(str(KEY))
    sqlite = server(**settings, BACKUP_DIR=str(tmp_path / "one"))
    sqlite.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'one.sqlite3'}"
    sqlite.migrate()
    run(sqlite, "demo")
    expected = digests(sqlite)
    run(sqlite, "backup")
    postgres = server(**settings, BACKUP_DIR=str(tmp_path / "two"))
    postgres.environment["DATABASE_URL"] = cluster.database("crossing")
    (archive,) = (tmp_path / "one").glob("*.age")
    # Into a database that holds nothing, not even tables.
    run(postgres, "restore", str(archive), "--identity", str(tmp_path / "key"))
    assert digests(postgres) == expected
    run(postgres, "backup")
    back = server(**settings, BACKUP_DIR=str(tmp_path / "three"))
    back.environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    (archive,) = (tmp_path / "two").glob("*.age")
    run(back, "restore", str(archive), "--identity", str(tmp_path / "key"))
    assert digests(back) == expected
