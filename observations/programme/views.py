"""Funded actions: read by all, kept and imported by a CDSU; what residents say of them, noted and read as one whole."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations import words as words_
from observations.actions import capture
from observations.actions import programme as actions
from observations.models import (
    Action,
    ActionImport,
    Neighbourhood,
    Observation,
    Said,
    Territory,
    Theme,
    User,
)
from observations.models.alliance import NAME_MAX
from observations.models.programme import (
    ACTION_MAX,
    FIRST_YEAR,
    LAST_YEAR,
    QUESTIONS,
    SUMMARY_MAX,
    ActionQuerySet,
)
from observations.permissions import (
    SignedInRequest,
    can_evaluate,
    can_keep_programme,
    can_make_needs,
    can_see_actions,
    neighbourhoods_for,
    require,
)
from observations.programme.columns import FIELDS, Names, Row, guess, read
from observations.programme.forms import ActionForm, ColumnsForm, EvaluationForm, FileForm, blank
from observations.programme.gaps import gaps
from observations.programme.results import results
from observations.requested import form_digest
from observations.table_file import TableRefused, read_table

written = require_http_methods(["GET", "HEAD", "POST"])
SOUGHT_MAX = 100
# Rows of an import shown before it is taken.
SHOWN = 20
CLOSED_ON_TOO_FEW = "Évaluation close : trop peu de réponses pour en dire quelque chose."


class Filter(forms.Form):
    """Year, theme, neighbourhood, words; what means nothing is left aside."""

    annee = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    theme = forms.ModelChoiceField(Theme.objects.roots(), to_field_name="slug", required=False)
    quartier = forms.ModelChoiceField(Neighbourhood.objects.active(), to_field_name="code", required=False)
    q = forms.CharField(max_length=SOUGHT_MAX, required=False)


@require(can_see_actions)
@never_cache
@require_safe
def listed(request: SignedInRequest) -> HttpResponse:
    """The programme of a year (the last one with an action), and for a CDSU where needs and actions do not meet."""
    chosen = Filter(request.GET)
    chosen.is_valid()
    picked = chosen.cleaned_data
    years = list(Action.objects.order_by("-year").values_list("year", flat=True).distinct())
    year = picked.get("annee") or (years[0] if years else timezone.localdate().year)
    of_year = Action.objects.filter(year=year).for_listing().order_by("name", "pk")
    rows = _narrowed(of_year, picked.get("theme"), picked.get("quartier"), picked.get("q", ""))
    context = {
        "section": "actions",
        "actions": rows,
        "years": years,
        "year": year,
        "themes": Theme.objects.roots().filter(active=True).order_by("rank"),
        "places": Neighbourhood.objects.active().defer("boundary"),
        "theme": picked.get("theme"),
        "place": picked.get("quartier"),
        "sought": picked.get("q", ""),
        "keeps": can_keep_programme(request.user),
        "gaps": gaps(of_year, request.user) if can_make_needs(request.user) and years else None,
    }
    return render(request, "programme/list.html", context)


def _narrowed(
    rows: ActionQuerySet, theme: Theme | None, place: Neighbourhood | None, sought: str
) -> list[Action]:
    """An action of no neighbourhood is in each."""
    if theme is not None:
        rows = rows.filter(
            pk__in=Action.objects.filter(Q(themes=theme) | Q(themes__parent=theme)).values("pk")
        )
    if place is not None:
        here = Action.objects.filter(Q(neighbourhoods=place) | Q(neighbourhoods=None))
        rows = rows.filter(pk__in=here.values("pk"))
    found = list(rows)
    if sought:
        wanted = words_.query(sought)
        found = [one for one in found if words_.answers([one.name, one.bearer, one.summary], wanted)]
    return found


@require(can_see_actions)
@never_cache
@require_safe
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """One action, and what may be said of what residents think of it."""
    action = get_object_or_404(Action.objects.for_listing(), pk=pk)
    user = request.user
    keeps = can_keep_programme(user)
    context = {
        "section": "actions",
        "action": action,
        "keeps": keeps,
        "evaluates": can_evaluate(user) and action.closed_at is None,
        "needs": action.needs.all() if can_make_needs(user) and not user.neighbourhoods.exists() else [],
        "results": _said(action),
        "words": _quotable(action) if action.results else [],
        "n": action.evaluations.count() if keeps else None,
        "own": action.evaluations.filter(observation__author=user).select_related("observation"),
    }
    return render(request, "programme/action.html", context)


def _said(action: Action) -> list[dict[str, Any]]:
    """Each question with its answers in words, as they were frozen."""
    labels = dict(Said.choices)
    return [
        {
            "question": said,
            "shown": [(labels[answer], n) for answer, n in action.results[name]["shown"]],
            "rest": action.results[name]["rest"],
        }
        for name, (_, said) in QUESTIONS.items()
        if action.results
    ]


def _quotable(action: Action) -> Any:
    """Words read again and agreed to, without a place or a day."""
    rows = Observation.objects.quotable().filter(evaluation__action=action)
    return rows.order_by("received_at", "pk")


@require(can_keep_programme)
@never_cache
@written
def new(request: SignedInRequest) -> HttpResponse:
    return _form(request, None)


@require(can_keep_programme)
@never_cache
@written
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _form(request, get_object_or_404(Action, pk=pk))


def _form(request: SignedInRequest, action: Action | None) -> HttpResponse:
    names = ("name", "bearer", "year", "summary")
    values: dict[str, Any] = {"year": timezone.localdate().year}
    if action:
        values = {name: getattr(action, name) for name in names}
        values |= {name: list(getattr(action, name).all()) for name in ("neighbourhoods", "themes", "needs")}
    sent = request.POST if request.method == "POST" else None
    form = ActionForm(sent, initial=values, user=request.user, action=action)
    if sent is None or not form.is_valid():
        context = {"section": "actions", "action": action, "form": form}
        return render(request, "programme/form.html", context, status=422 if form.is_bound else 200)
    kept = actions.keep(action=action, by=request.user, **form.cleaned_data)
    messages.success(request, "Action enregistrée.")
    return redirect("action", kept.pk)


@require_POST
@require(can_keep_programme)
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    action = get_object_or_404(Action, pk=pk)
    if action.evaluations.exists():
        messages.error(request, "Des habitant·e·s ont parlé de cette action : elle reste au programme.")
        return redirect("action", pk)
    actions.remove(action=action, by=request.user)
    messages.success(request, "Action retirée du programme.")
    return redirect("actions")


@require_POST
@require(can_keep_programme)
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """What residents said is read as one whole, from now on."""
    action = get_object_or_404(Action, pk=pk)
    rows = list(action.evaluations.values_list("observation__observed_on", *QUESTIONS))
    given = {name: [(row[0], row[place]) for row in rows] for place, name in enumerate(QUESTIONS, start=1)}
    found = results(given, list(Said.values), threshold=Territory.current().threshold)
    try:
        actions.close(action=action, results=found, by=request.user)
    except actions.Closed:
        messages.error(request, "Cette évaluation était déjà close.")
    else:
        messages.success(
            request,
            "Évaluation close." if found else "Évaluation close : trop peu pour en dire quelque chose.",
        )
    return redirect("action", pk)


@require(can_evaluate)
@never_cache
@written
def evaluate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Three questions and words, as somebody answers them."""
    action = get_object_or_404(Action.objects.for_listing(), pk=pk)
    if action.closed_at:
        messages.info(request, "L’évaluation de cette action est close.")
        return redirect("action", pk)
    user = request.user
    sent = request.POST if request.method == "POST" else None
    form = EvaluationForm(sent, initial=blank(user), user=user, action=action)
    if sent is None or not form.is_valid():
        return _evaluation_page(request, action, form, 422 if form.is_bound else 200)
    try:
        actions.evaluate(
            action=action,
            id=form.cleaned_data["id"],
            data=form.entry(),
            digest=form_digest(request.POST.lists()),
            answers=form.answers(),
            by=user,
        )
    except actions.Closed:
        form.add_error(
            None, "L’évaluation vient d’être close : rien n’est enregistré. Notez-le en observation."
        )
    except capture.CaptureError:
        form.add_error(None, "Cette réponse était déjà enregistrée : commencez-en une autre.")
    else:
        messages.success(request, "C’est noté. Les mots seront relus comme toute observation.")
        return redirect("action", pk)
    return _evaluation_page(request, action, form, 409)


