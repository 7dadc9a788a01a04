"""What may not leave in a text for people outside: raw words, what lets somebody be recognised. Reads only."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from observations.models import Agreement, Status
from observations.models.observation import ObservationQuerySet
from observations.passages import LABELS
from observations.privacy.detect import blocking
from observations.privacy.echo import echoes
from observations.typography import quoted


class Problem(NamedTuple):
    """Why it cannot be read outside yet; `confirmable`: who publishes may say that it points to nobody."""

    sentence: str
    confirmable: bool = False


def settled(found: Iterable[Problem], *, confirmed: bool) -> bool:
    """Whether it may go out; `confirmed`: who publishes has read the passages and says that they point to nobody."""
    return all(problem.confirmable and confirmed for problem in found)


def problems(texts: Mapping[str, str], observations: ObservationQuerySet) -> list[Problem]:
    """Of texts, by the name that a reader knows them by (« Ce qui est fait »), written from these observations."""
    return [*_repeated(texts, observations), *_recognisable(texts)]


def _repeated(texts: Mapping[str, str], observations: ObservationQuerySet) -> list[Problem]:
    said, allowed = [], []
    for row in observations.only("words", "seen", "reading", "public_text", "agreement", "status"):
        said += [row.words, row.seen, row.reading, row.public_text]
        if row.agreement == Agreement.YES and row.status == Status.ACCEPTED:
            allowed.append(row.public_text)
    return [
        Problem(
            f"Dans {name}, ces mots sont ceux d’une observation : {quoted(passage)}. Dites-le autrement, "
            "ou reprenez le texte pour les partenaires d’une parole que l’on peut citer."
        )
        for name, text in texts.items()
        for passage in echoes(text, said, allowed)
    ]


def _recognisable(texts: Mapping[str, str]) -> list[Problem]:
    return [
        Problem(f"Dans {name}, {LABELS[hit.kind]} : {quoted(text[hit.start : hit.end])}.", confirmable=True)
        for name, text in texts.items()
        for hit in blocking(text)
    ]
