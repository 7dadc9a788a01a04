"""The diagnosis of a neighbourhood: living for its CDSU, published for everybody, added to by associations."""

import json
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import diagnoses as actions
from observations.diagnosis.build import compose
from observations.diagnosis.forms import QUOTES_MAX, ContributionForm, DiagnosisForm, initial
from observations.diagnosis.heard import Heard
from observations.documents import pdf_answer, set_once
from observations.models import Contribution, Diagnosis, Neighbourhood, Status, Territory, User
from observations.models.observation import GOOD_NEWS, NOTE_MAX
from observations.outgoing import settled
from observations.permissions import (
    SignedInRequest,
    can_add_to_diagnoses,
    can_write_diagnoses,
    contributions_to_read,
    neighbourhoods_for,
    readable_requests,
    require,
)
from observations.privacy.detect import blocking
from observations.requested import keys_of
from observations.typesetting.bearer import bearer_sheet

# Of words offered to be quoted: more is a list nobody reads.
OFFERED = 24
SIDES = [("holds", "Ce qui tient"), ("weighs", "Ce qui pèse")]


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The neighbourhoods, each with its last publication."""
    places = list(Neighbourhood.objects.active().defer("boundary"))
    latest: dict[int, Diagnosis] = {}
    for row in Diagnosis.objects.published().defer("content").order_by("number"):
        latest[row.neighbourhood_id] = row
    context = {"section": "neighbourhoods", "places": [(place, latest.get(place.pk)) for place in places]}
    return render(request, "diagnosis/list.html", context)


@never_cache
@require_safe
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """For who writes it, the living page; for everybody else, the last publication."""
    place = get_object_or_404(Neighbourhood.objects.defer("boundary"), code=code)
    user = request.user
    if isinstance(user, User) and can_write_diagnoses(user) and neighbourhoods_for(user).filter(pk=place.pk):
        return _living(request, place, user)
    last = Diagnosis.objects.published().filter(neighbourhood=place).order_by("-number").first()
    if last is not None:
        return redirect("diagnosis", code, last.number)
    return render(request, "diagnosis/none.html", {"section": "neighbourhoods", "place": place})


def _living(request: HttpRequest, place: Neighbourhood, user: User, **extra: Any) -> HttpResponse:
    heard = Heard(place, timezone.localdate())
    accepted = heard.observations.accepted()
    strengths = accepted.filter(nature__in=GOOD_NEWS).exclude(public_text="")
    asked = readable_requests(user).standing().filter(need__neighbourhoods=place).for_reading()
    added = contributions_to_read(user).filter(diagnosis__neighbourhood=place).select_related("diagnosis")
    context = {
        "section": "neighbourhoods",
        "place": place,
        "heard": heard,
        "needs": heard.needs(user),
        "n": heard.observations.exclude(status=Status.SET_ASIDE).count(),
        "strengths": strengths.for_reading().order_by("-observed_on", "pk")[:6],
        "commitments": [each for one in asked for each in one.commitments.all() if each.is_open],
        "silent": [theme for theme, stands in heard.themes if not stands],
        "numbers": Diagnosis.objects.published().filter(neighbourhood=place).defer("content"),
        "draft": Diagnosis.objects.drafts().filter(neighbourhood=place).first(),
        "added": [(one, blocking(one.text)) for one in added],
        "reason_max": NOTE_MAX,
        **extra,
    }
    return render(request, "diagnosis/living.html", context, status=422 if extra else 200)


def _own_place(request: SignedInRequest, code: str) -> Neighbourhood:
    return get_object_or_404(neighbourhoods_for(request.user), code=code)


@require(can_write_diagnoses)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The draft, beside what is to be settled; POST keeps it whatever it lacks."""
    place = _own_place(request, code)
    heard = Heard(place, timezone.localdate())
    if request.method != "POST":
        return _edit_page(request, place, heard)
    needs = heard.needs(request.user)
    form, quotes = DiagnosisForm(request.POST, needs=needs), keys_of(request.POST.getlist("parole"))
    if not form.is_valid():
        return _edit_page(request, place, heard, form=form, ticked=quotes, status=422)
    try:
        actions.keep(
            neighbourhood=place,
            revision=form.cleaned_data["revision"],
            prose=form.cleaned_data,
            needs=form.needs_said(),
            quotes=[row.pk for row in heard.chosen(quotes)][:QUOTES_MAX],
            by=request.user,
        )
    except actions.Stale:
        return _edit_page(request, place, heard, form=form, ticked=quotes, stale=True, status=409)
    if len(quotes) > QUOTES_MAX:
        messages.warning(request, f"{QUOTES_MAX} paroles au plus : les premières sont gardées.")
    messages.success(request, "Brouillon gardé. Personne d’autre ne le lit encore.")
    return redirect(reverse("diagnosis_edit", args=[code]) + "#relire")


