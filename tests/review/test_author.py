"""Who wrote an observation: asked for with a reason, written in the journal, said once, and found nowhere else."""

import uuid

import pytest
from django.test import Client

from observations.actions import capture, review
from observations.models import Change, JournalEntry, Neighbourhood, Observation, Status, User
from tests.factories import ObservationFactory, UserFactory
from tests.review.test_list import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Observation:
    return ObservationFactory(
        author=UserFactory(role="agent", name="Nom Secret", email="secret@example.test")
    )


def ask(browser: Client, row: Observation, **data: str):
    return browser.post(
        f"/relecture/{row.pk}/auteur/", {"why": "precision", "revision": "1", "text": ""} | data
    )


def test_asking_with_a_reason_shows_the_name_once(signed_in, cdsu: User, row: Observation) -> None:
    browser = signed_in(cdsu)
    answer = ask(browser, row)
    assert answer.status_code == 200
    assert "Nom Secret" in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Nom Secret" not in text(browser.get(f"/relecture/{row.pk}/"))
    assert "Secret" not in str(dict(browser.session.items()))


def test_the_journal_keeps_who_asked_and_why_never_whose_it_was(
    signed_in, cdsu: User, row: Observation
) -> None:
    ask(signed_in(cdsu), row, why="securite")
    line = JournalEntry.objects.get()
    assert (line.verb, line.by, line.subject) == ("auteur", cdsu, f"observation {row.pk}")
    assert (line.reason, line.neighbourhood_id) == ("securite", row.neighbourhood_id)


def test_asking_again_is_written_again(signed_in, cdsu: User, row: Observation) -> None:
    ask(signed_in(cdsu), row), ask(signed_in(cdsu), row)
    assert JournalEntry.objects.count() == 2


@pytest.mark.parametrize("why", ["", "par curiosité"])
def test_without_a_reason_of_the_list_nothing_is_said(
    signed_in, cdsu: User, row: Observation, why: str
) -> None:
    answer = ask(signed_in(cdsu), row, why=why)
    assert answer.status_code == 422
    assert "motif" in text(answer)
    assert "Nom Secret" not in text(answer)
    assert not JournalEntry.objects.exists()


def test_the_text_that_stood_beside_is_given_back(signed_in, cdsu: User, row: Observation) -> None:
    page = text(ask(signed_in(cdsu), row, text="Une phrase commencée."))
    assert ">Une phrase commencée.</textarea>" in page
    assert Observation.objects.get(pk=row.pk).public_text == ""


def test_what_was_noted_on_paper_says_both_names(signed_in, cdsu: User) -> None:
    noted = ObservationFactory(
        author=UserFactory(role="cdsu", name="Claire"), noted_by=UserFactory(name="Yann")
    )
    page = text(ask(signed_in(cdsu), noted))
    assert "<b>Yann</b>" in page
    assert ">Claire</b>, noté sur papier par" in page


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_may_not_ask(
    signed_in, request: pytest.FixtureRequest, row: Observation, who: str
) -> None:
    assert ask(signed_in(request.getfixturevalue(who)), row).status_code == 403
    assert not JournalEntry.objects.exists()


def test_nobody_asks_without_signing_in(client: Client, row: Observation) -> None:
    assert ask(client, row).status_code == 302
    assert not JournalEntry.objects.exists()


def test_another_neighbourhoods_observation_does_not_exist(signed_in, row, banc_vert: Neighbourhood) -> None:
    assert ask(signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert])), row).status_code == 404
    assert not JournalEntry.objects.exists()


def test_a_link_cannot_ask(signed_in, cdsu: User, row: Observation) -> None:
    assert signed_in(cdsu).get(f"/relecture/{row.pk}/auteur/?why=precision").status_code == 405


def test_no_page_of_a_reviewer_tells_who_wrote(signed_in, cdsu: User, row: Observation) -> None:
    """Its whole life: asked, answered, corrected, reworded, accepted; then every page, list, map and log of it."""
    review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason="Où ?", by=cdsu)
    capture.answer(observation=row, by=row.author, text="Place du marché.")
    Change.objects.create(observation=row, kind="correction", by=row.author, batch=uuid.uuid4())
    review.rewrite(observation_id=row.pk, text="Une phrase.", by=cdsu)
    review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu)
    browser = signed_in(cdsu)
    box = "boite=-180,-85,180,85&zoom=3"
    for address in (
        "/relecture/",
        "/relecture/?q=ascenseur",
        f"/relecture/{row.pk}/",
        "/relecture/carte/",
        f"/api/v1/map/?{box}",
        "/journal/",
        "/syntheses/",
    ):
        answer = browser.get(address)
        said = answer.content.decode() + str(answer.headers)
        assert answer.status_code == 200, address
        assert "Nom Secret" not in said, address
        assert "secret@example.test" not in said, address


@pytest.mark.parametrize("query", ["author", "auteur", "author_id", "noted_by", "noted_by_id"])
def test_no_filter_asks_who_wrote(signed_in, cdsu: User, row: Observation, query: str) -> None:
    """A filter by author would tell, name by name, what the pages hide: both lists hold the observation."""
    other = UserFactory()
    for who in (row.author, other):
        assert str(row.pk) in text(signed_in(cdsu).get("/relecture/", {query: who.pk}))
