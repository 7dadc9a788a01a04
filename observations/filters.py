"""The filters of the review: one declaration for the list, the map and its data.

All of them live in the query string, so that a filtered page can be kept, sent and come back to.
"""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from observations import permissions, search, shapes
from observations.models import (
    Nature,
    Need,
    NeedLink,
    Neighbourhood,
    Observation,
    PlaceKind,
    Status,
    Theme,
    User,
)
from observations.models.need import NeedQuerySet
from observations.models.observation import ObservationQuerySet

NAMES = ("theme", "quartier", "du", "au", "statut", "nature", "lieu", "besoin", "q", "cadre", "forme")


def opening_date(today: date) -> date:
    """First day that lists and maps open on: twelve months back."""
    return today.replace(year=today.year - 1, day=min(today.day, 28))


def _readable_needs(request: HttpRequest | None) -> NeedQuerySet:
    """The needs that whoever asks may narrow to; none for nobody."""
    user = getattr(request, "user", None)
    return permissions.readable_needs(user).standing() if isinstance(user, User) else Need.objects.none()


class ShapeFilter(django_filters.Filter):
    field_class = shapes.ShapeField


class ObservationFilter(django_filters.FilterSet):
    """`theme` takes either level; `du` and `au` are included; without `du`, the last 12 months.

    `cadre` is a box `west,south,east,north` in degrees; observations without a point fall out of it,
    and of `forme`, a shape drawn on the map (`shapes.ShapeField`).
    """

    theme = django_filters.ModelChoiceFilter(
        queryset=Theme.objects.all(),
        to_field_name="slug",
        method="in_theme",
        label="Thème",
        empty_label="Tous",
    )
    quartier = django_filters.ModelChoiceFilter(
        queryset=Neighbourhood.objects.all(),
        to_field_name="code",
        field_name="neighbourhood",
        label="Quartier",
        empty_label="Tous",
    )
    du = django_filters.DateFilter(field_name="observed_on", lookup_expr="gte", label="Du")
    au = django_filters.DateFilter(field_name="observed_on", lookup_expr="lte", label="Au")
    statut = django_filters.MultipleChoiceFilter(field_name="status", choices=Status.choices, label="État")
    nature = django_filters.ChoiceFilter(choices=Nature.choices, label="Nature", empty_label="Toutes")
    lieu = django_filters.ChoiceFilter(
        field_name="place_kind", choices=PlaceKind.choices, label="Genre de lieu", empty_label="Tous"
    )
    besoin = django_filters.ModelChoiceFilter(
        queryset=_readable_needs,
        method="in_need",
        label="Besoin",
        empty_label="Tous",
        null_label="dans aucun besoin",
        null_value="aucun",
    )
    q = django_filters.CharFilter(method="with_words", label="Mots", max_length=100)
    cadre = django_filters.CharFilter(method="in_box", label="Cadre de la carte", max_length=100)
    forme = ShapeFilter(method="in_shape", label="Forme dessinée sur la carte")

    class Meta:
        model = Observation
        fields: list[str] = []

    def __init__(
        self, data: QueryDict | None = None, queryset: ObservationQuerySet | None = None, **kwargs: Any
    ) -> None:
        filled = data.copy() if data is not None else QueryDict(mutable=True)
        if not filled.get("du"):
            filled["du"] = opening_date(timezone.localdate()).isoformat()
        super().__init__(filled, queryset=queryset, **kwargs)

    def in_theme(self, queryset: ObservationQuerySet, name: str, theme: Theme) -> ObservationQuerySet:
        return queryset.filter(Q(theme=theme) | Q(theme__parent=theme))

    def in_need(self, queryset: ObservationQuerySet, name: str, need: Need | str) -> ObservationQuerySet:
        """Those that stand in this need; `aucun`: in none."""
        links = NeedLink.objects.filter(unlinked_at=None)
        if isinstance(need, Need):
            return queryset.filter(pk__in=links.filter(need=need).values("observation"))
        return queryset.exclude(pk__in=links.values("observation"))

    def with_words(self, queryset: ObservationQuerySet, name: str, value: str) -> ObservationQuerySet:
        return search.matching(queryset, value)

    def in_box(self, queryset: ObservationQuerySet, name: str, value: str) -> ObservationQuerySet:
        try:
            west, south, east, north = (float(part) for part in value.split(","))
        except ValueError:
            return queryset.none()
        return queryset.filter(longitude__range=(west, east), latitude__range=(south, north))

    def in_shape(self, queryset: ObservationQuerySet, name: str, shape: shapes.Shape) -> ObservationQuerySet:
        return shapes.inside(queryset, shape)
