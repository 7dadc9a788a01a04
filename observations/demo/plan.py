"""Six months of invented observations that stop yesterday: who wrote what, where and when.

Pure and deterministic: the same day and the same seed give the same list. Nothing here knows the database.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from observations.demo.choice import TextChooser
from observations.demo.corpus import TEXTS
from observations.demo.outlines import PLACES
from observations.demo.text import Text
from observations.geo import rounded

PARIS = ZoneInfo("Europe/Paris")
TOTAL = 600
MONTHS = 6
WORKERS = 2

SHARES = {
    "QN05961M": 0.25,
    "QN05962M": 0.18,
    "QN05963M": 0.16,
    "QN05960M": 0.14,
    "QN05959M": 0.11,
    "QN05964M": 0.08,
    "QN05990N": 0.08,
}
"""How often the two workers go to each quartier; the two smallest still give more than five a month."""

WEEKDAY_WEIGHTS = (0.9, 1.0, 1.3, 1.0, 0.9, 0.25, 0.0)
"""Monday to Sunday; a busy Wednesday, a few Saturdays."""

EVE_WEIGHT = 0.5
"""The last day always has something, be it a Sunday: the demonstration stops yesterday."""

HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
"""Public holidays of fixed date, as (month, day)."""

TO_COMPLETE, TO_REVIEW, JUST_ACCEPTED = 6, 25, 3
"""How the newest observations stand: the reviewer has begun, from the oldest."""

SET_ASIDE_RATE = 0.07
SET_ASIDE_REASONS = (
    "Doublon : déjà noté par l’équipe la même semaine.",
    "Hors sujet : ne concerne pas le quartier.",
    "Trop précis : une personne serait reconnaissable, même en reformulant.",
    "Trop vague pour être repris.",
    "Transmis au service compétent par un autre chemin, rien à garder ici.",
)
QUESTIONS = {
    "logement": "Dans quelle rue ? Le bailleur est-il prévenu ?",
    "cadre": "À quel endroit exactement, et depuis quand ?",
    "tranquillite": "À quels moments surtout ? D’autres voisins en parlent-ils ?",
    "lien": "Est-ce la première fois qu’on vous en parle ici ?",
    "enfance": "De quelle école s’agit-il ? D’autres parents le disent-ils ?",
    "jeunesse": "Quel âge à peu près, et à quelle heure étiez-vous là ?",
    "mobilites": "Quelle ligne ou quelle rue ? À quelle heure ?",
    "ecologie": "Est-ce un seul logement ou toute la cage d’escalier ?",
}
DEFAULT_QUESTION = "Pouvez-vous préciser ce qui a été dit, et à quelle occasion ?"

HINTS = {
    "cadre-aires-de-jeux": "aire de jeux",
    "mobilites-bus": "arrêt de bus",
    "jeunesse-equipements": "terrain de sport",
}
"""Sub-themes that are spoken of in one kind of public place."""

METRE_NORTH, METRE_EAST = 1 / 111_195, 1 / 69_940
"""One metre in degrees of latitude, and of longitude at 51° north."""
PACE = 25
"""Metres around a named place where a phone may put the worker."""

Precision = Literal["lieu", "secteur", "quartier"]
Status = Literal["a-relire", "a-preciser", "retenue", "ecartee"]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One observation to create. Positions are already rounded to `precision` (WGS84 degrees).

    `text.public_text` is what a reviewer would write: keep it for « retenue » only.
    """

    uuid: UUID
    text: Text
    neighbourhood: str
    precision: Precision
    latitude: float | None
    longitude: float | None
    place_label: str
    observed_on: date
    captured_at: datetime
    worker: int
    status: Status
    status_reason: str = ""


def first_day(yesterday: date) -> date:
    """The first day of the month five months before yesterday's month."""
    months = yesterday.year * 12 + yesterday.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def plan(today: date, *, seed: int = 59) -> list[Planned]:
    """About 600 observations, oldest first, from `first_day` to the eve of `today`."""
    rng = random.Random(f"{seed} {today.isoformat()}")
    yesterday = today - timedelta(days=1)
    visits = _visits(_days(first_day(yesterday), yesterday), rng)
    chooser = TextChooser(TEXTS, rng)
    drafts = [
        _observe(chooser.choose(day, code), day, code, worker, rng)
        for day, code, worker, size in visits
        for _ in range(size)
    ]
    drafts.sort(key=lambda draft: draft.captured_at)
    return _reviewed(drafts, rng)


def _days(first: date, last: date) -> list[date]:
    """Days on which the team is out; the last one in any case."""
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        d for d in every if d == last or (WEEKDAY_WEIGHTS[d.weekday()] and (d.month, d.day) not in HOLIDAYS)
    ]


