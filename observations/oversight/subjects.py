"""What a line of the journal speaks of, as far as it still exists and its reader may open it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from django.urls import reverse

from observations.models import (
    Action,
    ApiToken,
    Body,
    Commitment,
    Diagnosis,
    GivingBack,
    Invitation,
    JournalEntry,
    Meeting,
    Scheme,
    ShareLink,
    Summary,
    User,
)
from observations.permissions import (
    can_hold_meetings,
    can_share,
    contributions_to_read,
    readable_needs,
    readable_requests,
    readable_summaries,
    reviewable_observations,
)
from observations.typography import long_date, of_month


class Subject(NamedTuple):
    """`label` names it without a word of it; `link` is empty where there is no page to open."""

    label: str
    link: str = ""


Found = Iterator[tuple[object, Subject]]


def subjects(rows: Iterable[JournalEntry], reader: User) -> dict[str, Subject]:
    """By the subject's name in the journal, in one query a kind. What is gone keeps its kind for a label."""
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name, key = row.subject_key
        if key:
            keys[name].add(key)
    known = {f"{name} {key}": Subject(GONE.get(name, "")) for name, each in keys.items() for key in each}
    for name, find in FINDERS.items():
        if name in keys:
            known |= {f"{name} {key}": subject for key, subject in find(keys[name], reader)}
    return known


def _observations(keys: set[str], reader: User) -> Found:
    wanted = [uuid.UUID(key) for key in keys]
    rows = (
        reviewable_observations(reader).filter(pk__in=wanted).select_related("theme__parent", "neighbourhood")
    )
    for row in rows.only("theme__name", "theme__parent__name", "neighbourhood__name"):
        label = f"{row.theme.root.name}, {row.neighbourhood.short_name}"
        yield row.pk, Subject(label, reverse("review_observation", args=[row.pk]))


def _needs(keys: set[str], reader: User) -> Found:
    for need in readable_needs(reader).filter(pk__in=keys):
        yield need.pk, Subject(need.title, reverse("need", args=[need.pk]))


def _bodies(keys: set[str], reader: User) -> Found:
    for body in Body.objects.filter(pk__in=keys):
        yield body.pk, Subject(body.name, reverse("body", args=[body.pk]))


def _requests(keys: set[str], reader: User) -> Found:
    for asked in readable_requests(reader).filter(pk__in=keys).select_related("body"):
        yield asked.pk, Subject(f"demande à {asked.body}", reverse("request", args=[asked.pk]))


def _commitments(keys: set[str], reader: User) -> Found:
    readable = readable_requests(reader).values("pk")
    kept = Commitment.objects.filter(pk__in=keys, request__in=readable).select_related("request__body")
    for commitment in kept:
        page = reverse("request", args=[commitment.request_id])
        yield commitment.pk, Subject(f"engagement de {commitment.request.body}", page)


def _given_back(keys: set[str], reader: User) -> Found:
    needs = readable_needs(reader).values("pk")
    for row in GivingBack.objects.filter(pk__in=keys, need__in=needs):
        yield row.pk, Subject("retour aux habitant·e·s", reverse("giving_back", args=[row.need_id]))


def _diagnoses(keys: set[str], reader: User) -> Found:
    for row in Diagnosis.objects.published().filter(pk__in=keys).select_related("neighbourhood"):
        label = f"diagnostic de {row.neighbourhood.short_name}, n° {row.number}"
        yield row.pk, Subject(label, reverse("diagnosis", args=[row.neighbourhood.code, row.number]))


def _contributions(keys: set[str], reader: User) -> Found:
    for one in contributions_to_read(reader).filter(pk__in=keys).select_related("diagnosis__neighbourhood"):
        page = reverse("neighbourhood", args=[one.diagnosis.neighbourhood.code]) + "#contributions"
        yield one.pk, Subject("contribution d’une association", page)


def _meetings(keys: set[str], reader: User) -> Found:
    holds = can_hold_meetings(reader)
    for row in Meeting.objects.filter(pk__in=keys):
        label = f"{row.get_kind_display()} du {long_date(row.held_on)}"
        yield row.pk, Subject(label, reverse("meeting", args=[row.pk]) if holds else "")


def _schemes(keys: set[str], reader: User) -> Found:
    page = reverse("schemes") if can_hold_meetings(reader) else ""
    for row in Scheme.objects.filter(pk__in=keys):
        yield row.pk, Subject(f"dispositif {row}", page)


def _actions(keys: set[str], reader: User) -> Found:
    for row in Action.objects.filter(pk__in=keys):
        yield row.pk, Subject(row.name, reverse("action", args=[row.pk]))


def _summaries(keys: set[str], reader: User) -> Found:
    for summary in readable_summaries(reader).filter(pk__in=keys).light():
        yield summary.pk, Subject(_month(summary), reverse("summary", args=[summary.pk]))


def _month(summary: Summary) -> str:
    return f"synthèse {of_month(summary.month)} {summary.month.year}, version {summary.version}"


def _accounts(keys: set[str], reader: User) -> Found:
    for user in User.objects.filter(pk__in=keys):
        yield user.pk, Subject(f"compte de {user}", reverse("people"))


def _invitations(keys: set[str], reader: User) -> Found:
    for invitation in Invitation.objects.filter(pk__in=keys):
        yield invitation.pk, Subject(invitation.get_role_display(), reverse("people"))


def _links(keys: set[str], reader: User) -> Found:
    shares = can_share(reader)
    for link in ShareLink.objects.filter(pk__in=keys).select_related("summary"):
        page = reverse("summary_links", args=[link.summary_id]) if shares else ""
        yield link.pk, Subject(f"{link.label}, {_month(link.summary)}", page)


def _tokens(keys: set[str], reader: User) -> Found:
    page = reverse("summary_tokens") if can_share(reader) else ""
    for token in ApiToken.objects.filter(pk__in=keys):
        yield token.pk, Subject(token.label, page)


FINDERS: dict[str, Callable[[set[str], User], Found]] = {
    "observation": _observations,
    "need": _needs,
    "body": _bodies,
    "needrequest": _requests,
    "commitment": _commitments,
    "givingback": _given_back,
    "diagnosis": _diagnoses,
    "contribution": _contributions,
    "meeting": _meetings,
    "scheme": _schemes,
    "action": _actions,
    "summary": _summaries,
    "user": _accounts,
    "invitation": _invitations,
    "sharelink": _links,
    "apitoken": _tokens,
}
GONE = {
    "observation": "observation retirée, ou d’un autre quartier",
    "tombstone": "observation effacée",
    "need": "besoin retiré, ou d’autres quartiers",
    "needrequest": "demande pour d’autres quartiers",
    "commitment": "engagement pour d’autres quartiers",
    "givingback": "retour pour d’autres quartiers",
    "contribution": "contribution pour d’autres quartiers",
    "action": "action retirée du programme",
    "summary": "brouillon supprimé",
    "territory": "territoire",
}
