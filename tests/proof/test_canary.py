"""A marker in everything that was confided; then every route, as everybody, and all that the visits leave behind."""

import base64
import io
import logging
import pickle
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from observations.models import Change, JournalEntry, Observation, SharedCache, User
from observations.review import pages
from tests.access import DOORS, EVERYBODY, WHOSE
from tests.restitution.conftest import light_pdf
from tests.restitution.test_canary import everything_in_zip
from tests.test_access import World, address, world

__all__ = ["light_pdf", "world"]

pytestmark = pytest.mark.django_db
FIELDS = ("words", "seen", "reading", "place_label")
SAID = re.compile(r"zqcanari(?:words|seen|reading|placelabel|note|before)x([0-9a-f]{32})", re.IGNORECASE)
NAMED = re.compile(r"zqcanari(?:name|email)x(\d+)", re.IGNORECASE)
# Whoever opens and closes accounts reads who has one.
MANAGERS = {"cdsu", "limited", "admin"}


@pytest.fixture
def planted(world: World) -> World:
    """Each observation, each trace of its past and each account carries its own markers."""
    for said in Observation.objects.all():
        marks = {field: f"zqcanari{field.replace('_', '')}x{said.pk.hex}" for field in FIELDS}
        Observation.objects.filter(pk=said.pk).update(**marks, stems=" ".join(marks.values()))
        Change.objects.create(
            observation=said,
            kind=Change.Kind.DECISION,
            by=world.users["cdsu"],
            batch=uuid.uuid4(),
            note=f"zqcanarinotex{said.pk.hex}",
            before={"words": f"zqcanaribeforex{said.pk.hex}"},
        )
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(
            name=f"zqcanarinamex{user.pk}", email=f"zqcanariemailx{user.pk}@example.test"
        )
        user.refresh_from_db()
    for user in world.users.values():
        user.refresh_from_db()
    return world


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the application's own handlers write, whatever the level."""
    kept = io.StringIO()
    moved = []
    for name in ("", "django", "observations"):
        logger = logging.getLogger(name)
        for handler in logger.handlers:
            if type(handler) is logging.StreamHandler:
                moved.append((handler, handler.setStream(kept), logger, logger.level))
                logger.setLevel(logging.DEBUG)
    assert moved, "the application has handlers"
    yield kept
    for handler, stream, logger, level in moved:
        handler.setStream(stream)
        logger.setLevel(level)


def readable(answer) -> str:
    """Headers, cookies, body. (The PDF is a light one here; tests/restitution/test_canary.py reads a real one.)"""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    text = everything_in_zip(body) if "spreadsheet" in kind else body.decode("utf-8", "replace")
    return f"{dict(answer.headers)} {answer.cookies.output()} {text}"


def may_read(role: str, world: World, key: str) -> bool:
    said = Observation.objects.filter(pk=uuid.UUID(key)).select_related("author").first()
    if said is None:
        return False
    own = role in world.users and said.author == world.users[role] and role != "admin"
    inside = said.neighbourhood_id == world.inside.neighbourhood_id
    return own or role == "cdsu" or (role == "limited" and inside)


@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_nobody_meets_what_was_not_confided_to_them(role: str, planted: World, logged: io.StringIO) -> None:
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(planted.users[role])
    mine = {str(planted.users[role].pk)} if role in planted.users else set()
    leaks, met = {}, set()
    for method, (route, door) in product(("GET", "POST"), DOORS.items()):
        for whose in WHOSE if door.opens else WHOSE[:1]:
            if (
                method == "POST"
                and role in door.roles
                and "POST" in door.methods
                and route.startswith("compte/")
            ):
                continue  # this would end the visit: one's own account closed, the session over
            answer = client.generic(method, address(route, planted, role, whose))
            text = readable(answer)
            words = set(SAID.findall(text))
            met |= words
            wrong = {key for key in words if not may_read(role, planted, key)}
            named = set() if role in MANAGERS else set(NAMED.findall(text)) - mine
            title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
            titled = set(SAID.findall(title[1])) if title else set()
            if wrong or named or titled or answer.status_code >= 500:
                leaks[method, route, whose] = (answer.status_code, wrong, named, titled)
    assert leaks == {}
    if role in {"agent", "council", "cdsu", "limited"}:
        assert met, "who may read does: the search would find a leak"
    assert left_behind(logged) == {}


def left_behind(logged: io.StringIO) -> dict[str, list[str]]:
    """Where visits leave traces, and which markers of what was confided stand there."""
    pickled = [pickle.loads(base64.b64decode(row.value)) for row in SharedCache.objects.all()]  # noqa: S301 - our own
    places = {
        "log": logged.getvalue(),
        "cache": repr(pickled),
        "mail": " ".join(f"{m.subject} {m.body} {m.to} {m.alternatives}" for m in mail.outbox),
        "sessions": repr([session.get_decoded() for session in Session.objects.all()]),
        "journal": repr(list(JournalEntry.objects.values())),
    }
    return {place: found for place, text in places.items() if (found := SAID.findall(text))}


def test_a_failure_anywhere_says_nothing_of_what_it_held(
    planted: World, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Observation.objects.values_list("words", flat=True)[0]

    def broken(*_: object, **__: object) -> None:
        raise ValueError(words)

    monkeypatch.setattr(pages, "render", broken)
    client = Client(raise_request_exception=False)
    client.force_login(planted.users["cdsu"])
    for path in ("/relecture/", f"/relecture/{planted.inside.pk}/"):
        answer = client.get(path)
        assert answer.status_code == 500
        assert SAID.findall(readable(answer)) == []
    assert client.get(f"/rien/{words}/").status_code == 404
    assert "ValueError" in logged.getvalue()
    assert "Internal Server Error" in logged.getvalue()
    # The address of a page that does not exist is the visitor's own, and is written as every other.
    logged.seek(0)
    lines = [line for line in logged if "/rien/" not in line]
    assert SAID.findall("".join(lines)) == []
    assert mail.outbox == []


def test_the_commands_say_nothing_of_what_they_handle(
    planted: World, logged: io.StringIO, settings, tmp_path: Path
) -> None:
    settings.SEALS_DIR = tmp_path
    said = io.StringIO()
    Observation.objects.update(received_at=timezone.now() - timedelta(days=500))
    for command in (["purge"], ["purge", "--apply"], ["seal_journal"], ["verify_journal"]):
        call_command(*command, stdout=said, stderr=said)
    assert SAID.findall(said.getvalue()) == []
    assert left_behind(logged) == {}
