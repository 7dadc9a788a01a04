"""From a frozen content to what its page draws. A content's format number chooses its reader, here only."""

from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString

from observations.restitution.charts import Drawing, bars, columns, compared
from observations.restitution.content import Content, TerritoryMap
from observations.restitution.territory import territory_map


class UnknownFormat(LookupError):
    """This content was frozen by a newer version of the software."""


def report_of(content: Content) -> dict[str, Any]:
    """What `restitution/report.html` shows of a content. Raises UnknownFormat."""
    try:
        return _READERS[content["format"]](content)
    except KeyError:
        raise UnknownFormat(content["format"]) from None


def _format_1(content: Content) -> dict[str, Any]:
    themes, places = content["themes"], content["neighbourhoods"]
    *theme_bars, rest_bar = [*bars(themes), None] if themes["rest"] is None else bars(themes)
    *multiples, rest_columns = (
        [*columns(places, "col"), None] if places["rest"] is None else columns(places, "col")
    )
    first, others = content["quotes"][:1], content["quotes"][1:]
    return {
        "template": "restitution/report_1.html",
        "content": content,
        "theme_bars": [(row, _svg(bar)) for row, bar in zip(themes["rows"], theme_bars, strict=True)],
        "rest_bar": _svg(rest_bar),
        "compared": compared(themes),
        "multiples": [(row, _svg(drawn)) for row, drawn in zip(places["rows"], multiples, strict=True)],
        "rest_columns": _svg(rest_columns),
        **map_report(content["map"]),
        "first_quote": first[0] if first else None,
        "sides": [
            (side, content["sections"][side]["title"], said)
            for side in ("holds", "weighs")
            if (said := [quote for quote in others if quote["side"] == side])
        ],
    }


def map_report(drawn: TerritoryMap) -> dict[str, Any]:
    """What `restitution/map_1.html` shows."""
    wide, narrow = territory_map(drawn, "wide"), territory_map(drawn, "narrow", narrow=True)
    return {
        "map": drawn,
        "map_wide": _svg(wide),
        "map_narrow": _svg(narrow),
        "key_wide": wide.key,
        "key_narrow": narrow.key,
    }


_READERS: dict[int, Callable[[Content], dict[str, Any]]] = {1: _format_1}


def _svg(drawing: Drawing | None) -> SafeString:
    """Ready for a template: `charts` writes XML through a writer that escapes every label."""
    return SafeString(drawing.svg if drawing else "")  # nosec B703 - escaped by its writer
