"""The poster of what residents are told, as an answer: a draft's for who writes it, an edition's for everybody."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from observations.models import Edition, GivingBack, Territory
from observations.qr import qr_code
from observations.typesetting.poster import poster
from observations.typesetting.setting import PdfError

logger = logging.getLogger(__name__)


@lru_cache(maxsize=32)
def _made(**said: Any) -> bytes:
    """The same poster is set once: anybody may ask for it, as often as they like. Raises PdfError."""
    return poster(**said)


def poster_of(
    request: HttpRequest, giving_back: GivingBack, said: GivingBack | Edition, places: Sequence[str]
) -> HttpResponse:
    """The PDF of these words, under the address of that giving back; 503 in French when it cannot be made."""
    address = request.build_absolute_uri(reverse("told", args=[giving_back.code]))
    try:
        pdf = _made(
            headline=said.headline,
            parts=tuple(said.parts),
            places=tuple(places),
            where=said.where,
            territory=Territory.current().name or "Contrat de ville",
            address=address.split("//", 1)[1].rstrip("/"),
            code=str(qr_code(address)),
            published=timezone.localtime(giving_back.published_at),
        )
    except PdfError as error:
        logger.error("poster of giving back %s: %s", giving_back.pk, error)
        return render(request, "503.html", status=503)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="affiche-{giving_back.code}.pdf"'
    return answer
