"""« Qui voit quoi », told to each person from the table that the code enforces (privacy.rights)."""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.models import Role
from observations.permissions import SignedInRequest, can_capture, can_follow_own, reach, require
from observations.privacy.rights import RIGHTS, ROLES, TWO_FACTORS, Reach, Thing, said_to

# What happens to what a worker writes, in the order in which one asks.
ABOUT_WORDS = [Thing.RAW, Thing.AUTHOR, Thing.EXPORT]


class Cell(NamedTuple):
    """`given` is False for « non », which the page writes more quietly."""

    label: str
    said: str
    given: bool


class Row(NamedTuple):
    label: str
    cells: list[Cell]


def whoever_is_signed_in(user: object) -> bool:
    return True


@require(whoever_is_signed_in)
@require_safe
@never_cache
def who_sees_what(request: SignedInRequest) -> HttpResponse:
    """What I see, what others see of what I write, then the whole table."""
    user = request.user
    context = {
        "section": "who_sees_what",
        "mine": [_cell(thing, said_to(reach(user, thing)), reach(user, thing)) for thing in Thing],
        "roles": [Role(role).label for role in ROLES],
        "rows": [
            Row(str(thing), [_cell(Role(role).label, r.value, r) for role, r in by_role.items()])
            for thing, by_role in RIGHTS.items()
        ],
        "others": others(user.role) if can_follow_own(user) else [],
        "writes": can_capture(user),
        "places": [place.short_name for place in user.neighbourhoods.all()],
        "two_factors": [Role(role).label for role in ROLES if role in TWO_FACTORS],
    }
    return render(request, "oversight/who_sees_what.html", context)


def others(role: str) -> list[Row]:
    """What each other role sees of what a worker writes."""
    return [
        Row(
            Role(other).label,
            [
                _cell(str(thing), _of_mine(RIGHTS[thing][other]), RIGHTS[thing][other])
                for thing in ABOUT_WORDS
            ],
        )
        for other in ROLES
        if other != role
    ]


def _of_mine(reached: Reach) -> str:
    """Seen from who wrote: another worker's own observations are not mine."""
    return Reach.NO.value if reached is Reach.OWN else reached.value


def _cell(label: object, said: str, reached: Reach) -> Cell:
    return Cell(str(label), said, said != Reach.NO.value and reached is not Reach.NO)
