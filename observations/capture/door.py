"""The phone's door, `/saisie/<uuid>/`: PUT stores, PATCH corrects. Answers are JSON, refusals included."""

import uuid
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse, UnreadablePostError

from observations import permissions
from observations.actions import capture
from observations.actions.capture import Entry, Recorded
from observations.capture import wire
from observations.capture.forms import PhoneForm
from observations.models import User

# Takes a key, who sends, the body and its digest; returns what then stands.
Take = Callable[[uuid.UUID, User, bytes, str], Recorded]

REFUSALS: dict[type[capture.CaptureError], tuple[int, str]] = {
    capture.Conflict: (409, "Une autre observation porte déjà cet identifiant."),
    capture.Gone: (410, "Cette observation a été retirée."),
    capture.TooLate: (
        409,
        "Cette observation ne se corrige plus : les 20 minutes sont passées, ou elle est déjà relue.",
    ),
}


def put(request: HttpRequest, id: uuid.UUID) -> JsonResponse:
    """Stores one observation, once. The statuses are those of the wire contract."""
    return _answer(request, id, _store)


def patch(request: HttpRequest, id: uuid.UUID) -> JsonResponse:
    """Replaces one's own observation, just sent, by the whole of another body; 404 when it is not theirs."""
    return _answer(request, id, _correct)


def field_worker(request: HttpRequest) -> User:
    """Who speaks to the door. Raises `wire.Refused`: 401 for nobody, 403 for another role."""
    user = request.user
    if not isinstance(user, User):
        raise wire.Refused(401, "Reconnectez-vous pour envoyer.")
    if not permissions.can_capture(user):
        raise wire.Refused(403, "Votre compte ne permet pas de saisir des observations.")
    return user


def _answer(request: HttpRequest, id: uuid.UUID, take: Take) -> JsonResponse:
    try:
        user = field_worker(request)
        digest = _checked_digest(request)
        if id.version != 4:
            raise wire.Refused(422, "L’identifiant de l’observation n’est pas un UUID de version 4.")
        recorded = take(id, user, request.body, digest)
    except wire.Refused as refused:
        return refused.answer()
    except capture.CaptureError as error:
        return wire.Refused(*REFUSALS[type(error)]).answer()
    received_at = recorded.observation.received_at.isoformat()
    return JsonResponse(
        {"id": str(id), "digest": digest, "received_at": received_at},
        status=201 if recorded.created else 200,
    )


def _checked_digest(request: HttpRequest) -> str:
    if _announced_length(request) > wire.BODY_MAX:
        raise wire.Refused(413, "Ce message est trop long pour une observation.")
    try:
        return wire.checked_digest(request.headers.get("Content-Digest", ""), request.body)
    except (wire.DigestError, UnreadablePostError) as error:
        raise wire.Refused(400, str(error)) from error


def _announced_length(request: HttpRequest) -> int:
    """What the client says, before anything is read; a lie about it cuts the body and breaks its digest."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


def _store(id: uuid.UUID, user: User, body: bytes, digest: str) -> Recorded:
    """A repeated sending is answered even when its content would no longer be valid, or nothing can be written any
    more; a new one asks the key alone."""
    try:
        return capture.record(id=id, by=user, data=_entry(user, body), digest=digest)
    except (wire.Refused, OperationalError):
        if known := capture.standing(id=id, by=user, digest=digest):
            return known
        raise


def _correct(id: uuid.UUID, user: User, body: bytes, digest: str) -> Recorded:
    mine = permissions.own_observations(user).filter(pk=id).first()
    if mine is None:
        raise wire.Refused(404, "Cette observation n’est pas parmi les vôtres.")
    corrected = capture.correct(observation=mine, by=user, data=_entry(user, body))
    return Recorded(corrected, created=False)


def _entry(user: User, body: bytes) -> Entry:
    """What the body says, validated. Raises `wire.Refused` with the errors of each field."""
    try:
        payload = wire.read(body)
    except wire.UnreadableError as error:
        raise wire.Refused(422, str(error)) from error
    form = PhoneForm(payload, user=user)
    errors = wire.wrong_types(payload) or {
        name: [str(sentence) for sentence in each] for name, each in form.errors.items()
    }
    if errors:
        raise wire.Refused(422, errors)
    return form.entry()
