"""What a CDSU asks of a body for a need, and what they note of what comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import alliances as actions
from observations.models import AnswerKind, Commitment, Contact, Need, NeedRequest
from observations.needs.alliance_forms import AnswerForm, CommitmentForm, EndForm, RequestForm
from observations.needs.views import need_or_404
from observations.permissions import SignedInRequest, can_make_needs, readable_requests, require

TOO_LATE = "Rien n’a été enregistré : cette demande ou cet engagement a changé entre-temps."


@require(can_make_needs)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """A request for this need. Its link is shown on the answer itself, once."""
    need = need_or_404(request, pk)
    if need.merged_into_id:
        messages.error(request, "Ce besoin est réuni à un autre : demandez depuis la page de celui-là.")
        return redirect("need", pk)
    contacts = Contact.objects.filter(active=True, body__active=True).select_related("body")
    contacts = contacts.order_by("body__name", "name")
    if request.method != "POST":
        return _ask_page(request, need, RequestForm(contacts=contacts))
    form = RequestForm(request.POST, contacts=contacts)
    if not form.is_valid():
        return _ask_page(request, need, form, status=422)
    asked, token = actions.ask(need=need, by=request.user, **form.cleaned_data)
    return _sent(request, asked, token)


def _ask_page(request: SignedInRequest, need: Need, form: RequestForm, *, status: int = 200) -> HttpResponse:
    return render(request, "needs/ask.html", {"section": "needs", "need": need, "form": form}, status=status)


def _sent(request: SignedInRequest, asked: NeedRequest, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("request_answer", args=[token]))
    left = actions.write_to(request=asked, address=address, by=request.user)
    return page(request, asked.pk, secret=address, left=left)


@require(can_make_needs)
@never_cache
@require_safe
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what was asked, every answer, every commitment."""
    return page(request, pk)


def page(request: SignedInRequest, pk: int, *, status: int = 200, **extra: Any) -> HttpResponse:
    asked = _request_or_404(request, pk)
    context = {
        "section": "needs",
        "asked": asked,
        "kinds": AnswerKind.choices,
        "answer_form": AnswerForm(),
        "commitment_form": CommitmentForm(initial={"owner": asked.contact.name}),
        **extra,
    }
    return render(request, "needs/request.html", context, status=status)


def _request_or_404(request: SignedInRequest, pk: int) -> NeedRequest:
    found: NeedRequest = get_object_or_404(readable_requests(request.user).for_reading(), pk=pk)
    return found


@require_POST
@require(can_make_needs)
@never_cache
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another link, written to the contact again; the one before opens nothing any more."""
    asked = _request_or_404(request, pk)
    try:
        token = actions.renew_link(request=asked, by=request.user)
    except actions.NoLonger:
        return _too_late(request, pk)
    return _sent(request, asked, token)


@require_POST
@require(can_make_needs)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.withdraw(request=_request_or_404(request, pk), by=request.user)
    except actions.NoLonger:
        return _too_late(request, pk)
    messages.success(request, "Demande retirée : son lien n’ouvre plus rien.")
    return redirect("request", pk)


@require_POST
@require(can_make_needs)
def note_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said on the telephone, or around a table."""
    asked, form = _request_or_404(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, pk, answer_form=form, status=422)
    try:
        actions.answer(request=asked, by=request.user, **form.cleaned_data)
    except actions.NoLonger:
        return _too_late(request, pk)
    messages.success(request, "Réponse notée.")
    return redirect("request", pk)


@require_POST
@require(can_make_needs)
def note_commitment(request: SignedInRequest, pk: int) -> HttpResponse:
    asked, form = _request_or_404(request, pk), CommitmentForm(request.POST)
    if not form.is_valid():
        return page(request, pk, commitment_form=form, status=422)
    try:
        actions.commit(request=asked, by=request.user, **form.cleaned_data)
    except actions.NoLonger:
        return _too_late(request, pk)
    messages.success(request, "Engagement noté.")
    return redirect("request", pk)


@require_POST
@require(can_make_needs)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """A commitment is kept or given up; `geste` « rouvrir » opens it again."""
    readable = Commitment.objects.filter(request__in=readable_requests(request.user).values("pk"))
    commitment = get_object_or_404(readable, pk=pk)
    if request.POST.get("geste") == "rouvrir":
        actions.open_again(commitment=commitment, by=request.user)
        messages.success(request, "Engagement rouvert.")
        return redirect("request", commitment.request_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return page(request, commitment.request_id, end_form=form, ending=pk, status=422)
    kept = form.cleaned_data["how"] == "tenu"
    try:
        actions.end(
            commitment=commitment,
            kept=kept,
            on=timezone.localdate(),
            proof=form.cleaned_data["proof"],
            by=request.user,
        )
    except actions.NoLonger:
        return _too_late(request, commitment.request_id)
    messages.success(request, "Engagement tenu." if kept else "Engagement abandonné.")
    return redirect("request", commitment.request_id)


def _too_late(request: SignedInRequest, pk: int) -> HttpResponse:
    messages.error(request, TOO_LATE)
    return redirect("request", pk)
