"""The access matrix: every route, every method, every role, whosever the object is."""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from observations import posters
from observations.actions import (
    alliances,
    diagnoses,
    giving_back,
    meetings,
    needs,
    programme,
    publishing,
    sharing,
)
from observations.actions import council as council_actions
from observations.actions import invitations as invitations_
from observations.actions import saved as saved_filters
from observations.diagnosis import views as diagnosis_views
from observations.meetings import views as meeting_views
from observations.models import (
    Body,
    NeedRequest,
    Neighbourhood,
    Observation,
    Role,
    Scheme,
    Summary,
    Theme,
    User,
)
from tests import factories
from tests.access import (
    ADMINISTRATION,
    DOORS,
    ELSEWHERE,
    EVERYBODY,
    SIGN_IN,
    WHOSE,
    Door,
    Whose,
    routes,
)
from tests.restitution.conftest import light_pdf
from tests.restitution.month import hear, month_before, publish_month

__all__ = ["light_pdf"]

# Those that a browser sends; tests/proof/test_access_matrix.py tries the others.
METHODS = ("GET", "POST")
MISSING = 987_654


@dataclass
class World:
    """A cast, and one object of each kind that an address can name."""

    users: dict[str, User]
    inside: Observation
    outside: Observation
    own: dict[str, Observation]
    theme: Theme
    published: Summary
    draft: Summary
    accounts: dict[Whose, int]
    invitations: dict[Whose, int]
    link: tuple[int, str]
    key: int
    # A need that stands in a limited account's neighbourhood, one that stands elsewhere.
    needs: dict[str, int]
    body: Body
    # What was asked for these needs, and what was committed to.
    requests: dict[str, NeedRequest]
    commitments: dict[str, int]
    answer_token: str
    # A request to the partner whose account has the contact's address.
    addressed: int
    # A commitment of the request that this token opens.
    answered: int
    # Codes under which residents are told of these needs.
    told: dict[str, str]
    # What each one noted as told; "other" is somebody's.
    tellings: dict[str, int]
    # Codes of the neighbourhoods, and what was added to their published diagnoses.
    codes: dict[str, str]
    added: dict[str, int]
    meeting: int
    decision: int
    action: int
    # Files being imported, the CDSU's and somebody's.
    imports: dict[str, int]
    # Hands offered: the council's and somebody's.
    offers: dict[str, int]
    # Each one's filter with a name; "other" is somebody's.
    saved: dict[str, int]


