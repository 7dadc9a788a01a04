"""Raw words as a file: proved again, with a reason, written in the journal, without whoever wrote them."""

import json
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import F, TextChoices
from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from observations.actions import disclosure
from observations.models import Agreement, Nature, People, PlaceKind, Precision, Status, Theme
from observations.models.journal import ExportReason
from observations.models.observation import ObservationQuerySet
from observations.permissions import SignedInRequest, can_export_words, require, require_recent_factor
from observations.review.forms import ExportForm
from observations.review.selection import Selection, selection
from observations.spreadsheets import Value, csv_lines, write_xlsx

# What leaves: the name of each column and the field it says. Who wrote is not even read.
COLUMNS = (
    ("Identifiant", "pk"),
    ("Jour", "observed_on"),
    ("Reçue le", "received_at"),
    ("Quartier", "neighbourhood__name"),
    ("Code du quartier", "neighbourhood__code"),
    ("Thème", "theme"),
    ("Sous-thème", "sub_theme"),
    ("Nature", "nature"),
    ("Ce qui a été dit", "words"),
    ("Mots exacts", "words_exact"),
    ("Ce qui a été vu", "seen"),
    ("Ce qui en est compris", "reading"),
    ("Accord pour être cité", "agreement"),
    ("Personnes", "people"),
    ("Genre de lieu", "place_kind"),
    ("Précision", "precision"),
    ("Nom du lieu", "place_label"),
    ("Latitude", "latitude"),
    ("Longitude", "longitude"),
    ("État", "status"),
    ("Motif ou question", "status_reason"),
    ("Texte pour les partenaires", "public_text"),
)
CHOICES: dict[str, type[TextChoices]] = {
    "nature": Nature,
    "agreement": Agreement,
    "people": People,
    "place_kind": PlaceKind,
    "precision": Precision,
    "status": Status,
}
HEADER = tuple(name for name, _ in COLUMNS)
Row = tuple[Value, ...]
# Rows read together: memory does not grow with the export.
TOGETHER = 1000
# Features sent together.
PIECE = 200
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@require(can_export_words)
@require_recent_factor
@never_cache
def export(request: SignedInRequest) -> HttpResponseBase:
    """The page that says what will leave and asks why; POST is the file.

    The filters travel in the form: no address of an export holds what was searched for.
    """
    if request.method != "POST":
        return _page(request, selection(request), ExportForm())
    chosen = selection(request, QueryDict(request.POST.get("filtres", "").removeprefix("?")))
    form = ExportForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, form, status=422)
    disclosure.allow_export(reason=ExportReason(form.cleaned_data["why"]), by=request.user)
    return FILES[form.cleaned_data["kind"]](rows(chosen.observations))


def _page(request: SignedInRequest, chosen: Selection, form: ExportForm, status: int = 200) -> HttpResponse:
    context = {
        "section": "review",
        "selection": chosen,
        "count": chosen.observations.count(),
        "form": form,
    }
    return render(request, "review/export.html", context, status=status)


def rows(observations: ObservationQuerySet) -> Iterator[Row]:
    """One row an observation, in the order of `COLUMNS` and of reading; plain values, several times faster than
    objects."""
    said = _said()
    as_said = [said.get(field, _as_it_is) for _, field in COLUMNS]
    found = observations.in_reading_order().annotate(sub_theme=F("theme"))
    read = found.values_list(*(field for _, field in COLUMNS)).iterator(chunk_size=TOGETHER)
    return (tuple([say(value) for say, value in zip(as_said, row, strict=True)]) for row in read)


def _said() -> dict[str, Callable[[Any], Value]]:
    """How each field is said, where it is not as it is kept."""
    themes = list(Theme.objects.select_related("parent"))
    return {
        "pk": str,
        "observed_on": date.isoformat,
        # The day alone: the minute would tell whose round it was.
        "received_at": lambda moment: timezone.localdate(moment).isoformat(),
        "theme": {theme.pk: theme.root.name for theme in themes}.__getitem__,
        "sub_theme": {theme.pk: theme.name if theme.parent_id else "" for theme in themes}.__getitem__,
        "words_exact": lambda exact: "oui" if exact else "non",
        **{field: ({"": ""} | dict(kind.choices)).__getitem__ for field, kind in CHOICES.items()},
    }


def _as_it_is(value: Value) -> Value:
    return value


def _as_csv(found: Iterator[Row]) -> HttpResponseBase:
    return _streamed(csv_lines(HEADER, found), "csv", "text/csv; charset=utf-8")


def _as_geojson(found: Iterator[Row]) -> HttpResponseBase:
    return _streamed(_features(found), "geojson", "application/geo+json")


def _features(found: Iterator[Row]) -> Iterator[str]:
    """A FeatureCollection (RFC 7946) in pieces; without a point, the geometry is null."""
    yield '{"type": "FeatureCollection", "features": [\n'
    between = ""
    while together := list(islice(found, PIECE)):
        yield between + ",\n".join(json.dumps(_feature(row), ensure_ascii=False) for row in together)
        between = ",\n"
    yield "\n]}\n"


def _feature(row: Row) -> dict[str, Any]:
    said = dict(zip(HEADER, row, strict=True))
    latitude, longitude = said.pop("Latitude"), said.pop("Longitude")
    point = None if latitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "geometry": point, "properties": said}


def _streamed(pieces: Iterator[str], suffix: str, kind: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{_name(suffix)}"'
    return answer


def _as_xlsx(found: Iterator[Row]) -> HttpResponseBase:
    """Written to a file that has no name on the disk and goes with the answer."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_xlsx(file, "Observations", HEADER, found)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_name("xlsx"), content_type=SHEET)


def _name(suffix: str) -> str:
    return f"observations-{timezone.localdate():%Y-%m-%d}.{suffix}"


FILES: dict[str, Callable[[Iterator[Row]], HttpResponseBase]] = {
    "csv": _as_csv,
    "geojson": _as_geojson,
    "xlsx": _as_xlsx,
}
