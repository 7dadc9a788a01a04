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
    "QPV": "le quartier",
    "CDSU": "l’équipe du contrat de ville",
    "COPIL": "la réunion",
    "COTECH": "la réunion",
    "GUSP": "l’entretien du quartier",
    "droit commun": "les services de tout le monde",
    "dispositif": "ce qui existe",
    "dispositifs": "ce qui existe",
    "problématique": "le problème",
    "problématiques": "les problèmes",
    "prestataire": "l’entreprise",
    "patrimoine": "les immeubles",
    "préconisation": "le conseil",
    "préconisations": "les conseils",
    "dysfonctionnement": "la panne",
    "dysfonctionnements": "les pannes",
    "mise en œuvre": "faire",
    "mettre en œuvre": "faire",
    "dans le cadre de": "pour, avec",
    "au niveau de": "à, dans",
    "suite à": "après",
    "à l’issue de": "après",
    "afin de": "pour",
    "acteurs": "les gens, les services",
    "partenaires": "leurs noms",
    "mobiliser": "demander à, réunir",
    "sensibiliser": "expliquer à",
    "administrés": "les habitants",
    "usagers": "les gens",
    "ultérieurement": "plus tard",
    "préalablement": "avant",
    "notamment": "par exemple",
    "conformément à": "comme le dit",
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
    folded = _folded(text)
    for word, instead in INSTEAD.items():
        if re.search(rf"\b{re.escape(_folded(word))}\b", folded):
            yield Advice(word, f"plutôt « {instead} ».")


def _folded(text: str) -> str:
    """Words parted by one space, without accents or case, so that a line end or a no-break space hides none."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text.replace("’", "'"))))


def _initials(text: str) -> Iterator[Advice]:
    if text.isupper():
        return
    for found in _CAPITALS.findall(text):
        if found not in INSTEAD:
            yield Advice(found, "dites en entier ce que c’est.")
