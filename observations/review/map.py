"""The theme map: the list's filters, on a map and in the table that says the same."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import clusters
from observations.models import Nature, Neighbourhood, PlaceKind, Status
from observations.models.observation import ObservationQuerySet
from observations.permissions import SignedInRequest, can_see_map, require
from observations.review.periods import Against, PairedTable, Period, paired
from observations.review.selection import Selection, over, selection
from observations.spreadsheets import Value, csv_lines
from observations.typography import number

# Small numbers are not protected here, as they are in a synthèse: the files say so themselves.
INTERNAL = "Document de travail, à ne pas diffuser : les petits nombres n’y sont pas protégés."


@require(can_see_map)
@never_cache
@require_safe
def review_map(request: SignedInRequest) -> HttpResponse:
    """The page around the map. Its drawing comes from `/api/v1/`, its figures from here."""
    chosen = selection(request)
    table = _table(chosen)
    asked = request.GET.get("face", "")
    against = Against(asked) if asked in set(Against) else None
    context = {
        "section": "review",
        "selection": chosen,
        "table": table,
        "sentence": _sentence(table),
        "against": against,
        "compared": _compared(request, chosen, table, against) if against else None,
        "statuses": Status.choices,
        "natures": Nature.choices,
        "place_kinds": PlaceKind.choices,
    }
    return render(request, "review/map.html", context)


@require(can_see_map)
@never_cache
@require_safe
def table_file(request: SignedInRequest) -> HttpResponseBase:
    """The map's table as CSV: counts by neighbourhood and theme, never a text, a point or an identifier."""
    table = _table(selection(request))
    header = ("Quartier", "Code", "Total", "Sans point", *(theme.name for theme in table.themes))
    answer = StreamingHttpResponse(csv_lines(header, _rows(table)), content_type="text/csv; charset=utf-8")
    return _as_file(answer, "csv")


def _rows(table: clusters.Table) -> Iterator[tuple[Value, ...]]:
    for line in table.lines:
        place = line.neighbourhood
        yield (place.name, place.code, line.n, line.without_point, *line.counts)
    yield ("Ensemble", "", table.n, table.without_point, *table.totals)
    yield (INTERNAL,)


@require(can_see_map)
@never_cache
@require_safe
def outlines_file(request: SignedInRequest) -> HttpResponseBase:
    """The map's outlines as GeoJSON (RFC 7946), each with its counts; never a text, a point or an identifier."""
    table = _table(selection(request))
    boundaries = dict(
        Neighbourhood.objects.filter(pk__in=[line.neighbourhood.pk for line in table.lines]).values_list(
            "pk", "boundary"
        )
    )
    features = [_feature(line, table, boundaries[line.neighbourhood.pk]) for line in table.lines]
    content = {"type": "FeatureCollection", "note": INTERNAL, "features": features}
    return _as_file(JsonResponse(content, content_type="application/geo+json"), "geojson")


def _feature(line: clusters.Line, table: clusters.Table, boundary: dict[str, Any]) -> dict[str, Any]:
    counts = {theme.slug: n for theme, n in zip(table.themes, line.counts, strict=True) if n}
    place = line.neighbourhood
    properties = {"code": place.code, "name": place.name, "n": line.n, "without_point": line.without_point}
    return {"type": "Feature", "geometry": boundary, "properties": {**properties, "themes": counts}}


def _table(chosen: Selection, observations: ObservationQuerySet | None = None) -> clusters.Table:
    counted = chosen.observations if observations is None else observations
    return clusters.table(counted, (place for place in chosen.places if place.active))


def _compared(
    request: SignedInRequest, chosen: Selection, table: clusters.Table, against: Against
) -> PairedTable | None:
    """The page's table beside that of the other period; None when there is no day to compare."""
    now = Period(chosen.since, chosen.until or timezone.localdate())
    then = now.other(against)
    if then is None:
        return None
    return paired(now, then, (table, _table(chosen, over(request, chosen, then.first, then.last))))


def _as_file(answer: HttpResponseBase, suffix: str) -> HttpResponseBase:
    name = f"document-de-travail-carte-{timezone.localdate():%Y-%m-%d}.{suffix}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sentence(table: clusters.Table) -> str:
    """« 39 observations, dont 5 sans point sur la carte. »"""
    if not table.n:
        return "Aucune observation."
    heard = f"{number(table.n)} observation{'s' if table.n > 1 else ''}"
    if not table.without_point:
        return f"{heard}."
    if table.without_point == table.n:
        return f"{heard}, sans point sur la carte."
    return f"{heard}, dont {number(table.without_point)} sans point sur la carte."
