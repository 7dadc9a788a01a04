"""Remembers where somebody is signed in, and signs out from there."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from observations.models import Device, User


@transaction.atomic
def remember(*, session: SessionBase, label: str, shared: bool, by: User) -> None:
    """One row a session; it goes with it. On a shared phone the session ends with the browser."""
    if shared:
        session.set_expiry(0)
    session.save()
    Device.objects.update_or_create(
        session_id=session.session_key, defaults={"user": by, "label": label, "shared": shared}
    )


def sign_out(*, device: Device, by: User) -> None:
    """Ends that session: its next page asks to sign in. What a phone holds unsent stays on it."""
    _end(Session.objects.filter(device=device, device__user=by))


def sign_out_elsewhere(*, here: str | None, by: User) -> None:
    """Ends all of this person's sessions but the one whose key is `here`."""
    _end(Session.objects.filter(device__user=by).exclude(session_key=here))


def sign_out_everywhere(*, account: User) -> None:
    """Called where an account is closed, or its owner lost a phone."""
    _end(Session.objects.filter(device__user=account))


def _end(sessions: "QuerySet[Session]") -> None:
    sessions.delete()
