"""The figures of a synthèse as SVG: one drawing for the page, the print and the PDF.

Presentation attributes carry the colours of print, so that a drawing stands alone; class names let the page's
stylesheet repaint it (dark mode). No inline style, no script. `withheld` is drawn with its own hatching: the
page must not give that class a fill. Text goes through an XML writer: a label cannot inject.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from observations.restitution.content import MonthLabel, Neighbourhoods, Themes
from observations.spreadsheets import xml_safe
from observations.typography import NBSP, french, number

INK, INK_2, INK_3 = "#14181d", "#3f444a", "#5f6265"
SHEET, SUNK, LINE, LINE_STRONG, ACCENT = "#ffffff", "#ece7da", "#cfc8b8", "#7b776c", "#f6c21c"
FONT = "Source Sans Pro, sans-serif"

_BAR_WIDTH, _BAR_HEIGHT = 180, 16
_BAR_ROOM = 95.0
"""Percent of the width that the largest figure takes: the ring needs the rest."""
_COL_WIDTH, _COL_STEP, _COL_BASE, _COL_ROOM = 18.0, 24.5, 82.0, 66.0


Paint = dict[str, str | float]
"""Presentation attributes, as `add` takes them."""


class KeyEntry(NamedTuple):
    """What a letter on the map stands for; `n` None = withheld."""

    letter: str
    name: str
    n: int | None


class Drawing(NamedTuple):
    """An SVG, the sentence that says the same, and the letters that it needs explained (maps only)."""

    svg: str
    text: str
    key: tuple[KeyEntry, ...] = ()


def bars(themes: Themes) -> list[Drawing]:
    """One bar for each theme row, then one for the rest if there is one; all on the same scale.

    Yellow edged with ink = this month, upright tick = the month before, ring = mean of the three before it;
    the rest is no theme, and not yellow. The width is in percent: the page may stretch it.
    """
    rows = [(row["name"], row["n"], row["previous"], row["usual"]) for row in themes["rows"]]
    if rest := themes["rest"]:
        rows.append((rest["label"], rest["n"], None, None))
    top = max((value for _, *values in rows for value in values if value is not None), default=1)
    fills = [ACCENT] * len(themes["rows"]) + [SUNK]
    return [_bar(themes, top, fill, *row) for fill, row in zip(fills, rows, strict=False)]


class Compared(NamedTuple):
    """Which earlier figures a table of themes holds: what it does not hold has no legend and no column."""

    previous: bool
    usual: bool


def compared(themes: Themes) -> Compared:
    """What `bars` draws beside this month."""
    rows = themes["rows"]
    return Compared(
        any(row["previous"] is not None for row in rows), any(row["usual"] is not None for row in rows)
    )


def columns(table: Neighbourhoods, ident: str) -> list[Drawing]:
    """Small multiples on one scale: a drawing for each neighbourhood row, then one for the rest.

    A month withheld is a hatched column of fixed height; a month in which nothing was merged leaves no column
    in the rest. `ident` makes the pattern's id unique in the page.
    """
    rows = [(row["short_name"], row["values"]) for row in table["rows"]]
    if rest := table["rest"]:
        rows.append((rest["label"], rest["values"]))
    top = max((n for _, values in rows for n in values if n is not None), default=1)
    # A month of which no part is shown was withheld whole: its rest is not « none ».
    told = [any(n is not None for n in month) for month in zip(*(values for _, values in rows), strict=True)]
    drawings = []
    for i, (name, values) in enumerate(rows):
        is_rest = i == len(table["rows"])
        known = [n is not None or (is_rest and told[month]) for month, n in enumerate(values)]
        drawings.append(_columns(table["months"], name, values, known, top, f"{ident}-{i}"))
    return drawings


def canvas(width: float, height: float, text: str, css: str, *, scaled: bool = True) -> ET.Element:
    """An empty drawing of `width` × `height` px, named by `text`."""
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": css, "role": "img"})
    root.attrib |= {"aria-label": xml_safe(text), "width": _px(width), "height": _px(height)}
    if scaled:
        root.set("viewBox", f"0 0 {_px(width)} {_px(height)}")
    return root


def add(parent: ET.Element, tag: str, text: str = "", /, **attributes: str | float) -> ET.Element:
    """A child element; `css` gives its class, `stroke_width` is written stroke-width, numbers are rounded."""
    child = ET.SubElement(parent, tag)
    for name, value in attributes.items():
        written = "class" if name == "css" else name.replace("_", "-")
        child.set(written, value if isinstance(value, str) else _px(value))
    child.text = xml_safe(text) or None
    return child


def svg_text(root: ET.Element) -> str:
    """The drawing as a string that can stand in HTML or in a file."""
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def hatching(root: ET.Element, ident: str) -> str:
    """Define the hatching of what is withheld; returns the fill that uses it. `ident` unique in the page."""
    name = f"{ident}-few"
    pattern = add(
        add(root, "defs"),
        "pattern",
        id=name,
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    add(pattern, "rect", css="few-paper", width=6, height=6, fill=SHEET)
    add(pattern, "path", css="few-line", d="M0 0v6", stroke=INK_3, stroke_width=1.4)
    return f"url(#{name})"


def _bar(
    themes: Themes, top: float, fill: str, name: str, n: int, previous: int | None, usual: float | None
) -> Drawing:
    said = [f"{number(n)} en {themes['now']}"]
    if previous is not None:
        said.append(f"{number(previous)} en {themes['previous']}")
    if usual is not None:
        said.append(f"{number(usual)} en {themes['usual']}")
    text = french(f"{name} : {', '.join(said)}")
    root = canvas(_BAR_WIDTH, _BAR_HEIGHT, text, "bar-svg", scaled=False)
    paint: Paint = {"fill": fill, "stroke": INK, "stroke_width": 1}
    add(root, "rect", css="bar-now", x="0", y="22%", width=_share(n, top), height="56%", **paint)
    add(root, "line", css="bar-base", x1="0", x2="0", y1="0", y2="100%", stroke=INK, stroke_width=2)
    if previous is not None:
        x = _share(previous, top)
        add(root, "line", css="bar-prev", x1=x, x2=x, y1="0", y2="100%", stroke=INK, stroke_width=2.5)
    if usual is not None:
        ring: Paint = {"fill": SHEET, "stroke": INK, "stroke_width": 1.5}
        add(root, "circle", css="bar-usual", cx=_share(usual, top), cy="50%", r="3.5", **ring)
    return Drawing(svg_text(root), text)


def _share(value: float, top: float) -> str:
    return f"{_px(_BAR_ROOM * value / top)}%"


def _columns(
    months: Sequence[MonthLabel],
    name: str,
    values: Sequence[int | None],
    known: Sequence[bool],
    top: int,
    ident: str,
) -> Drawing:
    """One neighbourhood; a month not `known` is hatched, a known one without a value has nothing to draw."""
    said = (
        f"{month['name']} {number(n) if n is not None else 'aucune' if sure else 'non détaillé'}"
        for month, n, sure in zip(months, values, known, strict=True)
    )
    text = french(f"{name}, observations par mois : {', '.join(said)}")
    root = canvas(150, 100, text, "columns")
    fill = hatching(root, ident)
    end = len(months) * _COL_STEP + 3
    add(root, "line", css="base", x1=0, x2=end, y1=82.5, y2=82.5, stroke=INK, stroke_width=1)
    for i, (month, n) in enumerate(zip(months, values, strict=True)):
        x, now = 4 + i * _COL_STEP, i == len(months) - 1
        if n is not None:
            _column(root, x, _COL_ROOM * n / top, now)
        elif not known[i]:
            box: Paint = {"x": x, "y": _COL_BASE - 7, "width": _COL_WIDTH, "height": 7}
            add(root, "rect", css="withheld", fill=fill, stroke=INK_3, stroke_width=0.75, **box)
        middle = x + _COL_WIDTH / 2
        _caption(root, month["initial"], middle, 97, now)
        if now and n is not None:
            _caption(root, number(n), middle, _COL_BASE - _COL_ROOM * n / top - 4, now)
    return Drawing(svg_text(root), text)


def _column(root: ET.Element, x: float, height: float, now: bool) -> None:
    paint: Paint = {"fill": ACCENT, "stroke": INK} if now else {"fill": "none", "stroke": INK_2}
    add(
        root,
        "rect",
        css="col-now" if now else "col",
        x=x,
        y=_COL_BASE - height,
        width=_COL_WIDTH,
        height=height,
        stroke_width=1.25 if now else 1,
        **paint,
    )


def _caption(root: ET.Element, text: str, x: float, y: float, now: bool) -> None:
    size, weight, fill = (14.5, "700", INK) if now else (12.5, "400", INK_2)
    font: Paint = {"font_family": FONT, "font_size": size, "font_weight": weight, "fill": fill}
    add(root, "text", text, css="now" if now else "month", x=x, y=y, text_anchor="middle", **font)


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def count_text(n: int | None) -> str:
    """What a place's count reads on the map and in its key."""
    return "non détaillé" if n is None else f"{number(n)}{NBSP}observations"
