"""Reads every message to its end before it is answered."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, UnreadablePostError

CHUNK = 64 * 1024
# Beyond, whoever goes on sending loses the connection, and with it the answer.
READ_MAX = 16 * 1024 * 1024


def read_to_the_end(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Middleware: what no view read is read and thrown away.

    The server closes a connection whose request it did not read: a browser still sending
    then sees a network error in place of the refusal (401, 403, 413, 503).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        try:
            for _ in range(READ_MAX // CHUNK):
                if not request.read(CHUNK):
                    break
        except UnreadablePostError:
            # The client is gone: nobody waits for the answer.
            pass
        return response

    return middleware
