"""How often the desk's suggestion of a theme is right, each text of the demonstration left out in turn. Printed, not
asserted: docs/suggestions.md has the figures."""

from collections import Counter
from pathlib import Path

from observations import suggest
from observations.demo.corpus import TEXTS

LEXICON = Path(__file__).parents[2] / "static" / "js" / "lexicon.js"


def test_each_text_left_out() -> None:
    known = suggest.lexicon(LEXICON.read_text())
    rows = [(text.top, f"{text.words}\n{text.seen}") for text in TEXTS]
    alone = suggest.Learned.start(known)
    learned = suggest.Learned.start(known)
    for theme, text in rows:
        learned.read(theme, suggest.telling(text))
    right = Counter[str]()
    shown = wrong = caught = missed = 0
    confused = Counter[tuple[str, str]]()
    for i, (theme, text) in enumerate(rows):
        stems = suggest.telling(text)
        right["lexicon"] += (found := alone.suggest(text)) is not None and found.theme == theme
        learned.read(theme, stems, -1)
        found = learned.suggest(text)
        learned.read(theme, stems)
        right["learnt"] += found is not None and found.theme == theme
        if found and found.theme != theme:
            confused[theme, found.theme] += 1
        # Sorted right by the worker: anything shown is beside the point.
        wrong += suggest.differs(found, theme)
        # Sorted wrong: under the theme of another text, drawn from the whole list.
        other = next(
            rows[(i + step) % len(rows)][0]
            for step in range(97, 97 + len(rows))
            if rows[(i + step) % len(rows)][0] != theme
        )
        if suggest.differs(found, other):
            shown += 1
            caught += found is not None and found.theme == theme
        else:
            missed += 1
    n = len(rows)
    print(
        f"\n{n} texts: right theme first, lexicon alone {right['lexicon'] / n:.0%}, learnt {right['learnt'] / n:.0%}"
    )
    print(f"  sorted right: {wrong / n:.0%} shown something else")
    print(
        f"  sorted wrong: {shown / n:.0%} shown something, the right theme in {caught / max(shown, 1):.0%} of them"
    )
    for (theme, found), times in confused.most_common(6):
        print(f"    {theme} taken for {found}: {times}")
