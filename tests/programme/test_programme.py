"""Funded actions: imported whole or not at all, where they miss needs, and what residents say of them, read as one."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from observations.actions import needs, programme
from observations.actions.purge import purge
from observations.models import Action, ActionImport, Evaluation, Neighbourhood, Observation, Role, User
from observations.programme.columns import Names, guess, read, several
from observations.programme.results import results
from observations.table_file import MAX_ROWS, TableRefused, read_table
from tests.factories import ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db
HEADER = ["Intitulé de l’action", "Structure porteuse", "Exercice", "QPV", "Thématique", "Description"]


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


def book(rows: list[list[Any]]) -> bytes:
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def line(n: int, **changes: str) -> list[str]:
    cells = {
        "name": f"Action {n}",
        "bearer": "Une association",
        "year": "2026",
        "place": "Banc Vert",
        "theme": "Logement",
        "summary": "",
    }
    return list((cells | changes).values())


def give(client: Any, data: bytes, name: str = "actions.xlsx") -> Any:
    return client.post(to("actions_import"), {"fichier": SimpleUploadedFile(name, data)}, follow=True)


def columns(client: Any, gesture: str, **changes: str) -> Any:
    names = ["name", "bearer", "year", "neighbourhoods", "themes", "summary"]
    sent = {name: str(place) for place, name in enumerate(names)} | changes | {"geste": gesture}
    return client.post(to("actions_match", ActionImport.objects.get().pk), sent, follow=True)


@pytest.fixture
def action(cdsu: User, banc_vert: Neighbourhood) -> Action:
    return programme.keep(
        action=None,
        name="Réparons nos vélos",
        bearer="Les Ateliers",
        year=2026,
        summary="Un atelier.",
        neighbourhoods=[banc_vert],
        themes=[theme("mobilites")],
        needs=[],
        by=cdsu,
    )


# --- importing ----------------------------------------------------------------------------------------------------


def test_two_hundred_actions_come_in_once_their_faulty_rows_are_mended(
    signed_in: Any, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    rows = [HEADER, *(line(n) for n in range(200))]
    rows[5] = line(4, name="")
    rows[9] = line(8, year="l’an prochain")
    rows[20] = line(19, place="Banc Vert ; Quartier inconnu")
    rows[33] = line(32, theme="Philatélie")
    rows[40] = line(1)
    give(client, book(rows))
    checked = columns(client, "importer")
    page = checked.content.decode().replace("\u202f", " ")
    assert checked.status_code == 422
    assert "5 lignes à revoir" in page
    wrong = ["« Nom de l’action » est vide", "L’année n’est pas lue", "Quartier inconnu", "Philatélie"]
    assert [said for said in [*wrong, "que la ligne 3"] if said not in page] == []
    assert ">41</th>" in page
    assert not Action.objects.exists()
    rows[5], rows[9], rows[20], rows[33], rows[40] = (line(n) for n in (4, 8, 19, 32, 39))
    rows[20][3] = "QN05961M, Soubise"
    give(client, book(rows))
    assert "Tout se lit" in columns(client, "verifier").content.decode()
    done = columns(client, "importer").content.decode()
    assert "200 nouvelles actions" in done
    assert Action.objects.count() == 200
    assert Action.objects.get(name="Action 19").neighbourhoods.count() == 2
    assert not ActionImport.objects.exists()


def test_the_same_file_again_changes_nothing_twice(
    signed_in: Any, cdsu: User, banc_vert: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    for summary in ("Un", "Deux"):
        give(client, book([HEADER, line(1, summary=summary)]))
        columns(client, "importer")
    assert [one.summary for one in Action.objects.all()] == ["Deux"]


def test_an_import_takes_no_more_queries_for_more_rows(
    signed_in: Any, cdsu: User, banc_vert: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    taken = []
    for rows in (3, 60):
        give(client, book([HEADER, *(line(n + rows) for n in range(rows))]))
        with CaptureQueriesContext(connection) as queries:
            columns(client, "importer")
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_columns_are_guessed_and_may_be_changed(signed_in: Any, cdsu: User, banc_vert: Neighbourhood) -> None:
    assert guess(HEADER) == {
        "name": 0,
        "bearer": 1,
        "year": 2,
        "neighbourhoods": 3,
        "themes": 4,
        "summary": 5,
    }
    client = signed_in(cdsu)
    page = give(client, "Nom;Qui;Quand\nCafé;Nous;2026\n".encode("cp1252"), "a.csv").content.decode()
    assert "Par exemple" in page
    missing = columns(client, "verifier", bearer="", year="2", neighbourhoods="", themes="", summary="")
    assert "quelle colonne donne « Porteur »" in missing.content.decode().replace("\u202f", " ")
    columns(client, "importer", bearer="1", year="2", neighbourhoods="", themes="", summary="")
    assert (Action.objects.get().name, Action.objects.get().bearer) == ("Café", "Nous")


def test_an_import_is_given_up_and_forgotten(signed_in: Any, cdsu: User) -> None:
    client = signed_in(cdsu)
    give(client, book([HEADER, line(1)]))
    columns(client, "abandonner")
    assert not ActionImport.objects.exists()
    begun = programme.begin_import(rows=[["Nom"], ["Café"]], by=cdsu)
    ActionImport.objects.filter(pk=begun.pk).update(at=timezone.now() - timedelta(days=3))
    purge(today=timezone.localdate())
    assert not ActionImport.objects.exists()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row/>" * 6_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "vide"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0 old", "ancien fichier Excel"),
        (b"PK\x03\x04 not a book", "abîmé"),
        (bomb(), "au-delà de toute mesure"),
        (b"Nom;Porteur\n", "pas de ligne"),
        (b"a\x00b", "pas un tableau"),
        (b"x" * (2 * 1024 * 1024 + 1), "trop gros"),
        (("Nom\n" + "a\n" * (MAX_ROWS + 5)).encode(), "coupez-le"),
        ((";".join("a" * 60) + "\n1;2\n").encode(), "colonnes"),
        (("Nom\n" + "x" * 3_000).encode(), "raccourcissez"),
        (b'Nom\n"jamais ferm\xc3\xa9', "pas de ligne"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_is_refused_in_french(data: bytes, says: str) -> None:
    if says == "pas de ligne" and data.startswith(b'Nom\n"'):
        assert read_table(data) == [["Nom"], ["jamais fermé"]]
        return
    with pytest.raises(TableRefused, match=says):
        read_table(data)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        rows = read_table(data)
    except TableRefused:
        return
    assert len({len(row) for row in rows}) == 1


@given(st.lists(st.lists(st.text(max_size=20), min_size=6, max_size=6), min_size=1, max_size=5))
def test_any_rows_are_read_or_told_why(cells: list[list[str]]) -> None:
    names = Names({"Banc Vert": 1})
    found = read(
        [HEADER, *cells],
        guess(HEADER),
        places=names,
        themes=names,
        years=(2015, 2100),
        limits={"name": 160, "bearer": 120, "summary": 600},
    )
    assert all(row.errors or (row.name and row.bearer and row.year) for row in found)


def test_several_names_stand_in_one_cell() -> None:
    assert several("Banc Vert ; Soubise, Albeck\nDegroote") == ["Banc Vert", "Soubise", "Albeck", "Degroote"]


# --- where needs and actions do not meet ---------------------------------------------------------------------------


def test_gaps_name_what_has_needs_and_no_action_and_the_reverse(
    signed_in: Any, cdsu: User, action: Action, soubise: Neighbourhood
) -> None:
    row = ObservationFactory(neighbourhood=soubise, theme=theme("logement-ascenseurs"))
    needs.make(by=cdsu, title="Ascenseurs", theme=theme("logement-ascenseurs"), observations=[row.pk])
    page = signed_in(cdsu).get(to("actions")).content.decode()
    unanswered, without = page.split("Des actions, aucun besoin entendu")
    unanswered = unanswered.split("Des besoins, aucune action")[1]
    assert "Logement" in unanswered
    assert "Soubise" in unanswered
    assert "Ascenseurs" in unanswered
    assert "Mobilités" in without
    assert "Banc Vert" in without


@pytest.mark.parametrize("role", [Role.AGENT, Role.COUNCIL, Role.PARTNER])
def test_others_read_the_programme_and_no_need(
    role: Role, signed_in: Any, cdsu: User, action: Action
) -> None:
    need, _ = needs.make(by=cdsu, title="Titre interne", theme=theme())
    action.needs.set([need])
    client = signed_in(UserFactory(role=role))
    for page in (to("actions"), to("action", action.pk)):
        text = client.get(page).content.decode()
        assert "Réparons nos vélos" in text
        assert "Titre interne" not in text
        assert "ne se rencontrent pas" not in text


def test_the_list_is_narrowed(signed_in: Any, cdsu: User, action: Action) -> None:
    client = signed_in(cdsu)
    for query, there in {
        "?q=velo": True,
        "?q=couture": False,
        "?theme=mobilites": True,
        "?theme=logement": False,
        "?quartier=QN05961M": True,
        "?annee=2020": False,
        "?annee=abc": True,
    }.items():
        assert ("Réparons nos vélos" in client.get(to("actions") + query).content.decode()) is there, query


def test_the_list_takes_no_more_queries_for_more_actions(signed_in: Any, cdsu: User, action: Action) -> None:
    client = signed_in(cdsu)
    client.get(to("actions"))
    with CaptureQueriesContext(connection) as few:
        client.get(to("actions"))
    for n in range(8):
        programme.keep(
            action=None,
            name=f"Autre {n}",
            bearer="Nous",
            year=2026,
            summary="",
            neighbourhoods=Neighbourhood.objects.all(),
            themes=[theme()],
            needs=[],
            by=cdsu,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(to("actions"))
    assert len(many) == len(few)


# --- what residents say of one


def answer(**changes: str) -> dict[str, str]:
    return {
        "id": "3f0f2c52-8b1f-4f55-9a4f-0f6b7f0c2a11",
        "known": "oui",
        "useful": "oui",
        "again": "un-peu",
        "words": "On m’a montré comment faire.",
        "nature": "atout",
        "agreement": "oui",
        "neighbourhood": "QN05961M",
        "observed_on": timezone.localdate().isoformat(),
        **changes,
    }


def test_what_somebody_says_of_an_action_is_an_observation_to_be_read(
    signed_in: Any, action: Action, council: User
) -> None:
    client = signed_in(council)
    page = client.post(to("action_evaluate", action.pk), answer(), follow=True).content.decode()
    assert "Vous avez noté une réponse" in page
    assert "On m’a montré" not in page
    [one] = Evaluation.objects.all()
    assert (one.observation.status, one.observation.theme.slug, one.again) == (
        "a-relire",
        "mobilites",
        "un-peu",
    )
    client.post(to("action_evaluate", action.pk), answer())
    assert Evaluation.objects.count() == 1
    assert "On m’a montré" in client.get(to("own_observations")).content.decode()


@pytest.mark.parametrize(
    "missing", ["known", "useful", "again", "words", "agreement", "nature", "neighbourhood"]
)
def test_an_answer_alone_says_nothing(missing: str, signed_in: Any, action: Action, agent: User) -> None:
    sent = answer()
    del sent[missing]
    refused = signed_in(agent).post(to("action_evaluate", action.pk), sent)
    assert refused.status_code == 422
    assert not Observation.objects.exists()


def evaluated(action: Action, n: int, useful: str = "oui", **changes: Any) -> None:
    for i in range(n):
        row = ObservationFactory(observed_on=timezone.localdate() - timedelta(days=i + 1), **changes)
        Evaluation.objects.create(action=action, observation=row, known="oui", useful=useful, again="oui")


def test_answers_are_read_as_one_whole_once_closed(
    signed_in: Any, action: Action, cdsu: User, partner: User, agent: User
) -> None:
    evaluated(action, 6, accepted=True, public_text="On y apprend à réparer.")
    evaluated(action, 1, useful="non")
    reader = signed_in(partner)
    assert "quand l’évaluation est close" in reader.get(to("action", action.pk)).content.decode()
    assert "7 réponses" not in reader.get(to("action", action.pk)).content.decode()
    desk = signed_in(cdsu)
    assert "7 réponses" in desk.get(to("action", action.pk)).content.decode()
    desk.post(to("action_close", action.pk))
    page = signed_in(partner).get(to("action", action.pk)).content.decode()
    assert "On y apprend à réparer." in page
    assert "Disent que ça sert" in page
    useful = page.split("Disent que ça sert")[1].split("Disent qu’il faut")[0]
    assert "Oui<span>" not in useful
    assert "<span>7</span>" in useful
    worker = signed_in(agent)
    worker.post(to("action_evaluate", action.pk), answer())
    assert Evaluation.objects.count() == 7


@pytest.mark.parametrize("n", [1, 4])
def test_too_few_answers_say_nothing_even_closed(n: int, signed_in: Any, action: Action, cdsu: User) -> None:
    evaluated(action, n, accepted=True, public_text="On y apprend à réparer.")
    client = signed_in(cdsu)
    client.post(to("action_close", action.pk))
    page = client.get(to("action", action.pk)).content.decode()
    assert "Trop peu de réponses" in page
    assert "On y apprend" not in page


def test_a_small_answer_is_never_told_apart() -> None:
    day = date(2026, 11, 1)
    given = [(day + timedelta(days=i % 3), "oui") for i in range(12)] + [(day, "non")]
    found = results({"useful": given}, ["oui", "un-peu", "non", "ne-sait-pas"], threshold=5)
    assert found == {"useful": {"shown": [], "rest": 13}}
    some = given + [(day + timedelta(days=i % 3), "un-peu") for i in range(7)] + [(day, "non")] * 4
    assert (
        results({"useful": some}, ["oui", "un-peu", "non", "ne-sait-pas"], threshold=5)["useful"]["rest"] >= 5
    )


def test_an_action_that_residents_spoke_of_stays(signed_in: Any, action: Action, cdsu: User) -> None:
    evaluated(action, 1)
    client = signed_in(cdsu)
    assert "reste au programme" in client.post(to("action_remove", action.pk), follow=True).content.decode()
    Evaluation.objects.all().delete()
    client.post(to("action_remove", action.pk))
    assert not Action.objects.exists()
