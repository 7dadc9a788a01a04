"""Invitations: who may give one, that its link serves once, and that looking at it uses nothing up."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from observations import permissions
from observations.actions import accounts, invitations
from observations.models import Invitation, JournalEntry, Neighbourhood, Role, User
from tests import factories
from tests.conftest import prove

pytestmark = pytest.mark.django_db
PEOPLE = "/compte/invitations/"
LINK = re.compile(r"http://testserver(/compte/invitation/[\w-]+/)")


def journal() -> list[tuple[str, int | None]]:
    return list(JournalEntry.objects.order_by("pk").values_list("verb", "by"))


def invite(client: Client, **fields: object) -> str:
    """Gives an invitation from the page; its link's path."""
    page = client.post(PEOPLE, {"role": "agent", **fields}).content.decode()
    found = LINK.search(page)
    assert found, page
    return found[1]


def take_up(path: str, email: str, name: str = "Nouvelle", client: Client | None = None) -> Client:
    """Somebody follows the link, types name and address, then the code that comes."""
    client = client or Client()
    client.post(path, {"name": name, "email": email})
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    assert code
    client.post(path, {"code": code[1]})
    return client


@pytest.fixture
def office(cdsu: User, signed_in) -> Client:
    return signed_in(cdsu)


# --- who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["agent", "partner", "council"])
def test_others_neither_see_accounts_nor_invite(role: str, signed_in, request) -> None:
    client = signed_in(request.getfixturevalue(role))
    assert client.get(PEOPLE).status_code == 403
    assert client.post(PEOPLE, {"role": "agent"}).status_code == 403
    assert not Invitation.objects.exists()


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get(PEOPLE).url.startswith("/compte/login/")


@pytest.mark.parametrize("role", ["agent", "partenaire", "conseil", "cdsu"])
def test_a_cdsu_invites_to_every_role_but_administrator(role: str, office: Client) -> None:
    invite(office, role=role)
    assert Invitation.objects.get().role == role


def test_a_cdsu_makes_no_administrator_whatever_they_send(office: Client) -> None:
    assert office.post(PEOPLE, {"role": "admin"}).status_code == 422
    assert 'value="admin"' not in office.get(PEOPLE).content.decode()
    assert not Invitation.objects.exists()


def test_an_administrator_invites_to_every_role(administrator: User, signed_in) -> None:
    invite(signed_in(administrator), role="admin")
    assert Invitation.objects.get().role == Role.ADMIN


def test_a_limited_cdsu_invites_within_their_neighbourhoods_and_nowhere_else(
    office: Client, cdsu: User, banc_vert, soubise
) -> None:
    cdsu.neighbourhoods.set([banc_vert])
    assert office.post(PEOPLE, {"role": "agent", "neighbourhoods": [soubise.pk]}).status_code == 422
    assert office.post(PEOPLE, {"role": "agent"}).status_code == 422
    invite(office, neighbourhoods=[banc_vert.pk])
    assert list(Invitation.objects.get().neighbourhoods.all()) == [banc_vert]


def test_a_limited_cdsu_answers_for_accounts_and_invitations_of_their_neighbourhoods_only(
    office: Client, cdsu: User, administrator: User, banc_vert, soubise
) -> None:
    cdsu.neighbourhoods.set([banc_vert])
    mine = factories.UserFactory(neighbourhoods=[banc_vert])
    both = factories.UserFactory(neighbourhoods=[banc_vert, soubise])
    other = factories.UserFactory(neighbourhoods=[soubise])
    everywhere = factories.UserFactory()
    assert set(permissions.manageable_accounts(cdsu)) == {mine}
    for account in (both, other, everywhere, administrator, cdsu):
        for gesture in ("fermer", "rouvrir", "second-facteur"):
            assert office.post(f"/compte/comptes/{account.pk}/{gesture}/").status_code == 404
    wide, _ = invitations.invite(role="agent", neighbourhoods=[], email="", by=administrator)
    assert office.post(f"/compte/invitations/{wide.pk}/retirer/").status_code == 404


def test_a_cdsu_touches_no_administrator(office: Client, administrator: User) -> None:
    assert str(administrator) not in office.get(PEOPLE).content.decode()
    assert office.post(f"/compte/comptes/{administrator.pk}/fermer/").status_code == 404
    assert office.post(f"/compte/comptes/{administrator.pk}/second-facteur/").status_code == 404


# --- the link -----------------------------------------------------------------------------------------------


def test_the_link_is_shown_once_and_kept_nowhere(office: Client) -> None:
    path = invite(office)
    token = path.split("/")[-2]
    row = Invitation.objects.get()
    assert token not in str(row.__dict__)
    assert token not in office.get(PEOPLE).content.decode()
    assert row.expires_at - row.created_at < timedelta(days=7, minutes=1)


