"""Says that two observations are not one scene written twice, and takes that back."""

from observations.models import Observation, SeparateScenes, User


def tell_apart(*, one: Observation, other: Observation, by: User) -> None:
    """Said once, whoever says it again. The two must differ."""
    first, second = sorted((one, other), key=lambda observation: observation.pk)
    SeparateScenes.objects.get_or_create(first=first, second=second, defaults={"said_by": by})


def take_back(*, one: Observation, other: Observation) -> None:
    """They may be the same scene again."""
    first, second = sorted((one, other), key=lambda observation: observation.pk)
    SeparateScenes.objects.filter(first=first, second=second).delete()
