"""How a need was last said for people outside, and whether enough was heard of it to be spoken of there. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from observations.models import DiagnosisNeed, GivingBack, MeetingNeed, Need, NeedLink, Status, Territory
from observations.privacy.suppress import MINIMUM_DAYS


@dataclass(frozen=True)
class Spoken:
    """`n` observations on `days` days; `sound`: enough; `wording`: as it was last said outside, else its title."""

    need: Need
    n: int
    days: int
    sound: bool
    wording: str


def is_sound(days: Iterable[date], threshold: int) -> bool:
    """The rule of « Publication » (privacy): at least `threshold` observations, over at least two days."""
    listed = list(days)
    return len(listed) >= threshold and len(set(listed)) >= MINIMUM_DAYS


def spoken(needs: Iterable[Need]) -> list[Spoken]:
    """Each need with how it stands for people outside; five queries, whatever their number."""
    rows = list(needs)
    keys = [need.pk for need in rows]
    links = NeedLink.objects.filter(need__in=keys, unlinked_at=None)
    links = links.exclude(observation__status=Status.SET_ASIDE)
    days: dict[int, list[date]] = {}
    for key, day in links.values_list("need", "observation__observed_on"):
        days.setdefault(key, []).append(day)
    said = dict(GivingBack.objects.open().filter(need__in=keys).values_list("need", "headline"))
    published = DiagnosisNeed.objects.filter(need__in=keys, diagnosis__published_at__isnull=False)
    said |= dict(published.order_by("diagnosis__published_at").values_list("need", "wording"))
    brought = MeetingNeed.objects.filter(need__in=keys, meeting__sent_at__isnull=False)
    said |= dict(brought.order_by("meeting__sent_at").values_list("need", "wording"))
    threshold = Territory.current().threshold
    return [_spoken(need, days.get(need.pk, []), said.get(need.pk, need.title), threshold) for need in rows]


def _spoken(need: Need, days: list[date], wording: str, threshold: int) -> Spoken:
    return Spoken(need, len(days), len(set(days)), is_sound(days, threshold), wording)
