"""Meetings: prepared, their pack sent, decisions noted on a phone while they are taken; who meets whom on what."""

import re
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import alliances, needs
from observations.actions import meetings as actions
from observations.documents import pdf_answer
from observations.meetings.crossing import crossing
from observations.meetings.forms import DecisionForm, MeetingForm, SchemeForm, initial
from observations.meetings.pack import compose, proposed, quotable
from observations.models import Contact, Decision, Meeting, Need, Scheme
from observations.models.meeting import WORDING_MAX, WORDS_AT_LEAST, WORDS_AT_MOST
from observations.models.need import ENDED
from observations.outgoing import settled
from observations.outside import spoken
from observations.permissions import SignedInRequest, can_hold_meetings, require
from observations.requested import keys_of
from observations.typesetting.pack import meeting_pack
from observations.typesetting.setting import PdfError

OFFERED = 24
PROPOSED = "Instance enregistrée. Un dossier est proposé : relisez-le, changez-le, arrêtez-le."
NUMBER = re.compile(r"[0-9]{1,18}")
written = require_http_methods(["GET", "HEAD", "POST"])
SENT_MEANWHILE = "Cette instance a changé depuis, ou son dossier est parti : rien n’est enregistré."


@require(can_hold_meetings)
@never_cache
@require_safe
def listed(request: SignedInRequest) -> HttpResponse:
    """To come, then past."""
    today = timezone.localdate()
    rows = list(Meeting.objects.prefetch_related("schemes"))
    context = {
        "section": "meetings",
        "coming": sorted((m for m in rows if m.held_on >= today), key=lambda m: (m.held_on, m.pk)),
        "past": [m for m in rows if m.held_on < today],
    }
    return render(request, "meetings/list.html", context)


@require(can_hold_meetings)
@never_cache
@written
def new(request: SignedInRequest) -> HttpResponse:
    return _form(request, None)


@require(can_hold_meetings)
@never_cache
@written
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(Meeting, pk=pk))


def _form(request: SignedInRequest, meeting: Meeting | None) -> HttpResponse:
    if meeting is not None and meeting.sent_at:
        messages.info(request, "Le dossier est parti : cette instance ne se change plus.")
        return redirect("meeting", meeting.pk)
    values = initial(meeting) if meeting else {"revision": 0}
    form = MeetingForm(request.POST if request.method == "POST" else None, initial=values)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"section": "meetings", "meeting": meeting, "form": form}
        return render(request, "meetings/form.html", context, status=status)
    data = dict(form.cleaned_data)
    try:
        kept = actions.keep(meeting=meeting, moments=data.pop("programme"), by=request.user, **data)
    except actions.Stale:
        form.add_error(None, SENT_MEANWHILE)
        context = {"section": "meetings", "meeting": meeting, "form": form}
        return render(request, "meetings/form.html", context, status=409)
    if meeting is None:
        wordings, quotes = proposed(kept)
        actions.choose(meeting=kept, revision=kept.revision, wordings=wordings, quotes=quotes)
    messages.success(request, PROPOSED if meeting is None else "Instance enregistrée.")
    return redirect("meeting", kept.pk)


