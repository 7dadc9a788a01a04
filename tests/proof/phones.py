"""Phones that send to a served application as the wire contract says, and what came of it."""

import json
import secrets
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import count
from typing import Any, TypeVar

from tests.capture.wire import digest, payload
from tests.proof.conftest import Server

T = TypeVar("T")

# Stands in every observation sent here: no log may hold it.
CANARY = "canari-des-preuves"
# Seconds that a phone waits for an answer: more than SQLite waits for its lock.
PATIENCE = 30
# Seconds between two tries. A real phone waits longer: here the wait would only lengthen the proof.
BACKOFF = 0.2

SIGN_IN = """
import json
from django.test import Client
from observations.models import Neighbourhood
from tests import factories
Neighbourhood.objects.filter(code="QN05961M").exists() or factories.NeighbourhoodFactory(code="QN05961M")
agent = factories.UserFactory(email="agent-{nonce}@example.test")
sessions = []
for _ in range({count}):
    client = Client()
    client.force_login(agent)
    sessions.append(client.cookies["sessionid"].value)
print(json.dumps(sessions))
"""
STORED = """
import json
from observations.models import Observation
print(json.dumps([[str(key), digest] for key, digest in Observation.objects.values_list("pk", "digest")]))
"""
# Through the application: its indexes call functions that Django gives to SQLite.
INTEGRITY = """
import json
from django.db import connection
print(json.dumps(connection.cursor().execute("PRAGMA integrity_check").fetchall()))
"""


@dataclass(frozen=True)
class Item:
    """An observation, written once: a key, and bytes that never change."""

    key: str
    body: bytes

    @property
    def digest(self) -> str:
        return digest(self.body)


