"""Raw words that a text repeats: what is to be read outside says things anew. Pure; linear time."""

import re
from collections.abc import Iterable
from typing import Final

from observations.words import fold

RUN: Final = 6
"""Words in a row: five may be anybody's (« les ascenseurs sont en panne »), six are somebody's sentence."""
_WORD: Final = re.compile(r"[^\W_]+")


def echoes(text: str, said: Iterable[str], allowed: Iterable[str] = ()) -> list[str]:
    """The passages of `text`, as it has them, of `RUN` words or more that stand in one of `said`.

    What also stands in one of `allowed` (texts that a reviewer wrote for others) is nobody's secret.
    Case, accents and punctuation do not count.
    """
    known = _runs(said) - _runs(allowed)
    found = list(_WORD.finditer(text))
    folded = [fold(match[0]) for match in found]
    passages: list[tuple[int, int]] = []
    for i in range(len(found) - RUN + 1):
        if tuple(folded[i : i + RUN]) not in known:
            continue
        start, end = found[i].start(), found[i + RUN - 1].end()
        if passages and start <= passages[-1][1]:
            passages[-1] = (passages[-1][0], end)
        else:
            passages.append((start, end))
    return [text[start:end] for start, end in passages]


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        folded = [fold(word) for word in _WORD.findall(text)]
        runs.update(tuple(folded[i : i + RUN]) for i in range(len(folded) - RUN + 1))
    return runs
