"""What the fonts of the PDF can draw. A PDF/UA file refuses a missing glyph, so the text is made drawable first."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import cast

import font_source_sans_pro
import font_source_serif_pro
from fontTools.ttLib import TTFont

EMOJI = "[émoji]"
OTHER_SCRIPT = "[autre écriture]"
_SYMBOLS = ("So", "Sk", "Sm", "Sc", "Cn", "Co")
_WORDS = ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No")


def font_folders() -> list[str]:
    """Folders of the two families, from the packages that carry them: the same on every machine."""
    return [font_source_sans_pro.font_directory, font_source_serif_pro.font_directory]


def drawable(text: str) -> str:
    """`text` with what the fonts cannot draw replaced by a visible word, once for a whole run.

    Letters with an accent apart are composed first. Marks, joiners, direction and control characters that cannot
    be drawn are dropped: alone they have no shape.
    """
    kept = "".join(_shown(char) for char in unicodedata.normalize("NFC", text))
    kept = re.sub("\ue000+(?:[ \u00a0\u202f]*\ue000+)*", EMOJI, kept)
    return re.sub("\ue001+(?:[ \u00a0\u202f]+\ue001+)*", OTHER_SCRIPT, kept)


def _shown(char: str) -> str:
    """The character, or a private one that marks what it was, or nothing."""
    if char == "\n" or ord(char) in _covered():
        return char
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and all(ord(part) in _covered() for part in plain):
        return plain
    category = unicodedata.category(char)
    if category in _WORDS:
        return "\ue001"
    if category in _SYMBOLS:
        return "\ue000"
    if category == "Pd":
        return "-"
    return " " if category in ("Zs", "Zl", "Zp") or char == "\t" else ""


@cache
def _covered() -> frozenset[int]:
    """Code points that every weight in use can draw; the serif falls back to the sans, which covers more."""
    folder = Path(font_source_sans_pro.font_directory)
    covers = [
        set(cast(dict[int, str], TTFont(folder / f"SourceSansPro-{weight}.otf", lazy=True).getBestCmap()))
        for weight in ("Regular", "Semibold", "Bold")
    ]
    return frozenset(set.intersection(*covers)) - {0xE000, 0xE001}
