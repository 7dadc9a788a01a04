"""A database away or locked, a full disk: 503 and « come back », never « something broke ».

A phone keeps what it could not send and tries again; a person reads why. What may be read
without writing is still served.
"""

import errno
import sqlite3
import sys

from django.contrib.sessions import middleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.log import log_response
from django.views import defaults

from observations.capture import wire

# Seconds after which a client may try again.
RETRY_AFTER = 30

# OperationalError also covers a mistake in a query: SQLite's own code tells them apart.
SQLITE_OUTAGES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
DISK_OUTAGES = {errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EROFS}


class SessionMiddleware(middleware.SessionMiddleware):
    """Django's, but a page that was only read is served even when its session cannot be written.

    Django takes a write that fails for a session deleted meanwhile, and answers 400.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except Exception as error:
            if not is_outage(error):
                raise
            if request.method not in {"GET", "HEAD"}:
                response = unavailable(request)
            log_response(
                "Session not saved: %s", request.path, response=response, exception=error, level="error"
            )
            return response


def server_error(request: HttpRequest) -> HttpResponseBase:
    """The `handler500`: called while an exception is handled, also one of a middleware."""
    return unavailable(request) if is_outage(sys.exception()) else defaults.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, as a page where one was asked for, else as the phone's door answers."""
    response: HttpResponse
    # A browser that opens a page names text/html; what a script asks for says */* or JSON.
    if "text/html" in request.headers.get("Accept", ""):
        response = HttpResponse(render_to_string("503.html"), status=503)
    else:
        response = wire.Refused(
            503, "Le service ne peut rien enregistrer pour l’instant. Réessayez."
        ).answer()
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def is_outage(error: BaseException | None) -> bool:
    """Whether an exception, or one that it came from, says that database or disk cannot answer for now."""
    while error is not None:
        if _is_outage(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_outage(error: BaseException) -> bool:
    if isinstance(error, OperationalError | InterfaceError):
        code = getattr(error.__cause__, "sqlite_errorcode", None)
        # The low byte is the family: an extended code says which reading or writing failed.
        return code is None or code & 0xFF in SQLITE_OUTAGES
    return isinstance(error, OSError) and error.errno in DISK_OUTAGES
