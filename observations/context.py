"""What every page knows: the territory, and the places its reader may go to."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from observations import permissions
from observations.models import Territory


class Place(NamedTuple):
    """One entry of the main navigation."""

    url_name: str
    label: str
    allowed: permissions.Predicate


NAVIGATION = [
    Place("council", "Accueil", permissions.can_open_council),
    Place("capture", "Saisir", permissions.can_capture),
    Place("own_observations", "Mes observations", permissions.can_follow_own),
    Place("cards", "À redire", permissions.can_follow_own),
    Place("review", "Relecture", permissions.can_review),
    Place("needs", "Besoins", permissions.can_make_needs),
    Place(
        "places", "Carte", lambda user: permissions.can_see_places(user) and not permissions.can_see_map(user)
    ),
    Place("summaries", "Synthèses", permissions.can_read_summaries),
    Place("addressed", "Demandes", permissions.can_answer_requests),
    Place("neighbourhoods", "Quartiers", permissions.can_read_summaries),
    Place("actions", "Actions", permissions.can_see_actions),
    Place("meetings", "Instances", permissions.can_hold_meetings),
    Place("themes", "Thèmes", permissions.can_edit_themes),
    Place("journal", "Journal", permissions.can_read_journal),
    Place("admin:index", "Administration", lambda user: user.is_authenticated and user.is_staff),
]


def signed_in_since(user: permissions.Somebody | None) -> str:
    """The moment of the last sign-in, in ISO 8601: it tells one session from the next. Empty for nobody."""
    moment = getattr(user, "last_login", None)
    return moment.isoformat() if moment else ""


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all templates."""
    user = getattr(request, "user", AnonymousUser())
    match = getattr(request, "resolver_match", None)
    # Before the second factor no place opens: none is offered.
    inside = user.is_authenticated and not permissions.lacks_second_factor(request)
    return {
        "territory": Territory.objects.filter(id=1).first(),
        "demo": settings.DEMO,
        "can_capture": inside and permissions.can_capture(user),
        "can_manage_accounts": inside and permissions.can_manage_accounts(user),
        "since": signed_in_since(user),
        "navigation": [place for place in NAVIGATION if inside and place.allowed(user)],
        "here": match.view_name if match else "",
    }
