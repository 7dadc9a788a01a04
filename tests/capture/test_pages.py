"""The form, its confirmation, correcting and withdrawing: who may, and what each sees."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.models import Observation, Status, Tombstone
from tests import factories
from tests.capture.test_form import BASE


def form_data(**changes):
    return BASE | {"id": str(uuid.uuid4())} | changes


@pytest.fixture
def mine(agent, banc_vert):
    return factories.ObservationFactory(author=agent, neighbourhood=banc_vert)


def address(name, observation):
    return reverse(name) if name == "capture" else reverse(name, args=[observation.pk])


PAGES = [("get", "capture"), ("get", "observation_door"), ("get", "saved"), ("post", "withdraw")]


@pytest.mark.parametrize(("method", "name"), PAGES)
@pytest.mark.parametrize("role", ["partner", "administrator"])
def test_another_role_has_no_use_for_these_pages(method, name, role, mine, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    assert getattr(client, method)(address(name, mine)).status_code == 403


def test_the_words_being_corrected_stay_in_no_cache(mine, agent, signed_in):
    response = signed_in(agent).get(address("observation_door", mine))
    assert mine.words in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("method", "name"), PAGES)
def test_nobody_signed_in_is_asked_to_sign_in(method, name, mine, client):
    response = getattr(client, method)(address(name, mine))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("method", "name"), PAGES[1:])
@pytest.mark.parametrize("role", ["other_agent", "council", "cdsu"])
def test_somebody_else_s_observation_is_not_found(method, name, role, mine, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    assert getattr(client, method)(address(name, mine)).status_code == 404
    assert client.post(address("observation_door", mine), form_data()).status_code == 404
    assert Observation.objects.get() == mine


@pytest.mark.parametrize("role", ["agent", "council", "cdsu"])
@pytest.mark.usefixtures("banc_vert")
def test_who_captures_opens_the_form_and_saves(role, request, signed_in):
    client = signed_in(request.getfixturevalue(role))
    assert client.get(reverse("capture")).status_code == 200
    data = form_data()
    response = client.post(reverse("capture"), data)
    assert response.url == reverse("saved", args=[data["id"]])
    assert client.get(response.url).status_code == 200


@pytest.mark.usefixtures("banc_vert")
def test_a_double_click_stores_once(agent, signed_in):
    client, data = signed_in(agent), form_data()
    answers = [client.post(reverse("capture"), data).url for _ in range(2)]
    assert answers[0] == answers[1]
    assert Observation.objects.count() == 1


@pytest.mark.usefixtures("banc_vert")
def test_a_form_that_comes_back_changed_keeps_its_text_and_offers_two_ways(agent, signed_in):
    client, data = signed_in(agent), form_data()
    client.post(reverse("capture"), data)
    changed = client.post(reverse("capture"), data | {"words": "Autre chose, dite après."})
    page = changed.content.decode()
    assert changed.status_code == 409
    assert "Autre chose, dite après." in page
    assert "En faire une nouvelle" in page
    assert reverse("observation_door", args=[data["id"]]) in page
    assert Observation.objects.get().words == BASE["words"]


@pytest.mark.usefixtures("banc_vert")
def test_somebody_else_s_key_says_nothing_and_offers_a_new_one(agent, other_agent, signed_in):
    data = form_data()
    signed_in(agent).post(reverse("capture"), data)
    response = signed_in(other_agent).post(reverse("capture"), data | {"words": "Le mien."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "En faire une nouvelle" in page
    assert data["id"] not in page
    assert "ascenseur" not in page


@pytest.mark.usefixtures("banc_vert")
def test_a_form_that_comes_back_after_withdrawal_stores_nothing_and_keeps_the_text(agent, signed_in):
    client, data = signed_in(agent), form_data()
    client.post(reverse("capture"), data)
    client.post(reverse("withdraw", args=[data["id"]]))
    response = client.post(reverse("capture"), data)
    assert response.status_code == 410
    assert BASE["words"].encode() in response.content
    assert not Observation.objects.exists()


@pytest.mark.usefixtures("banc_vert")
def test_a_fault_is_counted_linked_and_the_text_kept(agent, signed_in):
    response = signed_in(agent).post(reverse("capture"), form_data(nature="", agreement=""))
    page = response.content.decode()
    assert response.status_code == 422
    assert "2 points à revoir" in page
    assert 'href="#id_nature"' in page
    assert 'id="id_nature"' in page
    assert BASE["words"] in page


@pytest.mark.usefixtures("banc_vert")
def test_agreement_is_never_chosen_beforehand(agent, signed_in):
    page = signed_in(agent).get(reverse("capture")).content.decode()
    radios = [part.split(">")[0] for part in page.split("<input")[1:] if 'name="agreement"' in part]
    assert len(radios) == 3
    assert not any("checked" in radio for radio in radios)


def test_without_a_neighbourhood_the_page_says_so_and_shows_no_form(agent, signed_in):
    page = signed_in(agent).get(reverse("capture")).content.decode()
    assert "Aucun quartier n’est encore importé" in page
    assert "<textarea" not in page


def test_another_one_here_starts_from_my_place_and_never_from_somebody_else_s(
    mine, agent, other_agent, soubise, signed_in
):
    here = f"{reverse('capture')}?ici={mine.pk}"
    assert 'value="QN05961M" selected' in signed_in(agent).get(here).content.decode()
    assert " selected" not in _neighbourhoods(signed_in(other_agent).get(here))
    assert signed_in(agent).get(f"{reverse('capture')}?ici=n’importe").status_code == 200


def _neighbourhoods(response):
    return response.content.decode().split('name="neighbourhood"')[1].split("</select>")[0]


def test_only_a_cdsu_says_who_noted_on_paper(mine, agent, cdsu, signed_in):
    assert "Noté sur papier par" not in signed_in(agent).get(reverse("capture")).content.decode()
    client = signed_in(cdsu)
    assert "Noté sur papier par" in client.get(reverse("capture")).content.decode()
    data = form_data(noted_by=str(agent.pk))
    client.post(reverse("capture"), data)
    assert Observation.objects.get(pk=data["id"]).noted_by == agent


def test_an_agent_who_names_somebody_is_not_heard(mine, agent, other_agent, signed_in):
    data = form_data(noted_by=str(other_agent.pk))
    signed_in(agent).post(reverse("capture"), data)
    assert Observation.objects.get(pk=data["id"]).noted_by is None


def test_within_twenty_minutes_a_correction_is_offered_filled_and_taken(mine, agent, signed_in):
    client = signed_in(agent)
    page = client.get(address("observation_door", mine)).content.decode()
    assert mine.words in page
    response = client.post(address("observation_door", mine), form_data(words="Corrigé."))
    mine.refresh_from_db()
    assert response.url == reverse("saved", args=[mine.pk])
    assert mine.words == "Corrigé."


def later(row):
    Observation.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(minutes=21))


def test_a_correction_that_comes_too_late_keeps_its_text_on_the_page(mine, agent, signed_in):
    later(mine)
    client = signed_in(agent)
    assert client.get(address("observation_door", mine)).status_code == 302
    response = client.post(address("observation_door", mine), form_data(words="Trop tard, mais gardé."))
    assert response.status_code == 409
    assert "Trop tard, mais gardé." in response.content.decode()


def test_withdrawing_twice_is_as_calm_as_once(mine, agent, signed_in):
    client = signed_in(agent)
    answers = [client.post(address("withdraw", mine)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Tombstone.objects.filter(pk=mine.pk).exists()


def test_withdrawing_too_late_deletes_nothing(mine, agent, signed_in):
    later(mine)
    signed_in(agent).post(address("withdraw", mine))
    assert Observation.objects.filter(pk=mine.pk).exists()


def test_withdrawing_needs_a_post(mine, agent, signed_in):
    assert signed_in(agent).get(address("withdraw", mine)).status_code == 405


def test_the_confirmation_offers_second_thoughts_only_while_they_are_possible(mine, agent, cdsu, signed_in):
    client = signed_in(agent)
    assert "Retirer" in client.get(address("saved", mine)).content.decode()
    Observation.objects.filter(pk=mine.pk).update(
        status=Status.ACCEPTED, status_by=cdsu, status_at=timezone.now()
    )
    assert "Retirer" not in client.get(address("saved", mine)).content.decode()
