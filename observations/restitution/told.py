"""What residents are told of a need: a page that anybody opens from a poster, and the poster itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.models import Edition
from observations.permissions import told_under
from observations.posters import poster_of


@never_cache
@require_safe
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """The last edition; an address that opens nothing says so without telling why."""
    edition = _edition(code)
    if edition is None:
        return render(request, "restitution/told_closed.html", status=404)
    return render(request, "restitution/told.html", {"edition": edition, "code": code})


@never_cache
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A4, to be printed by whoever has a hall."""
    edition = _edition(code)
    if edition is None:
        return render(request, "restitution/told_closed.html", status=404)
    return poster_of(request, edition.giving_back, edition, edition.places)


def _edition(code: str) -> Edition | None:
    found = told_under(code)
    return found.editions.select_related("giving_back").first() if found else None
