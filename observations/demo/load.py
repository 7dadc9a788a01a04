"""Turns the demonstration's content into rows. Idempotent: what is there, or was entered since, stays."""

import base64
import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from observations import geo
from observations.actions import council, demonstration, reference
from observations.anct import OfficialQuartier
from observations.demo import outlines
from observations.demo.alliances import make_alliances
from observations.demo.diagnosis import diagnose
from observations.demo.giving_back import give_back
from observations.demo.meetings import hold_meetings
from observations.demo.needs import make_needs
from observations.demo.plan import PARIS, Planned, plan
from observations.demo.programme import fund
from observations.demo.publish import publish
from observations.models import Change, Neighbourhood, Observation, Role, Status, Theme, User

SOURCE = "contours schématiques, dessinés pour la démonstration"
BANNER = (
    "Démonstration : observations inventées, contours schématiques. Rien ici ne vient d’une vraie personne."
)
ACCOUNTS = [
    ("agent", "Samira, médiatrice", Role.AGENT),
    ("agent2", "Yann, médiateur", Role.AGENT),
    ("cdsu", "Claire, cheffe de projet", Role.CDSU),
    ("partenaire", "Bailleur partenaire", Role.PARTNER),
    ("conseil", "Conseil citoyen", Role.COUNCIL),
    ("admin", "Administration", Role.ADMIN),
]


def load(today: date) -> int:
    """Everything from an empty or an older demonstration database; the number of observations added.

    Observations stop the day before `today`. On a later day the missing days are added.
    """
    demonstration.require_demonstration()
    users = demonstration.open_accounts(ACCOUNTS)
    if not Neighbourhood.objects.exists():
        demonstration.describe_territory(
            name="Communauté urbaine de Dunkerque",
            siren="245900428",
            banner=BANNER,
            controller="Communauté urbaine de Dunkerque (démonstration)",
            dpo="donnees@demo.test",
        )
        reference.import_neighbourhoods(records=_records(), source=SOURCE)
    added = _add_observations(plan(today), users)
    publish(today, users["cdsu"])
    make_needs(users["cdsu"])
    make_alliances(users["cdsu"], today)
    give_back(users["cdsu"], users["agent"], today)
    diagnose(users["cdsu"], users["partenaire"], today)
    hold_meetings(users["cdsu"], today)
    council.accept_charter(user=users["conseil"])
    fund(users["cdsu"], [users["agent2"], users["conseil"]], today)
    return added


def _records() -> list[OfficialQuartier]:
    return [
        OfficialQuartier(
            code=quartier.code,
            name=quartier.name,
            communes=quartier.communes,
            siren_epci=("245900428",),
            generation=2024,
            geometry=geo.repair(geo.parse(quartier.geometry))[0],
            repaired=None,
        )
        for quartier in outlines.QUARTIERS
    ]


def _add_observations(planned: Iterable[Planned], users: dict[str, User]) -> int:
    workers = [users["agent"], users["agent2"]]
    last = (
        Observation.objects.filter(author__in=workers, received_at__lt=_midnight(timezone.localdate()))
        .order_by("-observed_on")
        .values_list("observed_on", flat=True)
        .first()
    )
    missing = [row for row in planned if last is None or row.observed_on > last]
    places = {neighbourhood.code: neighbourhood for neighbourhood in Neighbourhood.objects.all()}
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    rows = [
        _row(item, places, themes, workers, users["cdsu"]) for item in missing if item.neighbourhood in places
    ]
    demonstration.insert_observations(rows, [_decision(row) for row in rows if row.status_by])
    return len(rows)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=PARIS)


def _row(
    item: Planned,
    places: dict[str, Neighbourhood],
    themes: dict[str, Theme],
    workers: list[User],
    reviewer: User,
) -> Observation:
    point = None if item.latitude is None or item.longitude is None else (item.latitude, item.longitude)
    tile = geo.tile(*point) if point else (None, None)
    cell = geo.cell(*point) if point else (None, None)
    decided = item.status != Status.TO_READ
    text = item.text
    row = Observation(
        id=item.uuid,
        neighbourhood=places[item.neighbourhood],
        theme=themes[text.theme],
        nature=text.nature,
        words=text.words,
        words_exact=bool(text.words) and item.uuid.int % 3 > 0,
        seen=text.seen,
        reading=text.reading,
        public_text=text.public_text if item.status == Status.ACCEPTED else "",
        place_kind=text.place_kind,
        precision=item.precision,
        latitude=item.latitude,
        longitude=item.longitude,
        place_label=item.place_label,
        tile_x=tile[0],
        tile_y=tile[1],
        cell_row=cell[0],
        cell_col=cell[1],
        people=text.people,
        agreement=text.agreement,
        observed_on=item.observed_on,
        captured_at=item.captured_at,
        received_at=item.captured_at + timedelta(seconds=4),
        author=workers[item.worker],
        digest=_digest(item.uuid),
        status=item.status,
        status_by=reviewer if decided else None,
        status_at=_decided_at(item) if decided else None,
        status_reason=item.status_reason,
        revision=2 if decided else 1,
    )
    row.restem()
    return row


def _digest(identifier: uuid.UUID) -> str:
    return base64.b64encode(hashlib.sha256(identifier.bytes).digest()).decode()


def _decided_at(item: Planned) -> datetime:
    """Read some days after, never later than last night."""
    eve = _midnight(timezone.localdate()) - timedelta(minutes=1)
    return min(item.captured_at + timedelta(days=2 + item.uuid.int % 4, hours=1), max(eve, item.captured_at))


def _decision(row: Observation) -> Change:
    """The line of history that this decision would have left (actions.review writes the same columns)."""
    at = row.status_at or row.received_at
    return Change(
        observation=row,
        kind=Change.Kind.DECISION,
        at=at,
        by=row.status_by,
        batch=uuid.uuid4(),
        before={"status": Status.TO_READ.value, "status_by_id": None, "status_at": None, "status_reason": ""},
        after={
            "status": str(row.status),
            "status_by_id": row.status_by_id,
            "status_at": at.astimezone(UTC).isoformat(),
            "status_reason": row.status_reason,
        },
    )
