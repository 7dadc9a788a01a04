"""Which text comes next: themes in their proportions and seasons, no text twice where it would be noticed."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from observations.demo.text import Text

MAX_USES = 4
SATURDAY = 5
CLOSED_ON_SATURDAY = {"ecole", "permanence"}
GOOD_NEWS = {"atout", "proposition"}

WEIGHTS = {
    "logement": 14,
    "cadre": 12,
    "lien": 11,
    "ecologie": 10,
    "tranquillite": 9,
    "mobilites": 8,
    "jeunesse": 7,
    "enfance": 7,
    "sante": 7,
    "droits": 7,
    "commerces": 2,
    "emploi": 2,
    "egalite": 2,
    "participation": 2,
}
"""How often each theme comes up, roughly per hundred: ten that come back, four that are rare."""

LEANINGS = {
    "QN05961M": ("logement", "lien", "mobilites", "cadre"),
    "QN05962M": ("cadre", "tranquillite", "ecologie"),
    "QN05963M": ("ecologie", "enfance", "logement"),
    "QN05960M": ("jeunesse", "droits", "mobilites"),
    "QN05959M": ("sante", "lien"),
    "QN05964M": ("tranquillite", "cadre"),
    "QN05990N": ("enfance", "sante"),
}
"""What comes back in each quartier: what weighs is not the same from one to the next."""

LEANING = 6
"""How many times more than elsewhere."""

BIG_THEMES = ("logement", "cadre", "lien", "ecologie", "tranquillite")
"""Those that pass the publication threshold every full month."""

SEASONS = {
    "logement": ({11, 12, 1, 2}, 1.25),
    "tranquillite": ({5, 6, 7, 8}, 1.3),
    "lien": ({2, 5, 6, 12}, 1.25),
    "jeunesse": ({7, 8}, 1.4),
    "enfance": ({9, 10}, 1.4),
    "ecologie": ({1, 2, 7, 8}, 1.35),
    "commerces": ({11, 12, 1}, 1.3),
}
"""The months in which a theme comes up more, and by how much."""


def theme_weights(month: int) -> dict[str, float]:
    """The share of each theme in that month (1 to 12); they add up to one."""
    raw = {}
    for top, weight in WEIGHTS.items():
        months, factor = SEASONS.get(top, (frozenset[int](), 1.0))
        raw[top] = weight * (factor if month in months else 1.0)
    total = sum(raw.values())
    return {top: weight / total for top, weight in raw.items()}


class TextChooser:
    """Deals texts: at most `MAX_USES` times each, never twice in a quartier nor in a month."""

    def __init__(self, texts: Iterable[Text], rng: random.Random) -> None:
        self._rng = rng
        self._texts: dict[str, list[Text]] = defaultdict(list)
        for text in texts:
            self._texts[text.top].append(text)
        self._uses: Counter[Text] = Counter()
        self._heard: dict[str | tuple[int, int], set[Text]] = defaultdict(set)
        self._themes: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
        self._here: dict[str, Counter[str]] = defaultdict(Counter)

    def choose(self, day: date, code: str) -> Text:
        """A text for that day and quartier, from the theme most behind its share of the month."""
        month = (day.year, day.month)
        fitting = {top: self._fitting(top, day, code) for top in self._texts}
        top = self._most_behind([top for top, texts in fitting.items() if texts], month, code)
        text = min(fitting[top], key=self._weariness)
        self._uses[text] += 1
        self._heard[code].add(text)
        self._heard[month].add(text)
        self._themes[month][top] += 1
        self._here[code][top] += 1
        return text

    def _fitting(self, top: str, day: date, code: str) -> list[Text]:
        here, this_month = self._heard[code], self._heard[day.year, day.month]
        closed = CLOSED_ON_SATURDAY if day.weekday() == SATURDAY else ()
        return [
            text
            for text in self._texts[top]
            if day.month in text.months
            and text.place_kind not in closed
            and text not in here
            and text not in this_month
            and self._uses.get(text, 0) < MAX_USES
        ]

    def _most_behind(self, tops: list[str], month: tuple[int, int], code: str) -> str:
        shares, made = theme_weights(month[1]), self._themes[month]
        total, here = made.total() + 8, self._here[code]
        local = {
            top: share * (LEANING if top in LEANINGS.get(code, ()) else 1) for top, share in shares.items()
        }

        def behind(top: str) -> float:
            here_behind = local[top] / sum(local.values()) * here.total() - here[top]
            return shares[top] * total - made[top] + here_behind + self._rng.random() * 0.8

        return max(tops, key=behind)

    def _weariness(self, text: Text) -> float:
        """Texts used less come first; those of the season sooner; good news about one time in three."""
        in_season = 0.5 if len(text.months) < 12 else 0.0
        return (
            self._uses[text] + (0.7 if text.nature in GOOD_NEWS else 0) - in_season + self._rng.random() * 0.6
        )
