"""Changes the territory's own row, and which of its neighbourhoods are in use."""

import logging

from django.db import transaction

from observations.actions.journal import record
from observations.models import JournalEntry, Neighbourhood, Territory, User
from observations.privacy.retention import PERIODS

logger = logging.getLogger(__name__)

# What the journal answers for: how small a published count may be, and how long things are kept.
RULES = ["threshold", *PERIODS]


@transaction.atomic
def update_territory(
    *,
    territory: Territory,
    name: str,
    siren: str,
    threshold: int,
    banner: str,
    by: User,
    controller: str = "",
    dpo: str = "",
    **periods: int,
) -> Territory:
    """`periods`: those of privacy/retention.py to change, by name; the others stay.

    Raises `ValidationError` for a threshold under the minimum, a period outside its bounds, among others.
    """
    if unknown := periods.keys() - PERIODS.keys():
        raise TypeError(f"No such period: {', '.join(sorted(unknown))}.")
    before = Territory.objects.select_for_update().get(pk=territory.pk)
    territory.name, territory.siren = name.strip(), siren.strip()
    territory.threshold, territory.banner = threshold, banner.strip()
    territory.controller, territory.dpo = controller.strip(), dpo.strip()
    for period, value in periods.items():
        setattr(territory, period, value)
    territory.full_clean()
    territory.save()
    for rule in RULES:
        if getattr(territory, rule) != getattr(before, rule):
            record(JournalEntry.Verb.RULES_CHANGED, by=by, subject=territory, reason=rule)
    logger.info("territory updated by user %s", by.pk)
    return territory


@transaction.atomic
def set_neighbourhood_active(*, neighbourhood: Neighbourhood, active: bool, by: User) -> Neighbourhood:
    """A neighbourhood out of use is no longer offered nor drawn; its observations stay where they are."""
    neighbourhood.active = active
    neighbourhood.save(update_fields=["active", "updated_at"])
    logger.info("neighbourhood %s active=%s by user %s", neighbourhood.pk, active, by.pk)
    return neighbourhood
