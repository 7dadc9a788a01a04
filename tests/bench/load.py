"""Requests sent to a served application from this machine, and how long each answer took. Lean: it shares the cores.

One thread a reader, each with one connection that stays open. Latencies are in seconds.
"""

import base64
import hashlib
import json
import random
import re
import socket
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from observations.demo.corpus import TEXTS
from observations.demo.outlines import PLACES

PATIENCE = 30


@dataclass
class Samples:
    """What came back: latencies of the answers expected, statuses of all, bytes of the largest body."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    largest: int = 0
    elapsed: float = 0

    @property
    def errors(self) -> int:
        """Answers other than 200 and 201; 0 stands for none at all."""
        return sum(n for status, n in self.statuses.items() if status not in (200, 201))

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / self.elapsed

    def percentile(self, share: float) -> float:
        """Milliseconds under which that share of the answers came."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One session on one kept-alive connection to 127.0.0.1; opened again after a failure."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.cookies = port, f"sessionid={session}"
        self.token = ""
        self.socket: socket.socket | None = None

    def sign(self) -> None:
        """Gets what a phone writes with: the CSRF cookie and its token."""
        _, head, body = self.ask(self.request("GET", "/saisie/jeton/"))
        found = re.search(r"csrftoken=\w+", head)
        if found is None:
            raise RuntimeError(f"No token was given: {body[:200]!r}")
        self.cookies += "; " + found[0]
        self.token = json.loads(body)["token"]

    def request(self, method: str, path: str, body: bytes = b"", extra: str = "") -> bytes:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: {self.cookies}\r\n"
            f"Accept: text/html,application/json\r\n{extra}"
        )
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body

    def put(self, body: bytes) -> bytes:
        """A phone's sending, as the wire contract writes it, under a new key."""
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        extra = f"Content-Type: application/json\r\nContent-Digest: sha-256=:{digest}:\r\nX-CSRFToken: {self.token}\r\n"
        return self.request("PUT", f"/saisie/{uuid.uuid4()}/", body, extra)

    def ask(self, request: bytes) -> tuple[int, str, bytes]:
        """Status, head and body; status 0 when nothing whole came back."""
        try:
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.sendall(request)
            return self._answer(self.socket)
        except OSError:
            if self.socket is not None:
                self.socket.close()
            self.socket = None
            return 0, "", b""

    def drain(self, request: bytes) -> tuple[int, int]:
        """Status and bytes of a long answer in pieces, none of which is kept."""
        self.socket = self.socket or socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        self.socket.sendall(request)
        head = last = self._more(self.socket)
        received = len(head)
        while not last.endswith(b"0\r\n\r\n"):
            more = self._more(self.socket)
            received += len(more)
            last = (last + more)[-5:]
        return int(head[9:12]), received

    def _answer(self, sock: socket.socket) -> tuple[int, str, bytes]:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more(sock)
        head, rest = received[:end].decode("latin-1"), received[end + 4 :]
        lower = head.lower()
        if "transfer-encoding: chunked" in lower:
            while not rest.endswith(b"0\r\n\r\n"):
                rest += self._more(sock)
        elif "content-length: " in lower:
            length = int(lower.split("content-length: ", 1)[1].split("\r\n", 1)[0])
            while len(rest) < length:
                rest += self._more(sock)
        return int(head[9:12]), head, rest

    def _more(self, sock: socket.socket) -> bytes:
        if not (more := sock.recv(262_144)):
            raise OSError("closed")
        return more


