"""What a form names by key, and its digest: read without trusting it. Pure."""

import base64
import hashlib
import json
import uuid
from collections.abc import Iterable


def keys_of(values: Iterable[str]) -> list[uuid.UUID]:
    """The identifiers among these texts, each once, in order; what is none is left aside."""
    found: list[uuid.UUID] = []
    for value in values:
        try:
            key = uuid.UUID(value)
        except ValueError:
            continue
        if key not in found:
            found.append(key)
    return found


def form_digest(fields: Iterable[tuple[str, list[str]]]) -> str:
    """Of a plain form, as of what a phone sends: SHA-256 in base 64 of its fields as canonical JSON, its token and
    key left out."""
    kept = {name: values for name, values in fields if name not in {"csrfmiddlewaretoken", "id"}}
    return sha256(json.dumps(kept, sort_keys=True, separators=(",", ":")).encode())


def sha256(body: bytes) -> str:
    """In base 64, as RFC 9530 writes it."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