def _evaluation_page(
    request: SignedInRequest, action: Action, form: EvaluationForm, status: int
) -> HttpResponse:
    context = {
        "section": "actions",
        "action": action,
        "form": form,
        "questions": [form[name] for name in QUESTIONS],
        "places": list(neighbourhoods_for(request.user).defer("boundary")),
    }
    return render(request, "programme/evaluate.html", context, status=status)


# --- the spreadsheet ------------------------------------------------------------------------------------------


@require(can_keep_programme)
@never_cache
@written
def begin_import(request: SignedInRequest) -> HttpResponse:
    """Takes the file, whatever its columns."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_table(form.cleaned_data["fichier"])
        except TableRefused as refused:
            form.add_error("fichier", str(refused))
        else:
            begun = actions.begin_import(rows=rows, by=request.user)
            return redirect("actions_match", begun.pk)
    status = 422 if form.is_bound else 200
    return render(request, "programme/import.html", {"section": "actions", "form": form}, status=status)


@require(can_keep_programme)
@never_cache
@written
def match(request: SignedInRequest, pk: int) -> HttpResponse:
    """Columns matched on the screen; every row checked; taken whole, or not at all."""
    begun = get_object_or_404(ActionImport, pk=pk, by=request.user)
    header = begun.rows[0]
    gesture = request.POST.get("geste", "") if request.method == "POST" else ""
    if gesture == "abandonner":
        actions.drop_import(begun=begun)
        messages.success(request, "Import abandonné : rien n’a changé.")
        return redirect("actions_import")
    form = ColumnsForm(request.POST if gesture else guess(header), header=header)
    if not form.is_valid():
        return _match_page(request, begun, form, None, 422 if gesture else 200)
    rows = _rows(begun, form.columns(), request.user)
    faulty = [row for row in rows if row.errors]
    if gesture != "importer" or faulty:
        return _match_page(request, begun, form, rows, 422 if gesture == "importer" else 200)
    new_, known = actions.finish_import(begun=begun, rows=rows, by=request.user)
    again = f", {known} déjà connues et mises à jour" if known else ""
    messages.success(
        request, f"{new_} nouvelles actions{again}." if new_ != 1 else f"Une nouvelle action{again}."
    )
    return redirect("actions")


def _rows(begun: ActionImport, columns: dict[str, int], user: User) -> list[Row]:
    places: dict[str, int] = {}
    for place in Neighbourhood.objects.active().defer("boundary"):
        places |= {place.short_name: place.pk, place.name: place.pk, place.code: place.pk}
    themes: dict[str, int] = {}
    for theme in Theme.objects.select_related("parent").order_by("-parent_id", "rank"):
        themes |= {theme.name: theme.pk, theme.slug: theme.pk, theme.short_name or theme.name: theme.pk}
    return read(
        begun.rows,
        columns,
        places=Names(places),
        themes=Names(themes),
        years=(FIRST_YEAR, LAST_YEAR),
        limits={"name": ACTION_MAX, "bearer": NAME_MAX, "summary": SUMMARY_MAX},
    )


def _match_page(
    request: SignedInRequest, begun: ActionImport, form: ColumnsForm, rows: list[Row] | None, status: int
) -> HttpResponse:
    faulty = [row for row in rows or [] if row.errors]
    context = {
        "section": "actions",
        "begun": begun,
        "form": form,
        "total": len(begun.rows) - 1,
        "examples": list(zip(form, [_example(begun, form, name) for name in FIELDS], strict=True)),
        "rows": rows,
        "faulty": faulty,
        "shown": _named([row for row in rows or [] if not row.errors][:SHOWN]),
    }
    return render(request, "programme/match.html", context, status=status)


def _named(rows: list[Row]) -> list[dict[str, Any]]:
    """Rows as they would come in, keys in words."""
    places = {place.pk: place.short_name for place in Neighbourhood.objects.defer("boundary")}
    themes = dict(Theme.objects.values_list("pk", "name"))
    return [
        {
            "name": row.name,
            "bearer": row.bearer,
            "year": row.year,
            "places": [places[key] for key in row.neighbourhoods],
            "theme_names": [themes[key] for key in row.themes],
        }
        for row in rows
    ]


def _example(begun: ActionImport, form: ColumnsForm, name: str) -> str:
    """The first thing that the column holds, so that a wrong match is seen."""
    value = form[name].value()
    if value in (None, "") or not str(value).isdigit() or int(value) >= len(begun.rows[0]):
        return ""
    return next((row[int(value)] for row in begun.rows[1:] if row[int(value)]), "")
