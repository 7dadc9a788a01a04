"""The map of a synthèse: neighbourhoods shaded by count, drawn on squared paper whose square is a kilometre.

Equirectangular, the longitude scaled by the cosine of the middle latitude: at the scale of a territory (tens
of kilometres) the error is under one pixel.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from observations.restitution.charts import (
    FONT,
    INK,
    INK_2,
    LINE,
    LINE_STRONG,
    SHEET,
    Drawing,
    KeyEntry,
    Paint,
    add,
    canvas,
    hatching,
    svg_text,
)
from observations.restitution.content import Shape, TerritoryMap
from observations.typography import french, number

_SHADES = ("", "#e3d9bd", "#cfbf93", "#a9935c", "#75602f")
_KM_PER_DEGREE = 111.2
WIDE, PAGE, NARROW = 760, 520, 360
"""Pixels. The text keeps its size: a page shows the map on some 128 mm, where 12 px read as 8 points."""
_STEPS = (1, 2, 5, 10, 20, 50)


class Box(NamedTuple):
    """Pixels: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share some surface."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class _Paper(NamedTuple):
    """The frame in pixels, and where a position falls on it."""

    width: float
    height: float
    scale: float
    """Pixels per kilometre."""
    west: float
    north: float
    cosine: float

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        x = (lon - self.west) * self.cosine * _KM_PER_DEGREE * self.scale
        return x, (self.north - lat) * _KM_PER_DEGREE * self.scale


def territory_map(drawn: TerritoryMap, ident: str, *, narrow: bool = False, width: int = WIDE) -> Drawing:
    """The map, with names where there is room and letters elsewhere; `narrow`, for a phone, has letters only.

    `key` explains the letters, to be listed beneath. `ident` is unique in the page. With no outline at all
    the svg is empty, and the text still says the counts.
    """
    shapes = [shape for shape in drawn["shapes"] if shape["rings"]]
    text = map_text(drawn)
    if not shapes:
        return Drawing("", text)
    paper = _paper(shapes, NARROW if narrow else width)
    root = canvas(paper.width, paper.height, text, "map")
    fill = hatching(root, ident)
    frame: Paint = {"fill": SHEET, "stroke": LINE_STRONG, "stroke_width": 1, "rx": 3}
    add(root, "rect", css="map-sheet", x=0.5, y=0.5, width=paper.width - 1, height=paper.height - 1, **frame)
    step = _grid(root, paper)
    for shape in shapes:
        _outline(root, paper, shape, fill)
    boxes = {shape["code"]: _bounds(paper, shape) for shape in shapes}
    taken = _furniture(root, paper, step, list(boxes.values()))
    key = _labels(root, paper, shapes, boxes, taken, named=not narrow)
    return Drawing(svg_text(root), text, key)


def map_text(drawn: TerritoryMap) -> str:
    """The sentence that says what the map shows; the merged neighbourhoods are named without a count."""
    counted = [
        f"{shape['short_name']} {number(shape['n'])}" for shape in drawn["shapes"] if shape["n"] is not None
    ]
    merged = [shape["short_name"] for shape in drawn["shapes"] if shape["n"] is None]
    text = f"Carte du nombre d’observations en {drawn['month']} : {', '.join(counted) or 'aucun détail'}."
    if merged:
        text += f" Trop peu pour être détaillé : {', '.join(merged)}."
    return french(text)


