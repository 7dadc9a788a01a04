"""The last gesture of somebody at the desk, said once on the next page with the way to take it back."""

import uuid
from typing import TypedDict

from django.http import HttpRequest

KEY = "review_gesture"


class Gesture(TypedDict):
    """`batch` is what was changed together, `says` a sentence, `undo` the name of the route that takes it back."""

    batch: str
    says: str
    undo: str


def remember(request: HttpRequest, batch: uuid.UUID, says: str, *, undo: str = "review_undo") -> None:
    request.session[KEY] = Gesture(batch=str(batch), says=says, undo=undo)


def last(request: HttpRequest) -> Gesture | None:
    """The gesture to say now; it is forgotten by being read."""
    found: Gesture | None = request.session.pop(KEY, None)
    return found
