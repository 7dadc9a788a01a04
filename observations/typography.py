"""French typography, in one home: the spaces, apostrophes, numbers and dates of screens, PDF and sheets.

Independent of the process locale. Rules: Imprimerie nationale, as `looks.md` sums them up.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime

NARROW = "\u202f"
"""Narrow no-break space: before ; ! ? », after «, between groups of three digits."""
NBSP = "\u00a0"
"""No-break space: before a colon."""

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)

_SPACE = "[ \t\u00a0\u2009\u202f]"
_URL = r"(?P<url>\b(?:https?://|www\.)\S+)"
_LETTER = r"[^\W\d_]"

_RULES: tuple[tuple[str, str], ...] = (
    (r"\.{3,}", "…"),
    (rf"(?<={_LETTER})'(?=[^\W_]|«)", "’"),
    (rf"«{_SPACE}*(?=\S)", "«" + NARROW),
    (rf"(?<=\S){_SPACE}*»", NARROW + "»"),
    # A run such as « ?! » takes one space in front; « a?b » and « ;) » are not French punctuation.
    (
        rf"(?<=[^\s(\[«“])(?<![!?;]){_SPACE}*(?P<mark>(?!;+\))[!?;]+)(?![\w!?;])",
        NARROW + r"\g<mark>",
    ),
    (rf"(?<=[^\s(\[«“:]){_SPACE}*:(?=\s|$)", NBSP + ":"),
    # A figure stays with its unit: « 200 m », « 20 % », « 5 h 20 ».
    (r"(?<=\d) (?=(?:%|€|°|(?:m|km|cm|kg|h|min)\b(?!['’])))", NBSP),
    (r"(?<=\d\u00a0h) (?=\d{2}\b)", NBSP),
)


def _rule(pattern: str, replacement: str) -> Callable[[str], str]:
    """One rule as a function that leaves URLs as they are."""
    compiled = re.compile(f"{_URL}|{pattern}")

    def replace(match: re.Match[str]) -> str:
        return match.group() if match["url"] else match.expand(replacement)

    return lambda text: compiled.sub(replace, text)


_APPLY = tuple(_rule(pattern, replacement) for pattern, replacement in _RULES)


def french(text: str) -> str:
    """`text` with French spaces, apostrophes and ellipses; safe to apply twice, URLs and 12:30 untouched."""
    for apply in _APPLY:
        text = apply(text)
    return text


def printable(raw: str) -> str:
    """`raw` trimmed, in French typography, without control characters (but line ends) nor lone surrogates."""
    kept = (char for char in raw if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return french("".join(kept).strip())


def quoted(text: str) -> str:
    """`text` between « », its own guillemets and straight quotes turned into “ ”."""
    inner = text.strip()
    if inner.startswith("«") and inner.endswith("»") and inner.count("«") == inner.count("»") == 1:
        inner = inner[1:-1]
    inner = re.sub(rf"«{_SPACE}*", "“", inner)
    inner = re.sub(rf"{_SPACE}*»", "”", inner)
    inner = re.sub(r'"([^"\n]*)"', r"“\1”", inner)
    return f"«{NARROW}{french(inner.strip())}{NARROW}»"


def number(n: float) -> str:
    """`n` with groups of three and at most one decimal after a comma: 1 609, 17,3."""
    text = f"{n:,.1f}" if isinstance(n, float) else f"{n:,}"
    return text.removesuffix(".0").replace(",", NARROW).replace(".", ",")


def month_only(day: date) -> str:
    """« octobre »."""
    return _MONTHS[day.month - 1]


def short_month(day: date) -> str:
    """« oct. », for the narrow columns of figures."""
    return _SHORT_MONTHS[day.month - 1]


def month_name(day: date) -> str:
    """« octobre 2026 »."""
    return f"{month_only(day)} {day.year}"


def of_month(day: date) -> str:
    """« d’octobre », « de septembre »."""
    name = month_only(day)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def in_month(day: date) -> str:
    """« en octobre »."""
    return f"en {month_only(day)}"


def long_date(day: date) -> str:
    """« 5 novembre 2026 », « 1er novembre 2026 », the day kept on the line of its month."""
    ordinal = "1er" if day.day == 1 else str(day.day)
    return f"{ordinal}{NBSP}{month_name(day)}"


def from_to(first: date, last: date) -> str:
    """« du 1er au 28 novembre 2026 », « du 5 octobre au 1er novembre 2026 », « le 5 octobre 2026 »."""
    if first == last:
        return f"le{NBSP}{long_date(last)}"
    ordinal = "1er" if first.day == 1 else str(first.day)
    start = long_date(first)
    if first.year == last.year:
        start = ordinal if first.month == last.month else f"{ordinal}{NBSP}{month_only(first)}"
    return f"du{NBSP}{start} au{NBSP}{long_date(last)}"


def near_date(day: date, today: date) -> str:
    """`day` as a list says it: « aujourd’hui », « hier », « 19 nov. », « 19 nov. 2025 »."""
    days = (today - day).days
    if days in (0, 1):
        return "hier" if days else "aujourd’hui"
    ordinal = "1er" if day.day == 1 else str(day.day)
    year = f"{NBSP}{day.year}" if day.year != today.year else ""
    return f"{ordinal}{NBSP}{short_month(day)}{year}"


def clock(moment: datetime) -> str:
    """« 10 h 12 », in the time zone that `moment` carries."""
    return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}"
