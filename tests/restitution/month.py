"""A month with enough in it to be published, as rows."""

from datetime import date, timedelta

from django.utils import timezone

from observations.actions import publishing
from observations.models import Neighbourhood, Observation, Status, Summary, User
from observations.restitution import drafting
from tests import factories

THEMES = ("logement-ascenseurs", "logement-charges", "mobilites-bus", "lien-entraide")


def month_before(back: int = 1) -> date:
    """First day of the month `back` months before this one."""
    today = timezone.localdate()
    index = today.year * 12 + today.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def hear(
    month: date, places: list[Neighbourhood], by: User, count: int = 24, **fields: object
) -> list[Observation]:
    """`count` accepted observations over the month, each with a text for partners, on several days and places."""
    themes = [factories.theme(slug) for slug in THEMES]
    rows = [
        factories.ObservationFactory.build(
            neighbourhood=places[i % len(places)],
            theme=themes[i % len(themes)],
            nature=("besoin", "preoccupation", "atout", "proposition")[i % 4],
            observed_on=month + timedelta(days=i % 20),
            author=by,
            status=Status.ACCEPTED,
            status_by=by,
            status_at=timezone.now(),
            public_text=f"Parole relue numéro {i}",
            point=(51.0235 + i % 5 * 0.002, 2.3565),
            **fields,
        )
        for i in range(count)
    ]
    return Observation.objects.bulk_create(rows)


def publish_month(month: date, by: User, quotes: int = 3) -> Summary:
    """The month's synthèse, published with an introduction, a comment and some words."""
    draft = publishing.create_draft(month=month, by=by)
    chosen = Observation.objects.quotable().in_month(month).order_by("observed_on", "pk")[:quotes]
    draft = publishing.update_draft(
        summary=draft,
        introduction="On a parlé de l’ascenseur.",
        comments={"logement": "Cela revient."},
        quotes=[said.pk for said in chosen],
        by=by,
    )
    return drafting.issue(draft, by=by)
