"""Pages that belong to no stage: the door, the monitor, the errors."""

import tempfile

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.context import NAVIGATION

# Where each role works first: the first of these that it may open.
WORKPLACES = ["review", "council", "capture", "summaries", "admin:index"]


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Sends each role to its work."""
    allowed = {place.url_name for place in NAVIGATION if place.allowed(request.user)}
    for name in WORKPLACES:
        if name in allowed:
            return redirect(name)
    return render(request, "403.html", status=403)


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the disk takes a byte, else 503 naming which does not."""
    state = {"database": _database_answers(), "disk": _disk_writes()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _disk_writes() -> bool:
    try:
        with tempfile.TemporaryFile(dir=settings.VAR) as file:
            file.write(b"1")
            file.flush()
    except OSError:
        return False
    return True


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form kept open too long, or sent from elsewhere."""
    return render(request, "403_csrf.html", status=403)
