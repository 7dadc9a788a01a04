"""« Ce qui revient »: the rules of `recurrence`, on what this reviewer may read, beside the effort of listening."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import recurrence
from observations.models import Neighbourhood, Status, Theme
from observations.permissions import SignedInRequest, can_review, require, reviewable_observations
from observations.recurrence import LATELY, MONTHS, RULES, SILENCE, Effort, Heard, Line, Mention
from observations.review.selection import reviewed_places
from observations.typography import month_name

# What was set aside says nothing of the neighbourhood.
COUNTED = (Status.TO_READ, Status.TO_COMPLETE, Status.ACCEPTED)


@dataclass(frozen=True)
class Item:
    """A line as the page shows it: how much, and the address of the list that holds just that."""

    name: str
    shown: Effort
    address: str


@dataclass
class Group:
    """What one theme deserves to be read for: in the whole territory (or nothing), then in each neighbourhood."""

    theme: Theme
    whole: Item | None = None
    places: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A theme across the neighbourhoods: figures of the last months, and its year, a column a month."""

    theme: Theme
    cells: list[Item | None]
    total: Item
    months: list[tuple[date, int]]


@require(can_review)
@never_cache
@require_safe
def returning(request: SignedInRequest) -> HttpResponse:
    """The page of one month, of all themes or of the sub-themes of one."""
    today = timezone.localdate()
    months = [recurrence.first_day(recurrence.month_index(today) - back) for back in range(MONTHS)]
    month = next((m for m in months if f"{m:%Y-%m}" == request.GET.get("mois")), months[1])
    themes = list(Theme.objects.select_related("parent").order_by("rank"))
    chosen = next((t for t in themes if t.slug == request.GET.get("theme") and not t.parent_id), None)
    places = list(reviewed_places(request))
    heard = _heard(request, month, chosen)
    lines = recurrence.lines(heard, month)
    listed = [t for t in themes if (t.parent_id == chosen.pk or t == chosen if chosen else not t.parent_id)]
    by_slug, by_code = {t.slug: t for t in listed}, {place.code: place for place in places}
    known = [line for line in lines if line.theme in by_slug]
    end = min(today, _last_day(month))
    link = partial(_address, chosen=chosen)
    context = {
        "section": "review",
        "month": month,
        "month_name": month_name(month),
        "months": [(f"{m:%Y-%m}", month_name(m)) for m in months],
        "themes": [t for t in themes if not t.parent_id],
        "chosen": chosen,
        "effort": recurrence.effort([row for row in heard if _same_month(row.day, month)]),
        "whole": link("", "", month, _last_day(month)),
        "mentions": [
            (mention, RULES[mention], groups)
            for mention in Mention
            if (groups := list(_groups(mention, known, by_slug, by_code, month, chosen)))
        ],
        "rules": RULES,
        "silence": SILENCE,
        "silent_themes": _silent([t for t in listed if t.active], "theme", heard, end),
        "silent_places": _silent([p for p in places if p.active], "place", heard, end),
        "places": places,
        "rows": list(_rows(known, listed, places, month, chosen)),
        "tallest": max((max(line.months) for line in known if not line.place), default=0),
        "first": recurrence.first_day(recurrence.month_index(month) - LATELY + 1),
    }
    return render(request, "review/returning.html", context)


def _heard(request: SignedInRequest, month: date, chosen: Theme | None) -> list[Heard]:
    """Without a word: theme (or sub-theme of the one chosen), neighbourhood, day and 200 m square. One query."""
    spoken = reviewable_observations(request.user).filter(
        status__in=COUNTED,
        observed_on__gte=recurrence.first_day(recurrence.month_index(month) - MONTHS + 1),
        observed_on__lte=_last_day(month),
    )
    if chosen:
        spoken = spoken.filter(theme__in=[chosen.pk, *chosen.children.values_list("pk", flat=True)])
    theme = "theme__slug" if chosen else Coalesce("theme__parent__slug", "theme__slug")
    found = spoken.order_by().values_list(theme, "neighbourhood__code", "observed_on", "cell_row", "cell_col")
    return [
        Heard(slug, code, day, None if row is None else (row, col))
        for slug, code, day, row, col in found.iterator()
    ]


def _groups(
    mention: Mention,
    lines: Sequence[Line],
    themes: dict[str, Theme],
    places: dict[str, Neighbourhood],
    month: date,
    chosen: Theme | None,
) -> Iterator[Group]:
    """The lines that meet this rule, by theme, those most heard first."""
    recent = mention in (Mention.RISING, Mention.NEW)
    first = month if recent else recurrence.first_day(recurrence.month_index(month) - LATELY + 1)
    groups: dict[str, Group] = {}
    for line in sorted(lines, key=lambda line: (-line.lately.n, line.theme, line.place)):
        if mention not in recurrence.mentions(line, among=len(lines)):
            continue
        group = groups.setdefault(line.theme, Group(themes[line.theme]))
        item = Item(
            places[line.place].short_name or places[line.place].name if line.place in places else "",
            line.month if recent else line.lately,
            _address(line.theme, line.place, first, _last_day(month), chosen=chosen),
        )
        if line.place:
            group.places.append(item)
        else:
            group.whole = item
    yield from groups.values()


def _rows(
    lines: Sequence[Line],
    themes: Sequence[Theme],
    places: Sequence[Neighbourhood],
    month: date,
    chosen: Theme | None,
) -> Iterator[Row]:
    """Theme by neighbourhood over the last months: for the reviewer's eyes, never published."""
    found = {(line.theme, line.place): line for line in lines}
    first, last = recurrence.first_day(recurrence.month_index(month) - LATELY + 1), _last_day(month)
    for theme in themes:
        whole = found.get((theme.slug, ""))
        if whole is None:
            continue

        def item(line: Line | None) -> Item | None:
            if line is None or not line.lately.n:
                return None
            return Item(
                str(line.lately.n), line.lately, _address(line.theme, line.place, first, last, chosen=chosen)
            )

        yield Row(
            theme,
            [item(found.get((theme.slug, place.code))) for place in places],
            Item(str(whole.lately.n), whole.lately, _address(theme.slug, "", first, last, chosen=chosen)),
            list(zip(_year(month), whole.months, strict=True)),
        )


def _address(theme: str, place: str, first: date, last: date, *, chosen: Theme | None) -> str:
    """The review's list of exactly these observations. The theme chosen alone stands for itself and its sub-themes."""
    asked: list[tuple[str, str]] = [("theme", theme or (chosen.slug if chosen else "")), ("quartier", place)]
    asked += [("du", first.isoformat()), ("au", last.isoformat()), *(("statut", s.value) for s in COUNTED)]
    return f"{reverse('review')}?{urlencode([(name, value) for name, value in asked if value])}"


def _silent(
    named: Sequence[Theme] | Sequence[Neighbourhood], what: str, heard: Sequence[Heard], end: date
) -> list[str]:
    last: dict[str, date] = {}
    for row in heard:
        key = getattr(row, what)
        last[key] = max(row.day, last.get(key, row.day))
    keys = {
        thing.slug if isinstance(thing, Theme) else thing.code: thing.short_name or thing.name
        for thing in named
    }
    return [keys[key] for key in recurrence.silent(keys, last, end)]


def _year(month: date) -> list[date]:
    last = recurrence.month_index(month)
    return [recurrence.first_day(last - back) for back in reversed(range(MONTHS))]


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _same_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