@require(can_hold_meetings)
@never_cache
@require_safe
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its pack being made, or as it was sent; and what was decided."""
    return _page(request, get_object_or_404(Meeting, pk=pk))


def _page(request: SignedInRequest, meeting: Meeting, *, status: int = 200, **extra: Any) -> HttpResponse:
    brought = {row.need_id: row.wording for row in meeting.needs.all()}
    keys = [quote.observation_id for quote in meeting.quotes.all() if quote.observation_id]
    content, to_settle = (meeting.pack, []) if meeting.sent_at else compose(meeting)
    context = {
        "section": "meetings",
        "meeting": meeting,
        "content": content,
        "problems": to_settle,
        "stuck": not settled(to_settle, confirmed=True),
        "contacts": Contact.objects.filter(active=True, body__in=meeting.bodies.all()).select_related("body"),
        "decisions": meeting.decisions.select_related("need", "commitment__request__body"),
        "words_at_least": WORDS_AT_LEAST,
        "words_at_most": WORDS_AT_MOST,
        "wording_max": WORDING_MAX,
        "ticked": set(keys),
        **({} if meeting.sent_at else _offered(meeting, brought, keys)),
        **extra,
    }
    return render(request, "meetings/meeting.html", context, status=status)


def _offered(meeting: Meeting, brought: dict[int, str], keys: list[Any]) -> dict[str, Any]:
    """What may be brought: open needs, those of its dispositifs first."""
    rows = Need.objects.standing().exclude(state__in=ENDED).for_listing().in_reading_order()
    ours = set(Need.objects.filter(schemes__in=meeting.schemes.all()).values_list("pk", flat=True))
    all_of_them = spoken(rows)
    lines = [
        {
            "one": one,
            "in": one.need.pk in brought,
            "wording": brought.get(one.need.pk, one.wording),
            "ours": one.need.pk in ours,
        }
        for one in all_of_them
        if one.sound
    ]
    words = [*quotable().in_order(keys), *quotable().exclude(pk__in=keys)[:OFFERED]]
    return {
        "lines": sorted(lines, key=lambda line: not line["ours"]),
        "too_few": [one.need for one in all_of_them if not one.sound],
        "offered": words,
    }


@require_POST
@require(can_hold_meetings)
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The needs and the words of the pack."""
    meeting = get_object_or_404(Meeting, pk=pk)
    offered = {one.need.pk for one in spoken(Need.objects.standing()) if one.sound}
    picked = [key for key in request.POST.getlist("besoin") if NUMBER.fullmatch(key)]
    wordings = {
        int(key): said[:WORDING_MAX]
        for key in picked
        if int(key) in offered and (said := request.POST.get(f"dit-{key}", "").strip())
    }
    if len(wordings) < len(picked):
        messages.warning(request, "Un besoin coché sans une phrase pour le dire n’est pas porté.")
    try:
        actions.choose(
            meeting=meeting,
            revision=int(request.POST.get("revision", "")),
            wordings=wordings,
            quotes=[row.pk for row in quotable().in_order(keys_of(request.POST.getlist("parole")))],
        )
        messages.success(request, "C’est gardé. Relisez le dossier ci-dessous.")
    except (actions.Stale, ValueError):
        messages.error(request, SENT_MEANWHILE)
    return redirect(reverse("meeting", args=[pk]) + "#dossier")


@require(can_hold_meetings)
@never_cache
@require_safe
def pack(request: SignedInRequest, pk: int) -> HttpResponse:
    """The PDF, as it would be sent or as it was."""
    meeting = get_object_or_404(Meeting, pk=pk)
    content = meeting.pack if meeting.pack else compose(meeting)[0]
    make = partial(meeting_pack, content=content, made=meeting.sent_at or timezone.now())
    return pdf_answer(request, f"instance-{meeting.held_on:%Y-%m-%d}.pdf", make)


