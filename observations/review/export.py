"""Raw words as a file: proved again, with a reason, written in the journal, without whoever wrote them."""

import tempfile
from collections.abc import Callable, Iterator

from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from observations.actions import disclosure
from observations.models import Observation
from observations.models.journal import ExportReason
from observations.models.observation import ObservationQuerySet
from observations.permissions import SignedInRequest, can_export_words, require, require_recent_factor
from observations.review.forms import ExportForm
from observations.review.selection import Selection, selection
from observations.spreadsheets import Value, csv_lines, write_xlsx

HEADER = (
    "Identifiant",
    "Jour",
    "Reçue le",
    "Quartier",
    "Code du quartier",
    "Thème",
    "Sous-thème",
    "Nature",
    "Ce qui a été dit",
    "Mots exacts",
    "Ce qui a été vu",
    "Ce qui en est compris",
    "Accord pour être cité",
    "Personnes",
    "Genre de lieu",
    "Précision",
    "Nom du lieu",
    "Latitude",
    "Longitude",
    "État",
    "Motif ou question",
    "Texte pour les partenaires",
)
# Who wrote is not even read.
WITHHELD = ("author", "noted_by", "status_by", "digest", "stems")
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


def rows(observations: ObservationQuerySet) -> Iterator[tuple[Value, ...]]:
    """One row an observation, in the reading order, read a few hundred at a time."""
    found = observations.for_reading().in_reading_order().defer(*WITHHELD, "neighbourhood__boundary")
    return (_row(observation) for observation in found.iterator(chunk_size=500))


def _row(o: Observation) -> tuple[Value, ...]:
    return (
        str(o.pk),
        o.observed_on.isoformat(),
        # The day alone: the minute would tell whose round it was.
        timezone.localdate(o.received_at).isoformat(),
        o.neighbourhood.name,
        o.neighbourhood.code,
        o.theme.root.name,
        o.theme.name if o.theme.parent_id else "",
        o.get_nature_display(),
        o.words,
        "oui" if o.words_exact else "non",
        o.seen,
        o.reading,
        o.get_agreement_display(),
        o.get_people_display(),
        o.get_place_kind_display(),
        o.get_precision_display(),
        o.place_label,
        o.latitude,
        o.longitude,
        o.get_status_display(),
        o.status_reason,
        o.public_text,
    )


def _as_csv(found: Iterator[tuple[Value, ...]]) -> HttpResponseBase:
    answer = StreamingHttpResponse(csv_lines(HEADER, found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return answer


def _as_xlsx(found: Iterator[tuple[Value, ...]]) -> HttpResponseBase:
    """Written to a file that has no name on the disk and goes with the answer."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_xlsx(file, "Observations", HEADER, found)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_name("xlsx"), content_type=SHEET)


def _name(suffix: str) -> str:
    return f"observations-{timezone.localdate():%Y-%m-%d}.{suffix}"


FILES: dict[str, Callable[[Iterator[tuple[Value, ...]]], HttpResponseBase]] = {
    "csv": _as_csv,
    "xlsx": _as_xlsx,
}