def test_somebody_takes_it_up_with_a_code_sent_to_their_address(
    office: Client, cdsu: User, banc_vert
) -> None:
    path = invite(office, role="partenaire", neighbourhoods=[banc_vert.pk])
    client = take_up(path, "Nouvelle@Example.test")
    account = User.objects.get(email="nouvelle@example.test")
    assert (account.role, account.name, list(account.neighbourhoods.all())) == (
        "partenaire",
        "Nouvelle",
        [banc_vert],
    )
    assert not account.has_usable_password()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert journal() == [("invitation", cdsu.pk), ("arrivee", account.pk)]


def test_looking_at_a_link_any_number_of_times_uses_nothing_up(office: Client) -> None:
    path = invite(office)
    for _ in range(5):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    assert mail.outbox == []
    take_up(path, "nouvelle@example.test")
    assert User.objects.filter(email="nouvelle@example.test").exists()


def test_a_link_serves_once(office: Client) -> None:
    path = invite(office)
    take_up(path, "premiere@example.test")
    assert Client().get(path).status_code == 404
    late = Client().post(path, {"name": "Seconde", "email": "seconde@example.test"})
    assert late.status_code == 404
    assert not User.objects.filter(email="seconde@example.test").exists()


def test_two_people_with_the_same_link_at_the_same_time_open_one_account(office: Client) -> None:
    path = invite(office)
    first, second = Client(), Client()
    first.post(path, {"name": "Une", "email": "une@example.test"})
    one = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    second.post(path, {"name": "Deux", "email": "deux@example.test"})
    two = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    first.post(path, {"code": one[1]})
    assert second.post(path, {"code": two[1]}).status_code == 404
    assert not User.objects.filter(email="deux@example.test").exists()


def test_a_link_given_for_an_address_serves_that_address_alone(office: Client) -> None:
    path = invite(office, email="Attendue@example.test")
    [sent] = mail.outbox
    assert sent.to == ["attendue@example.test"] and path in sent.body
    take_up(path, "autre@example.test")
    assert mail.outbox[-1].to == ["attendue@example.test"]
    assert User.objects.filter(email="attendue@example.test").exists()
    assert not User.objects.filter(email="autre@example.test").exists()


def test_without_the_code_nothing_opens(office: Client) -> None:
    path = invite(office)
    client = Client()
    client.post(path, {"name": "Nouvelle", "email": "nouvelle@example.test"})
    assert client.post(path, {"code": "BBBB-BBBB"}).status_code == 422
    assert Client().post(path, {"code": "BBBB-BBBB"}).status_code == 422
    assert not User.objects.filter(email="nouvelle@example.test").exists()


def test_a_code_for_one_invitation_opens_no_other(office: Client) -> None:
    agent_path, cdsu_path = invite(office, role="agent"), invite(office, role="cdsu")
    client = Client()
    client.post(agent_path, {"name": "Nouvelle", "email": "nouvelle@example.test"})
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    assert client.post(cdsu_path, {"code": code[1]}).status_code == 422
    assert not User.objects.filter(role="cdsu", email="nouvelle@example.test").exists()


def test_a_code_is_tried_three_times_and_no_more(office: Client) -> None:
    path = invite(office)
    client = Client()
    client.post(path, {"name": "Nouvelle", "email": "nouvelle@example.test"})
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[-1].body)
    for _ in range(3):
        client.post(path, {"code": "BBBB-BBBB"})
    assert "Trop d’essais" in client.post(path, {"code": code[1]}).content.decode()
    # The link is not lost with the code.
    take_up(path, "nouvelle@example.test")
    assert User.objects.filter(email="nouvelle@example.test").exists()


def test_an_address_that_has_an_account_is_told_so_only_to_its_reader(office: Client, agent: User) -> None:
    path = invite(office)
    known, unknown = Client(), Client()
    answers = [
        known.post(path, {"name": "A", "email": agent.email}),
        unknown.post(path, {"name": "A", "email": "inconnue@example.test"}),
    ]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert len({sent.subject for sent in mail.outbox}) == 1
    code = re.search(r"\b([A-Z]{4}-[A-Z]{4})\b", mail.outbox[0].body)
    page = known.post(path, {"code": code[1]}).content.decode()
    assert "a déjà un compte" in page
    assert Client().get(path).status_code == 200
    assert User.objects.filter(email=agent.email).count() == 1


def test_whoever_is_signed_in_is_told_that_the_link_is_for_another(office: Client) -> None:
    path = invite(office)
    assert "déjà connecté" in office.get(path).content.decode()
    office.post(path, {"name": "Moi", "email": "moi@example.test"})
    assert mail.outbox == []


def make_old() -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def withdraw() -> None:
    invitation = Invitation.objects.get()
    invitations.revoke(invitation=invitation, by=invitation.invited_by)


