"""One published synthèse, read through a link and without an account. Reading never uses the link up."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.actions import sharing
from observations.models import ShareLink, Summary
from observations.permissions import latest_summaries, opened_by_link
from observations.restitution.content import Content
from observations.restitution.files import download
from observations.restitution.reading import report_of

View = Callable[..., HttpResponse]


def holder(view: View) -> View:
    """View decorator: hands over the link that the address opens, and keeps the address from everybody else.

    Unknown, expired and revoked links get one answer: it does not tell them apart.
    """

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **arguments: Any) -> HttpResponse:
        link = opened_by_link(token)
        if link is None:
            answer = render(request, "restitution/closed.html", status=404)
        else:
            answer = view(request, link, token, **arguments)
            if request.method == "GET" and answer.status_code == 200:
                sharing.note_opened(key=link)
        # The address is the key: no site that the reader goes on to may see it, no search engine keep it.
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


@holder
def opened(request: HttpRequest, link: ShareLink, token: str) -> HttpResponse:
    """The report, in the version that stands today."""
    summary = _standing(link, "pdf")
    context = {"summary": summary, "token": token, "report": report_of(cast(Content, summary.content))}
    return render(request, "restitution/shared.html", context)


@holder
def as_file(request: HttpRequest, link: ShareLink, token: str, suffix: str) -> HttpResponse:
    answer = download(request, _standing(link, *(["pdf"] if suffix != "pdf" else [])), suffix)
    # What a link brought is not kept once the link is closed.
    answer["Cache-Control"] = "private, no-store"
    return answer


def _standing(link: ShareLink, *deferred: str) -> Summary:
    return latest_summaries().defer(*deferred).get(month=link.summary.month)
