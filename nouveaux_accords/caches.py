"""What a browser or a proxy may keep of the application's answers, and how the shared cache names its rows."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac

Handler = Callable[[HttpRequest], HttpResponseBase]


def private_by_default(get_response: Handler) -> Handler:
    """Middleware: an answer that says nothing of caches is for its reader alone, and asked again each time.

    Pages that hold somebody's words say `no-store` themselves; static files are answered before.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def sealed_key(key: str, prefix: str, version: int) -> str:
    """Key of a row of the shared cache. Counters are kept by network address and by e-mail: nobody reads them there."""
    return salted_hmac("shared cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
