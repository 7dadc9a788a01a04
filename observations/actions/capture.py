"""Writes what field workers send, correct, withdraw and answer.

The database's key decides whether an observation is new: nothing is looked up and then
inserted. A capture writes no journal line: the row is its own record.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from observations import geo
from observations.actions import ledger, needs
from observations.models import Change, Neighbourhood, Observation, Precision, Status, Theme, Tombstone, User


class CaptureError(Exception):
    """A capture that the state of the database does not allow."""


class Conflict(CaptureError):
    """Another content, or somebody else's, stands under this identifier."""


class Gone(CaptureError):
    """Deleted on purpose: a late phone cannot bring erased words back."""


class TooLate(CaptureError):
    """Sent more than 20 minutes ago, or already read."""


class NotAsked(CaptureError):
    """No question waits for an answer."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a worker wrote, already validated (capture.forms). Degrees are WGS84, not yet rounded.

    `captured_at` is None when the phone's clock gave nothing usable: the server's time then stands.
    """

    neighbourhood: Neighbourhood
    theme: Theme
    nature: str
    agreement: str
    observed_on: date
    words: str = ""
    words_exact: bool = False
    seen: str = ""
    reading: str = ""
    place_kind: str = ""
    precision: str = Precision.NEIGHBOURHOOD
    latitude: float | None = None
    longitude: float | None = None
    place_label: str = ""
    people: str = ""
    captured_at: datetime | None = None
    noted_by: User | None = None
    form_version: int = 1
    # Of what residents were told, whether it changed since.
    follows: str = ""
    changed: str = ""


@dataclass(frozen=True)
class Recorded:
    """The observation that stands, and whether this call is the one that stored it."""

    observation: Observation
    created: bool


def record(*, id: uuid.UUID, by: User, data: Entry, digest: str) -> Recorded:
    """Stores an observation once, however often it is sent.

    `digest` is the SHA-256 of what was received, in base 64. Raises `Conflict` when other
    content or another author stands under `id`, `Gone` when it was deleted on purpose.
    """
    observation = Observation(id=id, author=by, noted_by=data.noted_by, digest=digest)
    observation.form_version = data.form_version
    observation.received_at = timezone.now()
    observation.captured_at = data.captured_at or observation.received_at
    _write(observation, data)
    try:
        with transaction.atomic():
            observation.save(force_insert=True)
            # Looked up after the insertion, which waits for whoever is deleting the same
            # key: a tombstone laid meanwhile is seen here, on both databases.
            if Tombstone.objects.filter(pk=id).exists():
                raise Gone
            if data.follows:
                needs.follow_up(code=data.follows, observation=observation, changed=data.changed)
    except IntegrityError:
        stands = standing(id=id, by=by, digest=digest)
        if stands is None:
            raise
        return stands
    return Recorded(observation, created=True)


def standing(*, id: uuid.UUID, by: User, digest: str) -> Recorded | None:
    """What is already known under `id`: the same sending, or None. Raises `Conflict` or `Gone`.

    A phone that repeats itself is answered from here even if its content would no longer be
    valid today (a theme retired since). It decides nothing for a new one: `record` does.
    """
    observation = Observation.objects.filter(pk=id).first()
    if observation is None:
        if Tombstone.objects.filter(pk=id).exists():
            raise Gone
        return None
    if not observation.digest:  # emptied at its term, or masked: what the phone still holds must go too
        raise Gone
    if observation.author_id != by.pk or observation.digest != digest:
        raise Conflict
    return Recorded(observation, created=False)


def correct(*, observation: Observation, by: User, data: Entry) -> Observation:
    """Replaces what `by` has just sent. The earlier text is not kept. Raises `TooLate`.

    The digest stays that of the first sending, so that a phone still repeating it is
    answered and not refused. A correction sent twice is one: the second changes nothing,
    and is answered however late it comes.
    """
    with transaction.atomic():
        current = _locked(observation, by)
        if current is None:
            raise TooLate
        correctable, before = current.is_correctable, model_to_dict(current)
        _write(current, data)
        if current.author_id == by.pk:
            current.noted_by = data.noted_by
        if model_to_dict(current) == before:
            return current
        if not correctable:
            raise TooLate
        current.revision += 1
        current.save()
        Change.objects.create(observation=current, kind=Change.Kind.CORRECTION, by=by, batch=uuid.uuid4())
    return current


def withdraw(*, observation: Observation, by: User) -> None:
    """Deletes what `by` has just sent and leaves a tombstone. Raises `TooLate`."""
    with transaction.atomic():
        current = _still_correctable(observation, by)
        Tombstone.objects.create(pk=current.pk, reason=Tombstone.Reason.WITHDRAWN)
        ledger.note_after_commit(current.pk)
        current.delete()


def answer(*, observation: Observation, by: User, text: str) -> Observation:
    """Answers the reviewer's question and hands the observation back to be read.

    The question stays readable in the history. Raises `NotAsked` when none waits any more, or
    when its text reached its term.
    """
    with transaction.atomic():
        current = _locked(observation, by)
        if current is None or current.status != Status.TO_COMPLETE or current.emptied_on:
            raise NotAsked
        before = _decision(current)
        current.status, current.status_reason = Status.TO_READ, ""
        current.status_by, current.status_at = None, None
        current.revision += 1
        current.save(update_fields=["status", "status_reason", "status_by", "status_at", "revision"])
        Change.objects.create(
            observation=current,
            kind=Change.Kind.ANSWER,
            by=by,
            batch=uuid.uuid4(),
            before=before,
            after=_decision(current),
            note=text,
        )
    return current


def _write(observation: Observation, data: Entry) -> None:
    """What was written, with its point rounded and placed on the map's tiles."""
    observation.neighbourhood = data.neighbourhood
    observation.theme = data.theme
    observation.nature = data.nature
    observation.words, observation.words_exact = data.words, data.words_exact
    observation.seen, observation.reading = data.seen, data.reading
    observation.people, observation.agreement = data.people, data.agreement
    observation.observed_on = data.observed_on
    observation.place_kind, observation.place_label = data.place_kind, data.place_label
    observation.precision = data.precision
    _place(observation, data)
    observation.restem()


def _place(observation: Observation, data: Entry) -> None:
    latitude, longitude = None, None
    if data.latitude is not None and data.longitude is not None:
        latitude, longitude = geo.rounded(data.latitude, data.longitude, data.precision)
    observation.latitude, observation.longitude = latitude, longitude
    observation.tile_x = observation.tile_y = observation.cell_row = observation.cell_col = None
    if latitude is not None and longitude is not None:
        observation.tile_x, observation.tile_y = geo.tile(latitude, longitude)
        observation.cell_row, observation.cell_col = geo.cell(latitude, longitude)


def _locked(observation: Observation, by: User) -> Observation | None:
    """The row as it is now, held until the end of the transaction; None when gone or not theirs."""
    current = Observation.objects.select_for_update(of=("self",)).filter(pk=observation.pk).first()
    if current is None or by.pk not in {current.author_id, current.noted_by_id}:
        return None
    return current


def _still_correctable(observation: Observation, by: User) -> Observation:
    current = _locked(observation, by)
    if current is None or not current.is_correctable:
        raise TooLate
    return current


def _decision(observation: Observation) -> dict[str, str | int | None]:
    """The decision of an observation as its history keeps it."""
    at = observation.status_at
    return {
        "status": str(observation.status),
        "status_reason": observation.status_reason,
        "status_by_id": observation.status_by_id,
        "status_at": at.isoformat() if at else None,
    }
