"""The passages of a text that is to be published, and which of them a reviewer has dealt with. Reads only."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.crypto import salted_hmac

from observations.models import HitReview, Observation, Summary
from observations.privacy.detect import Hit, Kind, blocking

# How much of what surrounds a passage belongs to what was confirmed.
AROUND = 40
SALT = "observations.passages"
LABELS: dict[Kind, str] = {
    "phone": "un numéro de téléphone",
    "email": "une adresse électronique",
    "plate": "une plaque d’immatriculation",
    "nir": "un numéro de sécurité sociale",
    "iban": "un numéro de compte",
    "name": "un nom",
    "address": "une adresse",
    "flat": "un étage, un escalier ou une porte",
    "firstname": "un prénom",
    "topic": "santé, religion, origine ou infraction",
}


class Passage(NamedTuple):
    """`words` of the text `field`, and who confirmed that they point to nobody (None: to be dealt with)."""

    field: str
    kind: Kind
    words: str
    fingerprint: str
    review: HitReview | None

    @property
    def label(self) -> str:
        return LABELS[self.kind]


def fingerprint(text: str, hit: Hit) -> str:
    """A keyed hash of a passage and what surrounds it: it confirms no guess of the words without the key."""
    before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    parts = "\0".join([hit.kind, before, text[hit.start : hit.end], after])
    return salted_hmac(SALT, parts, algorithm="sha256").hexdigest()


def passages(field: str, text: str, reviews: Iterable[HitReview]) -> list[Passage]:
    """Those of one text that block its publication, in order; `reviews` are those of its row."""
    standing = {r.fingerprint: r for r in reviews if r.field == field and r.undone_at is None}
    found = [(hit, fingerprint(text, hit)) for hit in blocking(text)]
    return [
        Passage(field, hit.kind, text[hit.start : hit.end], mark, standing.get(mark)) for hit, mark in found
    ]


def of_observation(observation: Observation) -> list[Passage]:
    """Of the text for partners."""
    if not observation.public_text:
        return []
    return passages("public_text", observation.public_text, observation.hit_reviews.all())


def of_draft(draft: Summary) -> list[Passage]:
    """Of what a CDSU wrote in a draft: introduction, comments, and why it corrects."""
    texts = {"introduction": draft.introduction, **draft.comments, "reason": draft.reason}
    reviews = list(draft.hit_reviews.select_related("by"))
    return [passage for field, text in texts.items() for passage in passages(field, text, reviews)]


def to_deal_with(found: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in found if passage.review is None]


def is_marked(observation: Observation) -> bool:
    """Whether a reviewer should look: in what came in, or in a text for partners not dealt with."""
    raw = (observation.words, observation.seen, observation.reading)
    return any(map(blocking, raw)) or bool(to_deal_with(of_observation(observation)))


def pieces(text: str, hits: Iterable[Hit]) -> Iterator[tuple[str, Hit | None]]:
    """The text cut at its hits, each piece with its hit."""
    at = 0
    for hit in hits:
        yield text[at : hit.start], None
        yield text[hit.start : hit.end], hit
        at = hit.end
    yield text[at:], None
