"""The residents' council: its charter first, four doors, and an answer to every hand that is offered."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.actions import council as actions
from observations.actions import programme
from observations.models import Action, JournalEntry, Neighbourhood, Offer, Role, User
from observations.models.offer import OFFERS_WAITING
from tests.capture.wire import put
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


@pytest.fixture
def newcomer(banc_vert: Neighbourhood) -> User:
    return UserFactory(role=Role.COUNCIL, charter_on=None)


def action(cdsu: User, name: str = "Café des voisines", **changes: Any) -> Action:
    fields = {
        "action": None,
        "name": name,
        "bearer": "Café du marché",
        "year": timezone.localdate().year,
        "summary": "Le jeudi matin.",
        "neighbourhoods": [],
        "themes": [],
        "needs": [],
        "by": cdsu,
    }
    return programme.keep(**{**fields, **changes})


# --- the charter --------------------------------------------------------------------------------------------------


def test_nothing_opens_before_the_charter_is_accepted(signed_in: Any, newcomer: User) -> None:
    client = signed_in(newcomer)
    for name in ("council", "capture", "own_observations", "cards", "actions", "places"):
        assert client.get(to(name))["Location"] == to("charter"), name
    for name in ("papers", "who_sees_what", "mfa_index", "charter"):
        assert client.get(to(name)).status_code == 200, name
    refused = client.post(to("charter"), {})
    assert refused.status_code == 422
    assert "Cochez la case" in refused.content.decode()
    accepted = client.post(to("charter"), {"accepte": "oui"}, follow=True)
    assert "Quatre portes" in accepted.content.decode()
    newcomer.refresh_from_db()
    assert newcomer.charter_on == timezone.localdate()
    assert JournalEntry.objects.filter(verb="charte").count() == 1
    client.post(to("charter"), {"accepte": "oui"})
    assert JournalEntry.objects.filter(verb="charte").count() == 1


def test_a_phone_is_told_and_keeps_what_it_has(signed_in: Any, newcomer: User) -> None:
    answer = signed_in(newcomer).get(to("token"), headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert "charte" in json.loads(answer.content)["errors"]["__all__"][0]


@pytest.mark.parametrize("role", [Role.AGENT, Role.CDSU, Role.PARTNER])
def test_nobody_else_is_asked(role: Role, signed_in: Any, banc_vert: Neighbourhood) -> None:
    answer = signed_in(UserFactory(role=role)).get(to("home"))
    assert answer["Location"] != to("charter")


# --- the doors


def test_home_is_the_four_doors(signed_in: Any, council: User, banc_vert: Neighbourhood) -> None:
    client = signed_in(council)
    assert client.get(to("home"))["Location"] == to("council")
    page = client.get(to("council")).content.decode()
    for door in ("Porte-voix", "Radar de proximité", "Amplificateur", "Coup de pouce"):
        assert door in page
    assert 'value="atout" id' not in page
    form = client.get(to("capture") + "?nature=atout").content.decode()
    assert 'value="atout" required checked' in " ".join(form.split())


def test_what_is_planned_near_me_is_of_my_neighbourhoods_or_of_all(
    signed_in: Any, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    action(cdsu, "Ici", neighbourhoods=[banc_vert])
    action(cdsu, "Ailleurs", neighbourhoods=[soubise])
    action(cdsu, "Partout")
    action(cdsu, "Autrefois", year=2019)
    client = signed_in(UserFactory(role=Role.COUNCIL, neighbourhoods=[banc_vert]))
    page = client.get(to("council_relay")).content.decode()
    assert [name for name in ("Ici", "Ailleurs", "Partout", "Autrefois") if f">{name}<" in page] == [
        "Ici",
        "Partout",
    ]


def test_a_hand_is_offered_answered_and_read(signed_in: Any, council: User, cdsu: User) -> None:
    one = action(cdsu)
    client = signed_in(council)
    empty = client.post(to("council_offers"), {"text": ""})
    assert empty.status_code == 422
    client.post(to("council_offers"), {"text": "Tenir la buvette le samedi", "action": one.pk})
    offer = Offer.objects.get()
    desk = signed_in(cdsu)
    page = desk.get(to("offers_to_answer")).content.decode()
    assert "Tenir la buvette" in page
    assert str(council) in page
    bare = desk.post(to("offer_answer", offer.pk), {"how": "oui", "text": ""})
    assert bare.status_code == 422
    desk.post(to("offer_answer", offer.pk), {"how": "oui", "text": "On vous appelle jeudi."})
    again = desk.post(to("offer_answer", offer.pk), {"how": "non", "text": "Trop tard"}, follow=True)
    assert "Rien n’a changé" in again.content.decode()
    mine = signed_in(council)
    assert "On vous appelle jeudi." in mine.get(to("council")).content.decode()
    late = mine.post(to("offer_take_back", offer.pk), follow=True)
    assert "Rien n’a changé" in late.content.decode()


def test_an_offer_is_taken_back_by_its_author_only(signed_in: Any, council: User) -> None:
    offer = actions.offer(action=None, text="Garder les vélos", by=council)
    other = signed_in(UserFactory(role=Role.COUNCIL))
    assert other.post(to("offer_take_back", offer.pk)).status_code == 404
    assert "Garder les vélos" not in other.get(to("council_offers")).content.decode()
    signed_in(council).post(to("offer_take_back", offer.pk))
    assert not Offer.objects.exists()


def test_offers_that_wait_are_few(signed_in: Any, council: User) -> None:
    client = signed_in(council)
    for _ in range(OFFERS_WAITING + 1):
        answer = client.post(to("council_offers"), {"text": "Encore"})
    assert "laissez-leur le temps" in answer.content.decode()
    assert Offer.objects.count() == OFFERS_WAITING


def test_their_words_pass_the_same_review(client: Any, council: User, banc_vert: Neighbourhood) -> None:
    client.force_login(council)
    assert put(client).status_code == 201
