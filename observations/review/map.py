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
from observations.modules import needed_at_once
from observations.permissions import SignedInRequest, can_see_map, require
from observations.review.forms import DaysForm
from observations.review.periods import Against, Period, paired
from observations.review.selection import Selection, over, selection
from observations.review.times import compared_steps, timeline
from observations.spreadsheets import Value, csv_lines
from observations.typography import french, from_to, number

# Small numbers are not protected here, as they are in a synthèse: the files say so themselves.
INTERNAL = "Document de travail, à ne pas diffuser : les petits nombres n’y sont pas protégés."

# What a period is set against, as the address says it (`face`): one of `Against`, or days of the reviewer's choice.
BY_DAYS = "jours"
FACES = {*Against, BY_DAYS}


@require(can_see_map)
@never_cache
@require_safe
def review_map(request: SignedInRequest) -> HttpResponse:
    """The page around the map. Its drawing comes from `/api/v1/`, its figures from here."""
    chosen = selection(request)
    table = _table(chosen)
    now = Period(chosen.since, chosen.until or timezone.localdate())
    face = request.GET.get("face", "")
    days = DaysForm(request.GET) if face == BY_DAYS else DaysForm()
    then = _other(now, face, days)
    compared = then and paired(
        now, then, (table, _table(chosen, over(request, chosen, then.first, then.last)))
    )
    through = timeline(chosen.observations, _until_today(now), [line.neighbourhood for line in table.lines])
    context = {
        "section": "review",
        "selection": chosen,
        "table": table,
        "sentence": _sentence(table),
        "face": face if face in FACES else "",
        "days": days,
        "kept": _kept(request),
        "compared": compared,
        "modules": needed_at_once("js/map_view.js"),
        "picture": _picture(chosen, now),
        "timeline": through,
        "steps": compared_steps(compared) if compared else through.steps(),
        "largest": compared.largest if compared else through.largest,
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


def _other(now: Period, face: str, days: DaysForm) -> Period | None:
    """The period that `now` is set against; None when none is asked for, or none can be."""
    if face == BY_DAYS:
        return Period(days.cleaned_data["du2"], days.cleaned_data["au2"]) if days.is_valid() else None
    return now.other(Against(face)) if face in set(Against) else None


def _picture(chosen: Selection, now: Period) -> dict[str, str]:
    """What static/js/map_picture.js writes around the map."""
    others = [chip.label for chip in chosen.chips if chip.name not in ("du", "au")]
    return {
        "name": _name("png"),
        "days": from_to(now.first, now.last),
        "subtitle": french(" · ".join(others)),
        "note": french(INTERNAL),
    }


def _kept(request: SignedInRequest) -> list[tuple[str, str]]:
    """The address's values that a form of other days carries on."""
    own = {"face", "page", *DaysForm.base_fields}
    return [(name, value) for name, values in request.GET.lists() if name not in own for value in values]


def _until_today(period: Period) -> Period:
    """A wrong clock puts some days in the future: time is shown up to today."""
    return Period(period.first, min(period.last, timezone.localdate()))


def _as_file(answer: HttpResponseBase, suffix: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{_name(suffix)}"'
    return answer


def _name(suffix: str) -> str:
    return f"document-de-travail-carte-{timezone.localdate():%Y-%m-%d}.{suffix}"


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
