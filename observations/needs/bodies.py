"""The bodies that can act, and the people there to write to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from observations.actions import alliances as actions
from observations.models import Body, Contact
from observations.needs.alliance_forms import BodyForm, ContactForm
from observations.permissions import SignedInRequest, can_make_needs, readable_requests, require

written = require_http_methods(["GET", "HEAD", "POST"])


@require(can_make_needs)
@never_cache
@require_safe
def listed(request: SignedInRequest) -> HttpResponse:
    """All of them, with what each was asked and has not answered."""
    waiting = [one for one in readable_requests(request.user).standing().for_reading() if one.answer is None]
    bodies = list(Body.objects.for_listing())
    for body in bodies:
        body.waiting = [one for one in waiting if one.body_id == body.pk]  # type: ignore[attr-defined]
    return render(request, "needs/bodies.html", {"section": "needs", "bodies": bodies})


@require(can_make_needs)
@never_cache
@require_safe
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """The roadmap of one body: what it was asked, what it answered, what it keeps, what is late."""
    body = get_object_or_404(Body.objects.for_listing(), pk=pk)
    asked = list(readable_requests(request.user).filter(body=body).for_reading())
    commitments = [one for request_ in asked for one in request_.commitments.all()]
    context = {
        "section": "needs",
        "body": body,
        "asked": asked,
        "silent": [one for one in asked if one.silent_since],
        "late": [one for one in commitments if one.is_late],
        "kept": [one for one in commitments if one.kept_on],
        "open": [one for one in commitments if one.is_open],
    }
    return render(request, "needs/body.html", context)


@require(can_make_needs)
@never_cache
@written
def new(request: SignedInRequest) -> HttpResponse:
    return _body_form(request, None)


@require(can_make_needs)
@never_cache
@written
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _body_form(request, get_object_or_404(Body.objects.for_listing(), pk=pk))


def _body_form(request: SignedInRequest, body: Body | None) -> HttpResponse:
    if request.method == "POST":
        form = BodyForm(request.POST, user=request.user, body=body)
        if form.is_valid():
            kept = actions.keep_body(body=body, by=request.user, **_with_places_elsewhere(body, form))
            messages.success(request, "Organisme enregistré.")
            return redirect("body", kept.pk)
        return _form_page(request, form, body, status=422)
    return _form_page(request, BodyForm(user=request.user, body=body, initial=_initial(body)), body)


def _with_places_elsewhere(body: Body | None, form: BodyForm) -> dict[str, Any]:
    """A limited account neither sees nor takes away the neighbourhoods that are not theirs."""
    offered = set(form.fields["neighbourhoods"].queryset)  # type: ignore[attr-defined]
    others = [place for place in body.neighbourhoods.all() if place not in offered] if body else []
    return form.cleaned_data | {"neighbourhoods": [*form.cleaned_data["neighbourhoods"], *others]}


def _initial(body: Body | None) -> dict[str, Any]:
    if body is None:
        return {}
    values = {name: getattr(body, name) for name in ("name", "kind", "competences", "active")}
    return values | {"neighbourhoods": [place.code for place in body.neighbourhoods.all()]}


@require(can_make_needs)
@never_cache
@written
def new_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    return _contact_form(request, get_object_or_404(Body, pk=pk), None)


@require(can_make_needs)
@never_cache
@written
def edit_contact(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(Contact.objects.select_related("body"), pk=pk)
    return _contact_form(request, contact.body, contact)


def _contact_form(request: SignedInRequest, body: Body, contact: Contact | None) -> HttpResponse:
    if request.method == "POST":
        form = ContactForm(request.POST, body=body, contact=contact)
        if form.is_valid():
            actions.keep_contact(body=body, contact=contact, by=request.user, **form.cleaned_data)
            messages.success(request, "Contact enregistré.")
            return redirect("body", body.pk)
        return _form_page(request, form, body, contact, status=422)
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields} if contact else {}
    return _form_page(request, ContactForm(body=body, contact=contact, initial=initial), body, contact)


def _form_page(
    request: SignedInRequest,
    form: BodyForm | ContactForm,
    body: Body | None,
    contact: Contact | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    template = "needs/contact_form.html" if isinstance(form, ContactForm) else "needs/body_form.html"
    context = {"section": "needs", "form": form, "body": body, "contact": contact}
    return render(request, template, context, status=status)
