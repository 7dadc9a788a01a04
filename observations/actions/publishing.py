"""The monthly synthèse: prepare a draft, publish it, correct it by a new version.

What readers see is composed elsewhere (restitution) and handed to `publish` with the PDF: setting a PDF
takes a second, too long to hold the database's lock. `publish` therefore checks again, under the lock, that
the draft is still the one that was composed and that its words may still be quoted, word for word.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from observations import passages
from observations.actions.journal import record
from observations.actions.passages import carry_over
from observations.models import JournalEntry, Observation, Summary, SummaryQuote, User
from observations.models.summary import REASON_MAX
from observations.permissions import can_write_summaries
from observations.typography import french, of_month, printable, quoted


class PublishingError(Exception):
    """Why a synthèse stays as it is: a French sentence for the CDSU, without any resident's words."""

    def __init__(self, sentence: str) -> None:
        super().__init__(french(sentence))


class MonthNotOver(PublishingError):
    """The running month still moves."""

    def __init__(self, month: date) -> None:
        super().__init__(
            f"Le mois {of_month(month)} n’est pas fini : ses nombres bougeront encore. "
            "Sa synthèse se publie dès le mois suivant."
        )


class Stale(PublishingError):
    """Somebody saved the draft since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Ce brouillon a été enregistré par quelqu’un d’autre depuis que vous l’avez ouvert. "
            "Rien n’a été remplacé."
        )


class Recognisable(PublishingError):
    """A passage that may let somebody be recognised was dealt with by nobody."""

    def __init__(self) -> None:
        super().__init__(
            "Un passage permet peut-être de reconnaître quelqu’un. Reformulez-le, ou confirmez qu’il ne désigne "
            "personne, puis publiez."
        )


def is_over(month: date) -> bool:
    """Whether no day of `month` (its first day) can bring anything new."""
    return month < timezone.localdate().replace(day=1)


def first_and_last_day(month: date) -> tuple[date, date]:
    """Of `month`, named by any of its days."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def unquotable(quotes: Iterable[SummaryQuote], month: date) -> list[SummaryQuote]:
    """Those of a draft's `quotes` that may not be published: agreement, review, text or month changed."""
    kept = list(quotes)
    ids = [quote.observation_id for quote in kept]
    quotable = set(
        Observation.objects.quotable().in_month(month).filter(pk__in=ids).values_list("pk", flat=True)
    )
    return [quote for quote in kept if quote.observation_id not in quotable]


def left_to_deal_with(draft: Summary) -> list[passages.Passage]:
    """The passages of a draft's texts and chosen words that keep it from being published."""
    quotes = draft.quotes.exclude(observation=None).select_related("observation")
    said = [quote.observation for quote in quotes.prefetch_related("observation__hit_reviews")]
    quoted_passages = [passage for row in said if row for passage in passages.of_observation(row)]
    return passages.to_deal_with([*passages.of_draft(draft), *quoted_passages])


@transaction.atomic
def create_draft(*, month: date, by: User) -> Summary:
    """The draft of `month` (its first day), the one that exists or a new one.

    Raises PublishingError for a month to come or already published.
    """
    _require_writer(by)
    if month > timezone.localdate():
        raise PublishingError("Ce mois n’a pas commencé : il n’y a rien à résumer.")
    versions = Summary.objects.select_for_update().filter(month=month).light()
    if draft := versions.filter(status=Summary.Status.DRAFT).first():
        return draft
    if versions.exists():
        raise PublishingError(
            f"La synthèse {of_month(month)} est déjà publiée : ouvrez-la pour en corriger une version."
        )
    return Summary.objects.create(month=month, created_by=by)


@transaction.atomic
def update_draft(
    *,
    summary: Summary,
    introduction: str,
    comments: Mapping[str, str],
    quotes: Sequence[uuid.UUID],
    by: User,
    seen: datetime | None = None,
) -> Summary:
    """Saves the draft's texts, comments by theme slug, and observations to quote, in reading order.

    `seen` is the `updated_at` that the writer read (default: the instance's). Raises Stale, and
    PublishingError for words that may not be quoted.
    """
    _require_writer(by)
    draft = _locked_draft(summary, seen or summary.updated_at)
    chosen = list(dict.fromkeys(quotes))
    _require_quotable(draft, chosen)
    draft.introduction = introduction.strip()
    draft.comments = {slug: text.strip() for slug, text in comments.items() if text.strip()}
    draft.save(update_fields=["introduction", "comments", "updated_at"])
    _set_quotes(draft, chosen)
    return draft


