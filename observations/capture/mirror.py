"""The worker's mirror: where, when and on what I listened, what stayed silent, what became of it. For my eyes only.

Nothing here is counted for anybody else: the page reads the rows of who asks, keeps nothing, and no other page or file
has these figures.
"""

from collections import Counter
from datetime import date

from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import permissions, recurrence
from observations.models import Need, Neighbourhood, Status, Theme, User
from observations.recurrence import Heard

BECAME = {
    Status.TO_READ: "à relire",
    Status.TO_COMPLETE: "une question vous attend",
    Status.ACCEPTED: "retenues",
    Status.SET_ASIDE: "écartées, avec un motif",
}


@permissions.require(permissions.can_follow_own)
@never_cache
@require_safe
def mirror(request: permissions.SignedInRequest) -> HttpResponse:
    """The last thirteen months of one's own observations."""
    today = timezone.localdate()
    month = today.replace(day=1)
    first = recurrence.first_day(recurrence.month_index(today) - recurrence.MONTHS + 1)
    mine = permissions.own_observations(request.user).filter(observed_on__gte=first, observed_on__lte=today)
    theme = Coalesce("theme__parent__slug", "theme__slug")
    found = mine.order_by().values_list(
        theme, "neighbourhood__code", "observed_on", "cell_row", "cell_col", "status"
    )
    heard, became = [], Counter[str]()
    for slug, code, day, row, col, status in found:
        heard.append(Heard(slug, code, day, None if row is None else (row, col)))
        became[status] += 1
    themes = list(Theme.objects.roots().order_by("rank"))
    places = list(permissions.neighbourhoods_for(request.user).defer("boundary"))
    months = Counter(recurrence.month_index(row.day) for row in heard)
    last = recurrence.month_index(today)
    context = {
        "section": "own_observations",
        "first": first,
        "effort": recurrence.effort(heard),
        "months": [
            (recurrence.first_day(i), months[i]) for i in range(last - recurrence.MONTHS + 1, last + 1)
        ],
        "themes": _counted(themes, Counter(row.theme for row in heard)),
        "places": _counted(places, Counter(row.place for row in heard)),
        "silent_themes": _silent(
            [t for t in themes if t.active], {r.theme: r.day for r in _by_day(heard)}, today
        ),
        "silent_places": _silent(places, {row.place: row.day for row in _by_day(heard)}, today),
        "days": recurrence.SILENT_DAYS,
        "became": [(label, became[status]) for status, label in BECAME.items() if became[status]],
        "needs": _needs(request.user),
        "this_month": months[recurrence.month_index(month)],
    }
    return render(request, "capture/mirror.html", context)


def _needs(user: User) -> list[tuple[Need, int]]:
    """The needs that one's own observations are in, each with how many of them, the most first."""
    counts = Counter(link.need for link in permissions.needs_of_own(user))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].title))


def _by_day(heard: list[Heard]) -> list[Heard]:
    return sorted(heard, key=lambda row: row.day)


def _key(thing: Theme | Neighbourhood) -> str:
    return thing.slug if isinstance(thing, Theme) else thing.code


def _counted(
    things: list[Theme] | list[Neighbourhood], counts: Counter[str]
) -> list[tuple[Theme | Neighbourhood, int]]:
    """Those heard of, the most first."""
    heard = [(thing, counts[_key(thing)]) for thing in things if counts[_key(thing)]]
    return sorted(heard, key=lambda pair: -pair[1])


def _silent(things: list[Theme] | list[Neighbourhood], last: dict[str, date], today: date) -> list[str]:
    names = {_key(thing): thing.short_name or thing.name for thing in things}
    return [names[key] for key in recurrence.silent(names, last, today)]
