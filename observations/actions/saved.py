"""Keeps and forgets a reviewer's own filters."""

from django.db import transaction

from observations.models import SavedFilter, User
from observations.models.saved import SAVED_MAX


class TooMany(Exception):
    """As many filters are kept as a page can list."""


@transaction.atomic
def keep(*, by: User, name: str, query: str) -> SavedFilter:
    """Under this name; one that stood under it is replaced. Raises TooMany."""
    others = SavedFilter.objects.filter(user=by).exclude(name=name)
    if others.count() >= SAVED_MAX:
        raise TooMany
    saved, _ = SavedFilter.objects.update_or_create(user=by, name=name, defaults={"query": query})
    return saved


def forget(*, by: User, pk: int) -> bool:
    """False where `by` keeps no such filter."""
    return bool(SavedFilter.objects.filter(user=by, pk=pk).delete()[0])