@transaction.atomic
def publish(
    *,
    summary: Summary,
    content: Mapping[str, Any],
    pdf: bytes,
    by: User,
    seen: datetime | None = None,
    at: datetime | None = None,
) -> Summary:
    """Freezes the draft: `content` and `pdf` are what readers will always see of this version.

    `seen` is the `updated_at` of the draft that was composed (default: the instance's), `at` the
    moment written down (default: now). Raises Stale, Recognisable, and PublishingError for a month that is
    not over or words that changed since they were composed.
    """
    _require_writer(by)
    draft = _locked_draft(summary, seen or summary.updated_at)
    if (content["month"], content["version"]) != (f"{draft.month:%Y-%m}", draft.version):
        raise ValueError("This content is of another synthèse.")
    if not is_over(draft.month):
        raise MonthNotOver(draft.month)
    if _words(draft) != [quote["text"] for quote in content["quotes"]]:
        raise PublishingError(
            "Une parole choisie vient de changer. Relisez l’aperçu, puis publiez à nouveau."
        )
    if left_to_deal_with(draft):
        raise Recognisable
    draft.status = Summary.Status.PUBLISHED
    draft.content = dict(content)
    draft.pdf = pdf
    draft.published_by, draft.published_at = by, at or timezone.now()
    draft.save()
    record(JournalEntry.Verb.PUBLISHED, by=by, subject=draft, at=draft.published_at)
    return draft


@transaction.atomic
def start_correction(*, summary: Summary, reason: str, by: User) -> Summary:
    """Opens the next version of a published synthèse, with its texts, comments and words.

    Raises PublishingError without a reason, for an older version, or while a draft is open.
    """
    _require_writer(by)
    reason = reason.strip()
    if not reason:
        raise PublishingError("Dites ce que vous corrigez : les partenaires le liront.")
    if len(reason) > REASON_MAX:
        raise PublishingError(f"Le motif est trop long : {REASON_MAX} caractères au plus.")
    latest = Summary.objects.select_for_update().filter(month=summary.month).light().first()
    if latest is None or latest.pk != summary.pk or not latest.is_published:
        raise PublishingError(
            f"Une autre version {of_month(summary.month)} existe déjà : c’est elle qu’il faut reprendre."
        )
    draft = Summary.objects.create(
        month=latest.month,
        version=latest.version + 1,
        reason=reason,
        introduction=latest.introduction,
        comments=latest.comments,
        created_by=by,
    )
    ids = latest.quotes.exclude(observation=None).values_list("observation_id", flat=True)
    _set_quotes(draft, [pk for pk in ids if pk])
    carry_over(before=latest, after=draft)
    record(JournalEntry.Verb.CORRECTED, by=by, subject=draft)
    return draft


@transaction.atomic
def delete_draft(*, summary: Summary, by: User) -> None:
    """Removes a draft; what is published stays. Raises PublishingError when it is not a draft any more."""
    _require_writer(by)
    _locked_draft(summary, None).delete()


def _require_writer(by: User) -> None:
    if not can_write_summaries(by):
        raise PermissionDenied


def _locked_draft(summary: Summary, seen: datetime | None) -> Summary:
    draft = Summary.objects.select_for_update().filter(pk=summary.pk).first()
    if draft is None:
        raise PublishingError("Ce brouillon a été supprimé par quelqu’un d’autre.")
    if draft.is_published:
        raise PublishingError(
            f"La synthèse {of_month(draft.month)} vient d’être publiée : elle ne change plus."
        )
    if seen is not None and draft.updated_at != seen:
        raise Stale
    return draft


def _require_quotable(draft: Summary, chosen: Sequence[uuid.UUID]) -> None:
    """New words must be quotable; words chosen earlier may stay, and block publication instead."""
    before = set(draft.quotes.values_list("observation_id", flat=True))
    new = set(chosen) - before
    quotable = Observation.objects.quotable().in_month(draft.month).filter(pk__in=new).count()
    if quotable != len(new):
        raise PublishingError(
            "Une des paroles que vous avez choisies ne peut plus être citée : elle n’est plus proposée. "
            "Vérifiez le choix, puis enregistrez à nouveau."
        )


def _set_quotes(draft: Summary, chosen: Sequence[uuid.UUID]) -> None:
    draft.quotes.all().delete()
    SummaryQuote.objects.bulk_create(
        SummaryQuote(summary=draft, observation_id=pk, position=i) for i, pk in enumerate(chosen, start=1)
    )


def _words(draft: Summary) -> list[str]:
    """The draft's quotable words as they would be printed, in order; empty for one that may not be."""
    quotes = list(draft.quotes.select_related("observation"))
    out = {quote.pk for quote in unquotable(quotes, draft.month)}
    return [
        quoted(printable(quote.observation.public_text)) if quote.observation and quote.pk not in out else ""
        for quote in quotes
    ]
