"""The poster of what residents are told, as an answer: a draft's for who writes it, an edition's for everybody."""

from collections.abc import Sequence
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from observations.documents import pdf_answer, set_once
from observations.models import Edition, GivingBack, Territory
from observations.qr import qr_code
from observations.typesetting.poster import poster


def poster_of(
    request: HttpRequest, giving_back: GivingBack, said: GivingBack | Edition, places: Sequence[str]
) -> HttpResponse:
    """The PDF of these words, under the address of that giving back."""
    address = request.build_absolute_uri(reverse("told", args=[giving_back.code]))
    make = partial(
        set_once,
        poster,
        headline=said.headline,
        parts=tuple(said.parts),
        places=tuple(places),
        where=said.where,
        territory=Territory.current().name or "Contrat de ville",
        address=address.split("//", 1)[1].rstrip("/"),
        code=str(qr_code(address)),
        # Of a draft, the day it was written: the same draft is the same poster.
        published=timezone.localtime(giving_back.published_at or giving_back.written_at),
    )
    return pdf_answer(request, f"affiche-{giving_back.code}.pdf", make)
