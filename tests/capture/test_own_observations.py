"""My observations: what became of each, and the questions that wait."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.models import Status
from tests import factories

OWN = "/mes-observations/"


@pytest.fixture
def asked(agent, cdsu, banc_vert):
    return factories.ObservationFactory(
        author=agent,
        neighbourhood=banc_vert,
        status=Status.TO_COMPLETE,
        status_reason="Tous les jours ou le lundi",
        status_by=cdsu,
        status_at=timezone.now(),
    )


def reply(observation):
    return reverse("answer", args=[observation.pk])


def test_i_see_mine_and_nobody_else_s(asked, other_agent, agent, signed_in):
    theirs = factories.ObservationFactory(author=other_agent, words="La parole d’une autre personne.")
    page = signed_in(agent).get(OWN).content.decode()
    assert str(asked.pk) in page
    assert theirs.words not in page


def test_i_see_what_was_typed_in_from_my_notebook(agent, cdsu, banc_vert, signed_in):
    noted = factories.ObservationFactory(author=cdsu, noted_by=agent, neighbourhood=banc_vert)
    assert str(noted.pk) in signed_in(agent).get(OWN).content.decode()


@pytest.mark.parametrize("role", ["partner", "administrator", "cdsu"])
def test_another_role_has_no_such_page(role, asked, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    assert client.get(OWN).status_code == 403
    assert client.post(reply(asked), {"text": "Oui."}).status_code == 403


def test_nobody_signed_in_is_asked_to_sign_in(asked, client):
    assert client.get(OWN).status_code == 302
    assert client.post(reply(asked), {"text": "Oui."}).status_code == 302


@pytest.mark.parametrize("role", ["other_agent", "council"])
def test_somebody_else_s_question_is_not_found(role, asked, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    assert client.post(reply(asked), {"text": "Oui."}).status_code == 404
    asked.refresh_from_db()
    assert asked.status == Status.TO_COMPLETE


def test_i_answer_and_the_question_stays_readable(asked, agent, signed_in):
    client = signed_in(agent)
    client.post(reply(asked), {"text": "Seulement le lundi."})
    asked.refresh_from_db()
    page = client.get(OWN).content.decode()
    assert asked.status == Status.TO_READ
    assert "Seulement le lundi." in page
    assert "Tous les jours ou le lundi" in page


@pytest.mark.parametrize("text", ["", "   ", "é" * 1_001])
def test_an_answer_that_cannot_be_taken_says_why_under_its_question(asked, agent, signed_in, text):
    response = signed_in(agent).post(reply(asked), {"text": text})
    assert response.status_code == 422
    assert text.strip() in response.content.decode()
    assert 'class="error"' in response.content.decode()


def test_an_answer_to_a_question_that_no_longer_waits_is_shown_and_not_stored(asked, agent, signed_in):
    client = signed_in(agent)
    client.post(reply(asked), {"text": "Le lundi."})
    response = client.post(reply(asked), {"text": "Le mardi."})
    assert response.status_code == 422
    assert "Le mardi." in response.content.decode()
    assert asked.changes.count() == 1


def test_what_was_set_aside_says_why(agent, cdsu, banc_vert, signed_in):
    factories.ObservationFactory(
        author=agent,
        neighbourhood=banc_vert,
        status=Status.SET_ASIDE,
        status_reason="On reconnaîtrait une famille.",
        status_by=cdsu,
        status_at=timezone.now(),
    )
    page = signed_in(agent).get(OWN).content.decode()
    assert "On reconnaîtrait une famille." in page
    assert "Corriger" not in page


def test_questions_can_be_kept_alone(asked, agent, banc_vert, signed_in):
    other = factories.ObservationFactory(author=agent, neighbourhood=banc_vert)
    page = signed_in(agent).get(f"{OWN}?questions=1").content.decode()
    assert str(asked.pk) in page
    assert str(other.pk) not in page


def test_the_first_day_has_its_own_sentence(agent, signed_in):
    assert "Saisir la première" in signed_in(agent).get(OWN).content.decode()


def test_pages_are_bounded(agent, banc_vert, signed_in):
    factories.ObservationFactory.create_batch(30, author=agent, neighbourhood=banc_vert)
    client = signed_in(agent)
    sizes = [client.get(f"{OWN}?page={n}").content.decode().count('id="o-') for n in ["1", "2", "x"]]
    assert sizes == [25, 5, 25]


def test_queries_do_not_grow_with_the_rows(agent, banc_vert, soubise, signed_in):
    client = signed_in(agent)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(OWN)
        return len(captured)

    factories.ObservationFactory(author=agent, neighbourhood=banc_vert)
    before = queries()
    for slug in ["cadre-proprete", "sante", "mobilites-bus"]:
        theme = factories.theme(slug)
        factories.ObservationFactory.create_batch(4, author=agent, neighbourhood=soubise, theme=theme)
    assert queries() == before
