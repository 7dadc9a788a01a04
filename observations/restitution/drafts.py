"""Writing a synthèse: draft, preview, publication, correction. For who follows the whole territory."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import listening, recurrence
from observations.actions import publishing
from observations.actions.publishing import PublishingError, Stale
from observations.models import Need, Summary, Theme, User
from observations.permissions import (
    can_read_drafts,
    can_write_summaries,
    readable_needs,
    readable_summaries,
    require,
    reviewable_observations,
)
from observations.restitution import drafting, recognisable
from observations.restitution.drafting import Composition
from observations.restitution.forms import DraftForm, MonthForm, ReasonForm, commented
from observations.restitution.reading import report_of
from observations.typesetting.setting import PdfError
from observations.typography import french, of_month

WRITERS = "Une synthèse est écrite par une ou un chef de projet qui suit tous les quartiers du territoire."
writer = require(can_write_summaries, WRITERS)
# How many words a theme shows before « tout afficher ».
WORDS_SHOWN = 12


@writer
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Opens the draft of a month, or the one that exists."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["month"]))
        return redirect("summaries")
    try:
        draft = publishing.create_draft(month=form.cleaned_data["month"], by=_user(request))
    except PublishingError as refusal:
        messages.error(request, str(refusal))
        return redirect("summaries")
    return redirect("summary_edit", pk=draft.pk)


@never_cache
@writer
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft: what the month holds, an introduction, comments, words to choose and to order."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    if draft.is_published:
        return redirect("summary", pk=pk)
    composition = drafting.compose(draft)
    form = _form(request.POST if request.method == "POST" else None, draft, composition)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            _save(draft, form, _user(request))
        except Stale as stale:
            refusal = str(stale)
            form = _form(_as_read_now(request.POST, pk), draft, composition)
        except PublishingError as error:
            refusal = str(error)
        else:
            return _after_saving(request, pk, form)
    return render(request, "restitution/edit.html", _page(request, draft, composition, form, refusal))


@never_cache
@require(can_read_drafts)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what partners will read, before they do."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    if draft.is_published:
        return redirect("summary", pk=pk)
    composition = drafting.compose(draft)
    context = {
        "summary": draft,
        "section": "summaries",
        "writes": can_write_summaries(request.user),
        "problems": composition.problems,
        "places": recognisable.places(draft),
        "report": report_of(composition.content),
    }
    return render(request, "restitution/preview.html", context)


@never_cache
@writer
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more, saying what partners will see; then freezes."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    if draft.is_published:
        return redirect("summary", pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            drafting.issue(draft, by=_user(request), seen=parse_datetime(request.POST.get("seen", "")))
        except PublishingError as error:
            refusal = str(error)
        except PdfError:
            refusal = french(
                "Le PDF n’a pas pu être fait. Rien n’a été publié : essayez à nouveau dans un moment."
            )
        else:
            messages.success(
                request, french(f"Publiée : les partenaires lisent la synthèse {of_month(draft.month)}.")
            )
            return redirect("summary", pk=pk)
        draft.refresh_from_db(fields=["updated_at"])
    return render(request, "restitution/publish.html", _publication(draft, refusal))


@writer
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then opens the next version as a draft."""
    summary = get_object_or_404(readable_summaries(request.user).published().light(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = publishing.start_correction(
                summary=summary, reason=form.cleaned_data["reason"], by=_user(request)
            )
        except PublishingError as refusal:
            form.add_error("reason", str(refusal))
        else:
            return redirect("summary_edit", pk=draft.pk)
    return render(
        request, "restitution/correct.html", {"summary": summary, "form": form, "section": "summaries"}
    )


@writer
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a draft; what is published stays."""
    draft = get_object_or_404(readable_summaries(request.user).light(), pk=pk)
    try:
        publishing.delete_draft(summary=draft, by=_user(request))
    except PublishingError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, french(f"Le brouillon {of_month(draft.month)} est supprimé."))
    return redirect("summaries")


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _form(data: Any, draft: Summary, composition: Composition) -> DraftForm:
    """A comment for each theme shown, and for those merged since they were commented: no text disappears."""
    shown = {row["slug"]: row["name"] for row in composition.content["themes"]["rows"]}
    merged = (draft.comments.keys() | commented(data or {})) - shown.keys()
    names = Theme.objects.filter(slug__in=sorted(merged)).values_list("slug", "name") if merged else []
    return DraftForm(data, draft=draft, themes=[*shown.items(), *names])


def _as_read_now(posted: Mapping[str, Any], pk: int) -> Any:
    """What was sent, as an answer to the draft that is now saved: sending it again replaces that one."""
    data = cast(Any, posted).copy()
    data["seen"] = Summary.objects.values_list("updated_at", flat=True).get(pk=pk).isoformat()
    return data


def _save(draft: Summary, form: DraftForm, by: User) -> None:
    publishing.update_draft(
        summary=draft,
        introduction=form.cleaned_data["introduction"],
        comments=form.comments,
        quotes=form.cleaned_data["quotes"],
        by=by,
        seen=form.cleaned_data["seen"],
    )


def _after_saving(request: HttpRequest, pk: int, form: DraftForm) -> HttpResponse:
    following = {"apercu": "summary_preview", "publier": "summary_publish"}.get(
        request.POST.get("ensuite", "")
    )
    if following:
        return redirect(following, pk=pk)
    if not form.cleaned_data["move"]:
        messages.success(request, "Brouillon enregistré.")
    place = "#choisies" if form.cleaned_data["move"] else ""
    return redirect(reverse("summary_edit", args=[pk]) + place)


def _page(
    request: HttpRequest, draft: Summary, composition: Composition, form: DraftForm, refusal: str
) -> dict[str, Any]:
    rows = composition.content["themes"]["rows"]
    shown = {row["slug"] for row in rows}
    comments = form.comment_fields()
    everything = "toutes" in request.GET
    returns = _returns(request, draft.month)
    needs = _needs(request)
    return {
        "summary": draft,
        "section": "summaries",
        "form": form,
        "refusal": refusal,
        "problems": composition.problems,
        "places": recognisable.places(draft),
        "report": report_of(composition.content),
        "commented": [
            (row, comments[row["slug"]], returns.get(row["slug"]), needs.get(row["slug"], [])) for row in rows
        ],
        "merged_comments": [field for slug, field in comments.items() if slug not in shown],
        "chosen": drafting.chosen_words(draft, form.chosen),
        "to_choose": drafting.words_to_choose(draft, form.chosen, None if everything else WORDS_SHOWN),
        "unread": drafting.unread(draft),
        "unread_link": _unread_link(draft),
        "over": publishing.is_over(draft.month),
    }


def _returns(
    request: HttpRequest, month: date
) -> dict[str, tuple[recurrence.Line, list[recurrence.Mention]]]:
    """By root theme, what the rules of « Ce qui revient » say of it in the whole territory, for whoever writes.

    The very figures of that page: every observation that was not set aside, not only those the synthèse counts.
    """
    lines = recurrence.lines(listening.heard(reviewable_observations(_user(request)), month), month)
    return {
        line.theme: (line, found)
        for line in lines
        if not line.place and (found := recurrence.mentions(line, among=len(lines)))
    }


def _needs(request: HttpRequest) -> dict[str, list[Need]]:
    """The open needs by root theme."""
    found: dict[str, list[Need]] = {}
    for need in readable_needs(_user(request)).open().select_related("theme__parent").in_reading_order():
        found.setdefault(need.theme.root.slug, []).append(need)
    return found


def _publication(draft: Summary, refusal: str) -> dict[str, Any]:
    composition = drafting.compose(draft)
    over = publishing.is_over(draft.month)
    return {
        "summary": draft,
        "section": "summaries",
        "content": composition.content,
        "problems": composition.problems if over else [str(publishing.MonthNotOver(draft.month))],
        "places": recognisable.places(draft),
        "refusal": refusal if over and not composition.problems else "",
        "unread": drafting.unread(draft),
        "unread_link": _unread_link(draft),
    }


def _unread_link(draft: Summary) -> str:
    """The review, filtered on what the month still has to read."""
    first, last = publishing.first_and_last_day(draft.month)
    return f"{reverse('review')}?statut=a-relire&statut=a-preciser&du={first:%Y-%m-%d}&au={last:%Y-%m-%d}"
