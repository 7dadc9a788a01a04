"""Where things are heard: counts for a worker, what was published for the others, never a word."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.models import Neighbourhood, Observation, User
from tests import factories
from tests.restitution.month import hear, month_before, publish_month

pytestmark = pytest.mark.django_db
PLACES = "/carte/"


def rows(page: str) -> list[tuple[str, str]]:
    """(neighbourhood, count) of the table beside the map."""
    twin = page[page.index("<tbody>") : page.index("</tbody>")]
    cells = [part.split("</th>") for part in twin.split('<th scope="row">')[1:]]
    return [(name, rest.split('class="n">')[1].split("</td>")[0].strip()) for name, rest in cells]


def test_a_worker_counts_what_everybody_heard_in_their_neighbourhoods(
    agent: User, other_agent: User, banc_vert: Neighbourhood, soubise: Neighbourhood, signed_in: Any
) -> None:
    today = timezone.localdate()
    factories.ObservationFactory(neighbourhood=banc_vert, author=agent, words="Mon ascenseur.")
    factories.ObservationFactory.create_batch(2, neighbourhood=banc_vert, author=other_agent)
    factories.ObservationFactory(neighbourhood=banc_vert, observed_on=today - timedelta(days=400))
    factories.ObservationFactory(neighbourhood=soubise)
    page = signed_in(agent).get(PLACES).content.decode()
    assert rows(page) == [(banc_vert.name, "3"), (soubise.name, "1")]
    assert "4 observations depuis" in page
    assert "ascenseur" not in page
    agent.neighbourhoods.add(soubise)
    page = signed_in(agent).get(PLACES).content.decode()
    assert rows(page) == [(soubise.name, "1")]
    assert banc_vert.name not in page


def test_the_council_and_partners_see_the_last_published_map_as_it_was_frozen(
    council: User, partner: User, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood,
    signed_in: Any, light_pdf: None,
) -> None:  # fmt: skip
    hear(month_before(), [banc_vert, soubise], cdsu)
    summary = publish_month(month_before(), cdsu)
    hear(month_before(), [banc_vert], cdsu, count=50)
    counts = {shape["name"]: str(shape["n"]) for shape in summary.content["map"]["shapes"]}
    for reader in (council, partner):
        page = signed_in(reader).get(PLACES).content.decode()
        assert dict(rows(page)) == counts
        assert "Parole relue" not in page
        assert (reverse("summary", args=[summary.pk]) in page) is (reader == partner)


def test_a_reviewer_has_the_map_of_the_review(cdsu: User, signed_in: Any) -> None:
    assert signed_in(cdsu).get(PLACES).headers["Location"] == reverse("review_map")


@pytest.mark.parametrize("who", ["agent", "council"])
def test_where_there_is_nothing_yet_the_page_says_what_will_come(
    who: str, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    page = signed_in(request.getfixturevalue(who)).get(PLACES).content.decode()
    assert "<table" not in page
    assert ("Aucun quartier" if who == "agent" else "encore publié") in page


def test_the_number_of_queries_does_not_grow(agent: User, banc_vert: Neighbourhood, signed_in: Any) -> None:
    client = signed_in(agent)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PLACES)
        return len(captured)

    factories.ObservationFactory(neighbourhood=banc_vert)
    few = queries()
    for n in range(5):
        place = factories.NeighbourhoodFactory(code=f"QN0590{n}M")
        factories.ObservationFactory.create_batch(3, neighbourhood=place)
    assert Observation.objects.count() == 16
    assert queries() == few
