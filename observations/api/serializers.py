"""The shapes of the application's JSON. They are also its OpenAPI description."""

import math
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from observations import clusters
from observations.models import Colour, Icon, Neighbourhood, Summary, Territory, Theme

BOX_MAX = 200
SCALE_MAX = 10_000_000


class SubThemeSerializer(serializers.ModelSerializer[Theme]):
    short_name = serializers.CharField(source="label", help_text="Nom qui tient sur une tuile.")
    colour = serializers.ChoiceField(choices=Colour.choices, help_text="Une des 14 couleurs.")
    icon = serializers.ChoiceField(choices=Icon.choices)

    class Meta:
        model = Theme
        fields = ["slug", "name", "short_name", "colour", "icon"]


class ThemeSerializer(SubThemeSerializer):
    children = SubThemeSerializer(many=True, source="offered_children")

    class Meta(SubThemeSerializer.Meta):
        fields = [*SubThemeSerializer.Meta.fields, "children"]


class CommuneSerializer(serializers.Serializer[dict[str, str]]):
    insee = serializers.CharField()
    name = serializers.CharField()


class NeighbourhoodPropertiesSerializer(serializers.ModelSerializer[Neighbourhood]):
    communes = CommuneSerializer(many=True)
    generation = serializers.IntegerField()

    class Meta:
        model = Neighbourhood
        fields = ["code", "name", "short_name", "communes", "generation", "source"]


class GeometrySerializer(serializers.Serializer[dict[str, Any]]):
    type = serializers.ChoiceField(choices=["Polygon", "MultiPolygon"])
    coordinates = serializers.ListField(child=serializers.JSONField(), help_text="GeoJSON, WGS84.")


class FeatureSerializer(serializers.Serializer[Neighbourhood]):
    type = serializers.SerializerMethodField()
    properties = NeighbourhoodPropertiesSerializer(source="*")
    geometry = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["Feature"]))
    def get_type(self, neighbourhood: Neighbourhood) -> str:
        return "Feature"

    @extend_schema_field(GeometrySerializer)
    def get_geometry(self, neighbourhood: Neighbourhood) -> dict[str, Any]:
        # As stored: geo.to_geojson wrote it valid, and walking every coordinate again would be slow.
        return neighbourhood.boundary


class FeatureCollectionSerializer(serializers.Serializer[dict[str, Any]]):
    type = serializers.ChoiceField(choices=["FeatureCollection"])
    features = FeatureSerializer(many=True)


class BoxField(serializers.CharField):
    """`west,south,east,north` in degrees, as Leaflet's `toBBoxString` writes it; cut at the world's edges."""

    default_error_messages = {
        "box": "Donnez quatre nombres séparés par des virgules : ouest, sud, est, nord, en degrés.",
        "empty": "Ce cadre est vide : l’ouest doit précéder l’est, et le sud être sous le nord.",
    }

    def to_internal_value(self, data: object) -> tuple[float, float, float, float]:
        try:
            west, south, east, north = (float(part) for part in super().to_internal_value(data).split(","))
        except ValueError:
            self.fail("box")
        if not all(map(math.isfinite, (west, south, east, north))):
            self.fail("box")
        west, east = max(-180.0, west), min(180.0, east)
        south, north = max(-90.0, south), min(90.0, north)
        if west >= east or south >= north:
            self.fail("empty")
        return west, south, east, north


class ViewSerializer(serializers.Serializer[clusters.View]):
    """The view that a map asks about."""

    boite = BoxField(
        max_length=BOX_MAX, help_text="Cadre de la vue : ouest,sud,est,nord en degrés. Par exemple 2,51,3,52."
    )
    zoom = serializers.IntegerField(
        help_text=f"Zoom de la carte, ramené entre 0 et {clusters.ZOOM_MAX}.", min_value=-100, max_value=100
    )
    echelle = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=SCALE_MAX,
        help_text="Plus grand nombre que les teintes disent, pour comparer plusieurs réponses ; "
        "sans lui, celui de la réponse.",
    )

    def view(self) -> clusters.View:
        """The view asked for, once valid."""
        zoom = max(0, min(clusters.ZOOM_MAX, self.validated_data["zoom"]))
        west, south, east, north = self.validated_data["boite"]
        return clusters.View(west, south, east, north, zoom)


class RootThemeSerializer(serializers.ModelSerializer[Theme]):
    class Meta:
        model = Theme
        fields = ["slug", "name", "colour", "icon"]


class ClusterSerializer(serializers.Serializer[clusters.Cluster]):
    n = serializers.IntegerField(min_value=1)
    latitude = serializers.FloatField()
    longitude = serializers.FloatField()
    box = serializers.ListField(
        child=serializers.FloatField(), min_length=4, max_length=4, help_text="west, south, east, north"
    )
    themes = serializers.DictField(child=serializers.IntegerField(), help_text="Thème : nombre.")
    id = serializers.UUIDField(allow_null=True, help_text="Quand l’observation est seule.")


class LevelSerializer(serializers.Serializer[clusters.Level]):
    level = serializers.IntegerField(min_value=1, max_value=clusters.LEVELS)
    at_least = serializers.IntegerField()
    at_most = serializers.IntegerField(allow_null=True)


class NeighbourhoodCountSerializer(serializers.Serializer[dict[str, Any]]):
    code = serializers.CharField()
    n = serializers.IntegerField()
    without_point = serializers.IntegerField()
    level = serializers.IntegerField(min_value=0, max_value=clusters.LEVELS)


class MapSerializer(serializers.Serializer[dict[str, Any]]):
    n = serializers.IntegerField(help_text="Observations du filtre, partout.")
    without_point = serializers.IntegerField(help_text="Dont sans point sur la carte.")
    themes = RootThemeSerializer(many=True, help_text="Ceux des groupes, dans l’ordre du territoire.")
    clusters = ClusterSerializer(many=True, help_text="Groupes de la vue seule.")
    neighbourhoods = NeighbourhoodCountSerializer(many=True)
    levels = LevelSerializer(many=True)


class ProblemSerializer(serializers.Serializer[dict[str, str]]):
    """Why nothing is given: signed out, or another role's data."""

    detail = serializers.CharField()


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$"})
class MonthField(serializers.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m", **options)


class SummaryLineSerializer(serializers.ModelSerializer[Summary]):
    """A published month, and where its content is."""

    month = MonthField(help_text="Le mois, « 2026-10 ».")
    url = serializers.HyperlinkedIdentityField(view_name="api-summary")

    class Meta:
        model = Summary
        fields = ["id", "url", "month", "version", "reason", "published_at"]


class TerritorySerializer(serializers.ModelSerializer[Territory]):
    class Meta:
        model = Territory
        fields = ["name", "siren", "threshold"]


class SummarySerializer(SummaryLineSerializer):
    territory = serializers.SerializerMethodField()
    content = serializers.JSONField(
        help_text="Le contenu figé à la publication, tel que la page le montre. `format` dit comment le lire."
    )

    class Meta(SummaryLineSerializer.Meta):
        fields = [*SummaryLineSerializer.Meta.fields, "territory", "content"]

    @extend_schema_field(TerritorySerializer)
    def get_territory(self, summary: Summary) -> Any:
        return TerritorySerializer(Territory.current()).data
