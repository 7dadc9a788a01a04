"""Theme marks and icons as SVG, read from the same sprite and tokens as the screens."""

import re
from functools import cache
from pathlib import Path

from observations.restitution.charts import INK, SHEET, add, svg_text
from observations.restitution.charts import canvas as _canvas

_STATIC = Path(__file__).resolve().parents[2] / "static"
_SYMBOL = re.compile(r'<symbol id="i-([\w-]+)"[^>]*>\s*<path d="([^"]+)"')
_TOKEN = re.compile(r"--t-([\w-]+?)(-on)?:\s*(#[0-9a-fA-F]{6})")


def mark(colour: str, icon: str) -> str:
    """The square of a theme: its colour (a token's name) and its icon (a symbol's name)."""
    fill, ink = _colours().get(colour, (SHEET, INK))
    root = _canvas(32, 32, "", "mark")
    add(root, "rect", width=32, height=32, rx=5, fill=fill)
    stroke = {
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
        "transform": "translate(5.5 5.5) scale(.875)",
    }
    add(root, "path", d=_icons().get(icon, ""), fill="none", stroke=ink, stroke_width="2", **stroke)
    return svg_text(root)


def symbol(icon: str) -> str:
    """An icon alone, in ink."""
    root = _canvas(24, 24, "", "i")
    stroke = {"stroke_width": "1.75", "stroke_linecap": "round", "stroke_linejoin": "round"}
    add(root, "path", d=_icons().get(icon, ""), fill="none", stroke=INK, **stroke)
    return svg_text(root)


@cache
def _icons() -> dict[str, str]:
    return dict(_SYMBOL.findall((_STATIC / "img" / "icons.svg").read_text(encoding="utf-8")))


@cache
def _colours() -> dict[str, tuple[str, str]]:
    """Fill and the ink that reads on it, by token name."""
    found = _TOKEN.findall((_STATIC / "css" / "tokens.css").read_text(encoding="utf-8"))
    inks = {name: value for name, on, value in found if on}
    return {name: (value, inks.get(name, INK)) for name, on, value in found if not on}
