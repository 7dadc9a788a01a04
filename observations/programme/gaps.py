"""Where needs and actions do not meet: themes and neighbourhoods with the ones, not the others. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from observations.models import Action, Need, Neighbourhood, Theme, User
from observations.models.need import ENDED
from observations.permissions import readable_needs


@dataclass(frozen=True)
class Gaps:
    """Names, in the territory's order."""

    themes_unanswered: list[Theme]
    themes_without_need: list[Theme]
    places_unanswered: list[Neighbourhood]
    places_without_need: list[Neighbourhood]
    needs_unanswered: list[Need]


def gaps(actions: Iterable[Action], user: User) -> Gaps:
    """Of these actions (read `for_listing`) and of the open needs that this person reads; four queries."""
    rows = list(actions)
    needs = list(
        readable_needs(user)
        .standing()
        .exclude(state__in=ENDED)
        .select_related("theme__parent")
        .prefetch_related("neighbourhoods")
        .in_reading_order()
    )
    needed_themes = {need.theme.root.pk for need in needs}
    funded_themes = {theme.root.pk for action in rows for theme in action.themes.all()}
    needed_places = {place.pk for need in needs for place in need.neighbourhoods.all()}
    funded_places = {place.pk for action in rows for place in action.neighbourhoods.all()}
    everywhere = any(not action.neighbourhoods.all() for action in rows)
    themes = list(Theme.objects.roots().filter(active=True).order_by("rank"))
    places = list(Neighbourhood.objects.active().defer("boundary").order_by("name"))
    answered = set(Action.needs.through.objects.filter(action__in=rows).values_list("need", flat=True))
    return Gaps(
        [theme for theme in themes if theme.pk in needed_themes - funded_themes],
        [theme for theme in themes if theme.pk in funded_themes - needed_themes],
        [place for place in places if place.pk in needed_places - funded_places and not everywhere],
        [place for place in places if place.pk in funded_places - needed_places],
        [need for need in needs if need.pk not in answered],
    )
