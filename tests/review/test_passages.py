"""Passages marked in the review: in the three texts, in the list, and before publication."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.models import HitReview, Neighbourhood, Observation, User
from observations.passages import of_observation
from tests.factories import ObservationFactory, UserFactory
from tests.review.test_list import text

pytestmark = pytest.mark.django_db

NAMED = "Ma voisine Fatima monte les courses."


@pytest.fixture
def named() -> Observation:
    return ObservationFactory(
        words="M. Dupont, 3e étage.",
        seen="Vu au 12 rue des Lilas.",
        reading="Mme Benali fatigue.",
        public_text=NAMED,
    )


def page_of(observation: Observation) -> str:
    return reverse("review_observation", args=[observation.pk])


def confirm(client, observation: Observation, **sent):
    [passage] = of_observation(observation)
    posted = {
        "revision": observation.revision,
        "text": observation.public_text,
        "passage": passage.fingerprint,
    }
    return client.post(reverse("review_passage", args=[observation.pk]), posted | sent)


def test_the_three_texts_are_marked_in_place(signed_in, cdsu: User, named: Observation) -> None:
    page = signed_in(cdsu).get(page_of(named)).content.decode()
    for passage in ("M. Dupont", "3e étage", "12 rue des Lilas", "Mme Benali"):
        assert f">{passage}<span" in page.replace("\u00a0", " "), passage
    assert "un passage permet peut-être de reconnaître quelqu’un" in page


def test_a_mark_never_lets_markup_through(signed_in, cdsu: User) -> None:
    row = ObservationFactory(words="<b>x</b> ma voisine Fatima <script>alert(1)</script>")
    page = signed_in(cdsu).get(page_of(row)).content.decode()
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


def test_the_list_marks_what_is_to_be_checked_and_nothing_else(
    signed_in, cdsu: User, named: Observation
) -> None:
    ObservationFactory(words="L’ascenseur est en panne.")
    assert text(signed_in(cdsu).get("/relecture/")).count("passage à vérifier") == 1


def test_the_list_asks_no_more_for_many(signed_in, cdsu: User, named: Observation) -> None:
    client = signed_in(cdsu)
    client.get("/relecture/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/relecture/")
    ObservationFactory.create_batch(6, public_text=NAMED, neighbourhood=named.neighbourhood)
    with CaptureQueriesContext(connection) as many:
        client.get("/relecture/")
    assert len(many) == len(few)


def test_a_passage_is_confirmed_by_whom_and_when_then_taken_back(
    signed_in, cdsu: User, named: Observation
) -> None:
    client = signed_in(cdsu)
    assert "À régler avant publication" in text(client.get(page_of(named)))
    assert confirm(client, named).status_code == 302
    page = text(client.get(page_of(named)))
    assert "À régler avant publication" not in page
    assert f"{cdsu} a confirmé aujourd’hui" in page
    assert "a confirmé qu’un passage du texte ne désigne personne" in page
    row = HitReview.objects.get()
    assert client.post(reverse("review_passage_take_back", args=[named.pk, row.pk])).status_code == 302
    assert "À régler avant publication" in text(client.get(page_of(named)))


def test_the_text_beside_is_kept_and_a_passage_that_left_it_is_not_confirmed(
    signed_in, cdsu: User, named: Observation
) -> None:
    answer = confirm(signed_in(cdsu), named, text="Une voisine monte les courses.")
    assert answer.status_code == 409
    assert "Une voisine monte les courses." in text(answer)
    assert not HitReview.objects.exists()


def test_a_text_changed_by_somebody_else_is_not_confirmed(signed_in, cdsu: User, named: Observation) -> None:
    assert confirm(signed_in(cdsu), named, revision=named.revision + 1).status_code == 409


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_are_refused(signed_in, named, request: pytest.FixtureRequest, who: str) -> None:
    assert confirm(signed_in(request.getfixturevalue(who)), named).status_code == 403


def test_another_neighbourhoods_passage_does_not_exist(
    signed_in, cdsu: User, named: Observation, soubise: Neighbourhood
) -> None:
    confirm(signed_in(cdsu), named)
    row = HitReview.objects.get()
    browser = signed_in(UserFactory(role="cdsu", neighbourhoods=[soubise]))
    assert confirm(browser, named).status_code == 404
    assert browser.post(reverse("review_passage_take_back", args=[named.pk, row.pk])).status_code == 404


def test_nobody_confirms_without_signing_in(client, named: Observation) -> None:
    assert confirm(client, named).status_code == 302
    assert not HitReview.objects.exists()
