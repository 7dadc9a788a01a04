"""Which theme a text seems to speak of, and by which words. Pure: no ORM, nothing kept.

Multinomial naive Bayes on the stems that a text has (McCallum and Nigam, 1998), learnt from what reviewers accepted and
started from the phone's lexicon. It is a second pair of eyes on a choice that somebody made: never a choice.
docs/suggestions.md says how often it is right.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from observations.words import STOP, WORD, fold, stem

# What a word of the lexicon counts for, as texts that had it: one that nearly decides, one that is enough, a hint.
WEIGHTS: Final = (18, 12, 6)
# Least probability of the theme proposed. Higher shows too little, lower is too often wrong: docs/suggestions.md.
SURE: Final = 0.95
REASONS: Final = 3
ENTRY = re.compile(r'^\s*"([a-z0-9-]+)": "(.*)",?$', re.MULTILINE)


def telling(text: str) -> dict[str, str]:
    """The stems of a text that may tell its theme, each with the word that it stands for, as written first."""
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        word = match["word"]
        if fold(word) not in STOP and (key := stem(word)) and len(key) > 1:
            found.setdefault(key, word.lower())
    return found


def lexicon(source: str) -> dict[str, Counter[str]]:
    """Weights of stems by root theme, from the text of `static/js/lexicon.js`: one lexicon for phone and desk.

    Expressions of several words count by their words, half each; a starred word is kept with its star (`prefixes`).
    """
    weights: dict[str, Counter[str]] = defaultdict(Counter)
    for slug, degrees in ENTRY.findall(source):
        root = slug.split("-")[0]
        for weight, words in zip(WEIGHTS, degrees.split(";"), strict=False):
            for entry in filter(None, (entry.strip() for entry in words.split(","))):
                stems = [fold(entry)] if entry.endswith("*") else list(telling(entry))
                for key in stems:
                    weights[root][key] = max(weights[root][key], weight if len(stems) == 1 else weight // 2)
    return weights


class Suggestion(NamedTuple):
    """A theme (slug), its probability among all of them, and the words of the text that carried it."""

    theme: str
    probability: float
    words: list[str]


@dataclass
class Learned:
    """How many texts of each theme had each stem; the lexicon counts as texts already read."""

    stems: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    totals: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    # Beginnings of words, from the lexicon: theme by theme, what each counts for.
    prefixes: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def start(cls, known: Mapping[str, Counter[str]]) -> "Learned":
        learned = cls()
        for theme, weights in known.items():
            learned.prefixes[theme] = {key[:-1]: n for key, n in weights.items() if key.endswith("*")}
            learned.stems[theme].update({key: n for key, n in weights.items() if not key.endswith("*")})
            learned.totals[theme] += sum(weights.values())
            learned.texts[theme] += 1
        return learned

    def read(self, theme: str, stems: Iterable[str], times: int = 1) -> None:
        """One more text of that theme; `times=-1` takes it back."""
        for key in stems:
            self.stems[theme][key] += times
            self.totals[theme] += times
        self.texts[theme] += times

    def suggest(self, text: str) -> Suggestion | None:
        """The likeliest theme of a text; None where it has no word that was ever read."""
        known = {key for counts in self.stems.values() for key, n in counts.items() if n > 0}
        begun = tuple({prefix for prefixes in self.prefixes.values() for prefix in prefixes})
        found = {key: w for key, w in telling(text).items() if key in known or key.startswith(begun)}
        if not found:
            return None
        size, read = len(known), sum(self.texts.values())
        likely = {
            theme: math.log((self.texts[theme] + 1) / (read + len(self.texts)))
            + sum(self._log(theme, key, size) for key in found)
            for theme in self.texts
        }
        best = max(sorted(likely), key=lambda theme: likely[theme])
        total = sum(math.exp(value - likely[best]) for value in likely.values())
        others = [theme for theme in likely if theme != best]
        carried = {
            key: self._log(best, key, size) - max(self._log(theme, key, size) for theme in others)
            if others
            else 0.0
            for key in found
        }
        reasons = sorted((key for key in found if carried[key] > 0), key=lambda key: (-carried[key], key))
        return Suggestion(best, 1 / total, [found[key] for key in reasons[:REASONS]])

    def _log(self, theme: str, key: str, size: int) -> float:
        begun = max(
            (n for prefix, n in self.prefixes.get(theme, {}).items() if key.startswith(prefix)), default=0
        )
        return math.log((max(self.stems[theme][key], begun, 0) + 1) / (self.totals[theme] + size))


def differs(suggestion: Suggestion | None, chosen: str) -> bool:
    """Whether a suggestion is worth showing beside the theme (root) that somebody chose."""
    if suggestion is None or suggestion.theme == chosen or not suggestion.words:
        return False
    return suggestion.probability >= SURE
