"""Compiles a template in a process of its own: `python -I process.py` < request (JSON) > PDF.

Alone in its file, and run by path, so that the process loads Typst and nothing else. It bounds its memory, and
says nothing on failure: an error message could quote a resident.
"""

import contextlib
import json
import sys

import typst

try:
    import resource
except ImportError:  # Windows: no limit to set, the caller's timeout remains
    resource = None  # type: ignore[assignment]

MEMORY = 2 * 1024**3
"""Bytes of address space: some ten times what a four-page report takes."""
FAILED = 3


def main() -> int:
    """Read {"template": path, "data": str, "fonts": [folder], "timestamp": seconds}; write the PDF; 0 or FAILED."""
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    request = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=request["fonts"])
    try:
        pdf = typst.compile(
            request["template"],
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": request["data"]},
            pdf_standards=["ua-1"],
            timestamp=request["timestamp"],
        )
    except typst.TypstError:
        return FAILED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
