"""What a phone asks before it sends: is somebody signed in, who, and with which token."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from observations import permissions
from observations.capture import door, wire
from observations.capture.forms import note_takers
from observations.context import signed_in_since
from observations.models import User


@gzip_page
@never_cache
@require_safe
def token(request: HttpRequest) -> JsonResponse:
    """The token for `X-CSRFToken`, and the person whose queue may be sent with it. 401 or 403 as the door."""
    try:
        user = door.field_worker(request)
    except wire.Refused as refused:
        return refused.answer()
    return JsonResponse({"token": get_token(request), "user": _described(user)})


def _described(user: User) -> dict[str, Any]:
    """`neighbourhoods` is null for the whole territory; `since` tells one sign-in from the next."""
    limited = user.neighbourhoods.exists()
    codes = permissions.neighbourhoods_for(user).values_list("code", flat=True)
    takers = note_takers() if permissions.can_review(user) else {}
    return {
        "key": str(user.pk),
        "name": str(user),
        "role": user.role,
        "since": signed_in_since(user),
        "neighbourhoods": list(codes) if limited else None,
        "note_takers": [[key, str(taker)] for key, taker in takers.items()],
    }
