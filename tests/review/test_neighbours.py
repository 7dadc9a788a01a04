"""Previous, next and position agree with the list's own order, ties included."""

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from observations.models import Observation, Theme
from observations.review import neighbours
from tests.factories import NeighbourhoodFactory, ObservationFactory, UserFactory

# Few values on purpose: most rows tie on the first columns.
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["logement", "logement-ascenseurs", "mobilites"]),
        st.sampled_from([date(2026, 3, 1), date(2026, 3, 2)]),
        st.sampled_from([datetime(2026, 3, 3, 8, tzinfo=UTC), datetime(2026, 3, 3, 8, 0, 0, 1, tzinfo=UTC)]),
        st.uuids(),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row[3],
)


class ReadingOrder(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(ROWS)
    def test_neighbours_walk_the_list_in_its_own_order(self, rows: list[tuple]) -> None:
        themes = {theme.slug: theme for theme in Theme.objects.all()}
        place, author = NeighbourhoodFactory(), UserFactory()
        for slug, day, received, pk in rows:
            ObservationFactory(
                id=pk,
                theme=themes[slug],
                observed_on=day,
                received_at=received,
                neighbourhood=place,
                author=author,
            )
        everything = Observation.objects.all()
        listed = list(everything.in_reading_order())
        for index, row in enumerate(listed):
            found = neighbours.around(everything, row)
            assert found.position == index + 1
            assert found.previous == (listed[index - 1] if index else None)
            assert found.next == (listed[index + 1] if index + 1 < len(listed) else None)


@pytest.mark.django_db
def test_an_observation_outside_the_filter_still_has_neighbours() -> None:
    inside = [ObservationFactory(id=uuid.UUID(int=n), observed_on=date(2026, 3, 4 - n)) for n in (1, 3)]
    outside = ObservationFactory(id=uuid.UUID(int=2), observed_on=date(2026, 3, 2), nature="atout")
    found = neighbours.around(Observation.objects.filter(nature="preoccupation"), outside)
    assert (found.previous, found.next, found.position) == (*inside, 2)
