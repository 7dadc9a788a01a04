"""Opens and changes accounts. Nobody opens one alone; passwords are for the demonstration only."""

import logging
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from observations.actions import devices
from observations.actions.journal import record
from observations.models import JournalEntry, Neighbourhood, Role, User

logger = logging.getLogger(__name__)


@transaction.atomic
def create_account(
    *,
    email: str,
    role: str,
    by: User,
    name: str = "",
    neighbourhoods: Iterable[Neighbourhood] = (),
    is_active: bool = True,
) -> User:
    """An account that signs in by a code sent to `email`. No neighbourhood: the whole territory.

    Raises `ValidationError` when another account has this address, whatever its capitals.
    """
    account = User()
    account.set_unusable_password()
    return _written(account, email, name, role, neighbourhoods, is_active, by)


@transaction.atomic
def update_account(
    *,
    account: User,
    email: str,
    name: str,
    role: str,
    neighbourhoods: Iterable[Neighbourhood],
    is_active: bool,
    by: User,
) -> User:
    """Changes who somebody is here; a closed account is signed out at its next page.

    Raises `ValidationError` as `create_account` does, and when administrators shut themselves out.
    """
    check_keeps_access(account=account, role=role, is_active=is_active, by=by)
    closed = not is_active and User.objects.filter(pk=account.pk, is_active=True).exists()
    record(
        JournalEntry.Verb.ACCOUNT_CLOSED if closed else JournalEntry.Verb.ACCOUNT_CHANGED,
        by=by,
        subject=account,
    )
    # An address that was left must not open the account any more.
    EmailAddress.objects.filter(user=account).exclude(email__iexact=email).delete()
    return _written(account, email, name, role, neighbourhoods, is_active, by)


@transaction.atomic
def close_account(*, account: User, by: User) -> None:
    """Nobody enters by it any more, nor goes on where they were. Raises `ValidationError` for one's own."""
    check_keeps_access(account=account, role=account.role, is_active=False, by=by)
    _set_open(account, False)
    devices.sign_out_everywhere(account=account)
    record(JournalEntry.Verb.ACCOUNT_CLOSED, by=by, subject=account)


@transaction.atomic
def reopen_account(*, account: User, by: User) -> None:
    _set_open(account, True)
    record(JournalEntry.Verb.ACCOUNT_CHANGED, by=by, subject=account)


@transaction.atomic
def reset_factor(*, account: User, by: User) -> None:
    """Removes keys, application and recovery codes of somebody who lost them; they set up others at the next sign-in.

    Raises `ValidationError` for one's own: a stolen session would be enough.
    """
    if account.pk == by.pk:
        raise ValidationError("C’est votre propre compte : demandez à quelqu’un d’autre.", code="own")
    Authenticator.objects.filter(user=account).delete()
    devices.sign_out_everywhere(account=account)
    record(JournalEntry.Verb.FACTOR_RESET, by=by, subject=account)


def _set_open(account: User, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])


def check_keeps_access(*, account: User, role: str, is_active: bool, by: User) -> None:
    """Nobody takes their own access away: somebody must remain to give it back."""
    if account.pk == by.pk and (role != by.role or not is_active):
        raise ValidationError(
            "C’est votre propre compte : demandez à une autre personne de l’administration de le changer.",
            code="own",
        )


def _written(
    account: User,
    email: str,
    name: str,
    role: str,
    neighbourhoods: Iterable[Neighbourhood],
    is_active: bool,
    by: User,
) -> User:
    account.email = email.strip().lower()
    account.name = name.strip()
    account.role = role
    account.is_staff = role == Role.ADMIN
    account.is_active = is_active
    account.full_clean(exclude=["password"])
    account.save()
    account.neighbourhoods.set(neighbourhoods)
    logger.info("account %s written by user %s", account.pk, by.pk)
    return account
