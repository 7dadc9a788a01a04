"""The page, the predicates, the decision's table: all three are privacy/rights.py."""

import re
from pathlib import Path

import pytest
from django.test import Client

from observations import permissions
from observations.models import Role, User
from observations.privacy.rights import RIGHTS, ROLES, TWO_FACTORS, Reach, Thing
from tests.factories import UserFactory
from tests.review.test_list import text

pytestmark = pytest.mark.django_db
DECISION = Path(__file__).resolve().parents[2] / "docs/decisions/0011-who-sees-what.md"

# Each predicate that a line of the table feeds, and how far one must go for it to say yes.
PREDICATES = {
    Thing.CAPTURE: (permissions.can_capture, {Reach.YES}),
    Thing.FOLLOW: (permissions.can_follow_own, {Reach.YES}),
    Thing.RAW: (permissions.can_review, {Reach.NEIGHBOURHOODS}),
    Thing.AUTHOR: (permissions.can_ask_for_author, {Reach.ON_REQUEST}),
    Thing.EXPORT: (permissions.can_export_words, {Reach.PROVED}),
    Thing.MAP: (permissions.can_see_map, {Reach.NEIGHBOURHOODS}),
    Thing.NEEDS: (permissions.can_make_needs, {Reach.NEIGHBOURHOODS}),
    Thing.ANSWER: (permissions.can_answer_requests, {Reach.ADDRESSED}),
    Thing.TELL: (permissions.can_tell, {Reach.YES}),
    Thing.DIAGNOSIS: (permissions.can_write_diagnoses, {Reach.NEIGHBOURHOODS}),
    Thing.ADDING: (permissions.can_add_to_diagnoses, {Reach.SIGNED}),
    Thing.MEETINGS: (permissions.can_hold_meetings, {Reach.WHOLE}),
    Thing.ACTIONS: (permissions.can_see_actions, {Reach.YES}),
    Thing.PROGRAMME: (permissions.can_keep_programme, {Reach.WHOLE}),
    Thing.EVALUATE: (permissions.can_evaluate, {Reach.YES}),
    Thing.COUNCIL: (permissions.can_open_council, {Reach.YES}),
    Thing.OFFERS: (permissions.can_answer_offers, {Reach.WHOLE}),
    Thing.THEMES: (permissions.can_edit_themes, {Reach.WHOLE}),
    Thing.DRAFTS: (permissions.can_read_drafts, {Reach.YES}),
    Thing.PUBLISH: (permissions.can_write_summaries, {Reach.WHOLE}),
    Thing.SUMMARIES: (permissions.can_read_summaries, {Reach.YES, Reach.PUBLISHED}),
    Thing.JOURNAL: (permissions.can_read_journal, {Reach.HERE}),
    Thing.ACCOUNTS: (permissions.can_manage_accounts, {Reach.YES}),
    Thing.REFERENCE: (permissions.can_set_reference, {Reach.YES}),
}


def test_every_role_and_every_thing_is_in_the_table() -> None:
    assert set(ROLES) == set(Role)
    assert set(PREDICATES) == set(RIGHTS) == set(Thing)
    assert all(set(by_role) == set(Role) for by_role in RIGHTS.values())


@pytest.mark.parametrize("thing", Thing, ids=lambda thing: thing.name)
@pytest.mark.parametrize("role", Role)
def test_a_predicate_says_what_the_table_says(thing: Thing, role: Role) -> None:
    predicate, enough = PREDICATES[thing]
    assert predicate(UserFactory(role=role)) is (RIGHTS[thing][role] in enough)
    assert not predicate(UserFactory(role=role, is_active=False))


@pytest.mark.parametrize("thing", Thing, ids=lambda thing: thing.name)
def test_a_limited_account_loses_what_is_of_the_whole_territory(thing: Thing, banc_vert) -> None:
    predicate, enough = PREDICATES[thing]
    given = RIGHTS[thing]["cdsu"]
    limited = UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    assert predicate(limited) is (given in enough - {Reach.WHOLE})


@pytest.mark.parametrize("role", Role)
def test_two_factors_are_asked_of_the_roles_that_the_page_names(role: Role) -> None:
    assert permissions.must_have_second_factor(UserFactory(role=role)) is (role in TWO_FACTORS)


def test_the_decision_s_table_is_the_code_s() -> None:
    lines = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in DECISION.read_text().splitlines()
        if line.startswith("|")
    ]
    assert lines[0][1:] == [Role(role).label for role in ROLES]
    assert {line[0]: line[1:] for line in lines[2:]} == {
        str(thing): [str(by_role[role]) for role in ROLES] for thing, by_role in RIGHTS.items()
    }


def cells(page: str) -> dict[str, list[str]]:
    """The page's table: its rows by their first cell."""
    table = page.split('<table class="rights-table">')[1].split("</table>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("<tr>")[2:]]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("role", Role)
def test_each_role_reads_the_whole_table_and_its_own_line_of_it(signed_in, role: Role) -> None:
    page = text(signed_in(UserFactory(role=role)).get("/qui-voit-quoi/"))
    assert cells(page) == {
        str(thing)[0].upper() + str(thing)[1:]: [str(by_role[role]) for role in ROLES]
        for thing, by_role in RIGHTS.items()
    }
    mine = page.split('id="vous"')[1].split("</section>")[0]
    assert re.findall(r"<dt>(.*?)</dt>", mine) == [str(thing)[0].upper() + str(thing)[1:] for thing in Thing]
    assert ("pour vos observations" in mine) is (role in {"agent", "conseil"})


@pytest.mark.parametrize("who", ["agent", "council"])
def test_a_worker_is_told_what_others_see_and_that_the_law_may_ask(
    signed_in, request: pytest.FixtureRequest, who: str
) -> None:
    page = text(signed_in(request.getfixturevalue(who)).get("/qui-voit-quoi/"))
    others = page.split("Ce que les autres voient de ce que vous écrivez")[1].split("</section>")[0]
    for role, said in (
        ("Chef·fe de projet DSU", "dans ses quartiers"),
        ("Partenaire", "non"),
        ("Administration", "non"),
    ):
        assert said in others.split(role)[1].split("</dl>")[0]
    assert "sur demande, avec un motif, et le journal le garde" in others
    assert "Le secret n’est pas promis au-delà de la loi." in page


def test_a_limited_account_is_told_its_neighbourhoods(signed_in, banc_vert) -> None:
    page = text(signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert])).get("/qui-voit-quoi/"))
    assert "Vos quartiers : Banc Vert." in page
    mine = page.split('id="vous"')[1].split("</section>")[0]
    assert "oui, si votre compte" not in mine


def test_it_is_for_those_who_are_signed_in(client: Client, db: None) -> None:
    assert client.get("/qui-voit-quoi/").status_code == 302


@pytest.mark.parametrize("who", ["agent", "cdsu", "council", "partner"])
def test_every_page_leads_to_it(signed_in, request: pytest.FixtureRequest, who: str) -> None:
    page = signed_in(request.getfixturevalue(who)).get("/", follow=True).content.decode()
    assert 'href="/qui-voit-quoi/"' in page


def test_the_form_leads_to_it_where_it_says_who_will_read(signed_in, agent: User, banc_vert) -> None:
    page = text(signed_in(agent).get("/saisie/"))
    assert 'href="/qui-voit-quoi/"' in page.split('class="reach-who"')[1].split("</p>")[0]
