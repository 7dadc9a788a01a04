"""What is done within the application, in a process of its own: `python -m tests.bench.inside load 100000`.

The database is the one that DATABASE_URL names. Each prints one line of JSON.
"""

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from observations import words  # noqa: E402
from observations.actions import reference  # noqa: E402
from observations.demo import load as demo  # noqa: E402
from observations.models import Neighbourhood, Observation, Role, Territory, User  # noqa: E402
from tests.bench import rows  # noqa: E402

AGENTS, REVIEWERS = 8, 8


def load(count: str) -> dict[str, Any]:
    """Reference rows, accounts, then `count` observations; how many rows a second the last took."""
    Territory.objects.filter(id=1).update(name="Communauté urbaine de Dunkerque", siren="245900428")
    reference.import_neighbourhoods(records=demo._records(), source=demo.SOURCE)
    for role, number in ((Role.AGENT, AGENTS), (Role.CDSU, REVIEWERS)):
        for n in range(number):
            User.objects.create(email=f"{role}{n}@example.test", name=f"{role} {n}", role=role)
    drawn = rows.rows(int(count), timezone.localdate(), rows.world())
    start = time.perf_counter()
    added = rows.load(drawn)
    seconds = time.perf_counter() - start
    if connection.vendor == "postgresql":
        # As autovacuum does within minutes.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    for row in Observation.objects.order_by("pk")[:200]:
        kept = row.stems
        row.restem()
        assert row.stems == kept, (row.stems, kept)
        row.full_clean()
    assert words.BREAK == "0"
    return {"rows": added, "seconds": seconds, "rate": added / seconds}


def sessions() -> dict[str, Any]:
    """Session cookies of each worker and of each reviewer, whose second factor was given."""
    return {role: [_session(user) for user in User.objects.filter(role=role)] for role in ("agent", "cdsu")}


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(client.cookies["sessionid"].value)


if __name__ == "__main__":
    work = {"load": load, "sessions": sessions}[sys.argv[1]]
    print(json.dumps(work(*sys.argv[2:])))
