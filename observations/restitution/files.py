"""A published synthèse as a file to download, the same whoever asks for it."""

import hashlib
import json
from collections.abc import Callable
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from observations.models import Summary
from observations.restitution import sheets
from observations.restitution.content import Content


class Format(NamedTuple):
    """One kind of file: its media type, and how a published version becomes its bytes."""

    kind: str
    body: Callable[[Summary], bytes]


FORMATS = {
    # Made at publication.
    "pdf": Format("application/pdf", lambda summary: bytes(summary.pdf or b"")),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda summary: sheets.xlsx(cast(Content, summary.content)),
    ),
    # One file that opens right in a French spreadsheet.
    "csv": Format("text/csv; charset=utf-8", lambda summary: sheets.csv(cast(Content, summary.content))),
}


def download(request: HttpRequest, summary: Summary, suffix: str) -> HttpResponse:
    """The answer that brings `summary` as a file, kept by the reader's browser alone and asked again each time."""
    kind, body = FORMATS[suffix]
    etag = _etag(summary, suffix)
    name = f"synthese-{summary.month:%Y-%m}-v{summary.version}.{suffix}"
    answer = HttpResponse(body(summary), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = etag
    patch_cache_control(answer, private=True, no_cache=True)
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=answer))


def _etag(summary: Summary, suffix: str) -> str:
    """Of what is frozen, not of the file: a workbook carries the second in which it was written."""
    frozen = bytes(summary.pdf or b"") if suffix == "pdf" else json.dumps(summary.content).encode()
    return quote_etag(hashlib.sha256(suffix.encode() + frozen).hexdigest()[:32])
