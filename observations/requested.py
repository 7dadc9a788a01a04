"""What a form names by key, read without trusting it. Pure."""

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