def _edit_page(
    request: SignedInRequest, place: Neighbourhood, heard: Heard, *, status: int = 200, **extra: Any
) -> HttpResponse:
    user = request.user
    rows = Diagnosis.objects.filter(neighbourhood=place)
    draft, before = rows.drafts().first(), rows.published().order_by("-number").first()
    needs = heard.needs(user)
    content, to_settle = compose(draft, heard, needs) if draft else ({}, [])
    if draft and extra.get("stale"):
        extra["form"].data = extra["form"].data | {"revision": str(draft.revision)}
    chosen = [quote.observation_id for quote in draft.quotes.all()] if draft else []
    ticked = extra.pop("ticked", chosen)
    offered = [*heard.chosen(ticked), *heard.quotable().exclude(pk__in=ticked)[:OFFERED]]
    context = {
        "section": "neighbourhoods",
        "place": place,
        "heard": heard,
        "draft": draft,
        "before": before,
        "content": content,
        "sides": SIDES,
        "form": DiagnosisForm(needs=needs, initial=initial(draft, before, needs)),
        "too_few": [one for one in needs if not one.sound],
        "offered": offered,
        "ticked": set(ticked),
        "quotes_max": QUOTES_MAX,
        "problems": to_settle,
        "stuck": not settled(to_settle, confirmed=True),
        **extra,
    }
    return render(request, "diagnosis/edit.html", context, status=status)


def _draft_or_404(request: SignedInRequest, code: str) -> Diagnosis:
    rows = Diagnosis.objects.drafts().select_related("neighbourhood")
    return get_object_or_404(rows, neighbourhood=_own_place(request, code))


@require_POST
@require(can_write_diagnoses)
def publish(request: SignedInRequest, code: str) -> HttpResponse:
    draft = _draft_or_404(request, code)
    heard = Heard(draft.neighbourhood, timezone.localdate())
    content, to_settle = compose(draft, heard, heard.needs(request.user))
    confirmed = request.POST.get("confirme") == "oui"
    if not settled(to_settle, confirmed=confirmed):
        messages.error(request, "Rien n’est publié : il reste un point à régler, ou à confirmer.")
        return redirect(reverse("diagnosis_edit", args=[code]) + "#relire")
    try:
        revision = int(request.POST.get("revision", ""))
        actions.publish(diagnosis=draft, revision=revision, content=content, by=request.user)
    except (actions.Stale, ValueError):
        messages.error(request, "Ce brouillon a changé depuis : relisez-le, puis publiez.")
        return redirect(reverse("diagnosis_edit", args=[code]) + "#relire")
    messages.success(request, "Publié : tout le monde peut le lire et le citer.")
    return redirect("diagnosis", code, draft.number)


@require_POST
@require(can_write_diagnoses)
def drop(request: SignedInRequest, code: str) -> HttpResponse:
    actions.drop(diagnosis=_draft_or_404(request, code))
    messages.success(request, "Brouillon supprimé.")
    return redirect("neighbourhood", code)


def _published_or_404(code: str, number: int) -> Diagnosis:
    rows = Diagnosis.objects.published().select_related("neighbourhood")
    return get_object_or_404(rows, neighbourhood__code=code, number=number)


