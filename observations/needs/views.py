"""Needs as they are read: the board by state, the list by theme, one need."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import gestures, recurrence, words
from observations.models import (
    Action,
    GivingBack,
    Need,
    NeedLink,
    NeedState,
    Neighbourhood,
    Scheme,
    Stance,
    Theme,
)
from observations.models.need import ENDED, WORDED, NeedQuerySet
from observations.needs.history import history
from observations.permissions import (
    SignedInRequest,
    can_make_needs,
    neighbourhoods_for,
    readable_needs,
    readable_requests,
    require,
    reviewable_observations,
)

# Months of the small chart, the present one included.
MONTHS = recurrence.MONTHS
# The review opens on twelve months; a need is older than some of what it is made of.
SOUGHT_MAX = 100
LONG_AGO = "2000-01-01"


@dataclass
class Column:
    """One state of the board, or one theme of the list, and its needs."""

    title: str
    theme: Theme | None = None
    needs: list[Need] = field(default_factory=list)


class Filter(forms.Form):
    """Theme, neighbourhood and words; what means nothing is left aside."""

    theme = forms.ModelChoiceField(Theme.objects.roots(), to_field_name="slug", required=False)
    quartier = forms.ModelChoiceField(Neighbourhood.objects.none(), to_field_name="code", required=False)
    q = forms.CharField(max_length=SOUGHT_MAX, required=False)


@require(can_make_needs)
@never_cache
@require_safe
def board(request: SignedInRequest) -> HttpResponse:
    """Every need that stands, by state, or by theme with `?vue=themes`."""
    chosen = Filter(request.GET)
    places = neighbourhoods_for(request.user).defer("boundary")
    chosen.fields["quartier"].queryset = places  # type: ignore[attr-defined]
    chosen.is_valid()
    theme, place = chosen.cleaned_data.get("theme"), chosen.cleaned_data.get("quartier")
    sought = chosen.cleaned_data.get("q", "")
    by_theme = request.GET.get("vue") == "themes"
    rows = list(
        _narrowed(readable_needs(request.user).standing(), theme, place).for_listing().in_reading_order()
    )
    if sought:
        rows = _holding(rows, sought)
    context = {
        "section": "needs",
        "needs": rows,
        "sought": sought,
        "columns": _by_theme(rows) if by_theme else _by_state(rows),
        "by_theme": by_theme,
        "themes": Theme.objects.roots().order_by("rank"),
        "places": places,
        "theme": theme,
        "place": place,
        "gesture": gestures.last(request),
    }
    return render(request, "needs/board.html", context)


def _holding(needs: Iterable[Need], sought: str) -> list[Need]:
    """Those whose texts hold all the words sought, with the passage under the title that does (`found`)."""
    wanted = words.query(sought)
    kept = [need for need in needs if words.answers([need.title, *_under_title(need)], wanted)]
    for need in kept:
        passages = (words.passage(text, wanted) for text in _under_title(need))
        need.found = next(filter(None, passages), [])  # type: ignore[attr-defined]
    return kept


def _under_title(need: Need) -> list[str]:
    return [getattr(need, name) for name in WORDED if name != "title"]


def _narrowed(needs: NeedQuerySet, theme: Theme | None, place: Neighbourhood | None) -> NeedQuerySet:
    if theme is not None:
        needs = needs.filter(theme__in=[theme.pk, *theme.children.values_list("pk", flat=True)])
    if place is not None:
        needs = needs.filter(
            pk__in=Need.neighbourhoods.through.objects.filter(neighbourhood=place).values("need")
        )
    return needs


def _by_state(needs: Iterable[Need]) -> list[Column]:
    columns = {state.value: Column(str(state.label)) for state in NeedState}
    for need in needs:
        columns[need.state].needs.append(need)
    return list(columns.values())


def _by_theme(needs: Iterable[Need]) -> list[Column]:
    columns: dict[int, Column] = {}
    for need in sorted(needs, key=lambda need: need.theme.root.rank):
        root = need.theme.root
        columns.setdefault(root.pk, Column(root.name, root)).needs.append(need)
    return list(columns.values())


@require(can_make_needs)
@never_cache
@require_safe
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """One need, with its observations side by side."""
    return page(request, need_or_404(request, pk))


def need_or_404(request: SignedInRequest, pk: int) -> Need:
    """One need that this person may read; one that was merged included, which says into which."""
    return get_object_or_404(readable_needs(request.user).for_listing(), pk=pk)


def page(request: SignedInRequest, need: Need, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page as the need now stands; `extra` gives back a form that was refused, or says why (`stale`)."""
    links = _links(request, need)
    root = need.theme.root
    others = readable_needs(request.user).standing().exclude(pk=need.pk).for_listing().in_reading_order()
    open_ones = [other for other in others if other.state not in ENDED]
    # Those of needs that were merged into this one still stand.
    about = Q(need=need) | Q(need__merged_into=need)
    requests = list(readable_requests(request.user).filter(about).for_reading())
    near = {place.pk for place in need.neighbourhoods.all()}
    context = {
        "section": "needs",
        "need": need,
        "merged_into": need.merged_into if need.merged_into_id else None,
        "links": links,
        "stances": [(stance, [link for link in links if link.stance == stance]) for stance in Stance],
        "months": _months([link.observation.observed_on for link in links]),
        "effort": recurrence.effort(
            [
                recurrence.Heard(
                    "", "", o.observed_on, None if o.cell_row is None else (o.cell_row, o.cell_col)
                )
                for o in (link.observation for link in links)
            ]
        ),
        # What the list, the map and an observation opened from here are narrowed to.
        "selection": {"query": f"?besoin={need.pk}&du={LONG_AGO}"},
        "states": NeedState.choices,
        "others": open_ones,
        "beside": [
            other
            for other in others
            if other.theme.root == root and near & {place.pk for place in other.neighbourhoods.all()}
        ],
        "requests": requests,
        "expertise": [answer for one in requests for answer in one.answers.all() if answer.expertise],
        "history": history(need),
        **_given_back(need),
        **_schemes(need),
        "actions": Action.objects.filter(needs=need),
        "answers_since": [link for link in links if link.changed],
        "gesture": gestures.last(request),
        **extra,
    }
    return render(request, "needs/detail.html", context, status=status)


def _schemes(need: Need) -> dict[str, Any]:
    """The dispositifs that it touches, and those that it could; two queries."""
    touched = list(Scheme.objects.filter(needs=need))
    return {"schemes": touched, "all_schemes": Scheme.objects.filter(active=True)}


def _given_back(need: Need) -> dict[str, Any]:
    """What residents were told of it, how often, and when last."""
    given = GivingBack.objects.filter(need=need).first()
    if given is None:
        return {}
    told = given.tellings.aggregate(told_times=Count("pk"), told_last=Max("told_on"))
    return {"given_back": given, **told}


def _links(request: SignedInRequest, need: Need) -> list[NeedLink]:
    """What stands in it, newest first, as far as this person reads observations; one query."""
    readable = reviewable_observations(request.user).values("pk")
    links = NeedLink.objects.filter(need=need, unlinked_at=None, observation__in=readable)
    rows = links.select_related("observation__theme__parent", "observation__neighbourhood", "linked_by")
    return list(rows.order_by("-observation__observed_on", "pk"))


def _months(days: list[date]) -> list[tuple[date, int]]:
    last = recurrence.month_index(timezone.localdate())
    counts = [recurrence.month_index(day) for day in days]
    return [(recurrence.first_day(i), counts.count(i)) for i in range(last - MONTHS + 1, last + 1)]