def observations(today: date, seed: int) -> Iterator[bytes]:
    """Bodies that a phone sends today, in the demonstration's words."""
    rng = random.Random(seed)
    codes = list(PLACES)
    while True:
        text, code = rng.choice(TEXTS), rng.choice(codes)
        _, kind, latitude, longitude = rng.choice(PLACES[code])
        body = {
            "form": 1,
            "captured_at": f"{today.isoformat()}T09:00:00+01:00",
            "neighbourhood": code,
            "theme": text.theme,
            "nature": text.nature,
            "words": text.words,
            "words_exact": bool(text.words),
            "seen": text.seen,
            "reading": text.reading,
            "place_kind": kind,
            "precision": "lieu",
            "latitude": latitude + rng.uniform(-2e-4, 2e-4),
            "longitude": longitude + rng.uniform(-2e-4, 2e-4),
            "people": text.people,
            "agreement": text.agreement if text.words else "sans_objet",
            "observed_on": (today - timedelta(days=rng.randrange(3))).isoformat(),
        }
        yield json.dumps(body).encode()


def closed_loop(work: list[Callable[[], tuple[int, int]]], seconds: float) -> Samples:
    """Each worker asks again as soon as it is answered, for so many seconds. `work` gives status and body length."""
    samples, lock = Samples(), threading.Lock()
    start = time.perf_counter()

    def run(one: Callable[[], tuple[int, int]]) -> None:
        mine = Samples()
        while (before := time.perf_counter()) - start < seconds:
            _note(mine, *one(), time.perf_counter() - before)
        with lock:
            _merge(samples, mine)

    _in_threads([lambda one=one: run(one) for one in work])  # type: ignore[misc]
    samples.elapsed = time.perf_counter() - start
    return samples


def at_rate(
    work: list[Callable[[], tuple[int, int]]],
    rate: float,
    seconds: float,
    stop: threading.Event | None = None,
) -> Samples:
    """`rate` requests a second in all, however slow the answers: each is timed from the moment it was due."""
    samples, lock = Samples(), threading.Lock()
    start = time.perf_counter()
    every = len(work) / rate

    def run(one: Callable[[], tuple[int, int]], offset: float) -> None:
        mine, due = Samples(), start + offset
        while due - start < seconds and not (stop and stop.is_set()):
            time.sleep(max(0.0, due - time.perf_counter()))
            _note(mine, *one(), time.perf_counter() - due)
            due += every
        with lock:
            _merge(samples, mine)

    _in_threads([lambda one=one, i=i: run(one, i / rate) for i, one in enumerate(work)])  # type: ignore[misc]
    samples.elapsed = time.perf_counter() - start
    return samples


def writer(port: int, session: str, today: date, seed: int) -> Callable[[], tuple[int, int]]:
    """A phone that sends a new observation each time."""
    connection, bodies = Connection(port, session), observations(today, seed)
    connection.sign()

    def send() -> tuple[int, int]:
        status, _, body = connection.ask(connection.put(next(bodies)))
        return status, len(body)

    return send


def reader(port: int, session: str, paths: Iterator[str]) -> Callable[[], tuple[int, int]]:
    """A reviewer who asks for one address after the other."""
    connection = Connection(port, session)

    def read() -> tuple[int, int]:
        status, _, body = connection.ask(
            connection.request("GET", next(paths), extra="Accept-Encoding: gzip\r\n")
        )
        return status, len(body)

    return read


@contextmanager
def background(work: list[Callable[[], tuple[int, int]]], rate: float) -> Iterator[Samples]:
    """Writes that go on meanwhile; what came of them is known afterwards."""
    stop, result = threading.Event(), Samples()

    def run() -> None:
        done = at_rate(work, rate, 3_600, stop)
        _merge(result, done)
        result.elapsed = done.elapsed

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield result
    finally:
        stop.set()
        thread.join()


def _note(samples: Samples, status: int, length: int, seconds: float) -> None:
    samples.statuses[status] += 1
    if status in (200, 201):
        samples.seconds.append(seconds)
        samples.largest = max(samples.largest, length)


def _merge(into: Samples, other: Samples) -> None:
    into.seconds += other.seconds
    into.statuses += other.statuses
    into.largest = max(into.largest, other.largest)


def _in_threads(runs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=run) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