@pytest.fixture
def world(
    banc_vert: Neighbourhood,
    soubise: Neighbourhood,
    agent: User,
    other_agent: User,
    cdsu: User,
    partner: User,
    council: User,
    administrator: User,
    light_pdf: None,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    monkeypatch.setattr(diagnosis_views, "bearer_sheet", lambda **said: b"%PDF-1.7 " + repr(said).encode())
    monkeypatch.setattr(meeting_views, "meeting_pack", lambda **said: b"%PDF-1.7 " + repr(said).encode())
    monkeypatch.setattr(posters, "poster", lambda **said: b"%PDF-1.7 " + repr(said).encode())
    limited = factories.UserFactory(role=Role.CDSU)
    limited.neighbourhoods.set([soubise])
    users = {
        "agent": agent,
        "council": council,
        "cdsu": cdsu,
        "limited": limited,
        "partner": partner,
        "admin": administrator,
    }
    accounts = {
        "inside": factories.UserFactory(neighbourhoods=[soubise]).pk,
        "outside": factories.UserFactory(neighbourhoods=[banc_vert]).pk,
    }
    invitations = {
        whose: invitations_.invite(role=Role.AGENT, neighbourhoods=[place], email="", by=cdsu)[0].pk
        for whose, place in (("inside", soubise), ("outside", banc_vert))
    }
    hear(month_before(), [banc_vert], other_agent)
    published = publish_month(month_before(), cdsu)
    link, token = sharing.share(summary=published, label="Bailleur", days=30, by=cdsu)
    key, _ = sharing.issue_token(label="Observatoire", days=30, by=cdsu)
    made_needs = {
        whose: needs.make(by=cdsu, title=f"Besoin {whose}", theme=factories.theme(), neighbourhoods=[place])[
            0
        ]
        for whose, place in (("inside", soubise), ("outside", banc_vert))
    }
    contact = factories.ContactFactory()
    asked = {
        whose: alliances.ask(
            need=need,
            contact=contact,
            channel="droit-commun",
            asked="Réparer.",
            due=date(2099, 1, 1),
            by=cdsu,
        )
        for whose, need in made_needs.items()
    }
    # Nothing in the matrix withdraws this one.
    answered, token_ = alliances.ask(
        need=made_needs["outside"],
        contact=contact,
        channel="droit-commun",
        asked="Réparer.",
        due=date(2099, 1, 1),
        by=cdsu,
    )
    told = {
        whose: factories.GivingBackFactory(need=need, written_by=cdsu) for whose, need in made_needs.items()
    }
    tellings = {
        name: giving_back.tell(
            giving_back=told["outside"], told_on=date(2026, 1, 5), how="voix", neighbourhood=None, by=user
        ).pk
        for name, user in (users | {"other": other_agent}).items()
    }
    places = {"inside": soubise, "outside": banc_vert}
    for place in places.values():
        factories.DiagnosisFactory(neighbourhood=place, published=False)
    added = {
        whose: diagnoses.add(
            diagnosis=factories.DiagnosisFactory(neighbourhood=place, number=2),
            about=None,
            stance="aussi",
            text="Nous aussi.",
            signature="Une association",
            by=partner,
        ).pk
        for whose, place in places.items()
    }
    meeting = meetings.keep(
        meeting=None,
        revision=0,
        kind="copil",
        title="Comité",
        held_on=date(2099, 1, 1),
        place="",
        schemes=[],
        bodies=[],
        moments=[],
        by=cdsu,
    )
    decision = meetings.decide_state(
        meeting=meeting, need=made_needs["outside"], state="partage", note="", by=cdsu
    )
    action = programme.keep(
        action=None,
        name="Café",
        bearer="Une association",
        year=2026,
        summary="",
        neighbourhoods=[],
        themes=[],
        needs=[],
        by=cdsu,
    )
    imports = {
        name: programme.begin_import(rows=[["Nom"], ["Café"]], by=user).pk
        for name, user in (("cdsu", cdsu), ("other", factories.UserFactory(role=Role.CDSU)))
    }
    offers = {
        name: council_actions.offer(action=action, text="Prêter ma remorque", by=user).pk
        for name, user in (("council", council), ("other", factories.UserFactory(role=Role.COUNCIL)))
    }
    addressed, _ = alliances.ask(
        need=made_needs["outside"],
        contact=factories.ContactFactory(email=partner.email),
        channel="droit-commun",
        asked="Réparer.",
        due=date(2099, 1, 1),
        by=cdsu,
    )
    requests = {whose: request for whose, (request, _) in asked.items()}
    return World(
        users=users,
        body=contact.body,
        told={whose: one.code for whose, one in told.items()},
        tellings=tellings,
        offers=offers,
        action=action.pk,
        imports=imports,
        meeting=meeting.pk,
        decision=decision.pk,
        codes={whose: place.code for whose, place in places.items()},
        added=added,
        requests=requests,
        commitments={
            whose: alliances.commit(
                request=request, what="Réparer", owner="La régie", due=date(2099, 1, 1), by=cdsu
            ).pk
            for whose, request in requests.items()
        },
        answer_token=token_,
        addressed=addressed.pk,
        answered=alliances.commit(
            request=answered, what="Réparer", owner="La régie", due=date(2099, 1, 1), by=cdsu
        ).pk,
        inside=factories.ObservationFactory(neighbourhood=soubise, author=other_agent),
        outside=factories.ObservationFactory(neighbourhood=banc_vert, author=other_agent),
        accounts=accounts,
        invitations=invitations,
        own={
            name: factories.ObservationFactory(neighbourhood=banc_vert, author=user)
            for name, user in users.items()
        },
        theme=Theme.objects.roots().first() or factories.theme(),
        published=published,
        draft=publishing.create_draft(month=month_before(0), by=cdsu),
        link=(link.pk, token),
        key=key.pk,
        needs={whose: need.pk for whose, need in made_needs.items()},
        saved={
            name: saved_filters.keep(by=user, name="Logement", query="?theme=logement").pk
            for name, user in (users | {"other": factories.UserFactory(role=Role.CDSU)}).items()
        },
    )


DRAFT = ("brouillon/", "apercu/", "publier/", "supprimer/")


def address(route: str, world: World, role: str, whose: Whose) -> str:
    """`route` with the object that it names; the same route for every `whose` where it names none."""
    if route.startswith("compte/comptes/"):
        mine = world.users[role].pk if role in world.users else MISSING
        return _filled(route, int=world.accounts.get(whose, mine if whose == "own" else MISSING))
    if route.startswith("compte/invitations/"):
        return _filled(route, int=world.invitations.get(whose, MISSING))
    where = {"own": "outside"}.get(whose, whose)
    if route.startswith("besoins/organismes/"):
        return _filled(route, int=MISSING if whose == "missing" else world.body.pk)
    if route.startswith("besoins/contacts/"):
        return _filled(route, int=MISSING if whose == "missing" else world.body.contacts.get().pk)
    if route.startswith("besoins/demandes/"):
        return _filled(route, int=world.requests[where].pk if where in world.requests else MISSING)
    if route.startswith("besoins/engagements/"):
        return _filled(route, int=world.commitments.get(where, MISSING))
    if route.startswith("demandes/"):
        kept = {"own": world.addressed, "missing": MISSING}
        return _filled(route, int=kept.get(whose, world.requests["outside"].pk))
    if route.startswith("d/"):
        token = "rien" if whose == "missing" else world.answer_token
        return _filled(route, str=token, int=world.answered)
    if route.startswith(("r/", "retours/<")):
        return _filled(route, str=world.told.get(where, "rien"))
    if route.startswith("actions/importer/"):
        kept = {"own": world.imports.get(role, MISSING), "missing": MISSING}
        return _filled(route, int=kept.get(whose, world.imports["other"]))
    if route.startswith("actions/"):
        return _filled(route, int=MISSING if whose == "missing" else world.action)
    if route.startswith("conseil/"):
        kept = {"own": world.offers.get(role, world.offers["other"]), "missing": MISSING}
        return _filled(route, int=kept.get(whose, world.offers["other"]))
    if route.startswith("instances/"):
        known = {"instances/decisions/": world.decision, "instances/dispositifs/": Scheme.objects.first().pk}
        pk = next((key for start, key in known.items() if route.startswith(start)), world.meeting)
        return _filled(route, int=MISSING if whose == "missing" else pk)
    if route.startswith("quartiers/contributions/"):
        return _filled(route, int=world.added.get(where, MISSING))
    if route.startswith("quartiers/"):
        return _filled(route, str=world.codes.get(where, "QN99999Z"), int=2)
    if route.startswith("retours/redits/"):
        kept = {"own": world.tellings.get(role, MISSING), "missing": MISSING}
        return _filled(route, int=kept.get(whose, world.tellings["other"]))
    if route.startswith("besoins/"):
        return _filled(route, int=world.needs.get({"own": "outside"}.get(whose, whose), MISSING))
    if route.startswith("relecture/filtres/"):
        kept = {"own": world.saved.get(role, MISSING), "missing": MISSING}
        return _filled(route, int=kept.get(whose, world.saved["other"]))
    summary = world.draft if route.endswith(DRAFT) else world.published
    number = {"themes/": world.theme.pk, "syntheses/liens/": world.link[0], "syntheses/jetons/": world.key}
    pk = next((key for start, key in number.items() if route.startswith(start)), summary.pk)
    said = {
        "own": world.own.get(role, world.outside).pk,
        "inside": world.inside.pk,
        "outside": world.outside.pk,
        "missing": uuid.uuid4(),
    }[whose]
    absent = whose == "missing"
    return _filled(
        route,
        int=MISSING if absent else pk,
        uuid=said,
        str="rien" if absent else world.link[1],
        slug="rien" if absent else "habitants",
    )


def _filled(route: str, **values: Any) -> str:
    return "/" + re.sub(r"<(\w+):\w+>", lambda found: str(values[found[1]]), route)


def asks_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 401 or (
        answer.status_code == 302 and answer["Location"].startswith("/compte/login/")
    )


def expected(door: Door, role: str, method: str, whose: Whose) -> set[Any]:
    """Statuses that are right; "in" is any that neither refuses nor fails."""
    known = method in door.methods.split() or (method == "HEAD" and "GET" in door.methods)
    if not known and role not in door.roles:
        # Who asks wrongly twice is told one or the other.
        return {"sign in", 403, 405}
    if role not in door.roles:
        return (
            {"sign in", 403}
            if role == "anonymous" and door.json
            else {"sign in" if role == "anonymous" else 403}
        )
    if not known:
        return {405}
    if door.opens and not door.opens(role, whose):
        return {404}
    return {"in"}


def outcome(answer: HttpResponse) -> Any:
    if asks_to_sign_in(answer):
        return "sign in"
    return answer.status_code if answer.status_code in {403, 404, 405} or answer.status_code >= 500 else "in"


def test_every_route_has_its_line_in_the_matrix() -> None:
    found = {route for route in routes() if not route.startswith((*SIGN_IN, ADMINISTRATION))}
    assert found - DOORS.keys() - ELSEWHERE == set(), "say in tests/access.py who gets through"
    assert (DOORS.keys() | ELSEWHERE) - found == set(), "tests/access.py names a route that is gone"


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_each_role_gets_through_its_own_doors_only(role: str, world: World) -> None:
    assert faults(role, world, METHODS) == {}


def faults(role: str, world: World, methods: Iterable[str]) -> dict[tuple[str, str, str], Any]:
    """What was answered otherwise than the matrix says, with what it says."""
    client, wrong = Client(), {}
    if role != "anonymous":
        client.force_login(world.users[role])
    for (route, door), method in product(DOORS.items(), methods):
        for whose in WHOSE if door.opens else WHOSE[:1]:
            with transaction.atomic():
                answer = client.generic(method, address(route, world, role, whose))
                transaction.set_rollback(True)
            if outcome(answer) not in expected(door, role, method, whose):
                wrong[route, method, whose] = (answer.status_code, expected(door, role, method, whose))
    return wrong
