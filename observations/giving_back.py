"""What stands between a draft for residents and its publication. Reads only."""

from typing import Final

from observations import outgoing
from observations.models import GivingBack, NeedLink, Observation, Territory
from observations.models.giving_back import ANSWERS, PARTS, SAID
from observations.outgoing import Problem
from observations.outside import spoken
from observations.privacy.suppress import MINIMUM_DAYS

WHERE: Final = {name: f"« {title} »" for name, title in PARTS.items()} | {
    "headline": "la première ligne",
    "where": "« Où en parler »",
}


def problems(giving_back: GivingBack) -> list[Problem]:
    """What is to be settled before publication: something to answer, enough people heard, nobody to recognise."""
    found = []
    if not any(getattr(giving_back, name) for name in ANSWERS):
        found.append(Problem("Dites au moins ce qui est fait, ce qui va se faire, ou ce qui ne se fera pas."))
    standing = NeedLink.objects.filter(need=giving_back.need_id, unlinked_at=None)
    rows = Observation.objects.filter(pk__in=standing.values("observation"))
    texts = {WHERE[name]: getattr(giving_back, name) for name in SAID}
    return [*found, *_too_few(giving_back), *outgoing.problems(texts, rows)]


def _too_few(giving_back: GivingBack) -> list[Problem]:
    """The rule of « Publication » (privacy): of one or two people, « vous nous avez dit » would point at them."""
    [heard], threshold = spoken([giving_back.need]), Territory.current().threshold
    if heard.sound:
        return []
    return [
        Problem(
            f"Ce besoin réunit {heard.n} observations de {heard.days} jours : il en faut {threshold}, d’au moins "
            f"{MINIMUM_DAYS} jours, pour que « vous nous avez dit » ne désigne personne. En attendant, redites-le de"
            " vive voix à celles et ceux qui ont parlé."
        )
    ]
