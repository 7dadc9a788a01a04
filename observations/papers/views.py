"""The papers, for anybody: no account is needed to know what is done with one's words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from observations.models import Territory
from observations.papers.catalogue import PAPERS, page


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "papers/list.html", {"papers": PAPERS.values()})


@require_safe
def opened(request: HttpRequest, slug: str) -> HttpResponse:
    paper = PAPERS.get(slug)
    if paper is None:
        raise Http404
    context = {"paper": paper, "text": page(paper, Territory.current())}
    return render(request, "papers/paper.html", context)