def close_inviter() -> None:
    User.objects.filter(role="cdsu").update(is_active=False)


@pytest.mark.parametrize("end", [make_old, withdraw, close_inviter])
def test_a_link_that_is_over_opens_nothing_and_says_to_ask_again(office: Client, end) -> None:
    path = invite(office)
    end()
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "ne vaut plus" in answer.content.decode()
    assert Client().post(path, {"name": "A", "email": "a@example.test"}).status_code == 404
    assert mail.outbox == []


def test_a_new_link_replaces_the_one_before(office: Client, cdsu: User) -> None:
    old = invite(office)
    make_old()
    page = office.post(f"/compte/invitations/{Invitation.objects.get().pk}/renouveler/").content.decode()
    new = LINK.search(page)
    assert new and new[1] != old
    assert Client().get(old).status_code == 404
    assert Client().get(new[1]).status_code == 200
    assert journal() == [("invitation", cdsu.pk)] * 2


def test_a_withdrawn_invitation_leaves_the_list_and_a_line(office: Client, cdsu: User) -> None:
    invite(office, email="attendue@example.test")
    office.post(f"/compte/invitations/{Invitation.objects.get().pk}/retirer/")
    assert "attendue" not in office.get(PEOPLE).content.decode()
    assert Invitation.objects.get().email == ""
    assert journal()[-1] == ("invitation-retiree", cdsu.pk)


def test_a_link_is_in_no_log(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    from nouveaux_accords.logs import QuietFormatter

    path = invite(office)
    withdraw()
    Client().get(path)
    written = "\n".join(QuietFormatter().format(record) for record in caplog.records)
    assert "/compte/invitation/" in written
    assert path not in written


# --- accounts -----------------------------------------------------------------------------------------------


def test_a_closed_account_is_out_at_once_and_comes_back_when_opened_again(
    office: Client, cdsu: User, agent: User
) -> None:
    theirs = Client()
    theirs.force_login(agent)
    office.post(f"/compte/comptes/{agent.pk}/fermer/")
    assert theirs.get("/saisie/").status_code == 302
    assert "fermé" in office.get(PEOPLE).content.decode()
    office.post(f"/compte/comptes/{agent.pk}/rouvrir/")
    agent.refresh_from_db()
    assert agent.is_active
    assert journal() == [("compte-ferme", cdsu.pk), ("compte", cdsu.pk)]


def test_the_list_says_nothing_of_what_anybody_wrote(
    office: Client, agent: User, banc_vert: Neighbourhood
) -> None:
    before = office.get(PEOPLE).content.decode()
    factories.ObservationFactory.create_batch(3, author=agent, neighbourhood=banc_vert)
    User.objects.filter(pk=agent.pk).update(last_login=timezone.now())
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", office.get(PEOPLE).content.decode()) == token.sub("", before)


def test_the_list_s_queries_do_not_grow_with_rows(office: Client, cdsu: User, banc_vert) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            office.get(PEOPLE)
        return len(seen)

    factories.UserFactory(neighbourhoods=[banc_vert])
    invitations.invite(role="agent", neighbourhoods=[banc_vert], email="", by=cdsu)
    few = queries()
    for _ in range(10):
        factories.UserFactory(neighbourhoods=[banc_vert])
        invitations.invite(role="agent", neighbourhoods=[banc_vert], email="", by=cdsu)
    assert queries() == few


def test_a_lost_factor_is_reset_by_somebody_else_in_the_journal(office: Client, cdsu: User) -> None:
    other = factories.UserFactory(role=Role.CDSU)
    Authenticator.objects.create(user=other, type="totp", data={"secret": "x"})
    Authenticator.objects.create(user=other, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert "Téléphone perdu" in office.get(PEOPLE).content.decode()
    office.post(f"/compte/comptes/{other.pk}/second-facteur/")
    assert not Authenticator.objects.filter(user=other).exists()
    assert journal() == [("second-facteur", cdsu.pk)]


def test_resetting_a_factor_asks_for_one_s_own_again(client: Client, cdsu: User) -> None:
    other = factories.UserFactory(role=Role.CDSU)
    Authenticator.objects.create(user=other, type="totp", data={"secret": "x"})
    client.force_login(cdsu)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    prove(client, cdsu, method="mfa", ago=permissions.RECENT + 1)
    assert client.post(f"/compte/comptes/{other.pk}/second-facteur/").status_code == 302
    assert Authenticator.objects.filter(user=other).exists()


def test_nobody_resets_their_own_factor_or_closes_their_own_account(cdsu: User) -> None:
    with pytest.raises(ValidationError):
        accounts.reset_factor(account=cdsu, by=cdsu)
    with pytest.raises(ValidationError):
        accounts.close_account(account=cdsu, by=cdsu)
