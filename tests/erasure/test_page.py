"""The page that asks once more: who may open it, what it must say, and what it asks first."""

import pytest
from django.test import Client
from django.urls import reverse

from observations.actions.erasure import Reason
from observations.models import JournalEntry, Neighbourhood, Observation, Tombstone, User
from tests.factories import ObservationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db: None) -> Observation:
    return ObservationFactory(words="L’ascenseur est en panne.")


def page(observation: Observation) -> str:
    return reverse("review_erase", args=[observation.pk])


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_erase_nothing(signed_in, request, row: Observation, who: str) -> None:
    browser = signed_in(request.getfixturevalue(who))
    assert browser.get(page(row)).status_code == 403
    assert browser.post(page(row), {"reason": "demande"}).status_code == 403
    assert Observation.objects.filter(pk=row.pk).exists()


def test_a_visitor_signs_in_first(client: Client, row: Observation) -> None:
    assert client.post(page(row), {"reason": "demande"}).headers["Location"].startswith("/compte/login/")
    assert Observation.objects.filter(pk=row.pk).exists()


def test_outside_my_neighbourhoods_it_answers_404(
    signed_in, row: Observation, banc_vert: Neighbourhood
) -> None:
    limited = UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    browser = signed_in(limited)
    assert browser.get(page(row)).status_code == 404
    assert browser.post(page(row), {"reason": "demande"}).status_code == 404


def test_asking_erases_nothing_and_says_what_goes_and_what_stays(
    signed_in, cdsu: User, row: Observation
) -> None:
    answer = signed_in(cdsu).get(page(row) + "?motif=danger&statut=a-relire")
    text = answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert all(words in text for words in ("Ce qui part", "Ce qui reste", "tel:119", "tel:17", "CRIP"))
    assert 'value="danger" required checked' in text
    assert "ascenseur" not in text.split("</title>")[0]
    assert "motif=" not in text.split("<form", 2)[-1].split(">")[0]
    assert Observation.objects.filter(pk=row.pk).exists()


def test_the_reason_is_asked(signed_in, cdsu: User, row: Observation) -> None:
    answer = signed_in(cdsu).post(page(row), {})
    assert answer.status_code == 422
    assert "Choisissez la raison" in answer.content.decode()
    assert Observation.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("reason", ["danger", "devoir"])
def test_what_belongs_to_another_service_is_passed_on_first(
    signed_in, cdsu: User, row: Observation, reason: str
) -> None:
    browser = signed_in(cdsu)
    refused = browser.post(page(row), {"reason": reason})
    assert refused.status_code == 422
    assert "Transmettez d’abord" in refused.content.decode()
    assert Observation.objects.filter(pk=row.pk).exists()
    assert browser.post(page(row), {"reason": reason, "passed_on": "on"}).status_code == 302
    assert JournalEntry.objects.get().reason == reason


@pytest.mark.parametrize("reason", ["demande", "reconnaissable", "erreur"])
def test_it_is_erased_and_the_list_comes_back_with_its_filters(
    signed_in, cdsu: User, row: Observation, reason: str
) -> None:
    answer = signed_in(cdsu).post(page(row) + "?motif=danger&theme=logement", {"reason": reason})
    assert answer.headers["Location"] == "/relecture/?theme=logement"
    assert Tombstone.objects.filter(pk=row.pk).exists()
    assert signed_in(cdsu).get(page(row)).status_code == 404


def test_an_invented_reason_is_refused(signed_in, cdsu: User, row: Observation) -> None:
    assert signed_in(cdsu).post(page(row), {"reason": "restauration"}).status_code == 422
    assert set(Reason.values) == {"demande", "reconnaissable", "danger", "devoir", "erreur"}


def test_the_page_of_an_observation_leads_there(signed_in, cdsu: User, row: Observation) -> None:
    text = signed_in(cdsu).get(f"/relecture/{row.pk}/").content.decode()
    assert page(row) in text
    assert "ne gardez pas ceci ici" in text
