"""Erases one observation everywhere: its row, its history, the drafts and every published version that quote it.

What published versions read without it is composed elsewhere (erasure.papers) and handed to `erase` with the
PDFs: setting one takes a second, too long to hold the database's lock. `erase` therefore checks, under the
lock, that no synthèse moved since.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from observations.actions import ledger, storage
from observations.actions.journal import record
from observations.models import (
    Diagnosis,
    DiagnosisQuote,
    Edition,
    GivingBack,
    JournalEntry,
    Meeting,
    MeetingQuote,
    NeedChange,
    Observation,
    Summary,
    SummaryQuote,
    Tombstone,
    User,
)
from observations.models.diagnosis import PROSE
from observations.models.giving_back import SAID
from observations.models.need import WORDED
from observations.privacy.retention import WITHDRAWN

Moments = Mapping[int, datetime]


class Reason(models.TextChoices):
    """Why; the code goes to the journal. Those of `ELSEWHERE` belong to another service first."""

    ASKED = "demande", "La personne concernée le demande, ou un parent pour son enfant"
    RECOGNISABLE = "reconnaissable", "On y reconnaît quelqu’un, et reformuler ne suffit pas"
    DANGER = "danger", "Un enfant ou une personne est en danger"
    DUTY = "devoir", "Un crime ou un délit : je dois en informer la justice"
    MISTAKE = "erreur", "Ce n’est pas une observation : essai, envoi par erreur"


# « Ne gardez pas ceci ici » : passed on by its own channel before it is erased.
ELSEWHERE = (Reason.DANGER, Reason.DUTY)
# Not offered: an erasure applied again to a backup that was older than it.
AFTER_RESTORE = "restauration"


class Gone(Exception):
    """Somebody erased it, or its author withdrew it, meanwhile."""


class Stale(Exception):
    """A synthèse was saved or published since the papers were made: make them again."""


@dataclass(frozen=True)
class Paper:
    """A synthèse without the words erased. `content` and `pdf` are None for a draft."""

    summary_id: int
    introduction: str
    comments: Mapping[str, str]
    reason: str
    content: Mapping[str, Any] | None = None
    pdf: bytes | None = None


def moments() -> dict[int, datetime]:
    """When each synthèse was last saved: what `erase` compares."""
    return dict(Summary.objects.order_by("pk").values_list("pk", "updated_at"))


def erase(
    *,
    observation_id: uuid.UUID,
    reason: str,
    papers: Sequence[Paper],
    seen: Moments,
    by: User | None,
    without: Callable[[str], str],
    tombstone: str = Tombstone.Reason.ERASED,
    at: datetime | None = None,
) -> None:
    """Nothing of its texts remains; a tombstone answers a late phone. There is no way back.

    `papers`: every synthèse that holds its words, without them; `seen`: `moments()` from before they were made;
    `without`: a text without its words, for what residents were told.
    Raises Gone, Stale. The counts already published stay: the difference would single this one out.
    """
    with transaction.atomic():
        found = Observation.objects.select_for_update(of=("self",)).filter(pk=observation_id).first()
        if found is None:
            raise Gone
        locked = Summary.objects.select_for_update().order_by("pk").values_list("pk", "updated_at")
        if dict(locked) != dict(seen):
            raise Stale
        _check(found, papers)
        for paper in papers:
            _replace(paper)
        _forget_wording(found)
        _replace_told(found, without)
        _replace_diagnosed(found, without)
        _replace_brought(found, without)
        SummaryQuote.objects.filter(observation=found, summary__status=Summary.Status.DRAFT).delete()
        Tombstone.objects.create(pk=found.pk, reason=tombstone, deleted_at=at or timezone.now())
        record(JournalEntry.Verb.ERASED, by=by, subject=found, reason=str(reason))
        found.delete()
        ledger.note_after_commit(observation_id)
    if not transaction.get_connection().in_atomic_block:
        storage.empty_log()


def _forget_wording(found: Observation) -> None:
    """Earlier wordings of the needs that it was ever in may say its words; who changed them and when stays."""
    changes = NeedChange.objects.filter(
        need__links__observation=found, kind=NeedChange.Kind.EDITED
    ).distinct()
    for change in changes:
        for state in (change.before, change.after):
            for name in WORDED:
                state.pop(name, None)
        change.save(update_fields=["before", "after"])


def _replace_told(found: Observation, without: Callable[[str], str]) -> None:
    """In what residents were told of the needs that it was ever in, editions on line included."""
    told = GivingBack.objects.filter(need__links__observation=found).distinct()
    for row in [*told, *Edition.objects.filter(giving_back__in=told)]:
        before = {name: getattr(row, name) for name in SAID}
        after = {name: without(text) for name, text in before.items()}
        if after != before:
            type(row)._default_manager.filter(pk=row.pk).update(**after)


def _replace_diagnosed(found: Observation, without: Callable[[str], str]) -> None:
    """In the diagnoses of its neighbourhood and in those that quote it, published numbers included."""
    concerned = Diagnosis.objects.filter(
        Q(neighbourhood=found.neighbourhood_id) | Q(quotes__observation=found)
    )
    for row in Diagnosis.objects.select_for_update().filter(pk__in=concerned.values("pk")):
        for name in PROSE:
            setattr(row, name, without(getattr(row, name)))
        if row.content:
            row.content = _lighter(row.content, row.quotes.filter(observation=found), without)
        row.save()
        for need in row.needs.all():
            need.wording, need.exists = without(need.wording), without(need.exists)
            need.save(update_fields=["wording", "exists"])
    DiagnosisQuote.objects.filter(observation=found, diagnosis__published_at=None).delete()


def _replace_brought(found: Observation, without: Callable[[str], str]) -> None:
    """In the packs of the meetings that quote it, or bring a need that it was ever in."""
    for row in Meeting.objects.select_for_update().filter(
        pk__in=Meeting.objects.filter(
            Q(quotes__observation=found) | Q(needs__need__links__observation=found)
        ).values("pk")
    ):
        if row.pack:
            row.pack = _lighter(row.pack, row.quotes.filter(observation=found), without)
            row.save(update_fields=["pack"])
        for need in row.needs.all():
            need.wording = without(need.wording)
            need.save(update_fields=["wording"])
    MeetingQuote.objects.filter(observation=found, meeting__sent_at=None).delete()


def _lighter(content: Any, quotes: "models.QuerySet[Any]", without: Callable[[str], str]) -> Any:
    """A frozen content without the words: in its prose, and where it quotes them (by their place in it)."""
    lighter = _everywhere(content, without)
    for place in quotes.values_list("position", flat=True):
        lighter["quotes"][place] |= {"text": WITHDRAWN, "withdrawn": "oui"}
    return lighter


def _everywhere(value: Any, change: Callable[[str], str]) -> Any:
    """The same lists and dictionaries, each text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_everywhere(item, change) for item in value]
    return (
        {key: _everywhere(item, change) for key, item in value.items()} if isinstance(value, dict) else value
    )


def lay_tombstone(identifier: uuid.UUID, reason: str, at: datetime | None = None) -> None:
    """For an identifier without a row: a phone that still holds it is told that it is gone."""
    defaults = {"reason": reason, "deleted_at": at or timezone.now()}
    Tombstone.objects.get_or_create(pk=identifier, defaults=defaults)


def _check(found: Observation, papers: Sequence[Paper]) -> None:
    """No published version that quotes it is left out. Raises ValueError: the caller's mistake."""
    quoting = Summary.objects.published().filter(quotes__observation=found).values_list("pk", flat=True)
    if missing := set(quoting) - {paper.summary_id for paper in papers if paper.pdf}:
        raise ValueError(f"Published versions left out: {sorted(missing)}.")


def _replace(paper: Paper) -> None:
    summary = Summary.objects.get(pk=paper.summary_id)
    summary.introduction, summary.comments = paper.introduction, dict(paper.comments)
    summary.reason = paper.reason
    if summary.is_published and paper.content is not None:
        summary.content, summary.pdf = dict(paper.content), paper.pdf
    summary.save()
