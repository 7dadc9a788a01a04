"""A reviewer says that a passage points to nobody, or takes it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from observations import passages
from observations.actions.journal import record
from observations.models import HitReview, JournalEntry, Observation, Summary, User
from observations.permissions import can_write_summaries, reviewable_observations


class NotThere(Exception):
    """The passage changed meanwhile, or somebody dealt with it already."""


@transaction.atomic
def confirm_in_observation(*, observation: Observation, fingerprint: str, by: User) -> HitReview:
    """Of the text for partners as it is saved now. Raises NotThere."""
    held = reviewable_observations(by).select_for_update(of=("self",)).filter(pk=observation.pk).first()
    if held is None:
        raise NotThere
    return _confirm(passages.of_observation(held), fingerprint, by=by, observation=held)


@transaction.atomic
def confirm_in_draft(*, summary: Summary, field: str, fingerprint: str, by: User) -> HitReview:
    """Of a draft's introduction, comment or reason as it is saved now. Raises NotThere."""
    held = _draft(summary.pk, by)
    found = [passage for passage in passages.of_draft(held) if passage.field == field]
    return _confirm(found, fingerprint, by=by, summary=held)


@transaction.atomic
def take_back(*, review: HitReview, by: User) -> None:
    """The passage is to be dealt with again. Raises NotThere when it was taken back, or published, already."""
    if review.summary_id is not None:
        _draft(review.summary_id, by)
    elif not reviewable_observations(by).filter(hit_reviews=review).exists():
        raise NotThere
    changed = HitReview.objects.filter(pk=review.pk, undone_at=None).update(undone_at=timezone.now())
    if not changed:
        raise NotThere
    record(JournalEntry.Verb.UNDONE, by=by, subject=review.observation or review.summary)


def carry_over(*, before: Summary, after: Summary) -> None:
    """A new version begins with the same texts: what was said of their passages still holds."""
    HitReview.objects.bulk_create(
        HitReview(
            summary=after,
            field=old.field,
            kind=old.kind,
            fingerprint=old.fingerprint,
            by_id=old.by_id,
            at=old.at,
        )
        for old in before.hit_reviews.filter(undone_at=None)
    )


def _confirm(found: list[passages.Passage], fingerprint: str, *, by: User, **of: Any) -> HitReview:
    for passage in passages.to_deal_with(found):
        if passage.fingerprint == fingerprint:
            record(JournalEntry.Verb.HIT_CLEARED, by=by, subject=of.get("observation") or of.get("summary"))
            return HitReview.objects.create(
                field=passage.field, kind=passage.kind, fingerprint=fingerprint, by=by, **of
            )
    raise NotThere


def _draft(pk: int, by: User) -> Summary:
    if not can_write_summaries(by):
        raise PermissionDenied
    draft = Summary.objects.select_for_update().filter(pk=pk).light().first()
    if draft is None or draft.is_published:
        raise NotThere
    return draft
