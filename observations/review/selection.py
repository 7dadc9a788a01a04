"""What a reviewer is looking at: the filters of the query string, applied, said, and carried on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from observations import words
from observations.filters import NAMES, ObservationFilter
from observations.models import Nature, Need, Neighbourhood, PlaceKind, SavedFilter, Status, Theme
from observations.models.observation import ObservationQuerySet
from observations.permissions import (
    SignedInRequest,
    neighbourhoods_for,
    readable_needs,
    reviewable_observations,
)
from observations.typography import NBSP, long_date, quoted

# What to do about a value that a filter does not understand.
ADVICE = {
    "theme": "Ce thème n’existe pas dans la liste.",
    "quartier": "Ce quartier n’est pas parmi les vôtres.",
    "du": "La date « du » s’écrit comme 01/11/2026.",
    "au": "La date « au » s’écrit comme 23/11/2026.",
    "statut": "Cet état n’existe pas.",
    "nature": "Cette nature n’existe pas.",
    "lieu": "Ce genre de lieu n’existe pas.",
    "besoin": "Ce besoin n’existe pas, ou n’est pas dans vos quartiers.",
    "q": "Cherchez avec 100 caractères au plus.",
    "cadre": "Le cadre de la carte n’a pas été compris.",
    "forme": "La forme dessinée n’a pas été comprise : elle a de 3 à 40 coins. Redessinez-la sur la carte.",
}


@dataclass(frozen=True)
class Chip:
    """One filter that is on, and the query string without it."""

    name: str
    label: str
    without: str


@dataclass(frozen=True)
class Selection:
    """`observations` are those this reviewer may see, filtered; `query` ("?…" or "") leads back to them."""

    observations: ObservationQuerySet
    themes: list[Theme]
    places: list[Neighbourhood]
    values: dict[str, Any]
    chips: list[Chip]
    problems: list[str]
    query: str
    # Needs that observations can join, and that the filters offer.
    needs: list[Need]
    # What `q` asks for, as the search compares it (words.query).
    sought: list[tuple[str, ...]]
    # Those that this reviewer keeps under a name.
    saved: list[SavedFilter]
    # The days asked for, both included; `until` is None up to today.
    since: date
    until: date | None
    # What the filters offer.
    statuses = Status.choices
    natures = Nature.choices
    place_kinds = PlaceKind.choices


def selection(request: SignedInRequest, asked: QueryDict | None = None) -> Selection:
    """Reads the filters of `request`, or those `asked`. A value that means nothing is named in `problems`
    and left aside."""
    places = list(reviewed_places(request))
    asked = request.GET if asked is None else asked
    params = asked.copy()
    params.pop("page", None)
    chosen = _filtered(request, params)
    if errors := chosen.form.errors:
        for name in errors:
            params.pop(name, None)
        # Again, without them: a date left aside gives its place to the opening one, and no link carries them on.
        chosen = _filtered(request, params)
    return Selection(
        observations=chosen.qs,
        themes=list(Theme.objects.select_related("parent")),
        places=places,
        values={name: asked.get(name, "") for name in NAMES} | {"statut": asked.getlist("statut")},
        chips=_chips(params, chosen.form.cleaned_data),
        problems=[ADVICE[name] for name in errors if name in ADVICE],
        query=_encoded(params),
        saved=list(SavedFilter.objects.filter(user=request.user)),
        needs=list(readable_needs(request.user).open().in_reading_order()),
        sought=words.query(params.get("q", "")),
        since=chosen.form.cleaned_data["du"],
        until=chosen.form.cleaned_data["au"],
    )


def over(request: SignedInRequest, chosen: Selection, first: date, last: date) -> ObservationQuerySet:
    """What the filters of `chosen` keep of other days, both included."""
    params = QueryDict(chosen.query.removeprefix("?"), mutable=True)
    params["du"], params["au"] = first.isoformat(), last.isoformat()
    return _filtered(request, params).qs


def _filtered(request: SignedInRequest, params: QueryDict) -> ObservationFilter:
    chosen = ObservationFilter(params, queryset=reviewable_observations(request.user), request=request)
    chosen.form.fields["quartier"].queryset = reviewed_places(request)
    return chosen


def reviewed_places(request: SignedInRequest) -> Any:
    """Neighbourhoods to filter by: the reviewer's, those that left the official list included."""
    own = request.user.neighbourhoods.all()
    everywhere = Neighbourhood.objects.defer("boundary")
    return everywhere.filter(pk__in=own.values("pk")) if own.exists() else everywhere


def sorting_places(request: SignedInRequest) -> Any:
    """Neighbourhoods that an observation may be moved to."""
    return neighbourhoods_for(request.user).defer("boundary")


def _encoded(params: QueryDict) -> str:
    return f"?{params.urlencode()}" if params else ""


def _chips(params: QueryDict, cleaned: dict[str, Any]) -> list[Chip]:
    applied = [name for name in NAMES if cleaned.get(name) not in (None, "", [])]
    return [
        Chip(name, _label(name, value, cleaned[name]), _without(params, name, value))
        for name in applied
        for value in params.getlist(name)
        if value
    ]


def _without(params: QueryDict, name: str, value: str) -> str:
    rest = params.copy()
    rest.setlist(name, [other for other in params.getlist(name) if other != value])
    return _encoded(rest)


def _label(name: str, value: str, cleaned: Any) -> str:
    if name in LABELS:
        return LABELS[name](cleaned)
    return str(CHOICES[name](value).label).capitalize()


CHOICES: dict[str, Any] = {"statut": Status, "nature": Nature, "lieu": PlaceKind}
LABELS: dict[str, Any] = {
    "theme": lambda theme: theme.name.capitalize() if theme.parent_id else theme.name,
    "quartier": lambda place: place.short_name,
    "du": lambda day: f"depuis le{NBSP}{long_date(day)}",
    "au": lambda day: f"jusqu’au{NBSP}{long_date(day)}",
    "besoin": lambda need: f"besoin{NBSP}: {need}" if isinstance(need, Need) else "dans aucun besoin",
    "q": quoted,
    "cadre": lambda box: "dans le cadre de la carte",
    "forme": lambda shape: "dans la forme dessinée",
}
