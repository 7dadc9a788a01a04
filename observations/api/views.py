"""The application's own JSON, read by its pages; the published synthèses, by partners' systems too."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from observations import clusters, permissions
from observations.api.authentication import TokenAuthentication
from observations.api.serializers import (
    FeatureCollectionSerializer,
    MapSerializer,
    ProblemSerializer,
    SummaryLineSerializer,
    SummarySerializer,
    ThemeSerializer,
    ViewSerializer,
)
from observations.filters import NAMES, ObservationFilter
from observations.models import ApiToken, Theme
from observations.models.observation import ObservationQuerySet

REFUSED = {403: ProblemSerializer}
CLOSED = {401: ProblemSerializer, **REFUSED}
FAULTS = OpenApiResponse(
    {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    description="Ce qui ne va pas, paramètre par paramètre.",
)

# Nothing secret is compressed together with what a visitor may inject (BREACH): no token is in these answers.
reference_data = method_decorator(
    [gzip_page, cache_control(private=True, no_cache=True), conditional_page], name="dispatch"
)
live_data = method_decorator([gzip_page, cache_control(private=True, no_store=True)], name="dispatch")


class CanSeeMap(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        return permissions.can_see_map(request.user)


class CanReadSummaries(BasePermission):
    """A token, which opens nothing else, or an account that reads synthèses."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return isinstance(request.auth, ApiToken) or permissions.can_read_summaries(request.user)


@reference_data
class ThemesView(APIView):
    """Themes that the form proposes, each with its sub-themes, in the territory's order."""

    @extend_schema(
        operation_id="themes", summary="Thèmes", responses={200: ThemeSerializer(many=True), **REFUSED}
    )
    def get(self, request: Request) -> Response:
        children = Prefetch("children", Theme.objects.offered(), to_attr="offered_children")
        themes = Theme.objects.offered().roots().prefetch_related(children)
        return Response(ThemeSerializer(themes, many=True).data)


@reference_data
class NeighbourhoodsView(APIView):
    """Outlines of the neighbourhoods that this account works in, as GeoJSON."""

    @extend_schema(
        operation_id="neighbourhoods",
        summary="Quartiers",
        responses={200: FeatureCollectionSerializer, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        features = permissions.neighbourhoods_for(request.user)
        content = {"type": "FeatureCollection", "features": features}
        return Response(FeatureCollectionSerializer(content).data)


@live_data
class MapView(APIView):
    """What the review's map draws: clusters of a view, counts by neighbourhood. Never a text, never an author."""

    permission_classes = [IsAuthenticated, CanSeeMap]

    @extend_schema(
        operation_id="map",
        summary="Carte de la relecture",
        parameters=[
            ViewSerializer,
            *(
                OpenApiParameter(name, OpenApiTypes.STR, description="Filtre de la relecture.")
                for name in NAMES
            ),
        ],
        responses={200: MapSerializer, 400: FAULTS, **REFUSED},
    )
    def get(self, request: Request) -> Response:
        observations, seen = self.asked(request)
        found = clusters.clusters(observations, seen.view())
        counts = clusters.by_neighbourhood(observations)
        shading = clusters.Shading(
            max(seen.validated_data.get("echelle", 0), *(row["n"] for row in counts), 0)
        )
        content: dict[str, Any] = {
            "n": sum(row["n"] for row in counts),
            "without_point": sum(row["without_point"] for row in counts),
            "themes": Theme.objects.filter(slug__in={slug for cluster in found for slug in cluster.themes}),
            "clusters": found,
            "neighbourhoods": [{**row, "level": shading.level(row["n"])} for row in counts],
            "levels": shading.levels(),
        }
        return Response(MapSerializer(content).data)

    def asked(self, request: Request) -> tuple[ObservationQuerySet, ViewSerializer]:
        """The filtered observations and what is seen of them; ValidationError (400) names every parameter at fault."""
        seen = ViewSerializer(data=request.query_params.dict())
        narrowed = ObservationFilter(
            request.query_params, permissions.reviewable_observations(request.user), request=request
        )
        if not (seen.is_valid() & narrowed.is_valid()):
            raise ValidationError({**seen.errors, **narrowed.errors})
        return narrowed.qs, seen


def unknown(request: HttpRequest, rest: str) -> JsonResponse:
    """404 for what is not in the description."""
    return JsonResponse({"detail": "Il n’y a rien à cette adresse."}, status=404)


class PublishedView(APIView):
    """What partners read, for their systems: each month in the version that stands."""

    authentication_classes = [TokenAuthentication, SessionAuthentication]
    permission_classes = [CanReadSummaries]


@live_data
class SummariesView(PublishedView):
    @extend_schema(
        operation_id="summaries",
        summary="Synthèses publiées",
        responses={200: SummaryLineSerializer(many=True), **CLOSED},
    )
    def get(self, request: Request) -> Response:
        published = permissions.latest_summaries().light().order_by("-month")
        return Response(SummaryLineSerializer(published, many=True, context={"request": request}).data)


@live_data
class SummaryView(PublishedView):
    @extend_schema(
        operation_id="summary",
        summary="Une synthèse publiée",
        responses={200: SummarySerializer, 404: ProblemSerializer, **CLOSED},
    )
    def get(self, request: Request, pk: int) -> Response:
        published = get_object_or_404(permissions.latest_summaries().defer("pdf"), pk=pk)
        return Response(SummarySerializer(published, context={"request": request}).data)