@require_POST
@require(can_hold_meetings)
@never_cache
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Freezes the pack; with `courriel`, writes it to the contacts of the bodies invited."""
    meeting = get_object_or_404(Meeting, pk=pk)
    content, to_settle = compose(meeting)
    confirmed = request.POST.get("confirme") == "oui"
    if not settled(to_settle, confirmed=confirmed):
        messages.error(request, "Rien n’est parti : il reste un point à régler, ou à confirmer.")
        return redirect(reverse("meeting", args=[pk]) + "#dossier")
    try:
        pdf = meeting_pack(content=content, made=timezone.now())
        revision = int(request.POST.get("revision", ""))
        actions.send(meeting=meeting, revision=revision, pack=content, by=request.user)
    except PdfError:
        messages.error(
            request, "Le dossier n’a pas pu être mis en page. Rien n’est parti : essayez à nouveau."
        )
    except (actions.Stale, ValueError):
        messages.error(request, SENT_MEANWHILE)
    else:
        _mail(request, meeting, pdf)
    return redirect("meeting", pk)


def _mail(request: SignedInRequest, meeting: Meeting, pdf: bytes) -> None:
    if request.POST.get("courriel") != "oui":
        messages.success(request, "Dossier arrêté : il ne change plus.")
        return
    contacts = list(Contact.objects.filter(active=True, body__in=meeting.bodies.all()))
    failed = actions.write_to(meeting=meeting, contacts=contacts, pdf=pdf, by=request.user)
    if failed:
        names = ", ".join(str(contact) for contact in failed)
        messages.warning(request, f"Dossier arrêté. Le courriel n’a pas pu partir à : {names}.")
    else:
        several = "s" if len(contacts) > 1 else ""
        messages.success(request, f"Dossier arrêté, et parti à {len(contacts)} personne{several}.")


@require(can_hold_meetings)
@never_cache
@written
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """On a phone, around the table: one decision at a time."""
    meeting = get_object_or_404(Meeting, pk=pk)
    form = DecisionForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        refusal = _note(request, meeting, form.cleaned_data)
        if not refusal:
            messages.success(request, "Décision notée.")
            return redirect("meeting_decide", pk)
        form.add_error(None, refusal)
    context = {
        "section": "meetings",
        "meeting": meeting,
        "form": form,
        "decisions": meeting.decisions.select_related("need", "commitment__request__body"),
    }
    return render(request, "meetings/decide.html", context, status=422 if form.is_bound else 200)


def _note(request: SignedInRequest, meeting: Meeting, data: dict[str, Any]) -> str:
    """Why it could not be noted, empty when it was."""
    common = {"meeting": meeting, "need": data["need"], "note": data["note"], "by": request.user}
    try:
        if data["what_kind"] == "etat":
            actions.decide_state(state=data["state"], **common)
        else:
            actions.decide_commitment(
                **common, **{name: data[name] for name in ("body", "what", "owner", "due")}
            )
    except actions.NoContact:
        return f"{data['body']} n’a personne à qui écrire : ajoutez un contact, puis notez la décision."
    except alliances.NoLonger:
        return "La demande à cet organisme ne peut rien recevoir de plus."
    return ""


@require_POST
@require(can_hold_meetings)
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.select_related("commitment"), pk=pk)
    try:
        actions.undo(decision=decision, by=request.user)
        messages.success(request, "Décision annulée.")
    except needs.NothingToUndo:
        messages.error(request, "Rien n’a été annulé : quelque chose a changé depuis.")
    return redirect("meeting_decide", decision.meeting_id)


@require(can_hold_meetings)
@never_cache
@require_safe
def together(request: SignedInRequest) -> HttpResponse:
    """Bodies × dispositifs × needs, and the meetings that could be one."""
    return render(request, "meetings/together.html", {"section": "meetings", "crossing": crossing()})


@require(can_hold_meetings)
@never_cache
@written
def schemes(request: SignedInRequest) -> HttpResponse:
    """The list, and a new one."""
    return _scheme(request, None)


@require(can_hold_meetings)
@never_cache
@written
def scheme(request: SignedInRequest, pk: int) -> HttpResponse:
    return _scheme(request, get_object_or_404(Scheme, pk=pk))


def _scheme(request: SignedInRequest, kept: Scheme | None) -> HttpResponse:
    values = (
        {
            **{name: getattr(kept, name) for name in ("short_name", "name", "active")},
            "bodies": list(kept.bodies.all()),
            "needs": list(kept.needs.all()),
        }
        if kept
        else {}
    )
    form = SchemeForm(request.POST if request.method == "POST" else None, initial=values, scheme=kept)
    if request.method == "POST" and form.is_valid():
        actions.keep_scheme(scheme=kept, by=request.user, **form.cleaned_data)
        messages.success(request, "Dispositif enregistré.")
        return redirect("schemes")
    rows = Scheme.objects.prefetch_related("needs", "bodies")
    context = {"section": "meetings", "schemes": rows, "kept": kept, "form": form}
    return render(request, "meetings/schemes.html", context, status=422 if form.is_bound else 200)