def _visits(days: Sequence[date], rng: random.Random) -> list[tuple[date, str, int, int]]:
    """(day, quartier, worker, number of observations): each worker spends a day in one quartier."""
    made: Counter[str] = Counter()
    visits = []
    for day, size in zip(days, _sizes(days, rng), strict=True):
        first = size // 2 + rng.choice((0, size % 2))
        for worker, part in enumerate((first, size - first)):
            if part:
                code = _next_quartier(made, rng)
                made[code] += part
                visits.append((day, code, worker, part))
    return visits


def _sizes(days: Sequence[date], rng: random.Random) -> list[int]:
    """How many observations each day, for a fixed total: rounding carries over from day to day."""
    weights = [(WEEKDAY_WEIGHTS[day.weekday()] or EVE_WEIGHT) * rng.uniform(0.7, 1.3) for day in days]
    scale, reached, sizes = TOTAL / sum(weights), 0.0, []
    for weight in weights:
        before, reached = reached, reached + weight * scale
        sizes.append(round(reached) - round(before))
    return sizes


def _next_quartier(made: Counter[str], rng: random.Random) -> str:
    """The quartier most behind its share, give or take an observation."""
    total = made.total()
    return max(SHARES, key=lambda code: SHARES[code] * (total + 6) - made[code] + rng.random())


def _observe(text: Text, day: date, code: str, worker: int, rng: random.Random) -> Planned:
    """Place and date one text; its state comes later."""
    precision = _precision(text, rng)
    label, latitude, longitude = _place(text, code, rng)
    kept = rounded(latitude, longitude, precision)
    return Planned(
        uuid=UUID(int=rng.getrandbits(128), version=4),
        text=text,
        neighbourhood=code,
        precision=precision,
        latitude=kept[0],
        longitude=kept[1],
        place_label=label if precision == "lieu" else "",
        observed_on=day,
        captured_at=_captured_at(text, day, rng),
        worker=worker,
        status="a-relire",
    )


def _precision(text: Text, rng: random.Random) -> Precision:
    """A home is never a point; a hallway is too near one to be exact."""
    if text.place_kind == "domicile":
        return "quartier"
    if text.place_kind == "hall_residence":
        return rng.choice(("secteur", "secteur", "quartier"))
    return rng.choices(("lieu", "secteur", "quartier"), (65, 22, 13))[0]


def _place(text: Text, code: str, rng: random.Random) -> tuple[str, float, float]:
    """Label, latitude and longitude of a fitting place, a few steps around it."""
    places = PLACES[code]
    hinted = [place for place in places if place[0] == HINTS.get(text.theme)]
    fitting = [place for place in places if place[1] == text.place_kind]
    squares = [place for place in places if place[1] == "espace_public"]
    label, _, latitude, longitude = rng.choice(hinted or fitting or squares)
    north, east = rng.randint(-PACE, PACE) * METRE_NORTH, rng.randint(-PACE, PACE) * METRE_EAST
    return label, latitude + north, longitude + east


def _captured_at(text: Text, day: date, rng: random.Random) -> datetime:
    """A time of that day, Europe/Paris: around the school bell, late for a feast, else working hours."""
    first, last = {"ecole": (16 * 60 + 20, 17 * 60), "evenement": (16 * 60, 19 * 60 + 30)}.get(
        text.place_kind, (9 * 60 + 15, 17 * 60 + 45)
    )
    minutes = rng.randint(first, last)
    return datetime.combine(day, time(minutes // 60, minutes % 60, rng.randrange(60)), tzinfo=PARIS)


def _reviewed(drafts: Sequence[Planned], rng: random.Random) -> list[Planned]:
    """Give each observation its state: the newest wait, the others were read."""
    waiting = TO_COMPLETE + TO_REVIEW + JUST_ACCEPTED
    older, newest = drafts[:-waiting], drafts[-waiting:]
    begun = rng.sample(range(waiting // 2), TO_COMPLETE + JUST_ACCEPTED)
    given: dict[int, Status] = dict.fromkeys(begun[:TO_COMPLETE], "a-preciser")
    given |= dict.fromkeys(begun[TO_COMPLETE:], "retenue")
    return [_read(draft, rng) for draft in older] + [
        _with_state(draft, given.get(index, "a-relire"), rng) for index, draft in enumerate(newest)
    ]


def _read(draft: Planned, rng: random.Random) -> Planned:
    """An older observation: nearly always accepted."""
    return _with_state(draft, "ecartee" if rng.random() < SET_ASIDE_RATE else "retenue", rng)


def _with_state(draft: Planned, status: Status, rng: random.Random) -> Planned:
    """`draft` in that state, with the reviewer's reason or question."""
    reason = ""
    if status == "ecartee":
        reason = rng.choice(SET_ASIDE_REASONS)
    elif status == "a-preciser":
        reason = QUESTIONS.get(draft.text.top, DEFAULT_QUESTION)
    return replace(draft, status=status, status_reason=reason)
