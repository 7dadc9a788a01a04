"""Gives and takes back the keys that open published synthèses without an account."""

from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.db.models import Q
from django.utils import timezone

from observations.actions.journal import record
from observations.models import ApiToken, JournalEntry, ShareLink, Summary, User
from observations.models.sharing import OPENED_GRAIN, Key, hashed, new_token
from observations.permissions import can_share

OneKey = TypeVar("OneKey", ShareLink, ApiToken)


@transaction.atomic
def share(*, summary: Summary, label: str, days: int, by: User) -> tuple[ShareLink, str]:
    """A link to a published synthèse for `days` days, and its token, which nothing keeps.

    Raises PermissionDenied, and ValueError for a draft.
    """
    _require_sharer(by)
    if not summary.is_published:
        raise ValueError("Only what is published is shared.")
    link, token = _made(ShareLink(summary=summary), label, days, by)
    record(JournalEntry.Verb.LINK_SHARED, by=by, subject=link)
    return link, token


@transaction.atomic
def issue_token(*, label: str, days: int, by: User) -> tuple[ApiToken, str]:
    """A token for a partner's system, valid `days` days; what to send as « Bearer », which nothing keeps."""
    _require_sharer(by)
    key, token = _made(ApiToken(), label, days, by)
    record(JournalEntry.Verb.TOKEN_ISSUED, by=by, subject=key)
    return key, token


@transaction.atomic
def revoke(*, key: Key, by: User) -> bool:
    """From now on `key` opens nothing. False when it had been revoked already."""
    _require_sharer(by)
    now = timezone.now()
    if not type(key)._default_manager.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        return False
    verb = JournalEntry.Verb.LINK_REVOKED if isinstance(key, ShareLink) else JournalEntry.Verb.TOKEN_REVOKED
    record(verb, by=by, subject=key)
    return True


def note_opened(*, key: Key) -> None:
    """Remembers that a key served, once an hour at most.

    A reader is never refused because this could not be written.
    """
    now = timezone.now()
    stale = Q(opened_at=None) | Q(opened_at__lt=now - OPENED_GRAIN)
    if key.opened_at and key.opened_at >= now - OPENED_GRAIN:
        return
    try:
        with transaction.atomic():
            type(key)._default_manager.filter(stale, pk=key.pk).update(opened_at=now)
    except Error:
        return


def _made(key: OneKey, label: str, days: int, by: User) -> tuple[OneKey, str]:
    token = new_token()
    key.label, key.token_hash, key.created_by = label.strip(), hashed(token), by
    key.expires_at = key.created_at + timedelta(days=days)
    key.save(force_insert=True)
    return key, token


def _require_sharer(by: User) -> None:
    if not can_share(by):
        raise PermissionDenied
