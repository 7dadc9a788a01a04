"""What is done within the application, in a process of its own: `python -m tests.bench.inside load 100000`.

The database is the one that DATABASE_URL names. Each prints one line of JSON.
"""

import cProfile
import json
import pstats
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from observations.actions import publishing, reference  # noqa: E402
from observations.demo import load as demo  # noqa: E402
from observations.models import Observation, Role, Territory, User  # noqa: E402
from observations.restitution import drafting, pdf  # noqa: E402
from tests.bench import rows  # noqa: E402
from tests.bench.load import observations as bodies  # noqa: E402
from tests.capture.wire import digest  # noqa: E402

AGENTS, REVIEWERS = 8, 8
PROFILED = 300
# Where a sending's time may go: a name, the end of a file's name, a function there. The first two hold no other.
PARTS = [
    ("session, read", "sessions/backends/db.py", "load"),
    ("account, read (with the session)", "auth/__init__.py", "get_user"),
    ("CSRF", "middleware/csrf.py", "process_view"),
    ("content security policy", "csp/middleware.py", "process_response"),
    ("digest", "capture/wire.py", "checked_digest"),
    ("form, made", "capture/forms.py", "__init__"),
    ("form, validated", "forms/forms.py", "full_clean"),
    ("stems", "models/observation.py", "restem"),
    ("insertion", "models/base.py", "save"),
    ("tombstone, looked for", "models/query.py", "exists"),
    ("transaction, begun", "db/transaction.py", "__enter__"),
    ("transaction, committed", "db/transaction.py", "__exit__"),
]
# The page or data whose longest query is explained.
EXPLAINED = {
    "list": "/relecture/?page=3",
    "map data, 12 months": "/api/v1/map/?boite=2.2,50.9,2.5,51.1&zoom=13",
    "map data, all years": "/api/v1/map/?boite=2.2,50.9,2.5,51.1&zoom=13&du=2000-01-01",
    "search": "/relecture/?q=ascenseur+panne",
    "what comes back": "/relecture/ce-qui-revient/",
}
PLAN_LINES, PLAN_WIDTH = 30, 150


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
    return {"rows": added, "seconds": seconds, "rate": added / seconds}


def sessions() -> dict[str, Any]:
    """Session cookies of each worker and of each reviewer, whose second factor was given."""
    return {role: [_session(user) for user in User.objects.filter(role=role)] for role in ("agent", "cdsu")}


def profile() -> dict[str, Any]:
    """A sending, in this process: milliseconds, its queries, and the share of each part under cProfile."""
    client = _client("agent")
    sent = bodies(timezone.localdate(), 11)

    def put(body: bytes) -> None:
        announced = {"Content-Digest": f"sha-256=:{digest(body)}:"}
        answer = client.generic(
            "PUT", f"/saisie/{uuid.uuid4()}/", body, content_type="application/json", headers=announced
        )
        assert answer.status_code == 201, answer.content

    put(next(sent))
    with CaptureQueriesContext(connection) as asked:
        put(next(sent))
    # Now: the next request empties the log.
    queries = [query["sql"].replace('"', "")[:PLAN_WIDTH] for query in asked.captured_queries]
    some = list(islice(sent, 2 * PROFILED))
    start = time.perf_counter()
    for body in some[:PROFILED]:
        put(body)
    alone = (time.perf_counter() - start) / PROFILED
    profiler = cProfile.Profile()
    with profiler:
        for body in some[PROFILED:]:
            put(body)
    found = pstats.Stats(profiler)
    whole = found.total_tt  # type: ignore[attr-defined]
    shares = {
        name: 100
        * max((entry[3] for key, entry in _entries(found) if _is(key, file, function)), default=0)
        / whole
        for name, file, function in PARTS
    }
    return {"ms": 1000 * alone, "queries": queries, "shares": shares}


def _entries(found: pstats.Stats) -> list[tuple[Any, Any]]:
    return list(found.stats.items())  # type: ignore[attr-defined]


def _is(key: tuple[str, int, str], file: str, function: str) -> bool:
    return key[0].endswith(file) and key[2] == function


def plans() -> dict[str, Any]:
    """The longest query of each page, as the database would run it (EXPLAIN; on PostgreSQL ANALYZE too)."""
    client, found = _client("cdsu"), {}
    explain = "EXPLAIN (ANALYZE, COSTS OFF)" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    for name, path in EXPLAINED.items():
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        longest = max(asked.captured_queries, key=lambda query: float(query["time"]))
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {longest['sql'].replace('%', '%%')}")
            lines = [str(row[-1])[:PLAN_WIDTH] for row in cursor.fetchall()]
        found[name] = {"queries": len(asked.captured_queries), "lines": lines[:PLAN_LINES]}
    return found


def summary() -> dict[str, Any]:
    """Last month's synthèse: seconds to build its content and to set its PDF; the key of the published one."""
    month = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    writer = User.objects.filter(role="cdsu")[0]
    draft = publishing.create_draft(month=month, by=writer)
    content = drafting.compose(draft).content
    done = {"build": _seconds(lambda: drafting.compose(draft)), "pdf": _seconds(lambda: pdf.render(content))}
    published = drafting.issue(draft, by=writer)
    return done | {
        "key": published.pk,
        "observations": Observation.objects.accepted().in_month(month).count(),
    }


def _seconds(work: Callable[[], object], times: int = 5) -> float:
    """The longest of a few runs, after one unmeasured."""
    work()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return max(spent)


def _client(role: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.cookies["sessionid"] = _session(User.objects.filter(role=role)[0])
    return client


def _session(user: User) -> str:
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(client.cookies["sessionid"].value)


if __name__ == "__main__":
    WORKS: dict[str, Callable[..., dict[str, Any]]] = {
        "load": load,
        "sessions": sessions,
        "profile": profile,
        "plans": plans,
        "summary": summary,
    }
    print(json.dumps(WORKS[sys.argv[1]](*sys.argv[2:])))
