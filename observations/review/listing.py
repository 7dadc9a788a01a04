"""The list of a selection: pages of bounded size, cut across groups by theme."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from observations.models import Observation, Status, Theme
from observations.models.observation import ObservationQuerySet
from observations.typography import number

PAGE = 50


@dataclass
class Section:
    """The observations of one theme or sub-theme that stand on this page."""

    theme: Theme
    rows: list[Observation] = field(default_factory=list)


@dataclass
class Group:
    """A main theme: how many in the whole selection, the page where it begins, what this page shows of it."""

    theme: Theme
    count: int = 0
    begins_on: int = 1
    sections: dict[int, Section] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    total: int
    to_read: int
    oldest: datetime | None
    groups: list[Group]
    page: int
    pages: int

    @property
    def sentence(self) -> str:
        """« 39 observations, dont 14 à relire ; la plus ancienne attend depuis 6 jours. »"""
        return _sentence(self.total, self.to_read, self.oldest, timezone.localdate())


def page_of(position: int) -> int:
    """Page that holds the observation at `position`, which counts from 1."""
    return (position - 1) // PAGE + 1


def listing(observations: ObservationQuerySet, themes: list[Theme], page: int) -> Listing:
    """One page of the selection in three queries, whatever its size; `page` is brought back into range.

    `themes`: all of the territory's, with their parents.
    """
    counts = {row["theme_id"]: row for row in _counts(observations)}
    total = sum(row["count"] for row in counts.values())
    pages = max(1, page_of(total))
    page = min(max(page, 1), pages)
    groups = _groups(themes, counts)
    here, before = _themes_of_page(themes, counts, page)
    first = (page - 1) * PAGE - before
    rows = observations.filter(theme__in=here).for_reading().in_reading_order()
    for row in rows.prefetch_related("hit_reviews")[first : first + PAGE]:
        sections = groups[row.theme.root.pk].sections
        sections.setdefault(row.theme_id, Section(row.theme)).rows.append(row)
    return Listing(
        total=total,
        to_read=sum(row["to_read"] for row in counts.values()),
        oldest=min((row["oldest"] for row in counts.values() if row["oldest"]), default=None),
        groups=list(groups.values()),
        page=page,
        pages=pages,
    )


def _counts(observations: ObservationQuerySet) -> Any:
    unread = Q(status=Status.TO_READ)
    return (
        observations.order_by()
        .values("theme_id")
        .annotate(
            count=Count("pk"),
            to_read=Count("pk", filter=unread),
            oldest=Min("received_at", filter=unread),
        )
    )


def _themes_of_page(
    themes: list[Theme], counts: dict[int, dict[str, Any]], page: int
) -> tuple[list[int], int]:
    """Keys of the themes that a page cuts through, and how many observations stand before them.

    The counts tell it: the database sorts what these few themes hold, not the whole selection.
    """
    first, last = (page - 1) * PAGE, page * PAGE
    here: list[int] = []
    skipped = position = 0
    known = (theme for theme in sorted(themes, key=lambda theme: theme.rank) if theme.pk in counts)
    for _, same_rank in groupby(known, key=lambda theme: theme.rank):
        keys = [theme.pk for theme in same_rank]
        after = position + sum(counts[key]["count"] for key in keys)
        if after <= first:
            skipped = after
        elif position < last:
            here += keys
        position = after
    return here, skipped


def _groups(themes: list[Theme], counts: dict[int, dict[str, Any]]) -> dict[int, Group]:
    """The main themes that hold something, in the territory's order, by primary key."""
    groups: dict[int, Group] = {}
    before = 0
    for theme in sorted(themes, key=lambda theme: theme.rank):
        if theme.pk in counts:
            group = groups.setdefault(theme.root.pk, Group(theme.root, begins_on=page_of(before + 1)))
            group.count += counts[theme.pk]["count"]
            before += counts[theme.pk]["count"]
    return groups


def _sentence(total: int, to_read: int, oldest: datetime | None, today: date) -> str:
    if not total:
        return "Aucune observation."
    heard = f"{number(total)} observation{'s' if total > 1 else ''}"
    if not to_read or oldest is None:
        return f"{heard}, {'toutes relues' if total > 1 else 'relue'}."
    return f"{heard}, dont {number(to_read)} à relire ; {_waiting(to_read, oldest, today)}."


def _waiting(to_read: int, oldest: datetime, today: date) -> str:
    subject = "la plus ancienne" if to_read > 1 else "elle"
    days = (today - timezone.localdate(oldest)).days
    if days < 1:
        return f"{subject} est arrivée aujourd’hui"
    return f"{subject} attend depuis {'hier' if days == 1 else f'{days} jours'}"
