"""PDFs set on demand, as answers: the look of a refusal, the name of the file, and what is not set twice."""

import logging
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from observations.typesetting.setting import PdfError

logger = logging.getLogger(__name__)


def pdf_answer(request: HttpRequest, name: str, make: Callable[[], bytes]) -> HttpResponse:
    """What `make` sets, to be looked at in the browser and saved as `name`; 503 in French when it cannot be set."""
    try:
        pdf = make()
    except PdfError as error:
        logger.error("%s: %s", name, error)
        return render(request, "503.html", status=503)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@lru_cache(maxsize=64)
def set_once(maker: Callable[..., bytes], **said: Any) -> bytes:
    """What is public is set once, whoever asks and how often; `said` is hashable. Raises PdfError."""
    return maker(**said)
