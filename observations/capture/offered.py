"""The themes and neighbourhoods that an observation may name: read anew for a page, remembered a moment for the door.

The door is asked hundreds of times a second when phones come back to the network, and these rows change a few times a
year: a theme retired elsewhere is still taken for `FRESH` seconds. Who may write at all is never remembered.
"""

import time
from dataclasses import dataclass
from functools import cached_property

from observations import permissions
from observations.capture.fields import Ready
from observations.models import Neighbourhood, Theme, User

# Seconds.
FRESH = 5.0
# Accounts remembered at once, in one process.
ACCOUNTS_MAX = 500


@dataclass(frozen=True)
class Themes:
    """The themes that the form proposes, by slug, with their parents."""

    rows: dict[str, Theme]

    @cached_property
    def choices(self) -> Ready:
        return Ready((slug, theme.name) for slug, theme in self.rows.items())

    @cached_property
    def subs(self) -> Ready:
        subs = ((slug, theme.name) for slug, theme in self.rows.items() if theme.parent_id)
        return Ready([("", ""), *subs])


@dataclass(frozen=True)
class Places:
    """The neighbourhoods that an account may write about, by code, without their outlines."""

    rows: dict[str, Neighbourhood]

    @cached_property
    def choices(self) -> Ready:
        return Ready((code, place.name) for code, place in self.rows.items())


def themes() -> Themes:
    return Themes({theme.slug: theme for theme in Theme.objects.offered().select_related("parent")})


def places(user: User | None) -> Places:
    """`user` None: everybody's."""
    rows = permissions.neighbourhoods_for(user) if user else Neighbourhood.objects.active()
    return Places({place.code: place for place in rows.defer("boundary")})


# When each was read, on the monotonic clock, and what was; an account by its key, the themes by None.
_remembered: dict[int | None, tuple[float, Themes | Places]] = {}


def recent_themes() -> Themes:
    """The themes as they were at most `FRESH` seconds ago."""
    known = _known(None)
    if not isinstance(known, Themes):
        known = themes()
        _remembered[None] = time.monotonic(), known
    return known


def recent_places(user: User) -> Places:
    """This account's neighbourhoods as they were at most `FRESH` seconds ago."""
    known = _known(user.pk)
    if not isinstance(known, Places):
        known = places(user)
        if len(_remembered) > ACCOUNTS_MAX:
            _remembered.clear()
        _remembered[user.pk] = time.monotonic(), known
    return known


def forget() -> None:
    """The next asks the database."""
    _remembered.clear()


def _known(key: int | None) -> Themes | Places | None:
    moment, known = _remembered.get(key, (0.0, None))
    return known if time.monotonic() - moment < FRESH else None
