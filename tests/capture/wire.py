"""A phone's sending, as the wire contract writes it."""

import base64
import hashlib
import json
import uuid
from typing import Any

from django.test import Client


def payload(**changes: Any) -> dict[str, Any]:
    """A whole, valid observation; None in `changes` leaves the field out."""
    whole = {
        "form": 1,
        "captured_at": "2026-11-22T21:04:05+01:00",
        "neighbourhood": "QN05961M",
        "theme": "logement-ascenseurs",
        "nature": "preoccupation",
        "words": "L’ascenseur, ça fait trois semaines.",
        "words_exact": True,
        "seen": "",
        "reading": "",
        "place_kind": "espace_public",
        "precision": "lieu",
        "latitude": 51.0283,
        "longitude": 2.3613,
        "place_label": "",
        "people": "quelques",
        "agreement": "oui",
        "observed_on": "2026-11-22",
    } | changes
    return {name: value for name, value in whole.items() if value is not None}


def digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def put(client: Client, data: Any = None, id: uuid.UUID | str | None = None, **headers: str) -> Any:
    """PUT of `data` (bytes as they are, anything else as JSON) with its digest."""
    return _send(client, "PUT", data, id, headers)


def patch(client: Client, data: Any = None, id: uuid.UUID | str | None = None, **headers: str) -> Any:
    """The same as a correction."""
    return _send(client, "PATCH", data, id, headers)


def _send(client: Client, method: str, data: Any, id: uuid.UUID | str | None, headers: dict[str, str]) -> Any:
    body = data if isinstance(data, bytes) else json.dumps(payload() if data is None else data).encode()
    announced = {"Content-Digest": f"sha-256=:{digest(body)}:"} | headers
    return client.generic(
        method,
        f"/saisie/{id or uuid.uuid4()}/",
        body,
        content_type="application/json",
        headers={name: value for name, value in announced.items() if value},
    )
