"""Where one observation stands among those that a reviewer filters, without listing them.

The order is that of `ObservationQuerySet.in_reading_order`; a test holds the two together.
"""

from typing import Any, NamedTuple

from django.db.models import Q

from observations.models import Observation
from observations.models.observation import ObservationQuerySet

# Columns of the reading order, and whether the values grow along it.
READING_ORDER = [("theme__rank", True), ("observed_on", False), ("received_at", False), ("pk", True)]


class Neighbours(NamedTuple):
    """`position` counts from 1; where the filter leaves the observation out, the place it would take."""

    previous: Observation | None
    next: Observation | None
    position: int


def around(observations: ObservationQuerySet, observation: Observation) -> Neighbours:
    """The observations just before and after this one in the reading order, and its position."""
    earlier = observations.filter(_beyond(observation, forward=False))
    return Neighbours(
        previous=earlier.in_reading_order().reverse().first(),
        next=following(observations, observation),
        position=earlier.count() + 1,
    )


def following(observations: ObservationQuerySet, observation: Observation) -> Observation | None:
    """The first observation after this one, whether or not this one is in the set."""
    return observations.filter(_beyond(observation, forward=True)).in_reading_order().first()


def _beyond(observation: Observation, *, forward: bool) -> Q:
    """Rows strictly after (`forward`) or before this one: compared column by column, ties go on to the next."""
    beyond, tied = Q(), Q()
    for column, grows in READING_ORDER:
        value = _value(observation, column)
        beyond |= tied & Q(**{f"{column}__{'gt' if grows == forward else 'lt'}": value})
        tied &= Q(**{column: value})
    return beyond


def _value(observation: Observation, column: str) -> Any:
    return observation.theme.rank if column == "theme__rank" else getattr(observation, column)
