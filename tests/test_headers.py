"""What every answer carries, refusals and failures included; and what none of them lets out."""

import io
import logging
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from nouveaux_accords.logs import QuietFormatter
from observations.models import Observation, User
from tests.access import DOORS
from tests.capture.wire import payload, put
from tests.restitution.conftest import light_pdf
from tests.test_access import World, address, world

__all__ = ["light_pdf", "world"]

CANARY = "zqcanari ma voisine du neuvième"


def missing(answer: HttpResponse) -> list[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    wrong = [
        name
        for name, value in {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
        }.items()
        if answer.headers.get(name) != value
    ]
    wrong += ["Referrer-Policy"] * (
        answer.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}
    )
    wrong += ["Cache-Control"] * ("Cache-Control" not in answer.headers)
    wrong += ["default-src"] * ("default-src 'none'" not in policy)
    wrong += [word for word in ("unsafe-inline", "unsafe-eval", "http:", "*") if word in policy]
    return wrong


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anonymous", "agent", "cdsu", "partner"])
def test_every_answer_carries_its_guards(role: str, world: World) -> None:
    client, wrong = Client(), {}
    if role != "anonymous":
        client.force_login(world.users[role])
    for route in DOORS:
        for method, whose in (("GET", "own"), ("GET", "missing"), ("DELETE", "own")):
            answer = client.generic(method, address(route, world, role, whose))
            if lacks := missing(answer):
                wrong[route, method, whose] = (answer.status_code, lacks)
    assert wrong == {}


@pytest.fixture
def log() -> Any:
    """What would stand in the log, formatted as in production."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(QuietFormatter())
    loggers = [logging.getLogger(name) for name in ("django", "observations")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_failure_carries_its_guards_and_nobody_s_words(
    agent: User, banc_vert: Any, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Observation, *args: Any, **kwargs: Any) -> None:
        raise ValueError(self.words)

    monkeypatch.setattr(Observation, "save", fail)
    monkeypatch.setattr(Observation.objects, "create", lambda **fields: fail(Observation(words=CANARY)))
    client = Client(raise_request_exception=False)
    client.force_login(agent)
    answer = put(client, payload(words=CANARY, neighbourhood=banc_vert.code))
    assert answer.status_code == 500
    assert missing(answer) == []
    text = log.getvalue()
    assert "Internal Server Error" in text
    for said in (answer.content.decode(), text, str(dict(answer.headers)), str(mail.outbox)):
        assert "zqcanari" not in said