def _paper(shapes: Sequence[Shape], width: float) -> _Paper:
    points = [point for shape in shapes for ring in shape["rings"] for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    cosine = max(math.cos(math.radians((south + north) / 2)), 0.01)
    across = max((east - west) * cosine * _KM_PER_DEGREE, 1)
    down = max((north - south) * _KM_PER_DEGREE, 1)
    pad = width * 0.08
    scale = min((width - 2 * pad) / across, width * 0.75 / down)
    height = max(down * scale + 2.2 * pad, width * 0.45)
    left = (width - across * scale) / 2
    above = (height - down * scale) / 2
    degrees = scale * _KM_PER_DEGREE
    return _Paper(width, height, scale, west - left / degrees / cosine, north + above / degrees, cosine)


def _grid(root: ET.Element, paper: _Paper) -> int:
    """Squares of 1 km, or more where the territory is vast; returns their side in kilometres."""
    step = next((km for km in _STEPS if km * paper.scale >= 24), _STEPS[-1])
    side = step * paper.scale
    down = "".join(f"M{side * i:.1f} 0V{paper.height:.1f}" for i in range(1, math.ceil(paper.width / side)))
    across = "".join(f"M0 {side * i:.1f}H{paper.width:.1f}" for i in range(1, math.ceil(paper.height / side)))
    add(root, "path", css="map-grid", d=down + across, fill="none", stroke=LINE, stroke_width=0.75)
    return step


def _outline(root: ET.Element, paper: _Paper, shape: Shape, hatched: str) -> None:
    path = "".join(
        "M" + " ".join("{:.1f},{:.1f}".format(*paper.point(*point)) for point in ring) + "Z"
        for ring in shape["rings"]
        if ring
    )
    shown = shape["n"] is not None
    fill = _SHADES[shape["shade"]] if shown else hatched
    paint: Paint = {"fill": fill, "stroke": INK, "stroke_width": 1.25}
    css = f"q q-{shape['shade']}" if shown else "withheld"
    add(root, "path", css=css, d=path, fill_rule="evenodd", stroke_linejoin="round", **paint)


def _furniture(root: ET.Element, paper: _Paper, step: int, boxes: Sequence[Box]) -> list[Box]:
    """North arrow, in the first corner that no outline fills, and scale; returns the room that they take."""
    corners = ((paper.width - 24, 16), (24, 16), (paper.width - 24, paper.height - 58))
    places = [Box(x - 16, y - 12, x + 16, y + 40) for x, y in corners]
    free = next((i for i, place in enumerate(places) if not any(map(place.meets, boxes))), 0)
    x, y = corners[free]
    north = add(root, "g", transform=f"translate({x:.1f} {y:.1f})")
    arrow: Paint = {"fill": "none", "stroke": INK, "stroke_width": 1.5}
    add(north, "path", css="north", d="M0 20V0M-5 6 0 0 5 6", **arrow)
    _write(north, "N", 0, 34, "middle", css="scale")
    _write(root, f"Un carreau = {step} km", 12, paper.height - 12, "start", css="scale", fill=INK_2)
    return [places[free], Box(0, paper.height - 28, 130, paper.height)]


def _labels(
    root: ET.Element,
    paper: _Paper,
    shapes: Sequence[Shape],
    boxes: Mapping[str, Box],
    taken: list[Box],
    *,
    named: bool,
) -> tuple[KeyEntry, ...]:
    """Names with counts where they fit, letters for the others; returns what the letters mean."""
    key = []
    for shape in sorted(shapes, key=lambda shape: (-(shape["n"] or 0), shape["letter"])):
        others = [box for code, box in boxes.items() if code != shape["code"]]
        place = _place(paper, shape, boxes[shape["code"]], [*taken, *others]) if named else None
        if place is None:
            box = boxes[shape["code"]]
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 5
            _write(root, shape["letter"], x, y, "middle", css="letter", weight="700", size=14)
            key.append(KeyEntry(shape["letter"], shape["short_name"], shape["n"]))
            taken.append(Box(x - 8, y - 14, x + 8, y + 4))
            continue
        taken.append(place)
        label = _write(
            root, shape["short_name"], place.left, place.bottom - 5, "start", css="name", weight="600"
        )
        if shape["n"] is not None:
            add(label, "tspan", f"\u00a0{number(shape['n'])}", css="count", font_weight="400")
    return tuple(sorted(key, key=lambda entry: (len(entry.letter), entry.letter)))


def _bounds(paper: _Paper, shape: Shape) -> Box:
    points = [paper.point(*point) for ring in shape["rings"] for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _place(paper: _Paper, shape: Shape, box: Box, taken: Sequence[Box]) -> Box | None:
    """Where the name fits: under, above, right or left of its shape; None when nowhere."""
    figures = 0 if shape["n"] is None else len(str(shape["n"])) + 1
    # Semibold 12 px: 6.6 px a letter on average, in the widest of the fonts that a page may use.
    width, height = 6.6 * (len(shape["short_name"]) + figures), 18.0
    middle, centre = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    corners = (
        (middle - width / 2, box.bottom + 2),
        (middle - width / 2, box.top - height - 2),
        (box.right + 5, centre - height / 2),
        (box.left - width - 5, centre - height / 2),
    )
    for left, top in corners:
        place = Box(left, top, left + width, top + height)
        inside = left > 6 and top > 4 and place.right < paper.width - 6 and place.bottom < paper.height - 4
        if inside and not any(place.meets(other) for other in taken):
            return place
    return None


def _write(
    root: ET.Element,
    text: str,
    x: float,
    y: float,
    anchor: str,
    *,
    css: str,
    weight: str = "400",
    size: float = 12,
    fill: str = INK,
) -> ET.Element:
    """Text with a halo of paper, so that it reads over lines and shades."""
    halo: Paint = {"paint_order": "stroke", "stroke": SHEET, "stroke_width": 3.5, "stroke_linejoin": "round"}
    font: Paint = {"font_family": FONT, "font_size": size, "font_weight": weight, "fill": fill}
    return add(root, "text", text, css=css, x=x, y=y, text_anchor=anchor, **font, **halo)
