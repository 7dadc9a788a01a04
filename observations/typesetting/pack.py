"""The pack of a meeting, A4 landscape: made to be projected and printed."""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from observations.typesetting.setting import all_drawable, typeset
from observations.typography import french

TEMPLATE = Path(__file__).with_name("pack.typ")
WIDTH, HEIGHT = 150.0, 110.0
"""Millimetres of the map."""
MARGIN = 4.0
BLANK_LINES = 7


def meeting_pack(*, content: Mapping[str, Any], made: datetime) -> bytes:
    """The PDF (PDF/UA-1) of a pack as `meetings.pack` composed it. Raises PdfError."""
    needs = {need["need"]: need["place"] for need in content["needs"]}
    data = {
        **content,
        "over": french(f"{content['kind'][0].upper()}{content['kind'][1:]}, {content['held_on']}"),
        "map": _drawn(content["map"]),
        "commitments": [{**one, "place": needs.get(one["need"], "")} for one in content["commitments"]],
        "quotes": [
            {**one, "text": one["text"] if one["withdrawn"] else f"«\u202f{one['text']}\u202f»"}
            for one in content["quotes"]
        ],
        "blank": BLANK_LINES,
    }
    stamp = int(made.replace(tzinfo=made.tzinfo or UTC).timestamp())
    return typeset(TEMPLATE, all_drawable(data), timestamp=stamp)


def _drawn(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Outlines in millimetres from the top left; equirectangular, true to under a millimetre over a territory."""
    points = [point for place in places for ring in place["rings"] for point in ring]
    if not points:
        return {"places": [], "width": 0, "height": 0}
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    cosine = max(math.cos(math.radians((south + north) / 2)), 0.01)
    across, down = max((east - west) * cosine, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)

    def place_of(point: Sequence[float]) -> list[float]:
        x, y = (point[0] - west) * cosine * scale, (north - point[1]) * scale
        return [round(MARGIN + x, 2), round(MARGIN + y, 2)]

    return {
        "width": round(across * scale + 2 * MARGIN, 2),
        "height": round(down * scale + 2 * MARGIN, 2),
        "places": [
            _place(place, [[place_of(p) for p in ring] for ring in place["rings"]]) for place in places
        ],
    }


def _place(place: Mapping[str, Any], rings: list[list[list[float]]]) -> dict[str, Any]:
    xs = [point[0] for ring in rings for point in ring]
    ys = [point[1] for ring in rings for point in ring]
    return {
        "letter": place["letter"],
        "name": place["name"],
        "needs": ", ".join(str(n) for n in place["needs"]),
        "rings": rings,
        "middle": [(min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2] if xs else [0, 0],
    }
