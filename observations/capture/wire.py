"""How an observation travels: digest, JSON, answers. The contract is RFC 9530 and the phone's own."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import JsonResponse

from observations.requested import sha256
from observations.typography import french

Errors = Mapping[str, Sequence[str]]

# One observation is a few kilobytes; the four texts at their longest, escaped, are under 130.
BODY_MAX = 256 * 1024
DIGEST = re.compile(r"\s*sha-256\s*=\s*:([A-Za-z0-9+/]{43}=):\s*", re.IGNORECASE)

TEXTS = [
    "neighbourhood",
    "theme",
    "nature",
    "words",
    "seen",
    "reading",
    "place_kind",
    "precision",
    "place_label",
    "people",
    "agreement",
    "observed_on",
    "captured_at",
    "follows",
    "changed",
]
SENTENCES = {
    "text": "Un texte est attendu ici.",
    "yes or no": "« true » ou « false » est attendu ici.",
    "degrees": "Un nombre de degrés est attendu ici.",
    "whole number": "Un nombre entier est attendu ici.",
}
KINDS = {
    **dict.fromkeys(TEXTS, "text"),
    "words_exact": "yes or no",
    "latitude": "degrees",
    "longitude": "degrees",
    "form": "whole number",
    "noted_by": "whole number",
}
# A whole number that any database column holds.
WHOLE_MAX = 2**31


class UnreadableError(ValueError):
    """A body that is not one JSON object; its message is French."""


class DigestError(ValueError):
    """No digest, or not that of the body; its message is French."""


class Refused(Exception):
    """An answer other than « stored ». `errors` are French: one sentence, or those of each field."""

    def __init__(self, status: int, errors: str | Errors) -> None:
        super().__init__(status)
        self.status = status
        self.errors: Errors = {"__all__": [errors]} if isinstance(errors, str) else errors

    def answer(self) -> JsonResponse:
        """`{"errors": {field: [sentence]}}`, as people read it."""
        spoken = {name: [french(sentence) for sentence in each] for name, each in self.errors.items()}
        return JsonResponse({"errors": spoken}, status=self.status, json_dumps_params={"ensure_ascii": False})


def checked_digest(header: str, body: bytes) -> str:
    """SHA-256 of `body` in base 64, once `Content-Digest` is known to say the same. Raises `DigestError`."""
    announced = [match[1] for part in header.split(",") if (match := DIGEST.fullmatch(part))]
    if not announced:
        raise DigestError("L’empreinte du message (Content-Digest, sha-256) manque ou n’est pas lisible.")
    real = sha256(body)
    if announced != [real]:
        raise DigestError("L’empreinte ne correspond pas au message : il a été abîmé en route.")
    return real


def read(body: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises `UnreadableError` for anything else."""
    try:
        payload = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("Le message n’est pas du JSON lisible.") from error
    if not isinstance(payload, dict):
        raise UnreadableError("Le message doit être un objet JSON.")
    return payload


def wrong_types(payload: Mapping[str, Any]) -> dict[str, list[str]]:
    """French errors of the fields whose JSON type is not the contract's; null counts as absent."""
    return {
        name: [SENTENCES[kind]]
        for name, kind in KINDS.items()
        if payload.get(name) is not None and not _is(kind, payload[name])
    }


def _is(kind: str, value: object) -> bool:
    if kind == "text":
        return isinstance(value, str)
    if kind == "yes or no":
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if kind == "whole number":
        return isinstance(value, int) and 0 <= value < WHOLE_MAX
    # Compared before any conversion: Python's whole numbers may be longer than a float holds.
    return (isinstance(value, int) and abs(value) <= 360) or (
        isinstance(value, float) and math.isfinite(value)
    )
