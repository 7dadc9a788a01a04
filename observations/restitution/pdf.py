"""The synthèse as a tagged PDF, set from `synthese.typ`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from observations.restitution import marks
from observations.restitution.charts import Drawing, bars, columns, compared
from observations.restitution.content import Content
from observations.restitution.territory import PAGE, territory_map
from observations.typesetting.setting import all_drawable, typeset

TEMPLATE = Path(__file__).with_name("synthese.typ")


def render(content: Content) -> bytes:
    """The PDF of a content. Raises PdfError when it cannot be made, or not in time."""
    # Of the month itself, so that the same content gives the same file.
    made = datetime.strptime(content["month"], "%Y-%m").replace(tzinfo=UTC)
    return typeset(TEMPLATE, _data(content), timestamp=int(made.timestamp()))


def _data(content: Content) -> dict[str, Any]:
    """What `synthese.typ` reads: the content, drawable by its fonts, and its figures."""
    shown = cast(Content, all_drawable(content))
    themes = shown["themes"]["rows"]
    place = territory_map(shown["map"], "map", width=PAGE)
    return {
        **shown,
        "map": {key: value for key, value in shown["map"].items() if key != "shapes"} | _figure(place),
        "map_key": [entry._asdict() for entry in place.key],
        "bars": [_figure(drawing) for drawing in bars(shown["themes"])],
        "compared": compared(shown["themes"])._asdict(),
        "columns": [_figure(drawing) for drawing in columns(shown["neighbourhoods"], "col")],
        "marks": {row["slug"]: marks.mark(row["colour"], row["icon"]) for row in themes},
        "symbols": {"holds": marks.symbol("atout"), "weighs": marks.symbol("preoccupation")},
    }


def _figure(drawing: Drawing) -> dict[str, str]:
    return {"svg": drawing.svg, "alt": drawing.text}
