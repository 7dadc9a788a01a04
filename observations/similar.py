"""Which observations may say the same, and why; which may be one scene written twice. Pure: no ORM.

Two texts are compared by the stems that they share, those that few texts have weighing more (the weighted Jaccard index
on inverse document frequencies). Place, theme and day only support that: neighbours who speak of other things are not
alike.
It is a suggestion: nothing is joined, merged or set aside by itself.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from observations.words import STOP, stem

# Least likeness of words alone; of words in the same place and theme; of the same text nearly to the letter.
ALIKE: Final = 0.30
ALIKE_HERE: Final = 0.18
SAME_TEXT: Final = 0.75
# The same scene: so near in time and words, whoever wrote. (Told of two people only, it would tell who wrote.)
SAME_SCENE: Final = 0.45
SAME_SCENE_DAYS: Final = 1
# Stems too few to compare.
TOO_FEW: Final = 2
SHOWN: Final = 5
SHARED_SHOWN: Final = 3
STOP_STEMS: Final = frozenset(stem(word) for word in STOP)


class Text(NamedTuple):
    """One observation without its words: its stems, and what stands around them. `cell`: its 200 m square, or None."""

    key: Hashable
    stems: frozenset[str]
    theme: str
    place: str
    cell: Hashable | None
    day: date


@dataclass(frozen=True)
class Alike:
    """Another observation, how alike (0 to 1), the stems that it shares (the rarest first), and what else."""

    key: Hashable
    score: float
    shared: tuple[str, ...]
    same_text: bool
    same_cell: bool
    same_theme: bool
    days: int
    same_scene: bool


def content(stems: Iterable[str]) -> frozenset[str]:
    """The stems that say something."""
    return frozenset(key for key in stems if key not in STOP_STEMS and len(key) > 1)


def alike(one: Text, others: Sequence[Text]) -> list[Alike]:
    """Those that may say the same as `one`: scenes written twice first, then the most alike; at most `SHOWN`."""
    read = [one, *others]
    having = Counter(key for text in read for key in text.stems)
    rare = {key: math.log(1 + len(read) / n) for key, n in having.items()}
    found = [found for other in others if (found := _compared(one, other, rare)) is not None]
    return sorted(found, key=lambda a: (not a.same_scene, -a.score, str(a.key)))[:SHOWN]


def _compared(one: Text, other: Text, rare: dict[str, float]) -> Alike | None:
    shared = one.stems & other.stems
    if len(shared) < TOO_FEW:
        return None
    weight = math.fsum(rare[key] for key in one.stems | other.stems)
    score = math.fsum(rare[key] for key in shared) / weight
    same_cell = one.cell is not None and one.cell == other.cell
    same_theme = one.theme == other.theme
    days = abs((one.day - other.day).days)
    here = same_cell or ((one.cell is None or other.cell is None) and one.place == other.place)
    same_scene = days <= SAME_SCENE_DAYS and here and score >= SAME_SCENE
    if not same_scene and score < (ALIKE_HERE if same_cell and same_theme else ALIKE):
        return None
    first = tuple(sorted(shared, key=lambda key: (-rare[key], key)))
    return Alike(other.key, score, first, score >= SAME_TEXT, same_cell, same_theme, days, same_scene)
