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
    found = list(_WORD.finditer(text))
    folded = [fold(match[0]) for match in found]
    mine = [tuple(folded[i : i + RUN]) for i in range(len(folded) - RUN + 1)]
    known = _among(set(mine), said)
    known -= _among(known, allowed)
    passages: list[tuple[int, int]] = []
    for i, run in enumerate(mine):
        if run not in known:
            continue
        start, end = found[i].start(), found[i + RUN - 1].end()
        if passages and start <= passages[-1][1]:
            passages[-1] = (passages[-1][0], end)
        else:
            passages.append((start, end))
    return [text[start:end] for start, end in passages]


def _among(runs: set[tuple[str, ...]], texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Those of `runs` that stand in one of the texts; a text is forgotten once read."""
    there: set[tuple[str, ...]] = set()
    for text in texts if runs else ():
        folded = _WORD.findall(fold(text))
        there.update(run for i in range(len(folded) - RUN + 1) if (run := tuple(folded[i : i + RUN])) in runs)
    return there
