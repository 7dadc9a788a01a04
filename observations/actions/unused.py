"""Accounts that nobody uses: warned, then closed, then made nameless. Called by the purge, and by each request."""

import logging
from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from observations.actions.journal import record
from observations.models import JournalEntry, Role, User
from observations.models.people import NAMELESS, this_month
from observations.privacy.retention import Account, Periods, account_step, months_before

logger = logging.getLogger(__name__)
Verb = JournalEntry.Verb
CLOSED_NAME = "Compte fermé"


def note_use(*, by: User) -> None:
    """Remembers the month of this use, once a month, and takes a warning back; never a day or an hour."""
    month = this_month()
    if by.last_used_month >= month and by.warned_on is None:
        return
    User.objects.filter(pk=by.pk).update(last_used_month=month, warned_on=None)
    by.last_used_month, by.warned_on = month, None


def due(step: Account, today: date, periods: Periods) -> list[int]:
    """Keys of the accounts that are due this step, nameless ones left out."""
    accounts = User.objects.exclude(email__endswith=f"@{NAMELESS}").order_by("pk")
    return [user.pk for user in accounts if _step(user, today, periods) == step]


def warn(accounts: Iterable[int], today: date, periods: Periods) -> int:
    """Claims each row, then writes to the person; a letter that cannot leave gives the row back."""
    told = 0
    for pk in accounts:
        if not User.objects.filter(pk=pk, warned_on=None, is_active=True).update(warned_on=today):
            continue
        if _sent(User.objects.get(pk=pk), periods):
            told += 1
        else:
            User.objects.filter(pk=pk, warned_on=today).update(warned_on=None)
    return told


def close(accounts: Iterable[int], today: date, periods: Periods) -> int:
    """Shuts the accounts; whoever was signed in is out at their next page. One administrator always stays."""
    return sum(_close(pk, today, periods) for pk in accounts)


def forget(accounts: Iterable[int], today: date, periods: Periods) -> int:
    """Replaces name and address. The key stays: rows and journal keep saying that they have one author."""
    return sum(_forget(pk, today, periods) for pk in accounts)


def _step(user: User, today: date, periods: Periods) -> Account:
    step = account_step(
        last_used=user.last_used_month,
        warned=user.warned_on,
        is_open=user.is_active,
        today=today,
        periods=periods,
    )
    if step == Account.CLOSE and user.role == Role.ADMIN and not _another_administrator(user, today, periods):
        return Account.KEEP
    return step


def _another_administrator(user: User, today: date, periods: Periods) -> bool:
    """Somebody who still comes must remain to open accounts again."""
    recent = months_before(today.replace(day=1), periods.account_closing_months)
    others = User.objects.filter(role=Role.ADMIN, is_active=True, last_used_month__gte=recent)
    return others.exclude(pk=user.pk).exists()


def _locked(pk: int, step: Account, today: date, periods: Periods) -> User | None:
    """The row, held, if this step is still due: its owner may have come back meanwhile."""
    user = User.objects.select_for_update().filter(pk=pk).first()
    return user if user and _step(user, today, periods) == step else None


@transaction.atomic
def _close(pk: int, today: date, periods: Periods) -> bool:
    user = _locked(pk, Account.CLOSE, today, periods)
    if user is None:
        return False
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(Verb.ACCOUNT_CLOSED, by=None, subject=user, reason="sans-usage")
    return True


@transaction.atomic
def _forget(pk: int, today: date, periods: Periods) -> bool:
    user = _locked(pk, Account.FORGET, today, periods)
    if user is None:
        return False
    user.email, user.name = f"compte-{user.pk}@{NAMELESS}", CLOSED_NAME
    user.last_login = None
    user.set_unusable_password()
    user.save(update_fields=["email", "name", "last_login", "password"])
    user.neighbourhoods.clear()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    # The administration's own log names the account as it was called.
    of_account = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    LogEntry.objects.filter(of_account).update(object_repr=CLOSED_NAME, change_message="")
    record(Verb.ACCOUNT_CHANGED, by=None, subject=user, reason="sans-nom")
    return True


def _sent(user: User, periods: Periods) -> bool:
    context = {"periods": periods}
    subject = render_to_string("account/email/unused_account_subject.txt", context).strip()
    message = render_to_string("account/email/unused_account_message.txt", context)
    try:
        send_mail(subject, message, None, [user.email])
    except OSError as error:  # the mail server's refusals are OSErrors too
        logger.error("warning to user %s not sent: %s", user.pk, type(error).__name__)
        return False
    return True
