"""Raw words as a file: who may, with what proof and reason, what is in it and what is not."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from observations import permissions
from observations.models import JournalEntry, Neighbourhood, User
from observations.review.export import HEADER, PIECE
from tests.conftest import bare_login, prove
from tests.factories import ObservationFactory, UserFactory, theme
from tests.review.test_list import text

pytestmark = pytest.mark.django_db
ADDRESS = "/relecture/exporter/"
KINDS = ("csv", "xlsx", "geojson")


@pytest.fixture
def proved(client: Client):
    """`proved(user)` is signed in and gave a second factor `ago` seconds ago; None: never."""

    def sign_in(user: User, ago: float | None = 5) -> Client:
        bare_login(client, user)
        if ago is not None:
            prove(client, user, method="mfa", ago=ago)
        return client

    return sign_in


def sent(browser: Client, **data: str):
    return browser.post(ADDRESS, {"why": "analyse", "kind": "csv", "filtres": ""} | data)


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def lines(answer) -> list[dict[str, str]]:
    text = body(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_file_holds_the_raw_words_and_their_place(proved, cdsu: User, banc_vert: Neighbourhood) -> None:
    row = ObservationFactory(
        words="Trois semaines ; « sans ascenseur ».\nTrois !",
        seen="Une affiche.",
        reading="La fatigue monte.",
        neighbourhood=banc_vert,
        point=(51.0283, 2.3613),
    )
    [line] = lines(sent(proved(cdsu)))
    assert line["Identifiant"] == str(row.pk)
    assert line["Ce qui a été dit"] == row.words
    assert (line["Ce qui a été vu"], line["Ce qui en est compris"]) == (row.seen, row.reading)
    assert (line["Thème"], line["Sous-thème"]) == ("Logement", "ascenseurs")
    assert (line["Latitude"], line["Code du quartier"]) == ("51,0283", "QN05961M")


def test_the_workbook_says_the_same(proved, cdsu: User) -> None:
    row = ObservationFactory(words="Trois semaines.", point=(51.0283, 2.3613))
    answer = sent(proved(cdsu), kind="xlsx")
    sheet = load_workbook(io.BytesIO(body(answer))).active
    header, first = (list(cells) for cells in sheet.iter_rows(values_only=True))
    assert tuple(header) == HEADER
    said = dict(zip(header, first, strict=True))
    assert (said["Identifiant"], said["Ce qui a été dit"]) == (str(row.pk), "Trois semaines.")
    assert said["Latitude"] == 51.0283


def test_the_map_file_says_the_same(proved, cdsu: User) -> None:
    placed = ObservationFactory(words="Trois semaines,\n« sans » \u2028 ascenseur.", point=(51.0283, 2.3613))
    ObservationFactory(theme=theme("mobilites"), point=None, precision="quartier")
    content = json.loads(body(sent(proved(cdsu), kind="geojson")))
    assert content["type"] == "FeatureCollection"
    one, other = content["features"]
    assert (one["type"], one["geometry"]) == ("Feature", {"type": "Point", "coordinates": [2.3613, 51.0283]})
    assert one["properties"]["Identifiant"] == str(placed.pk)
    assert one["properties"]["Ce qui a été dit"] == placed.words
    assert set(one["properties"]) == set(HEADER) - {"Latitude", "Longitude"}
    assert (other["geometry"], other["properties"]["Thème"]) == (None, "Mobilités")


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_a_long_file_is_whole_and_comes_in_pieces(proved, cdsu: User, kind: str) -> None:
    rows = {str(row.pk) for row in ObservationFactory.create_batch(2 * PIECE + 1)}
    pieces = list(sent(proved(cdsu), kind=kind).streaming_content)
    assert 3 <= len(pieces) <= 6
    whole = b"".join(pieces).decode("utf-8-sig")
    if kind == "csv":
        found = [
            line["Identifiant"] for line in csv.DictReader(io.StringIO(whole, newline=""), delimiter=";")
        ]
    else:
        found = [feature["properties"]["Identifiant"] for feature in json.loads(whole)["features"]]
    assert len(found) == len(rows)
    assert set(found) == rows


def test_an_empty_map_file_is_still_one(proved, cdsu: User) -> None:
    assert json.loads(body(sent(proved(cdsu), kind="geojson")))["features"] == []


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_as_a_formula(proved, cdsu: User, kind: str, start: str) -> None:
    risky = f"{start}HYPERLINK(1)"
    ObservationFactory(words=risky, seen=risky, reading=risky, public_text=risky, place_label=risky)
    answer = sent(proved(cdsu), kind=kind)
    if kind == "csv":
        cells = list(lines(answer)[0].values())
    else:
        sheet = load_workbook(io.BytesIO(body(answer))).active
        cells = [str(cell.value or "") for cell in sheet[2]]
        assert {cell.data_type for cell in sheet[2]} <= {"s", "inlineStr", "n"}
    assert len([cell for cell in cells if "HYPERLINK" in cell]) == 5
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("kind", KINDS)
def test_who_wrote_is_not_in_it(proved, cdsu: User, kind: str) -> None:
    author = UserFactory(name="Nom Secret", email="secret@example.test")
    ObservationFactory(author=author, noted_by=author, digest="s" * 43 + "=")
    answer = sent(proved(cdsu), kind=kind)
    data = body(answer)
    if kind == "xlsx":
        rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
        data = repr(list(rows)).encode()
    for secret in ("Nom Secret", "secret@example.test", "s" * 43, cdsu.email):
        assert secret.encode() not in data
    assert "Nom Secret" not in str(answer.headers)


def test_only_what_the_filters_show_leaves(proved, cdsu: User) -> None:
    ObservationFactory(words="Un bus rare.", theme=theme("mobilites"))
    ObservationFactory(words="Un ascenseur.")
    browser = proved(cdsu)
    assert [row["Ce qui a été dit"] for row in lines(sent(browser, filtres="?theme=mobilites"))] == [
        "Un bus rare."
    ]
    assert len(lines(sent(browser, filtres="?theme=nimporte"))) == 2
    page = text(browser.get(f"{ADDRESS}?theme=mobilites&q=bus"))
    assert "<b>1 observation</b> : Mobilités, " in page
    assert 'name="filtres" value="?theme=mobilites&amp;q=bus"' in page
    assert f'action="{ADDRESS}"' in page


def test_nothing_to_export_says_so(proved, cdsu: User) -> None:
    assert "Rien à exporter" in text(proved(cdsu).get(f"{ADDRESS}?q=introuvable"))


def test_another_neighbourhoods_words_do_not_leave(
    proved, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    ObservationFactory(words="Ici même.", neighbourhood=banc_vert)
    ObservationFactory(words="Là-bas.", neighbourhood=soubise)
    browser = proved(UserFactory(role="cdsu", neighbourhoods=[banc_vert]))
    for filters in ("", "?quartier=QN05962M"):
        assert [row["Ce qui a été dit"] for row in lines(sent(browser, filtres=filters))] == ["Ici même."]


def test_the_journal_keeps_who_exported_and_why(proved, cdsu: User) -> None:
    ObservationFactory(words="Ne doit pas sortir.")
    body(sent(proved(cdsu), why="requisition", filtres="?q=sortir"))
    line = JournalEntry.objects.get()
    assert (line.verb, line.by, line.subject, line.reason) == ("export", cdsu, "", "requisition")


@pytest.mark.parametrize("wrong", [{"why": ""}, {"why": "pour voir"}, {"kind": ""}, {"kind": "docx"}])
def test_without_a_reason_or_a_format_nothing_leaves(proved, cdsu: User, wrong: dict[str, str]) -> None:
    ObservationFactory(words="Ne doit pas sortir.", theme=theme("mobilites"))
    answer = sent(proved(cdsu), filtres="?theme=mobilites", **wrong)
    assert answer.status_code == 422
    assert "Ne doit pas sortir." not in answer.content.decode()
    assert 'value="?theme=mobilites"' in answer.content.decode()
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("ago", [permissions.RECENT + 1, None])
def test_an_old_proof_is_asked_for_again(
    signed_in, proved, cdsu: User, method: str, ago: float | None
) -> None:
    ObservationFactory(words="Ne doit pas sortir.")
    browser = proved(cdsu, ago)
    answer = browser.get(ADDRESS) if method == "get" else sent(browser)
    if ago is None:  # whoever owes a second factor reaches nothing at all
        assert answer.status_code in {302, 403}
    else:
        assert answer.headers["Location"].startswith("/compte/")
    assert b"Ne doit pas sortir." not in answer.getvalue()
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_take_nothing_out(proved, request: pytest.FixtureRequest, who: str) -> None:
    browser = proved(request.getfixturevalue(who))
    assert browser.get(ADDRESS).status_code == 403
    assert sent(browser).status_code == 403
    assert not JournalEntry.objects.exists()


def test_nobody_takes_anything_out_without_signing_in(client: Client, db: None) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert sent(client).status_code == 302


def test_the_file_is_kept_by_no_cache_and_named_without_a_word(proved, cdsu: User) -> None:
    ObservationFactory()
    for kind in KINDS:
        answer = sent(proved(cdsu), kind=kind, filtres="?q=ascenseur")
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
        assert "ascenseur" not in answer.headers["Content-Disposition"]
        body(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_the_queries_do_not_grow_with_the_rows(proved, cdsu: User, kind: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            body(sent(browser, kind=kind))
        return len(queries)

    browser = proved(cdsu)
    ObservationFactory()
    cost()
    before = cost()
    for slug in ("logement", "mobilites", "lien-isolement"):
        ObservationFactory(theme=theme(slug))
    assert cost() == before


def test_the_list_leads_to_it_with_its_filters(signed_in, cdsu: User) -> None:
    ObservationFactory()
    page = text(signed_in(cdsu).get("/relecture/?q=ascenseur"))
    assert 'href="/relecture/exporter/?q=ascenseur"' in page
