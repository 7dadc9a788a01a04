"""What is brought to a meeting: composed from its choices, checked as anything read outside is, then frozen."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from observations import outgoing
from observations.models import (
    Commitment,
    Meeting,
    MeetingNeed,
    Need,
    NeedChange,
    NeedLink,
    NeedRequest,
    NeedState,
    Neighbourhood,
    Observation,
    Scheme,
    Territory,
)
from observations.models.meeting import WORDS_AT_LEAST, WORDS_AT_MOST
from observations.models.need import ENDED
from observations.models.observation import GOOD_NEWS, ObservationQuerySet
from observations.outgoing import Problem
from observations.outside import spoken
from observations.typography import long_date, printable

FORMAT = 1
# More needs than this is a day without decisions.
NEEDS_PROPOSED = 8


def quotable() -> ObservationQuerySet:
    """Words read again and agreed to; they are shown with their theme, without a place or a month."""
    return Observation.objects.quotable().for_reading().order_by("-observed_on", "pk")


def proposed(meeting: Meeting) -> tuple[dict[int, str], list[uuid.UUID]]:
    """A pack to start from: the open needs of its dispositifs (of all, when it crosses none) that may go out, as they
    were last said, and words heard about them, good news and the rest in turn."""
    rows = Need.objects.standing().exclude(state__in=ENDED).in_reading_order()
    if meeting.schemes.exists():
        rows = rows.filter(pk__in=Need.objects.filter(schemes__in=meeting.schemes.all()).values("pk"))
    needs = [one for one in spoken(rows) if one.sound][:NEEDS_PROPOSED]
    links = NeedLink.objects.filter(need__in=[one.need.pk for one in needs], unlinked_at=None)
    about = quotable().filter(pk__in=links.values("observation"))
    holds = list(about.filter(nature__in=GOOD_NEWS)[:WORDS_AT_MOST])
    weighs = list(about.exclude(nature__in=GOOD_NEWS)[:WORDS_AT_MOST])
    mixed = [row for pair in zip_longest(weighs, holds) for row in pair if row is not None]
    return {one.need.pk: one.wording for one in needs}, [row.pk for row in mixed[:WORDS_AT_MOST]]


def last_sent(meeting: Meeting) -> Meeting | None:
    """The pack before this one: of a meeting that shares one of its dispositifs, else of any."""
    others = Meeting.objects.sent().exclude(pk=meeting.pk).order_by("-sent_at")
    near = others.filter(schemes__in=meeting.schemes.all()).first()
    return near or (None if meeting.schemes.exists() else others.first())


def compose(meeting: Meeting) -> tuple[dict[str, Any], list[Problem]]:
    """The pack as it would be sent now, and what is to be settled before."""
    places = Prefetch("need__neighbourhoods", Neighbourhood.objects.defer("boundary").order_by("name"))
    brought = list(meeting.needs.select_related("need__theme__parent").prefetch_related(places))
    sound = {one.need.pk: one.sound for one in spoken(row.need for row in brought)}
    rows = [row for row in brought if sound[row.need_id]]
    keys = [quote.observation_id for quote in meeting.quotes.all() if quote.observation_id]
    words, touched = quotable().in_order(keys), _schemes(rows)
    before = last_sent(meeting)
    commitments = list(_commitments(rows))
    pack = {
        "format": FORMAT,
        "kind": meeting.get_kind_display(),
        "title": printable(meeting.title),
        "held_on": long_date(meeting.held_on),
        "place": printable(meeting.place),
        "territory": Territory.current().name,
        "programme": [
            {"at": f"{one.starts_at:%H h %M}", "what": printable(one.what), "leader": printable(one.leader)}
            for one in meeting.sequences.all()
        ],
        "needs": [_need(place, row, touched) for place, row in enumerate(rows, start=1)],
        "schemes": _by_scheme(rows, touched),
        "map": _map(rows),
        "since": long_date(timezone.localdate(before.sent_at)) if before and before.sent_at else "",
        "changes": _changes(rows, commitments, before),
        "commitments": [_open(one) for one in commitments if one.is_open],
        "quotes": [
            {"text": printable(row.public_text), "theme": row.theme.root.name, "withdrawn": ""}
            for row in words
        ],
    }
    return pack, _problems(meeting, brought, rows, len(keys) - len(words), len(words), pack)


def _schemes(rows: Sequence[MeetingNeed]) -> dict[Scheme, set[int]]:
    """The dispositifs that these needs touch, each with the keys of those needs."""
    keys = {row.need_id for row in rows}
    found = Scheme.objects.filter(needs__in=keys).distinct().prefetch_related("needs")
    return {scheme: keys & {need.pk for need in scheme.needs.all()} for scheme in found}


def _need(place: int, row: MeetingNeed, touched: dict[Scheme, set[int]]) -> dict[str, Any]:
    return {
        "place": place,
        "need": row.need_id,
        "wording": printable(row.wording),
        "theme": row.need.theme.root.name,
        "where": ", ".join(one.short_name for one in row.need.neighbourhoods.all()) or "tout le territoire",
        "state": row.need.get_state_display(),
        "schemes": [scheme.short_name for scheme, keys in touched.items() if row.need_id in keys],
    }


def _by_scheme(rows: Sequence[MeetingNeed], touched: dict[Scheme, set[int]]) -> list[dict[str, Any]]:
    """Each dispositif with the numbers of its needs: what crosses stands in several."""
    return [
        {
            "name": scheme.short_name,
            "whole": scheme.name,
            "needs": [place for place, row in enumerate(rows, start=1) if row.need_id in keys],
        }
        for scheme, keys in touched.items()
    ]


def _map(rows: Sequence[MeetingNeed]) -> list[dict[str, Any]]:
    """The neighbourhoods, lettered, with the numbers of the needs that stand there and their outer rings."""
    drawn, standing = [], [{place.pk for place in row.need.neighbourhoods.all()} for row in rows]
    for i, place in enumerate(Neighbourhood.objects.active().order_by("name")):
        here = [n for n, places in enumerate(standing, start=1) if place.pk in places]
        drawn.append(
            {"letter": _letter(i), "name": place.short_name, "needs": here, "rings": _rings(place.boundary)}
        )
    return drawn


def _letter(place: int) -> str:
    return (
        chr(ord("A") + place)
        if place < 26
        else f"{chr(ord('A') + place // 26 - 1)}{chr(ord('A') + place % 26)}"
    )


def _rings(boundary: dict[str, Any]) -> list[list[list[float]]]:
    """Outer rings of a GeoJSON Polygon or MultiPolygon: [longitude, latitude] in degrees."""
    parts = boundary["coordinates"] if boundary["type"] == "MultiPolygon" else [boundary["coordinates"]]
    return [[[round(lon, 5), round(lat, 5)] for lon, lat, *_ in part[0]] for part in parts]


def _commitments(rows: Sequence[MeetingNeed]) -> Iterable[Commitment]:
    asked = NeedRequest.objects.standing().filter(need__in=[row.need_id for row in rows])
    return Commitment.objects.filter(request__in=asked).select_related("request__body").order_by("due", "pk")


def _open(one: Commitment) -> dict[str, Any]:
    """What a body committed to, by its name: who there takes charge stays with the team."""
    return {
        "what": printable(one.what),
        "body": one.request.body.name,
        "due": long_date(one.due),
        "late": "oui" if one.is_late else "",
        "need": one.request.need_id,
    }


def _changes(
    rows: Sequence[MeetingNeed], commitments: Sequence[Commitment], before: Meeting | None
) -> list[str]:
    """What happened to these needs since the last pack, each in a sentence."""
    if before is None or before.sent_at is None:
        return []
    numbers = {row.need_id: place for place, row in enumerate(rows, start=1)}
    known = {need["need"] for need in (before.pack or {}).get("needs", [])}
    said = [
        f"Besoin {place} : nouveau à l’ordre du jour." for key, place in numbers.items() if key not in known
    ]
    moved = NeedChange.objects.filter(
        need__in=numbers, kind=NeedChange.Kind.STATE, at__gt=before.sent_at, undone_at=None
    )
    for change in moved.order_by("at"):
        state = NeedState(change.after["state"]).label
        said.append(f"Besoin {numbers[change.need_id]} : {state}, le {_day(change.at)}.")
    since = timezone.localdate(before.sent_at)
    for one in commitments:
        place = numbers[one.request.need_id]
        if one.kept_on and one.kept_on >= since:
            said.append(f"Besoin {place} : {one.request.body.name} a tenu son engagement ({one.what}).")
        elif one.given_up_on and one.given_up_on >= since:
            said.append(f"Besoin {place} : {one.request.body.name} renonce à un engagement ({one.what}).")
        elif one.created_at > before.sent_at:
            said.append(f"Besoin {place} : {one.request.body.name} s’engage ({one.what}).")
    return [printable(sentence) for sentence in said]


def _day(moment: datetime) -> str:
    day: date = timezone.localdate(moment)
    return long_date(day)


def _problems(
    meeting: Meeting,
    brought: Sequence[MeetingNeed],
    rows: Sequence[MeetingNeed],
    quotes_out: int,
    quotes: int,
    pack: dict[str, Any],
) -> list[Problem]:
    found = []
    if not brought:
        found.append(Problem("Choisissez au moins un besoin à porter à cette instance."))
    if len(rows) < len(brought):
        found.append(
            Problem("Un besoin choisi n’a plus assez d’observations pour sortir de l’équipe : décochez-le.")
        )
    if quotes_out:
        found.append(Problem("Une parole choisie ne peut plus être citée : décochez-la."))
    if not WORDS_AT_LEAST <= quotes <= WORDS_AT_MOST and quotable().count() >= WORDS_AT_LEAST:
        found.append(
            Problem(f"Choisissez de {WORDS_AT_LEAST} à {WORDS_AT_MOST} paroles : il y en a {quotes}.")
        )
    texts = {f"le besoin {one['place']}": one["wording"] for one in pack["needs"]}
    texts |= {f"l’engagement de {one['body']}": one["what"] for one in pack["commitments"]}
    texts |= {"le titre": meeting.title}
    texts |= {f"la séquence de {one['at']}": one["what"] for one in pack["programme"]}
    linked = Observation.objects.filter(need_links__need__in=[row.need_id for row in brought]).distinct()
    return found + outgoing.problems(texts, linked)