def written(words: str = "L’ascenseur est en panne.", length: int = 0) -> Item:
    """A new observation; its two other texts are `length` characters long, and do not repeat."""
    texts = {"words": f"{CANARY} : {words}", "seen": secrets.token_hex(length // 2)}
    texts["reading"] = secrets.token_hex(length // 2)
    return Item(str(uuid.uuid4()), json.dumps(payload(**texts)).encode())


class Phone:
    """One session and one connection. Counts every answer; 0 is none at all."""

    def __init__(self, server: Server, session: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.cookies = {"sessionid": session}
        self.token = ""
        self.answers: Counter[tuple[int, str]] = Counter()
        self.acknowledged: dict[str, Item] = {}

    def send(self, item: Item) -> int:
        """One try. The status of the answer, or 0."""
        try:
            response, content = self._put(item)
        except (OSError, HTTPException):
            self.connection.close()
            self.answers[0, ""] += 1
            return 0
        self.answers[response.status, response.headers.get("Retry-After", "")] += 1
        if response.status in {200, 201}:
            self._acknowledge(item, json.loads(content))
        return response.status

    def deliver(self, item: Item, until: float) -> None:
        """Tries until the server acknowledges, or `until` on the monotonic clock."""
        while item.key not in self.acknowledged and time.monotonic() < until:
            if self.send(item) not in {200, 201}:
                time.sleep(BACKOFF)

    def read(self, path: str) -> int:
        """Status of a page, asked for as a browser does; 0 when nothing came back."""
        try:
            return self._ask("GET", path, {"Accept": "text/html"})[0].status
        except (OSError, HTTPException):
            self.connection.close()
            return 0

    def _put(self, item: Item) -> tuple[HTTPResponse, bytes]:
        if not self.token:
            response, content = self._ask("GET", "/saisie/jeton/", {})
            if response.status != 200:
                return response, content
            self.token = json.loads(content)["token"]
        headers = {
            "Content-Type": "application/json",
            "Content-Digest": f"sha-256=:{item.digest}:",
            "X-CSRFToken": self.token,
        }
        return self._ask("PUT", f"/saisie/{item.key}/", headers, item.body)

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> tuple[HTTPResponse, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, {**headers, "Cookie": cookies})
        response = self.connection.getresponse()
        content = response.read()
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response, content

    def _acknowledge(self, item: Item, answer: dict[str, str]) -> None:
        """Only an answer that echoes key and digest lets a phone forget what it wrote."""
        assert (answer["id"], answer["digest"]) == (item.key, item.digest)
        self.acknowledged[item.key] = item


@dataclass
class Fleet:
    """Phones that work at the same time."""

    phones: list[Phone]

    @classmethod
    def of(cls, server: Server, size: int) -> "Fleet":
        """`size` phones of one worker, each with a session of its own."""
        sessions = _printed(server, SIGN_IN.format(count=size, nonce=secrets.token_hex(4)))
        return cls([Phone(server, session) for session in sessions])

    def work(self, job: Callable[[Phone], T]) -> list[T]:
        """What each phone's `job` returns, all working at once; raises what any of them raises."""
        with ThreadPoolExecutor(len(self.phones)) as pool:
            return list(pool.map(job, self.phones))

    def statuses(self) -> Counter[int]:
        counted: Counter[int] = Counter()
        for phone in self.phones:
            for (status, _), times in phone.answers.copy().items():
                counted[status] += times
        return counted

    def clear(self) -> None:
        """Forgets the answers counted so far, not what was acknowledged."""
        for phone in self.phones:
            phone.answers = Counter()

    def until_some(self, status: int, times: int = 1) -> None:
        """Waits until the phones have had `times` answers of that status since the last `clear`."""
        until = time.monotonic() + PATIENCE
        while self.statuses()[status] < times:
            assert time.monotonic() < until, f"no {status} within {PATIENCE} s: {self.statuses()}"
            time.sleep(BACKOFF)

    def delays(self, status: int) -> set[str]:
        """Every `Retry-After` that came with `status`."""
        return {delay for phone in self.phones for (one, delay) in phone.answers.copy() if one == status}

    def acknowledged(self) -> dict[str, Item]:
        return {key: item for phone in self.phones for key, item in phone.acknowledged.items()}


class Writers:
    """Phones that go on writing new observations until they are stopped, and keep what was not acknowledged."""

    def __init__(self, fleet: Fleet, length: int = 0) -> None:
        self.fleet = fleet
        self.length = length
        self.written: list[Item] = []
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(len(fleet.phones))
        self._jobs: list[Future[None]] = []

    def __enter__(self) -> "Writers":
        self._jobs = [self._pool.submit(self._write, phone) for phone in self.fleet.phones]
        return self

    def __exit__(self, *_: object) -> None:
        """Raises what a phone raised, were it only an acknowledgement of something else."""
        self._stopped.set()
        for job in self._jobs:
            job.result()
        self._pool.shutdown()

    def _write(self, phone: Phone) -> None:
        for n in count():
            if self._stopped.is_set():
                return
            item = written(f"Observation {n}.", self.length)
            self.written.append(item)
            # As long as it takes: what is interrupted is sent again, as a phone does.
            while item.key not in phone.acknowledged and not self._stopped.is_set():
                if phone.send(item) not in {200, 201}:
                    time.sleep(BACKOFF)


def stored(server: Server) -> list[tuple[str, str]]:
    """Key and digest of every observation in the database, as they stand there."""
    return [(key, its_digest) for key, its_digest in _printed(server, STORED)]


def lost(server: Server, items: Iterable[Item]) -> list[str]:
    """Keys of the items that the database does not hold as they were sent."""
    kept = set(stored(server))
    return [item.key for item in items if (item.key, item.digest) not in kept]


def everything_arrives_once(server: Server, writers: Writers) -> None:
    """Sends what still waits, as a phone does in the end; then the database holds every item once."""
    acknowledged = writers.fleet.acknowledged()
    until = time.monotonic() + PATIENCE
    for item in writers.written:
        if item.key not in acknowledged:
            writers.fleet.phones[0].deliver(item, until)
    assert sorted(stored(server)) == sorted((item.key, item.digest) for item in writers.written)


def nothing_is_harmed(server: Server) -> None:
    """SQLite reads its whole file and every index of it; PostgreSQL recovers, or does not start."""
    if server.database_url.startswith("sqlite"):
        assert _printed(server, INTEGRITY) == [["ok"]]


def _printed(server: Server, code: str) -> Any:
    """What `code`, run by the application, prints as JSON."""
    done = server.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
