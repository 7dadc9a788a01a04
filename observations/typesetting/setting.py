"""One template and its data become a PDF.

The content goes in as data, never as markup. Typst runs in a process of its own: its memory goes back to the
system, and a content that breaks it breaks nothing else.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from observations.typesetting import process
from observations.typesetting.glyphs import drawable, font_folders

TIMEOUT = 20
"""Seconds; a report takes under one."""
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What the other process needs of the environment: none of its secrets."""


class PdfError(RuntimeError):
    """The PDF could not be made. The message is for the journal: it never holds a resident's words."""


def typeset(template: Path, data: dict[str, Any], *, timestamp: int) -> bytes:
    """The PDF of `data`, drawable by the fonts, in `template` (Typst). Raises PdfError when it cannot be made in time.

    `timestamp`: seconds since 1970 that the file says it was made at, so that the same content gives the same file.
    """
    request = {
        "template": str(template),
        "data": json.dumps(data, ensure_ascii=False),
        "fonts": font_folders(),
        "timestamp": timestamp,
    }
    return _run(json.dumps(request).encode())


def all_drawable(value: Any) -> Any:
    """The same lists and dictionaries, each text as the fonts can draw it."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, list):
        return [all_drawable(item) for item in value]
    if isinstance(value, dict):
        return {key: all_drawable(item) for key, item in value.items()}
    return value


def _run(request: bytes) -> bytes:
    command = [sys.executable, "-I", str(Path(process.__file__))]
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
