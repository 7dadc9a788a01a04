"""What leaves its hiding place on request: who wrote, and raw words. Always with a reason, always in the journal."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from observations.actions.journal import record
from observations.models import JournalEntry, Observation, User
from observations.models.journal import AuthorReason, ExportReason
from observations.permissions import can_ask_for_author, can_export_words, reviewable_observations


@transaction.atomic
def show_author(*, observation: Observation, reason: AuthorReason, by: User) -> Observation:
    """The observation with whoever wrote it (`author`, `noted_by`), once the asking is in the journal.

    The line names the observation, never whose it is. Raises PermissionDenied.
    """
    if not can_ask_for_author(by):
        raise PermissionDenied
    shown = reviewable_observations(by).select_related("author", "noted_by").get(pk=observation.pk)
    record(JournalEntry.Verb.AUTHOR_SHOWN, by=by, subject=shown, reason=reason)
    return shown


@transaction.atomic
def allow_export(*, reason: ExportReason, by: User) -> None:
    """Writes down that raw words are about to leave; only then may they. Raises PermissionDenied."""
    if not can_export_words(by):
        raise PermissionDenied
    record(JournalEntry.Verb.EXPORTED, by=by, reason=reason)
