"""Writes the demonstration's rows, dated in the past. Only `manage.py demo` calls this."""

from collections.abc import Sequence

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from observations.actions import journal
from observations.models import Change, JournalEntry, Observation, Role, Territory, User

# Accounts of this domain share a public password: the application refuses to serve them
# without DEMO=1 (nouveaux_accords/guard.py).
DOMAIN = "demo.test"
PASSWORD = "demo-nouveaux-accords"  # noqa: S105 - printed at the start, refused elsewhere


class NotADemonstration(Exception):
    """Asked for outside a demonstration; the message is French."""


def require_demonstration() -> None:
    """Raises NotADemonstration unless DEMO=1, or when the database holds a real territory's accounts."""
    if not settings.DEMO:
        raise NotADemonstration("La démonstration se charge avec DEMO=1, que « make demo » pose lui-même.")
    if User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
        raise NotADemonstration(
            "Cette base contient de vrais comptes : la démonstration ne s’y charge pas. "
            "Donnez-lui une base à elle, par DATABASE_URL."
        )


@transaction.atomic
def open_accounts(accounts: Sequence[tuple[str, str, Role]]) -> dict[str, User]:
    """The accounts (local part, name, role), opened where missing, by local part."""
    opened = {}
    for local, name, role in accounts:
        user, _ = User.objects.get_or_create(
            email=f"{local}@{DOMAIN}",
            defaults={"name": name, "role": role, "is_staff": role == Role.ADMIN},
        )
        # Set again only where it differs: a new hash would sign everybody out at each start.
        if not user.check_password(PASSWORD):
            user.set_password(PASSWORD)
        user.is_active = True
        user.save()
        # Its accounts are everybody's: a second factor that a visitor tried would shut the next one out.
        Authenticator.objects.filter(user=user).delete()
        opened[local] = user
    return opened


@transaction.atomic
def describe_territory(*, name: str, siren: str, banner: str, controller: str, dpo: str) -> None:
    """Names the territory."""
    Territory.objects.filter(id=1).update(
        name=name, siren=siren, banner=banner, controller=controller, dpo=dpo
    )


@transaction.atomic
def insert_observations(observations: Sequence[Observation], history: Sequence[Change]) -> None:
    """All rows, their histories, and the journal's line of each decision, or none."""
    Observation.objects.bulk_create(observations, batch_size=200)
    Change.objects.bulk_create(history, batch_size=200)
    journal.record_past(
        JournalEntry.Verb.DECIDED, ((change.at, change.by, change.observation) for change in history)
    )
