"""PostgreSQL crashes under load and comes back: 503 meanwhile, nothing lost, nothing to restart."""

import os
import time
from collections.abc import Callable

import pytest

from tests.proof.conftest import Server
from tests.proof.phones import Fleet, Writers, everything_arrives_once, lost
from tests.proof.postgres import Cluster

# Seconds that the database is away.
AWAY = 30

pytestmark = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="PostgreSQL only (DATABASE_URL)"
)


def test_thirty_seconds_without_postgresql_lose_nothing(
    server: Callable[..., Server], cluster: Cluster
) -> None:
    served = server(DATABASE_URL=cluster.database("proof"))
    served.migrate()
    served.start()
    fleet = Fleet.of(served, 6)
    reader = fleet.phones.pop()
    with Writers(fleet) as writers:
        fleet.until_some(201, times=50)
        cluster.stop("immediate")
        fleet.until_some(503)
        fleet.clear()
        back = time.monotonic() + AWAY
        pages = []
        while time.monotonic() < back:
            pages.append(reader.read("/mes-observations/"))
            time.sleep(0.5)
        during, delays = fleet.statuses(), fleet.delays(503)
        cluster.start()
        fleet.clear()
        fleet.until_some(201, times=50)
    assert (set(during), set(pages), delays) == ({503}, {503}, {"30"})
    assert lost(served, fleet.acknowledged().values()) == []
    everything_arrives_once(served, writers)
    served.stop()
