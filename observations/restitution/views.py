"""Reading the synthèses: the list, the page, the downloads. All from frozen content."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from observations.models import Summary, User
from observations.permissions import (
    can_read_drafts,
    can_read_summaries,
    can_share,
    can_write_summaries,
    latest_summaries,
    readable_summaries,
    require,
)
from observations.restitution.content import Content
from observations.restitution.files import download
from observations.restitution.reading import report_of
from observations.restitution.shelf import lines_for, months_to_prepare
from observations.restitution.sought import SOUGHT_MAX, answers


@require(can_read_summaries)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What there is to read; for who writes them, the drafts and the months to prepare too."""
    user = cast(User, request.user)
    lines = lines_for(user)
    writes = can_write_summaries(user)
    sought = request.GET.get("q", "").strip()[:SOUGHT_MAX]
    context = {
        "sought": sought,
        "answers": answers(latest_summaries(), sought),
        "sought_max": SOUGHT_MAX,
        "drafts": [line for line in lines if line.draft],
        "published": [line for line in lines if not line.draft],
        "writes": writes,
        "shares": can_share(user),
        "reads_drafts": can_read_drafts(user),
        "to_prepare": months_to_prepare(lines) if writes else [],
    }
    return render(request, "restitution/listed.html", context)


@require(can_read_summaries)
@require_safe
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """One published synthèse. A draft sends its writer to the draft, an old version its partner to the latest."""
    summary = get_object_or_404(readable_summaries(request.user).defer("pdf"), pk=pk)
    if not summary.is_published:
        return redirect("summary_edit" if can_write_summaries(request.user) else "summary_preview", pk=pk)
    newer = _newer(summary)
    if newer and not can_read_drafts(request.user):
        return redirect("summary", pk=newer.pk)
    context = {
        "summary": summary,
        "newer": newer,
        "section": "summaries",
        "can_correct": newer is None and can_write_summaries(request.user),
        "can_share": newer is None and can_share(request.user),
        "report": report_of(cast(Content, summary.content)),
    }
    return render(request, "restitution/opened.html", context)


@require(can_read_summaries)
@require_safe
def as_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """One file of a published synthèse: the PDF made at publication, or its tables."""
    found = readable_summaries(request.user).published()
    summary = get_object_or_404(found if suffix == "pdf" else found.defer("pdf"), pk=pk)
    newer = _newer(summary)
    if newer and not can_read_drafts(request.user):
        return redirect(f"summary_{suffix}", pk=newer.pk)
    return download(request, summary, suffix)


def _newer(summary: Summary) -> Summary | None:
    later = Summary.objects.published().filter(month=summary.month, version__gt=summary.version)
    return later.light().order_by("-version").first()
