"""What I wrote, what became of it, and the questions that wait for me."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from observations import permissions, search
from observations.actions import capture as actions
from observations.capture.forms import AnswerForm
from observations.models import Change, Observation, Status, User
from observations.models.observation import ObservationQuerySet

PER_PAGE = 25


# Nothing of it is left in the browser for whoever takes the phone next.
@never_cache
@permissions.require(permissions.can_follow_own)
@require_safe
def own_observations(request: HttpRequest) -> HttpResponse:
    """Newest day first; `?questions=1` keeps those a reviewer asks about."""
    return _page(request)


@permissions.require(permissions.can_follow_own)
@require_POST
def answer(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - narrows the type
    observation = get_object_or_404(permissions.own_observations(user), pk=id)
    form = AnswerForm(request.POST, auto_id=f"{id}-%s")
    if not form.is_valid():
        return _page(request, answering=observation, form=form)
    try:
        actions.answer(observation=observation, by=user, text=form.cleaned_data["text"])
    except actions.NotAsked:
        return _page(request, answering=observation, form=form, not_asked=True)
    messages.success(request, "Votre réponse est partie. L’observation sera relue.")
    return redirect(reverse("own_observations") + f"#o-{id}")


def _page(
    request: HttpRequest,
    answering: Observation | None = None,
    form: AnswerForm | None = None,
    not_asked: bool = False,
) -> HttpResponse:
    """The list; with the answer that could not be taken, its text kept under its question."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - narrows the type
    mine = permissions.own_observations(user)
    asked = mine.filter(status=Status.TO_COMPLETE, emptied_on=None)
    only_questions = "questions" in request.GET
    rows = asked if only_questions else mine
    sought = request.GET.get("q", "").strip()[:100]
    if sought:
        rows = search.matching(rows, sought)
    if answering is not None:
        rows = mine.filter(pk=answering.pk)
    page = Paginator(_for_list(rows, user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "questions": asked.count(),
        "only_questions": only_questions,
        "sought": sought,
        "answering": answering,
        "form": form,
        "not_asked": not_asked,
        "here_only": answering is not None,
    }
    return render(request, "capture/own_observations.html", context, status=422 if answering else 200)


def _for_list(rows: ObservationQuerySet, user: User) -> ObservationQuerySet:
    needs = permissions.needs_of_own(user).order_by("need__title")
    answers = Change.objects.filter(kind=Change.Kind.ANSWER, undone_at=None)
    return (
        rows.for_reading()
        .prefetch_related(Prefetch("changes", answers, to_attr="answers"))
        .prefetch_related(Prefetch("need_links", needs, to_attr="in_needs"))
        .order_by("-observed_on", "-received_at", "pk")
    )
