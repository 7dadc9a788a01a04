"""Plain French: what may stop a reader who is tired, or who learnt to read late. Advice, never a refusal. Pure.

The sentence length and the words come from the rules of « Facile à lire et à comprendre » (Unapei, « L’information pour
tous ») and from what a liaison team hears not understood.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from observations.words import fold

LONG: Final = 20
"""Words in a sentence, beyond which it is read twice."""

INSTEAD: Final = {
    "qpv": "le quartier",
    "cdsu": "l’équipe du contrat de ville",
    "copil": "la réunion",
    "cotech": "la réunion",
    "gusp": "l’entretien du quartier",
    "droit commun": "les services de tout le monde",
    "dispositif": "ce qui existe",
    "dispositifs": "ce qui existe",
    "problematique": "le problème",
    "problematiques": "les problèmes",
    "prestataire": "l’entreprise",
    "patrimoine": "les immeubles",
    "preconisation": "le conseil",
    "preconisations": "les conseils",
    "dysfonctionnement": "la panne",
    "dysfonctionnements": "les pannes",
    "mise en oeuvre": "faire",
    "mettre en oeuvre": "faire",
    "dans le cadre de": "pour, avec",
    "au niveau de": "à, dans",
    "suite a": "après",
    "a l'issue de": "après",
    "afin de": "pour",
    "acteurs": "les gens, les services",
    "partenaires": "leurs noms",
    "mobiliser": "demander à, réunir",
    "sensibiliser": "expliquer à",
    "administres": "les habitants",
    "usagers": "les gens",
    "ulterieurement": "plus tard",
    "prealablement": "avant",
    "notamment": "par exemple",
    "conformement a": "comme le dit",
}
_SENTENCE: Final = re.compile(r"[^.!?…\n]+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITALS: Final = re.compile(r"\b[A-ZÉÈÀ]{3,}\b")


class Advice(NamedTuple):
    """`passage` of the text, and what would be read more easily."""

    passage: str
    say: str


def advice(text: str) -> list[Advice]:
    """What a plainer text would say otherwise, each once, in the order of the rules."""
    return list(dict.fromkeys([*_long(text), *_jargon(text), *_initials(text)]))


def _long(text: str) -> Iterator[Advice]:
    for sentence in _SENTENCE.findall(text):
        words = _WORD.findall(sentence)
        if len(words) > LONG:
            yield Advice(f"{' '.join(words[:6])}…", f"{len(words)} mots : coupez cette phrase en deux.")


def _jargon(text: str) -> Iterator[Advice]:
    folded = " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text).replace("’", "'")))
    for word, instead in INSTEAD.items():
        if re.search(rf"\b{re.escape(word)}\b", folded):
            yield Advice(word, f"plutôt « {instead} ».")


def _initials(text: str) -> Iterator[Advice]:
    if text.isupper():
        return
    for found in _CAPITALS.findall(text):
        if fold(found) not in INSTEAD:
            yield Advice(found, "dites en entier ce que c’est.")
