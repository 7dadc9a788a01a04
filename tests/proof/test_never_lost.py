"""What was acknowledged is in the database, however the server ends."""

import os
import random
import signal
import time
from collections.abc import Callable

import pytest

from tests.proof.conftest import Server
from tests.proof.phones import CANARY, Fleet, Writers, everything_arrives_once, lost, nothing_is_harmed

PHONES, KILLS, WORKERS = 6, 100, 2
# Seconds of writing before each kill, drawn anew each time.
BEFORE = (0.1, 0.4)


@pytest.fixture
def served(server: Callable[..., Server]) -> Server:
    one = server()
    one.migrate()
    one.start(WORKERS)
    return one


def end(server: Server, everything: bool) -> None:
    """`kill -9` of the whole server, started again; or of its oldest worker, which it replaces."""
    if everything:
        server.kill()
        server.start(WORKERS)
        return
    os.kill(server.workers()[0], signal.SIGKILL)
    server.wait()


def test_a_hundred_kills_under_load_lose_nothing_acknowledged(served: Server) -> None:
    fleet = Fleet.of(served, PHONES)
    with Writers(fleet) as writers:
        for n in range(KILLS):
            time.sleep(random.uniform(*BEFORE))
            # Each worker once, then everything: a server gives up when the same one dies too often.
            end(served, everything=n % (WORKERS + 1) == WORKERS)
    acknowledged = fleet.acknowledged()
    assert lost(served, acknowledged.values()) == []
    # The kills did fall on writes: 200 answers a phone whose first answer was lost after the commit.
    assert fleet.statuses()[200] > 0
    assert len(acknowledged) > KILLS
    everything_arrives_once(served, writers)
    nothing_is_harmed(served)
    assert CANARY not in served.log.read_text()
    print(f"{KILLS} kills, {dict(fleet.statuses())}, {len(writers.written)} observations")
