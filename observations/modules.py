"""Which files a JavaScript module brings with it, found by reading it."""

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

AT_ONCE = re.compile(r"""\bfrom\s*["'](\.[^"']+\.js)["']""")
EVER = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+\.js)["']""")


@cache
def needed_at_once(name: str) -> list[str]:
    """Hashed addresses of what must be there before that module runs, itself included."""
    return sorted(_reached([static(name)], AT_ONCE))


def ever_needed(names: Iterable[str]) -> set[str]:
    """Hashed addresses of those modules and of all that they import, on a tap included."""
    return _reached([static(name) for name in names], EVER)


def _reached(to_read: list[str], imports: re.Pattern[str]) -> set[str]:
    known: set[str] = set()
    while to_read:
        module = to_read.pop()
        if module in known:
            continue
        known.add(module)
        with staticfiles_storage.open(module.removeprefix(settings.STATIC_URL)) as file:
            to_read += [urljoin(module, path) for path in imports.findall(file.read().decode())]
    return known
