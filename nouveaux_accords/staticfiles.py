"""Static files: hashed, compressed, one stylesheet a page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("([^":]+)"\);\n', re.MULTILINE)
# A comment that has its lines to itself.
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)


class Storage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, plus three things for a phone on a slow network.

    A page's stylesheet lists its parts with @import, which browsers would fetch one after
    the other: they are joined here. Imports between ES modules get hashed names too, so
    no import map or build step is needed. What explains our own files stays in their source: comments,
    a quarter of what the form's modules weigh, do not travel.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in [name for name in paths if name.startswith(("css/", "js/"))]:
                source, path = paths[name]
                self._write(name, Path(source.path(path)))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _write(self, name: str, source: Path) -> None:
        # From the source each time: a part may have changed when the page's own file has not.
        joined = IMPORT.sub(lambda match: (source.parent / match[1]).read_text(), source.read_text())
        Path(self.path(name)).write_text(COMMENT.sub("", joined))
