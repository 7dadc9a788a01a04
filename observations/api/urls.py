"""The JSON of the application's own pages, the published synthèses for partners' systems, and its description."""

from django.urls import URLPattern, path
from drf_spectacular.views import SpectacularJSONAPIView

from observations.api.views import (
    MapView,
    NeighbourhoodsView,
    SummariesView,
    SummaryView,
    ThemesView,
    unknown,
)

urlpatterns: list[URLPattern] = [
    path("themes/", ThemesView.as_view(), name="api-themes"),
    path("neighbourhoods/", NeighbourhoodsView.as_view(), name="api-neighbourhoods"),
    path("map/", MapView.as_view(), name="api-map"),
    path("syntheses/", SummariesView.as_view(), name="api-summaries"),
    path("syntheses/<int:pk>/", SummaryView.as_view(), name="api-summary"),
    # Open to all: it says how to ask, and nothing of what is here.
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    # A program asked: it is told in its own language.
    path("<path:rest>", unknown),
]
