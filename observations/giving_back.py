"""What stands between a draft for residents and its publication. Reads only."""

from typing import Final, NamedTuple

from observations.models import Agreement, GivingBack, NeedLink, Status, Territory
from observations.models.giving_back import ANSWERS, PARTS, SAID
from observations.passages import LABELS
from observations.privacy.detect import blocking
from observations.privacy.echo import echoes
from observations.privacy.suppress import MINIMUM_DAYS
from observations.typography import quoted

WHERE: Final = {name: f"« {title} »" for name, title in PARTS.items()} | {
    "headline": "la première ligne",
    "where": "« Où en parler »",
}


class Problem(NamedTuple):
    """Why it cannot be read outside yet; `confirmable`: who publishes may say that it points to nobody."""

    sentence: str
    confirmable: bool = False


def problems(giving_back: GivingBack) -> list[Problem]:
    """What is to be settled before publication: something to answer, enough people heard, nobody to recognise."""
    found = []
    if not any(getattr(giving_back, name) for name in ANSWERS):
        found.append(Problem("Dites au moins ce qui est fait, ce qui va se faire, ou ce qui ne se fera pas."))
    return [*found, *_too_few(giving_back), *_repeated(giving_back), *_recognisable(giving_back)]


def _too_few(giving_back: GivingBack) -> list[Problem]:
    """The rule of « Publication » (privacy): of one or two people, « vous nous avez dit » would point at them."""
    heard = NeedLink.objects.filter(need=giving_back.need_id, unlinked_at=None)
    heard = heard.exclude(observation__status=Status.SET_ASIDE)
    days = list(heard.values_list("observation__observed_on", flat=True))
    threshold = Territory.current().threshold
    if len(days) >= threshold and len(set(days)) >= MINIMUM_DAYS:
        return []
    return [
        Problem(
            f"Ce besoin réunit {len(days)} observations de {len(set(days))} jours : il en faut {threshold}, d’au moins "
            f"{MINIMUM_DAYS} jours, pour que « vous nous avez dit » ne désigne personne. En attendant, redites-le de"
            " vive voix à celles et ceux qui ont parlé."
        )
    ]


def _repeated(giving_back: GivingBack) -> list[Problem]:
    links = NeedLink.objects.filter(need=giving_back.need_id, unlinked_at=None)
    rows = links.values_list(
        "observation__words",
        "observation__seen",
        "observation__reading",
        "observation__public_text",
        "observation__agreement",
        "observation__status",
    )
    said, allowed = [], []
    for words, seen, reading, public_text, agreement, status in rows:
        said += [words, seen, reading, public_text]
        if agreement == Agreement.YES and status == Status.ACCEPTED:
            allowed.append(public_text)
    return [
        Problem(
            f"Dans {WHERE[name]}, ces mots sont ceux d’une observation : {quoted(passage)}. Dites-le autrement, "
            "ou reprenez le texte pour les partenaires d’une parole que l’on peut citer."
        )
        for name in SAID
        for passage in echoes(getattr(giving_back, name), said, allowed)
    ]


def _recognisable(giving_back: GivingBack) -> list[Problem]:
    texts = {name: getattr(giving_back, name) for name in SAID}
    return [
        Problem(
            f"Dans {WHERE[name]}, {LABELS[hit.kind]} : {quoted(text[hit.start : hit.end])}.", confirmable=True
        )
        for name, text in texts.items()
        for hit in blocking(text)
    ]
