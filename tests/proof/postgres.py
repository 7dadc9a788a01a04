"""A PostgreSQL of one's own, that a proof may stop: never the one that other tests use."""

import getpass
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.proof.ports import free_port

USER = "accords"


class Cluster:
    """One cluster in a folder of its own, listening on this machine only, without a password."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder, self.programs = folder, programs
        self.port = free_port()
        # The server refuses to run as root.
        self.owner = "postgres" if os.geteuid() == 0 else getpass.getuser()

    @classmethod
    def made(cls) -> "Cluster":
        """An empty cluster, started. Where PostgreSQL's programs are missing: a failure in CI, else a skip."""
        programs = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4])
        )
        if not programs:
            message = "PostgreSQL's own programs (initdb, pg_ctl) are not installed."
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        # Not below pytest's folders: another user must enter it.
        cluster = cls(Path(tempfile.mkdtemp(prefix="accords-proof-")), programs[-1].parent)
        shutil.chown(cluster.folder, cluster.owner)
        cluster._run("initdb", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8")
        cluster.start()
        return cluster

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, name: str) -> str:
        return f"postgres://{USER}@127.0.0.1:{self.port}/{name}"

    def database(self, name: str, on: Path | None = None) -> str:
        """URL of a new database; `on` is a folder, perhaps of another disk, where its tables stand."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if on is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
                return self.url(name)
            folder = on / "tables"
            folder.mkdir()
            shutil.chown(folder, self.owner)
            connection.execute(sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(folder)))
            connection.execute(sql.SQL("CREATE DATABASE {} TABLESPACE small").format(sql.Identifier(name)))
        return self.url(name)

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self._run(
            "pg_ctl", "start", "--wait", "--silent", f"--log={self.folder / 'log'}", "--options", options
        )

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is a crash: what was committed must come back from the journal."""
        self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={mode}")

    def destroy(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.data), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", self.owner, "--", *command]
        # Into a file, not a pipe: the server that pg_ctl starts would hold a pipe open.
        with (self.folder / "commands").open("ab") as log:
            subprocess.run(command, cwd="/", check=True, stdout=log, stderr=log)
