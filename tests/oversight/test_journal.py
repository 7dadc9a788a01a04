"""The journal's page: who reads it, what a line says and does not, how it is filtered and paged."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from observations.actions.journal import record, record_past
from observations.models import JournalEntry, Neighbourhood, Summary, Tombstone, User
from observations.oversight.journal import PER_PAGE
from tests.factories import ObservationFactory, UserFactory
from tests.review.test_list import text

pytestmark = pytest.mark.django_db
Verb = JournalEntry.Verb


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_have_no_journal(signed_in, request: pytest.FixtureRequest, who: str) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/journal/").status_code == 403


def test_nobody_reads_without_signing_in(client: Client, db: None) -> None:
    assert client.get("/journal/").headers["Location"] == "/compte/login/?next=/journal/"


def test_the_page_is_only_read_and_never_kept(signed_in, cdsu: User) -> None:
    assert signed_in(cdsu).post("/journal/").status_code == 405
    assert "no-store" in signed_in(cdsu).get("/journal/").headers["Cache-Control"]


def test_an_empty_journal_says_so(signed_in, cdsu: User) -> None:
    assert "Le journal est encore vide" in text(signed_in(cdsu).get("/journal/"))


def test_a_line_says_when_who_what_and_leads_to_what_is_still_there(signed_in) -> None:
    claire = UserFactory(role="cdsu", name="Claire Martin")
    row = ObservationFactory(words="Ne doit pas sortir.")
    draft = Summary.objects.create(month=timezone.localdate().replace(day=1), created_by=claire)
    record(Verb.AUTHOR_SHOWN, by=claire, subject=row, reason="securite")
    record(Verb.CORRECTED, by=claire, subject=draft)
    record(Verb.ACCOUNT_CHANGED, by=claire, subject=UserFactory(role="partenaire", name="Bailleur"))
    record(Verb.PURGED, by=None, reason="textes 12")
    page = text(signed_in(claire).get("/journal/"))
    for said in (
        "<b>Claire Martin</b> a demandé qui a écrit une observation",
        f'<a href="/relecture/{row.pk}/">Logement, Quartier',
        "Motif : la sécurité d’une personne est en jeu",
        f'<a href="/syntheses/{draft.pk}/">synthèse',
        "compte de Bailleur",
        "<b>Le serveur</b> a effacé ce qui était arrivé à son terme",
        "Motif : textes et lieux exacts à effacer (12)",
    ):
        assert said in page
    assert "Ne doit pas sortir." not in page


def test_what_is_gone_is_named_without_a_link(signed_in, cdsu: User) -> None:
    gone = ObservationFactory()
    record(Verb.DECIDED, by=cdsu, subject=gone)
    record(Verb.ERASED, by=cdsu, subject=Tombstone.objects.create(pk=uuid.uuid4(), reason="retiree"))
    gone.delete()
    page = text(signed_in(cdsu).get("/journal/"))
    assert "observation retirée" in page
    assert "observation effacée" in page
    assert "/relecture/" not in page.split("<main")[1]


def test_a_limited_cdsu_reads_no_line_about_an_observation_elsewhere(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User
) -> None:
    here, elsewhere = (ObservationFactory(neighbourhood=place) for place in (banc_vert, soubise))
    record(Verb.DECIDED, by=cdsu, subject=here)
    record(Verb.REWORDED, by=cdsu, subject=elsewhere)
    record(Verb.ERASED, by=cdsu, subject=Tombstone.objects.create(pk=uuid.uuid4(), reason="retiree"))
    record(Verb.EXPORTED, by=cdsu)
    limited = UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    page = signed_in(limited).get("/journal/")
    shown = [line.what for _, lines in page.context["days"] for line in lines]
    assert shown == [Verb.EXPORTED.label, Verb.DECIDED.label]
    assert str(elsewhere.pk) not in page.content.decode()


def test_an_observation_that_moved_away_keeps_its_line_and_loses_its_link(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User
) -> None:
    row = ObservationFactory(neighbourhood=banc_vert)
    record(Verb.SORTED, by=cdsu, subject=row)
    type(row).objects.filter(pk=row.pk).update(neighbourhood=soubise)
    page = text(signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert])).get("/journal/"))
    assert "a changé le thème ou le quartier" in page
    assert str(row.pk) not in page
    assert "Soubise" not in page


@pytest.mark.parametrize(("role", "said"), [("agent", "L’agent"), ("conseil", "Le conseil citoyen")])
def test_a_worker_is_never_named_on_a_line_about_an_observation(signed_in, cdsu: User, role, said) -> None:
    worker = UserFactory(role=role, name="Nom Secret", email="secret@example.test")
    record(Verb.ERASED, by=worker, subject=ObservationFactory(author=worker))
    page = text(signed_in(cdsu).get("/journal/"))
    assert f"<b>{said}</b> a effacé une observation" in page
    assert "Nom Secret" not in page
    assert "secret@example.test" not in page


def test_filters_by_verb_and_period(signed_in, cdsu: User) -> None:
    now = timezone.now()
    row = ObservationFactory()
    for days, verb in ((0, Verb.DECIDED), (10, Verb.REWORDED), (20, Verb.DECIDED)):
        record_past(verb, [(now - timedelta(days=days), cdsu, row)])

    def found(**query: object) -> int:
        return len(signed_in(cdsu).get("/journal/", query).context["page"].object_list)

    ten = timezone.localdate() - timedelta(days=10)
    assert (found(), found(quoi="decision"), found(quoi="texte"), found(quoi="purge")) == (3, 2, 1, 0)
    assert (found(du=ten), found(au=ten), found(du=ten, au=ten)) == (2, 2, 1)
    assert "Rien avec ces filtres" in text(signed_in(cdsu).get("/journal/?quoi=purge"))


def test_a_filter_that_means_nothing_is_said_and_left_aside(signed_in, cdsu: User) -> None:
    record(Verb.EXPORTED, by=cdsu)
    answer = signed_in(cdsu).get("/journal/?quoi=rien&du=hier&au=2026-13-01")
    page = text(answer)
    assert (answer.status_code, len(answer.context["page"].object_list)) == (200, 1)
    assert "Cet acte n’existe pas" in page
    assert "La date « du » s’écrit comme" in page


@pytest.mark.parametrize("page", ["0", "-1", "99", "deux", "²"])
def test_any_page_number_shows_a_page(signed_in, cdsu: User, page: str) -> None:
    record(Verb.EXPORTED, by=cdsu)
    assert signed_in(cdsu).get("/journal/", {"page": page}).status_code == 200


def test_pages_are_bounded_and_keep_the_filters(signed_in, cdsu: User) -> None:
    now = timezone.now()
    record_past(Verb.DECIDED, [(now, cdsu, ObservationFactory())] * (PER_PAGE + 1))
    answer = signed_in(cdsu).get("/journal/?quoi=decision")
    assert len(answer.context["page"].object_list) == PER_PAGE
    assert 'href="/journal/?quoi=decision&amp;page=2"' in answer.content.decode()


def test_the_queries_do_not_grow_with_the_lines(signed_in, cdsu: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/journal/").status_code == 200
        return len(queries)

    browser = signed_in(cdsu)

    def one_more(number: int) -> None:
        by = UserFactory(role="cdsu")
        draft = Summary.objects.create(month=date(2020 + number, 1, 1), created_by=by)
        for subject in (ObservationFactory(), draft, by):
            record(Verb.DECIDED, by=by, subject=subject)

    one_more(1)
    cost()
    before = cost()
    for number in range(2, 10):
        one_more(number)
    assert cost() == before


@pytest.mark.parametrize(
    ("verb", "code", "said"),
    [
        (Verb.EXPORTED, "requisition", "réquisition d’un juge"),
        (Verb.ERASED, "erreur", "ce n’est pas une observation"),
        (Verb.RULES_CHANGED, "threshold", "seuil de publication"),
        (Verb.ACCOUNT_CLOSED, "sans-usage", "sans usage depuis longtemps"),
        (Verb.PURGED, "d-un-autre-temps 3", "d-un-autre-temps (3)"),
    ],
)
def test_a_reason_is_said_in_words(signed_in, cdsu: User, verb: str, code: str, said: str) -> None:
    record(verb, by=cdsu, reason=code)
    assert f"Motif : {said}" in text(signed_in(cdsu).get("/journal/"))