@never_cache
@require_safe
def read(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One number, for everybody."""
    return _read_page(request, _published_or_404(code, number))


def _read_page(
    request: HttpRequest, diagnosis: Diagnosis, *, status: int = 200, **extra: Any
) -> HttpResponse:
    code, user = diagnosis.neighbourhood.code, request.user
    newer = Diagnosis.objects.published().filter(neighbourhood=diagnosis.neighbourhood)
    adds = can_add_to_diagnoses(user)
    shown = diagnosis.contributions.filter(state=Contribution.State.SHOWN)
    own = (
        diagnosis.contributions.filter(by_id=user.pk).exclude(state=Contribution.State.SHOWN) if adds else []
    )
    context = {
        "section": "neighbourhoods",
        "diagnosis": diagnosis,
        "content": diagnosis.content,
        "sides": SIDES,
        "needs": _with_added(diagnosis, list(shown)),
        "added_to_whole": [one for one in shown if one.about is None],
        "newer": newer.filter(number__gt=diagnosis.number).order_by("-number").first(),
        "address": request.build_absolute_uri(reverse("diagnosis", args=[code, diagnosis.number])),
        "adds": adds,
        "own": own,
        "form": ContributionForm(diagnosis=diagnosis) if adds else None,
        "stances": Contribution.Stance.choices,
        "writes": isinstance(user, User) and can_write_diagnoses(user),
        **extra,
    }
    return render(request, "diagnosis/read.html", context, status=status)


def _with_added(diagnosis: Diagnosis, shown: list[Contribution]) -> list[dict[str, Any]]:
    """Each need of the content, with what associations added about it."""
    needs = (diagnosis.content or {})["needs"]
    return [
        {**need, "added": [one for one in shown if one.about == place]} for place, need in enumerate(needs)
    ]


@require_POST
@require(can_add_to_diagnoses)
@never_cache
def add(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    diagnosis = _published_or_404(code, number)
    form = ContributionForm(request.POST, diagnosis=diagnosis)
    if not form.is_valid():
        return _read_page(request, diagnosis, form=form, status=422)
    try:
        actions.add(diagnosis=diagnosis, by=request.user, **form.cleaned_data)
        messages.success(
            request, "Merci. L’équipe la lira, puis elle paraîtra ici sous le nom que vous donnez."
        )
    except actions.Enough:
        form.add_error(None, "Vous avez déjà beaucoup ajouté à ce numéro : écrivez à l’équipe pour la suite.")
        return _read_page(request, diagnosis, form=form, status=409)
    return redirect(reverse("diagnosis", args=[code, number]) + "#ajouter")


@never_cache
@require_safe
def sheet(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What to answer in an application, need by need, to be printed or filled in."""
    diagnosis = _published_or_404(code, number)
    make = partial(
        set_once,
        bearer_sheet,
        content=json.dumps(diagnosis.content),
        territory=Territory.current().name,
        address=request.build_absolute_uri(reverse("diagnosis", args=[code, number])).split("//", 1)[1],
        published=diagnosis.published_at,
    )
    return pdf_answer(request, f"fiche-projet-{code}-{number}.pdf", make)


@require_POST
@require(can_write_diagnoses)
@never_cache
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Shows a contribution under the diagnosis, or refuses it with why."""
    rows = contributions_to_read(request.user).select_related("diagnosis__neighbourhood", "by")
    one = get_object_or_404(rows, pk=pk)
    choice, reason = request.POST.get("choix", ""), request.POST.get("motif", "").strip()
    place = one.diagnosis.neighbourhood
    if choice not in {"publier", "refuser"}:
        messages.error(request, "Rien n’a changé : choisissez « Publier » ou « Refuser ».")
        return redirect("neighbourhood", place.code)
    if choice == "refuser" and not 0 < len(reason) <= NOTE_MAX:
        return _living(request, place, request.user, refusing=pk, refused_text=reason)
    actions.decide(contribution=one, shown=choice == "publier", reason=reason, by=request.user)
    said = (
        "Elle paraît sous le diagnostic." if choice == "publier" else "Refusée : son auteur en lit le motif."
    )
    messages.success(request, said)
    return redirect(reverse("neighbourhood", args=[place.code]) + "#contributions")
