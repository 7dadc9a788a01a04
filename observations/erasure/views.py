"""« Effacer cette observation » and « Ne gardez pas ceci ici » : asked once more, then gone everywhere."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from observations.actions import erasure
from observations.actions.erasure import Reason
from observations.erasure import papers
from observations.erasure.forms import ErasureForm
from observations.models import Observation
from observations.permissions import (
    SignedInRequest,
    can_review,
    readable_needs,
    require,
    reviewable_observations,
)
from observations.typesetting.setting import PdfError
from observations.typography import french

MOVING = (
    "Une synthèse vient d’être enregistrée par quelqu’un d’autre. Rien n’a été effacé : essayez à nouveau."
)
NO_PDF = "Un PDF publié n’a pas pu être refait. Rien n’a été effacé : essayez à nouveau dans un moment."


@require(can_review)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """The confirmation page; on POST, erases and goes back to the list, with its filters."""
    rows = reviewable_observations(request.user).for_reading()
    observation = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _page(request, observation, ErasureForm(initial={"reason": request.GET.get("motif", "")}))
    form = ErasureForm(request.POST)
    if not form.is_valid():
        return _page(request, observation, form, status=422)
    try:
        papers.erase(observation=observation, reason=form.cleaned_data["reason"], by=request.user)
    except erasure.Stale:
        return _page(request, observation, form, refusal=MOVING, status=409)
    except PdfError:
        return _page(request, observation, form, refusal=NO_PDF, status=503)
    except erasure.Gone:
        messages.info(request, "Elle était déjà effacée.")
    else:
        messages.success(request, french("Effacée, ici et dans ce qui était publié. Cela ne se défait pas."))
    return redirect(_list(request))


def _page(
    request: SignedInRequest,
    observation: Observation,
    form: ErasureForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "review",
        "observation": observation,
        "needs": readable_needs(request.user).filter(links__observation=observation, links__unlinked_at=None),
        "found": papers.Erasable(observation),
        "form": form,
        "chosen": form["reason"].value(),
        "elsewhere": [(reason.value, reason.label) for reason in erasure.ELSEWHERE],
        "here": [(reason.value, reason.label) for reason in Reason if reason not in erasure.ELSEWHERE],
        "refusal": refusal,
        "query": _query(request),
    }
    return render(request, "erasure/erase.html", context, status=status)


def _query(request: SignedInRequest) -> str:
    """The filters of the list, without what this page alone asks."""
    kept = request.GET.copy()
    kept.pop("motif", None)
    return f"?{kept.urlencode()}" if kept else ""


def _list(request: SignedInRequest) -> str:
    return reverse("review") + _query(request)
