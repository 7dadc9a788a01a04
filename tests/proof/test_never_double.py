"""However often and from however many places an observation is sent, it is stored once."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from threading import Barrier

import psycopg
import pytest

from tests.proof.conftest import Server
from tests.proof.phones import PATIENCE, Fleet, Phone, stored, written

CLIENTS, ITEMS, WORKERS = 20, 300, 3


def prove_never_double(server: Server, clients: int, items: int) -> None:
    """Every client sends every item; raises AssertionError unless each stands once and was created once."""
    fleet = Fleet.of(server, clients)
    shared = [written(f"Observation {n}.") for n in range(items)]
    start = Barrier(clients, timeout=PATIENCE)

    def send_all(phone: Phone) -> None:
        start.wait()
        for item in shared:
            phone.send(item)

    fleet.work(send_all)
    rows = Counter(key for key, _ in stored(server))
    assert rows == Counter(item.key for item in shared), f"{rows.total()} rows for {items} items"
    statuses = fleet.statuses()
    assert statuses == {201: items, 200: (clients - 1) * items}, f"answers: {dict(statuses)}"


def without_a_unique_key(url: str) -> None:
    """Takes from the observations' table what makes its key unique; the code then checks, and inserts."""
    if url.startswith("postgres"):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "ALTER TABLE observations_observation DROP CONSTRAINT observations_observation_pkey CASCADE"
            )
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        # SQLite lets no key be dropped: the table is copied without it, and nothing may point to it any more.
        pointing = connection.execute(
            """SELECT name FROM sqlite_master WHERE sql LIKE '%REFERENCES "observations_observation"%'"""
        ).fetchall()
        for (table,) in pointing:
            connection.execute(f'DROP TABLE "{table}"')
        connection.executescript(
            "CREATE TABLE copied AS SELECT * FROM observations_observation;"
            "DROP TABLE observations_observation;"
            "ALTER TABLE copied RENAME TO observations_observation;"
        )


@pytest.fixture
def served(server: Callable[..., Server]) -> Server:
    one = server()
    one.migrate()
    return one


def test_twenty_clients_and_three_hundred_shared_keys_give_three_hundred_rows(served: Server) -> None:
    served.start(WORKERS)
    prove_never_double(served, CLIENTS, ITEMS)


def test_the_same_proof_finds_what_doubles(served: Server) -> None:
    """A proof that could not fail would prove nothing: here the database no longer decides."""
    without_a_unique_key(served.database_url)
    served.start(WORKERS)
    with pytest.raises(AssertionError, match="rows for 60 items"):
        prove_never_double(served, clients=8, items=60)
    assert len(stored(served)) > 60


def test_eight_identical_requests_at_once_create_one(served: Server) -> None:
    served.start(WORKERS)
    fleet = Fleet.of(served, 8)
    items = [written(f"Observation {n}.") for n in range(40)]
    together = Barrier(len(fleet.phones), timeout=PATIENCE)

    def race(phone: Phone) -> list[int]:
        statuses = []
        for item in items:
            together.wait()
            statuses.append(phone.send(item))
        return statuses

    for statuses in zip(*fleet.work(race), strict=True):
        assert sorted(statuses) == [200] * 7 + [201]
    assert sorted(stored(served)) == sorted((item.key, item.digest) for item in items)
