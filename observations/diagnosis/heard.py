"""What a neighbourhood's diagnosis may be made of: its needs, words that may be quoted, themes that stand. Reads only.

No count of it is ever published: over a year, beside the month's synthèses, it would give small months back
(docs/decisions/0018). A need or a theme stands, or is not spoken of.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from observations import recurrence
from observations.models import (
    Need,
    NeedLink,
    NeedState,
    Neighbourhood,
    Observation,
    Status,
    Territory,
    Theme,
    User,
)
from observations.models.observation import ObservationQuerySet
from observations.outside import is_sound
from observations.permissions import readable_needs

MONTHS = 12


@dataclass
class NeedHeard:
    """A need as it was heard here: `n` observations on `days` days; `sound`: it may be spoken of outside."""

    need: Need
    n: int
    days: int
    months: int
    sound: bool

    @property
    def often(self) -> bool:
        """It comes back, by the rule of « ce qui revient »."""
        return self.months >= recurrence.RECURRING_MONTHS


class Heard:
    """The last twelve months of a neighbourhood, up to `today`."""

    def __init__(self, neighbourhood: Neighbourhood, today: date) -> None:
        self.neighbourhood = neighbourhood
        index = recurrence.month_index(today)
        self.first = recurrence.first_day(index - MONTHS + 1)
        self.last = today
        self.lately = recurrence.first_day(index - recurrence.LATELY + 1)
        self.threshold = Territory.current().threshold

    @property
    def observations(self) -> ObservationQuerySet:
        """All that was heard here, whatever became of it."""
        here = Observation.objects.filter(neighbourhood=self.neighbourhood)
        return here.filter(observed_on__gte=self.first, observed_on__lte=self.last)

    def _sound(self, days: Iterable[date]) -> bool:
        return is_sound(days, self.threshold)

    def needs(self, user: User) -> list[NeedHeard]:
        """Those that this person reads and that were heard here, the priority ones first."""
        rows = readable_needs(user).standing().exclude(state=NeedState.DROPPED)
        rows = rows.filter(neighbourhoods=self.neighbourhood).select_related("theme__parent", "giving_back")
        links = NeedLink.objects.filter(unlinked_at=None, observation__in=self.observations.values("pk"))
        links = links.exclude(observation__status=Status.SET_ASIDE)
        days: dict[int, list[date]] = {}
        for need_id, day in links.values_list("need", "observation__observed_on"):
            days.setdefault(need_id, []).append(day)
        return [self._need(need, days.get(need.pk, [])) for need in rows.in_reading_order()]

    def _need(self, need: Need, days: list[date]) -> NeedHeard:
        months = {recurrence.month_index(day) for day in days if day >= self.lately}
        return NeedHeard(need, len(days), len(set(days)), len(months), self._sound(days))

    @cached_property
    def themes(self) -> list[tuple[Theme, bool]]:
        """Each theme, and whether enough was kept of it here to be spoken of."""
        days: dict[int, list[date]] = {}
        rows = self.observations.accepted().values_list("theme", "theme__parent", "observed_on")
        for theme, parent, day in rows:
            days.setdefault(parent or theme, []).append(day)
        offered = Theme.objects.roots().filter(active=True).order_by("rank")
        return [(theme, self._sound(days.get(theme.pk, []))) for theme in offered]

    def quotable(self) -> ObservationQuerySet:
        """Words read again, agreed to, on themes that stand here; newest first."""
        sound = [theme.pk for theme, stands in self.themes if stands]
        rows = self.observations.quotable().for_reading()
        about = rows.filter(theme__in=sound) | rows.filter(theme__parent__in=sound)
        return about.order_by("-observed_on", "pk")

    def chosen(self, keys: Iterable[uuid.UUID]) -> list[Observation]:
        """Of these, those that may be quoted, in the order given."""
        return self.quotable().in_order(keys)
