"""How long things are kept: periods in, what is due out.

Pure: no ORM, no clock. `privacy.md`, "Life of the data". A territory chooses each period within its bounds; the
bounds are held by the form and by the database, and a shorter period is always allowed down to the minimum.
"""

from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

Unit = Literal["mois", "jours"]

WITHDRAWN: Final = "parole retirée"
"""What stands for words that were erased after they were published."""
NOTICE_DAYS: Final = 28
"""No account is closed sooner after its warning, however late the warning left."""


@dataclass(frozen=True)
class Bounds:
    """What a territory may choose for one period."""

    default: int
    minimum: int
    maximum: int
    unit: Unit


PERIODS: Final[dict[str, Bounds]] = {
    "texts_months": Bounds(12, 3, 24, "mois"),
    "flagged_days": Bounds(30, 7, 30, "jours"),
    "flagged_grace_days": Bounds(7, 1, 30, "jours"),
    "account_warning_months": Bounds(11, 2, 23, "mois"),
    "account_closing_months": Bounds(12, 3, 24, "mois"),
    "account_forgetting_months": Bounds(24, 6, 36, "mois"),
    "corrections_months": Bounds(6, 1, 12, "mois"),
    "ended_keys_days": Bounds(90, 7, 365, "jours"),
}


@dataclass(frozen=True)
class Periods:
    """The periods of one territory. Raises ValueError outside the bounds, or when a step comes before its turn."""

    texts_months: int = PERIODS["texts_months"].default
    flagged_days: int = PERIODS["flagged_days"].default
    flagged_grace_days: int = PERIODS["flagged_grace_days"].default
    account_warning_months: int = PERIODS["account_warning_months"].default
    account_closing_months: int = PERIODS["account_closing_months"].default
    account_forgetting_months: int = PERIODS["account_forgetting_months"].default
    corrections_months: int = PERIODS["corrections_months"].default
    ended_keys_days: int = PERIODS["ended_keys_days"].default

    def __post_init__(self) -> None:
        for field in fields(self):
            bounds, value = PERIODS[field.name], getattr(self, field.name)
            if not bounds.minimum <= value <= bounds.maximum:
                raise ValueError(f"{field.name}: {bounds.minimum} to {bounds.maximum} {bounds.unit}.")
        if not self.account_warning_months < self.account_closing_months < self.account_forgetting_months:
            raise ValueError("An account is warned, then closed, then made nameless.")


class Flagged(StrEnum):
    """What an unreviewed text that may make somebody recognisable is due."""

    WAIT = "attendre"
    REMIND = "rappeler"
    REDACT = "masquer"


class Account(StrEnum):
    """What an account that nobody uses is due."""

    KEEP = "garder"
    WARN = "prevenir"
    CLOSE = "fermer"
    FORGET = "oublier"


def months_before(day: date, months: int) -> date:
    """Same day so many months earlier, the last of its month where there is none (31 March → 28 February)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def texts_end(today: date, periods: Periods) -> date:
    """Texts received on this day or before are emptied."""
    return months_before(today, periods.texts_months)


def flagged_end(today: date, periods: Periods) -> date:
    """Unreviewed texts received on this day or before are due a reminder if a passage is found in them."""
    return today - timedelta(days=periods.flagged_days)


def corrections_end(today: date, periods: Periods) -> date:
    """Drafts of a correction last saved on this day or before are removed."""
    return months_before(today, periods.corrections_months)


def ended_keys_end(today: date, periods: Periods) -> date:
    """Links, tokens and invitations that ended on this day or before are removed, with the name they were given."""
    return today - timedelta(days=periods.ended_keys_days)


def flagged_step(received: date, reminded: date | None, today: date, periods: Periods) -> Flagged:
    """Of an unreviewed text with a passage: nobody's text is redacted before its reviewers were told."""
    if received > flagged_end(today, periods):
        return Flagged.WAIT
    if reminded is None:
        return Flagged.REMIND
    return Flagged.REDACT if (today - reminded).days >= periods.flagged_grace_days else Flagged.WAIT


def unused_months(last_used: date, today: date) -> int:
    """Whole months certainly gone by since the last use, of which only the month is known (0 at least)."""
    return max((today.year - last_used.year) * 12 + today.month - last_used.month - 1, 0)


def account_step(
    *, last_used: date, warned: date | None, is_open: bool, today: date, periods: Periods
) -> Account:
    """Of an account last used in the month `last_used`; a closed one, whoever closed it, is only to be forgotten."""
    unused = unused_months(last_used, today)
    if not is_open:
        return Account.FORGET if unused >= periods.account_forgetting_months else Account.KEEP
    if warned is None:
        return Account.WARN if unused >= periods.account_warning_months else Account.KEEP
    told_in_time = (today - warned).days >= NOTICE_DAYS
    return Account.CLOSE if told_in_time and unused >= periods.account_closing_months else Account.KEEP
