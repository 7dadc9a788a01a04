"""« Mon carnet »: what one wrote oneself, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from observations.models import Neighbourhood, User
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/mes-observations/carnet/"


def test_one_s_own_year_is_counted_and_nobody_else_s(
    agent: User,
    other_agent: User,
    cdsu: User,
    banc_vert: Neighbourhood,
    soubise: Neighbourhood,
    signed_in: Any,
) -> None:
    today = timezone.localdate()
    factories.ObservationFactory(author=agent, neighbourhood=banc_vert, observed_on=today)
    factories.ObservationFactory(author=cdsu, noted_by=agent, neighbourhood=banc_vert, observed_on=today)
    factories.ObservationFactory(
        author=agent, neighbourhood=banc_vert, observed_on=today - timedelta(days=600)
    )
    factories.ObservationFactory.create_batch(5, author=other_agent, neighbourhood=soubise, observed_on=today)
    shown = signed_in(agent).get(PAGE).context
    assert shown["effort"].n == 2
    assert [(place.name, n) for place, n in shown["places"]] == [(banc_vert.name, 2)]
    assert sum(n for _, n in shown["months"]) == 2
    assert shown["silent_places"] == [soubise.short_name or soubise.name]
    assert shown["became"] == [("à relire", 2)]


def test_whoever_wrote_nothing_is_told_what_will_be_there(agent: User, signed_in: Any) -> None:
    page = signed_in(agent).get(PAGE).content.decode()
    assert "Vous n’avez rien noté" in page
    assert "reproche" not in page


def test_the_number_of_queries_does_not_grow(agent: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    client = signed_in(agent)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    factories.ObservationFactory(author=agent, neighbourhood=banc_vert)
    few = queries()
    factories.ObservationFactory.create_batch(9, author=agent, neighbourhood=banc_vert)
    assert queries() == few
