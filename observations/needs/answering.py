"""One request, read and answered through its link by a contact without an account. Reading uses nothing up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from observations.actions import alliances as actions
from observations.actions import sharing
from observations.models import AnswerKind, NeedRequest, RequestLink
from observations.needs.alliance_forms import AnswerForm, CommitmentForm, EndForm
from observations.permissions import request_opened_by_link

View = Callable[..., HttpResponse]
NO_MORE = (
    "Cela n’a pas été enregistré : la demande vient d’être retirée, ou elle ne peut rien recevoir de plus."
)


def holder(*methods: str) -> Callable[[View], View]:
    """View decorator: hands over the link that the address opens, and keeps the address from everybody else.

    Unknown, expired and revoked links, and those of requests withdrawn, get one answer: it does not tell them apart.
    """

    def decorate(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **arguments: Any) -> HttpResponse:
            link = request_opened_by_link(token)
            if link is None:
                answer = render(request, "needs/request_closed.html", status=404)
            else:
                answer = view(request, link, token, **arguments)
                if request.method != "HEAD":
                    sharing.note_opened(key=link)
            # The address is the key: no site that the reader goes on to may see it, no search engine keep it.
            answer["Referrer-Policy"] = "same-origin"
            answer["X-Robots-Tag"] = "noindex, nofollow"
            return answer

        return guarded

    return decorate


@holder("GET", "HEAD", "POST")
def opened(request: HttpRequest, link: RequestLink, token: str) -> HttpResponse:
    """What is asked, and the four answers; once answered, what was said and the commitments."""
    if request.method != "POST":
        return _page(request, link, token)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, link, token, answer_form=form, status=422)
    try:
        actions.answer(request=link.request, by=link.request.contact, **form.cleaned_data)
    except actions.NoLonger:
        form.add_error(None, NO_MORE)
        return _page(request, link, token, answer_form=form, status=409)
    messages.success(request, "Merci. Votre réponse est arrivée.")
    return redirect("request_answer", token)


@holder("POST")
def commit(request: HttpRequest, link: RequestLink, token: str) -> HttpResponse:
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return _page(request, link, token, commitment_form=form, status=422)
    try:
        actions.commit(request=link.request, by=link.request.contact, **form.cleaned_data)
    except actions.NoLonger:
        form.add_error(None, NO_MORE)
        return _page(request, link, token, commitment_form=form, status=409)
    messages.success(request, "Engagement noté.")
    return redirect("request_answer", token)


@holder("POST")
def end(request: HttpRequest, link: RequestLink, token: str, pk: int) -> HttpResponse:
    """One of the commitments of this request, kept or given up."""
    commitment = link.request.commitments.filter(pk=pk).first()
    if commitment is None:
        return render(request, "needs/request_closed.html", status=404)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, link, token, end_form=form, ending=pk, status=422)
    kept = form.cleaned_data["how"] == "tenu"
    try:
        actions.end(
            commitment=commitment,
            kept=kept,
            on=timezone.localdate(),
            proof=form.cleaned_data["proof"],
            by=link.request.contact,
        )
        messages.success(request, "C’est noté.")
    except actions.NoLonger:
        messages.error(request, "Rien n’a été enregistré : cet engagement était déjà terminé.")
    return redirect("request_answer", token)


def _page(
    request: HttpRequest, link: RequestLink, token: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    asked = NeedRequest.objects.for_reading().get(pk=link.request_id)
    context = {
        "asked": asked,
        "token": token,
        "link": link,
        "kinds": AnswerKind.choices,
        "answer_form": AnswerForm(),
        "commitment_form": CommitmentForm(initial={"owner": asked.contact.name}),
        **extra,
    }
    return render(request, "needs/request_answer.html", context, status=status)
