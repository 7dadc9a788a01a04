"""What residents are told of a need: written beside what was answered, checked, published, withdrawn."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import giving_back as actions
from observations.form_fields import line, prose
from observations.giving_back import problems
from observations.models import AnswerKind, GivingBack, Need, NeedRequest
from observations.models.giving_back import HEADLINE_MAX, PART_MAX, PARTS, SAID, WHERE_MAX
from observations.needs.views import need_or_404
from observations.outgoing import settled
from observations.permissions import SignedInRequest, can_make_needs, readable_requests, require
from observations.plain import advice
from observations.posters import poster_of
from observations.qr import qr_code
from observations.typography import long_date

HELP = {
    "heard": "Comme on le dirait dans le hall. Pas les mots d’une personne : ce qui revient.",
    "done": "Ce que l’on peut aller voir.",
    "coming": "Avec une date. Ce qui n’est pas sûr ne s’affiche pas.",
    "not_done": "Dit franchement, avec la raison : c’est ce qui se respecte le plus.",
}


class GivingBackForm(forms.Form):
    """The words of the page and of the poster."""

    headline = line(
        "En une ligne",
        HEADLINE_MAX,
        required="Donnez un titre à ce retour.",
        help_text="Le titre de l’affiche : « Les ascenseurs : une date à chaque panne ».",
    )
    where = line(
        "Où en parler",
        WHERE_MAX,
        help_text="Un lieu et un moment : « À la maison de quartier, le mercredi après-midi ».",
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, title in PARTS.items():
            needed = "Dites ce qui a été entendu." if name == "heard" else ""
            self.fields[name] = prose(title, PART_MAX, required=needed, help_text=HELP[name])
        self.order_fields([*SAID, "revision"])

    def clean(self) -> dict[str, Any]:
        for name in PARTS:
            if name in self.cleaned_data:
                self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        return self.cleaned_data


@require(can_make_needs)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft, beside what is to be settled; POST keeps it, whatever it still lacks."""
    need = need_or_404(request, pk)
    if request.method != "POST":
        return _page(request, need)
    form = GivingBackForm(request.POST)
    if not form.is_valid():
        return _page(request, need, form=form, status=422)
    texts = dict(form.cleaned_data)
    revision = texts.pop("revision")
    try:
        actions.keep(need=need, revision=revision, texts=texts, by=request.user)
    except actions.Stale:
        return _page(request, need, form=form, stale=True, status=409)
    messages.success(request, "Brouillon gardé. Personne d’autre ne le lit encore.")
    return redirect(reverse("giving_back", args=[pk]) + "#relire")


def _page(request: SignedInRequest, need: Need, *, status: int = 200, **extra: Any) -> HttpResponse:
    kept = GivingBack.objects.filter(need=need).first()
    edition = kept.editions.first() if kept else None
    address = request.build_absolute_uri(reverse("told", args=[kept.code])) if kept else ""
    if kept and extra.get("stale"):
        # What was typed stands; saved again, it is with the other's change in sight.
        extra["form"].data = extra["form"].data | {"revision": str(kept.revision)}
    to_settle = problems(kept) if kept else []
    context = {
        "section": "needs",
        "need": need,
        "kept": kept,
        "form": GivingBackForm(initial=_initial(request, need, kept)),
        "problems": to_settle,
        "stuck": not settled(to_settle, confirmed=True),
        "advice": [(PARTS.get(name), each) for name in SAID for each in advice(getattr(kept, name))]
        if kept
        else [],
        "edition": edition,
        "next_number": edition.number + 1 if edition else 1,
        "changed_since": bool(
            kept and edition and any(getattr(kept, n) != getattr(edition, n) for n in SAID)
        ),
        "address": address,
        "code": qr_code(address) if kept and kept.is_open else "",
        "tellings": kept.tellings.select_related("neighbourhood")[:10] if kept else [],
        **extra,
    }
    return render(request, "needs/giving_back.html", context, status=status)


def _initial(request: SignedInRequest, need: Need, kept: GivingBack | None) -> dict[str, Any]:
    """The draft; for a first one, what the requests brought back, to be said more plainly."""
    if kept is not None:
        return {name: getattr(kept, name) for name in SAID} | {"revision": kept.revision}
    asked = list(readable_requests(request.user).filter(need=need).standing().for_reading())
    texts = {"headline": need.title[:HEADLINE_MAX], "heard": need.description, "revision": 0}
    return texts | {name: "\n".join(lines)[:PART_MAX] for name, lines in _answered(asked).items()}


def _answered(asked: list[NeedRequest]) -> dict[str, list[str]]:
    commitments = [(one.body, each) for one in asked for each in one.commitments.all()]
    refused = [
        f"{one.body} : {one.answer.words}"
        for one in asked
        if one.answer and one.answer.kind == AnswerKind.DECLINES
    ]
    return {
        "done": [f"{body} : {each.what}." for body, each in commitments if each.kept_on],
        "coming": [
            f"{body} : {each.what}, pour le {long_date(each.due)}."
            for body, each in commitments
            if each.is_open
        ],
        "not_done": refused + [f"{each.what} : {each.proof}" for _, each in commitments if each.given_up_on],
    }


def _kept_or_404(request: SignedInRequest, pk: int) -> GivingBack:
    return get_object_or_404(GivingBack.objects.select_related("need"), need=need_or_404(request, pk))


@require_POST
@require(can_make_needs)
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft that was read becomes what residents read."""
    kept = _kept_or_404(request, pk)
    try:
        actions.publish(
            giving_back=kept,
            revision=int(request.POST.get("revision", "")),
            confirmed=request.POST.get("confirme") == "oui",
            by=request.user,
        )
    except (actions.Stale, ValueError):
        messages.error(request, "Ce brouillon a changé depuis : relisez-le, puis publiez.")
    except actions.NotReady:
        messages.error(request, "Rien n’est publié : il reste un point à régler, ou à confirmer.")
    else:
        messages.success(request, "C’est publié. L’affiche et le lien sont prêts, et l’équipe a la carte.")
    return redirect(reverse("giving_back", args=[pk]) + "#relire")


@require_POST
@require(can_make_needs)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.withdraw(giving_back=_kept_or_404(request, pk), by=request.user)
        messages.success(request, "Retiré : le lien et le code de l’affiche n’ouvrent plus rien.")
    except actions.NotReady:
        messages.error(request, "Ce retour n’était pas publié.")
    return redirect("giving_back", pk)


@require(can_make_needs)
@never_cache
@require_safe
def poster(request: SignedInRequest, pk: int) -> HttpResponse:
    """The poster as the draft would make it, to be looked at before it is public."""
    kept = _kept_or_404(request, pk)
    places = [place.short_name for place in kept.need.neighbourhoods.order_by("name")]
    return poster_of(request, kept, kept, places)
