"""Invites people by a link that serves once, and takes them in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from observations.actions import accounts
from observations.actions.journal import record
from observations.models import Invitation, JournalEntry, Neighbourhood, User
from observations.models.sharing import hashed, new_token

LIFETIME: Final = timedelta(days=7)


class NoLonger(Exception):
    """The link opens nothing: unknown, taken up, withdrawn or too old. Nobody is told which."""


@transaction.atomic
def invite(
    *, role: str, neighbourhoods: Iterable[Neighbourhood], email: str, by: User
) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is shown now or never. `email` empty: anybody with the link."""
    token = new_token()
    invitation = Invitation(role=role, email=email.strip().lower(), invited_by=by, token_hash=hashed(token))
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.full_clean(exclude=["account", "accepted_at", "revoked_at"])
    invitation.save()
    invitation.neighbourhoods.set(neighbourhoods)
    record(JournalEntry.Verb.INVITED, by=by, subject=invitation)
    return invitation, token


@transaction.atomic
def renew(*, invitation: Invitation, by: User) -> str:
    """Another link for as many days again; the one before opens nothing any more.

    Raises `NoLonger` when it was taken up or withdrawn meanwhile.
    """
    token = new_token()
    changed = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not changed.update(token_hash=hashed(token), expires_at=timezone.now() + LIFETIME, invited_by=by):
        raise NoLonger
    invitation.refresh_from_db()
    record(JournalEntry.Verb.INVITED, by=by, subject=invitation)
    return token


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Its link opens nothing from now on. Raises `NoLonger` when it was taken up meanwhile."""
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.update(revoked_at=timezone.now(), email=""):
        raise NoLonger
    record(JournalEntry.Verb.INVITATION_REVOKED, by=by, subject=invitation)


@transaction.atomic
def accept(*, token: str, email: str, name: str) -> User:
    """Opens the account that a link offers, once, to whoever proved to read `email`.

    Raises `NoLonger`, or `ValidationError` when that address has an account: the link then stays good.
    """
    # One at a time: on PostgreSQL by the row's lock, on SQLite because writers queue.
    invitation = (
        Invitation.objects.open().select_for_update(of=["self"]).filter(token_hash=hashed(token)).first()
    )
    if invitation is None or invitation.email not in {"", email}:
        raise NoLonger
    account = accounts.create_account(
        email=email,
        name=name,
        role=invitation.role,
        neighbourhoods=invitation.neighbourhoods.all(),
        by=invitation.invited_by,
    )
    invitation.accepted_at = timezone.now()
    invitation.account = account
    invitation.email = ""
    invitation.save()
    record(JournalEntry.Verb.JOINED, by=account, subject=invitation)
    return account
