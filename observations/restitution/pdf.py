"""The synthèse as a tagged PDF (PDF/UA-1), set by Typst from `synthese.typ`.

The content goes in as data, never as markup. Typst runs in a process of its own: its memory goes back to the
system, and a content that breaks it breaks nothing else.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from observations.restitution import marks, typeset
from observations.restitution.charts import Drawing, bars, columns, compared
from observations.restitution.content import Content
from observations.restitution.glyphs import drawable, font_folders
from observations.restitution.territory import PAGE, territory_map

TIMEOUT = 20
"""Seconds; a report takes under one."""
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the other process needs of the environment: none of its secrets."""


class PdfError(RuntimeError):
    """The PDF could not be made. The message is for the journal: it never holds a resident's words."""


def render(content: Content) -> bytes:
    """The PDF of a content. Raises PdfError when it cannot be made, or not in time."""
    request = {
        "data": json.dumps(_data(content), ensure_ascii=False),
        "fonts": font_folders(),
        # The month itself, so that the same content gives the same file.
        "timestamp": int(datetime.strptime(content["month"], "%Y-%m").replace(tzinfo=UTC).timestamp()),
    }
    return _run(json.dumps(request).encode())


def _run(request: bytes) -> bytes:
    command = [sys.executable, "-I", str(Path(typeset.__file__))]
    # Few threads and few heaps, so that the bound on memory means the same on two cores and on sixty.
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "2"}
    try:
        done = subprocess.run(  # noqa: S603 (our own file, no argument from outside)
            command, input=request, capture_output=True, timeout=TIMEOUT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise PdfError("The PDF took too long.") from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise PdfError(f"The PDF could not be set (exit code {done.returncode}).")
    return done.stdout


def _data(content: Content) -> dict[str, Any]:
    """What `synthese.typ` reads: the content, drawable by its fonts, and its figures."""
    shown = cast(Content, _drawable(content))
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


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    if isinstance(value, dict):
        return {key: _drawable(item) for key, item in value.items()}
    return value
