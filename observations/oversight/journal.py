"""The journal as a CDSU reads it: when, who, what, on what. Names reviewers; who wrote an observation, never."""

from datetime import datetime
from typing import NamedTuple

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations.models import JournalEntry, Role
from observations.models.journal import JournalEntryQuerySet
from observations.oversight.reasons import reason
from observations.oversight.subjects import Subject, subjects
from observations.permissions import SignedInRequest, can_read_journal, readable_journal, require

PER_PAGE = 50
WORKERS = {Role.AGENT: "l’agent", Role.COUNCIL: "le conseil citoyen"}


class Line(NamedTuple):
    at: datetime
    who: str
    what: str
    subject: Subject | None
    reason: str


class Filter(forms.Form):
    """Which lines: one verb, a period. Not by person: the journal is no measure of anybody."""

    quoi = forms.ChoiceField(
        choices=[("", "Tout"), *JournalEntry.Verb.choices],
        required=False,
        label="Quoi",
        error_messages={"invalid_choice": "Cet acte n’existe pas dans la liste."},
    )
    du = forms.DateField(
        required=False, label="Du", error_messages={"invalid": "La date « du » s’écrit comme 01/11/2026."}
    )
    au = forms.DateField(
        required=False, label="Au", error_messages={"invalid": "La date « au » s’écrit comme 23/11/2026."}
    )

    def applied_to(self, lines: JournalEntryQuerySet) -> JournalEntryQuerySet:
        """What was not understood is left aside, and said on the page."""
        self.is_valid()
        asked = {
            "verb": self.cleaned_data.get("quoi"),
            "at__date__gte": self.cleaned_data.get("du"),
            "at__date__lte": self.cleaned_data.get("au"),
        }
        return lines.filter(**{name: value for name, value in asked.items() if value})


@require(can_read_journal)
@require_safe
@never_cache
def journal(request: SignedInRequest) -> HttpResponse:
    """Newest first; the filters stay in the query string."""
    chosen = Filter(request.GET)
    everything = readable_journal(request.user)
    rows = chosen.applied_to(everything).select_related("by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "journal",
        "form": chosen,
        "problems": [error for errors in chosen.errors.values() for error in errors],
        "filtered": any(request.GET.get(name) for name in chosen.fields),
        "page": page,
        "days": by_day(lines_of(page, request)),
    }
    return render(request, "oversight/journal.html", context)


def lines_of(page: Page[JournalEntry], request: SignedInRequest) -> list[Line]:
    """The page in words. What it speaks of is fetched in one query a kind of subject."""
    rows = list(page)
    known = subjects(rows, request.user)
    return [
        Line(row.at, who(row), row.get_verb_display(), known.get(row.subject), reason(row.verb, row.reason))
        for row in rows
    ]


def by_day(lines: list[Line]) -> list[tuple[datetime, list[Line]]]:
    days: list[tuple[datetime, list[Line]]] = []
    for line in lines:
        if not days or timezone.localdate(days[-1][0]) != timezone.localdate(line.at):
            days.append((line.at, []))
        days[-1][1].append(line)
    return days


def who(row: JournalEntry) -> str:
    """Whoever acted; a worker who acted on an observation is its author, and stays a role."""
    if row.by is None:
        return "le serveur"
    if row.is_about_observation and row.by.role in WORKERS:
        return WORKERS[Role(row.by.role)]
    return str(row.by)
