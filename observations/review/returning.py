"""« Ce qui revient »: the rules of `recurrence`, on what this reviewer may read, beside the effort of listening."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import listening, recurrence
from observations.listening import COUNTED, MonthCount, last_day
from observations.models import Neighbourhood, Theme
from observations.models.observation import ObservationQuerySet
from observations.permissions import SignedInRequest, can_review, require, reviewable_observations
from observations.recurrence import LATELY, MONTHS, RULES, SILENCE, Effort, Heard, Line, Mention
from observations.review.selection import reviewed_places
from observations.typography import month_name

SEASONS = 8
"""Two years of them, the one of the month read included."""
NAMES = {12: "hiver", 3: "printemps", 6: "été", 9: "automne"}


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
    mine = reviewable_observations(request.user)
    heard = listening.heard(mine, month, chosen)
    lines = recurrence.lines(heard, month)
    listed = [t for t in themes if (t.parent_id == chosen.pk or t == chosen if chosen else not t.parent_id)]
    by_slug, by_code = {t.slug: t for t in listed}, {place.code: place for place in places}
    known = [line for line in lines if line.theme in by_slug]
    end = min(today, last_day(month))
    link = partial(_address, chosen=chosen)
    context = {
        "section": "review",
        "month": month,
        "month_name": month_name(month),
        "months": [(f"{m:%Y-%m}", month_name(m)) for m in months],
        "themes": [t for t in themes if not t.parent_id],
        "chosen": chosen,
        "effort": recurrence.effort([row for row in heard if _same_month(row.day, month)]),
        "whole": link("", "", month, last_day(month)),
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
        "seasons": _seasons(mine, listed, month, end, chosen),
        "tallest": max((max(line.months) for line in known if not line.place), default=0),
        "first": recurrence.first_day(recurrence.month_index(month) - LATELY + 1),
    }
    return render(request, "review/returning.html", context)


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
            _address(line.theme, line.place, first, last_day(month), chosen=chosen),
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
    first, last = recurrence.first_day(recurrence.month_index(month) - LATELY + 1), last_day(month)
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


@dataclass(frozen=True)
class Season:
    """Three months, or what has passed of them: winter begins in December."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Seasons:
    """Themes season by season, the oldest first; a cell is empty where nothing was heard."""

    names: list[str]
    rows: list[tuple[Theme, list[Item | None]]]


def _seasons(
    mine: ObservationQuerySet, themes: Sequence[Theme], month: date, end: date, chosen: Theme | None
) -> Seasons:
    seasons = _last_seasons(month, end)
    counts = listening.by_month(mine, seasons[0].first, seasons[-1].last, chosen)

    def item(theme: Theme, season: Season) -> Item | None:
        n = sum(found.n for found in counts if found.theme == theme.slug and _within(found, season))
        address = _address(theme.slug, "", season.first, season.last, chosen=chosen)
        return Item(str(n), Effort(n, 0, 0), address) if n else None

    rows = [(theme, [item(theme, season) for season in seasons]) for theme in themes]
    return Seasons([season.name for season in seasons], [row for row in rows if any(row[1])])


def _within(found: MonthCount, season: Season) -> bool:
    return season.first <= found.month <= season.last


def _last_seasons(month: date, end: date) -> list[Season]:
    last = recurrence.month_index(month)
    begins = last - month.month % 3
    seasons = []
    for i in range(begins - 3 * (SEASONS - 1), begins + 1, 3):
        first = recurrence.first_day(i)
        # Winter is named by the year in which it ends.
        year = recurrence.first_day(i + 2).year
        seasons.append(
            Season(f"{NAMES[first.month]} {year}", first, min(last_day(recurrence.first_day(i + 2)), end))
        )
    return seasons


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


def _same_month(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
