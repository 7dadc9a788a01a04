"""Reading a synthèse: who may, what they get, and that it never changes."""

import io
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from observations.actions import publishing
from observations.models import Neighbourhood, Observation, Summary, Territory, Theme, User
from observations.restitution import drafting, reading
from observations.restitution.content import Content
from observations.restitution.sought import texts
from observations.typography import french
from tests import factories
from tests.restitution.month import hear, month_before, publish_month
from tests.restitution.sample import CHOICES, OCTOBER, rows_by_month, sample

READING = ["summary", "summary_pdf", "summary_xlsx", "summary_csv"]
pytestmark = pytest.mark.django_db


def article(client: Client, summary: Summary) -> str:
    """The report as a reader gets it, without the page around it."""
    page = client.get(reverse("summary", args=[summary.pk])).content.decode()
    return page[page.index("<article") : page.index("</article>")]


def corrected(first: Summary, by: User, reason: str = "Un mot était faux.") -> Summary:
    return drafting.issue(publishing.start_correction(summary=first, reason=reason, by=by), by=by)


@pytest.mark.parametrize("name", READING)
@pytest.mark.parametrize("who", ["partner", "cdsu"])
def test_partners_and_cdsu_read_and_download(
    name: str, who: str, published: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    answer = signed_in(request.getfixturevalue(who)).get(reverse(name, args=[published.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["summaries", *READING])
@pytest.mark.parametrize("who", ["agent", "council", "administrator"])
def test_the_other_roles_are_refused(
    name: str, who: str, published: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    address = reverse(name) if name == "summaries" else reverse(name, args=[published.pk])
    assert signed_in(request.getfixturevalue(who)).get(address).status_code == 403


@pytest.mark.parametrize("name", ["summaries", *READING])
def test_a_visitor_is_asked_to_sign_in(name: str, published: Summary, client: Client) -> None:
    address = reverse(name) if name == "summaries" else reverse(name, args=[published.pk])
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/compte/login/")


@pytest.mark.parametrize("name", READING)
def test_a_draft_does_not_exist_for_a_partner(name: str, cdsu: User, partner: User, signed_in: Any) -> None:
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    assert signed_in(partner).get(reverse(name, args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("name", READING[1:])
def test_a_draft_has_nothing_to_download(name: str, cdsu: User, signed_in: Any) -> None:
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    assert signed_in(cdsu).get(reverse(name, args=[draft.pk])).status_code == 404


def test_the_page_of_a_draft_leads_its_writer_to_it(cdsu: User, signed_in: Any) -> None:
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    answer = signed_in(cdsu).get(reverse("summary", args=[draft.pk]))
    assert answer.headers["Location"] == reverse("summary_edit", args=[draft.pk])


@pytest.mark.parametrize("name", READING)
def test_an_old_version_leads_a_partner_to_the_latest(
    name: str, published: Summary, cdsu: User, partner: User, signed_in: Any
) -> None:
    second = corrected(published, cdsu)
    answer = signed_in(partner).get(reverse(name, args=[published.pk]))
    assert answer.headers["Location"] == reverse(name, args=[second.pk])


def test_the_cdsu_reads_an_old_version_with_a_note(published: Summary, cdsu: User, signed_in: Any) -> None:
    second = corrected(published, cdsu)
    page = signed_in(cdsu).get(reverse("summary", args=[published.pk])).content.decode()
    assert "Vous lisez une version remplacée" in page
    assert reverse("summary", args=[second.pk]) in page
    assert "Corriger cette synthèse" not in page


def test_a_correction_shows_its_number_and_its_reason(
    published: Summary, cdsu: User, partner: User, signed_in: Any
) -> None:
    page = article(signed_in(partner), corrected(published, cdsu))
    assert "version\u00a02" in page
    assert "Un mot était faux." in page


def test_downloads_are_named_typed_private_and_asked_again(
    published: Summary, partner: User, signed_in: Any
) -> None:
    client = signed_in(partner)
    month = f"{published.month:%Y-%m}"
    for suffix, kind in [("pdf", "application/pdf"), ("xlsx", "spreadsheetml"), ("csv", "text/csv")]:
        answer = client.get(reverse(f"summary_{suffix}", args=[published.pk]))
        assert f'filename="synthese-{month}-v1.{suffix}"' in answer.headers["Content-Disposition"]
        assert kind in answer.headers["Content-Type"]
        assert "private" in answer.headers["Cache-Control"]
        again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_says_what_is_frozen(published: Summary, partner: User, signed_in: Any) -> None:
    page = article(signed_in(partner), published)
    content = published.content
    assert content is not None
    for text in [
        content["title"],
        content["over"],
        *content["heard"]["figures"],
        *content["method"],
        content["introduction"],
        content["comments"][0]["text"],
        *(quote["text"] for quote in content["quotes"]),
        *(row["name"] for row in content["themes"]["rows"]),
    ]:
        assert text in page


def taken(client: Client, name: str, summary: Summary) -> object:
    """A download's bytes; of a workbook its cells, since it carries the second in which it was written."""
    content = client.get(reverse(name, args=[summary.pk])).content
    if name != "summary_xlsx":
        return content
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in book}


def test_nothing_that_happens_later_changes_what_was_published(
    heard: list[Observation], cdsu: User, partner: User, signed_in: Any
) -> None:
    summary = publish_month(month_before(), cdsu)
    client = signed_in(partner)
    names = READING[1:]
    page, files = article(client, summary), [taken(client, n, summary) for n in names]

    Observation.objects.update(public_text="Autre chose", nature="atout", theme=factories.theme("sante"))
    Observation.objects.filter(pk__in=[said.pk for said in heard[:6]]).delete()
    Theme.objects.update(name="Renommé", short_name="", colour="sante", icon="sante", active=False)
    Neighbourhood.objects.update(
        name="Ailleurs", active=False, boundary={"type": "Polygon", "coordinates": []}
    )
    Territory.objects.update(name="Un autre nom", threshold=11)
    User.objects.exclude(pk=partner.pk).update(name="Quelqu’un")

    assert article(client, summary) == page
    assert [taken(client, n, summary) for n in names] == files


def test_the_page_asks_the_database_for_no_observation_theme_or_place(
    published: Summary, partner: User, signed_in: Any
) -> None:
    client = signed_in(partner)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(reverse("summary", args=[published.pk]))
    asked = " ".join(query["sql"] for query in queries)
    for table in ["observation", "theme", "neighbourhood"]:
        assert f'"observations_{table}"' not in asked


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_queries_of_list_and_page_do_not_grow_with_rows(
    published: Summary, cdsu: User, signed_in: Any, banc_vert: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    addresses = [reverse("summaries"), reverse("summary", args=[published.pk])]
    before = [count(client, address) for address in addresses]
    for back in (2, 3, 4):
        hear(month_before(back), [banc_vert], cdsu, count=30)
        publish_month(month_before(back), cdsu)
    addresses[1] = reverse("summary", args=[corrected(published, cdsu).pk])
    assert [count(client, address) for address in addresses] == before


def test_the_list_of_a_partner_holds_the_latest_published_versions_only(
    published: Summary, heard: list[Observation], cdsu: User, partner: User, signed_in: Any
) -> None:
    second = corrected(published, cdsu)
    hear(month_before(2), [heard[0].neighbourhood], cdsu)
    draft = publishing.create_draft(month=month_before(2), by=cdsu)
    page = signed_in(partner).get(reverse("summaries")).content.decode()
    assert reverse("summary", args=[second.pk]) in page
    assert reverse("summary", args=[published.pk]) not in page
    assert f"/syntheses/{draft.pk}/" not in page
    assert "Préparer" not in page


def test_the_list_offers_the_months_heard_and_not_yet_summarised(
    heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    page = signed_in(cdsu).get(reverse("summaries")).content.decode()
    assert f'value="{month_before():%Y-%m}"' in page
    assert f'value="{month_before(2):%Y-%m}"' not in page
    publishing.create_draft(month=month_before(), by=cdsu)
    page = signed_in(cdsu).get(reverse("summaries")).content.decode()
    assert f'value="{month_before():%Y-%m}"' not in page
    assert "Reprendre le brouillon" in page


def test_a_cdsu_of_some_neighbourhoods_reads_and_is_not_offered_to_write(
    published: Summary, banc_vert: Neighbourhood, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    hear(month_before(2), [banc_vert], cdsu)
    limited = factories.UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    client = signed_in(limited)
    assert "Préparer" not in client.get(reverse("summaries")).content.decode()
    page = client.get(reverse("summary", args=[published.pk]))
    assert page.status_code == 200
    assert "Corriger cette synthèse" not in page.content.decode()


@pytest.mark.parametrize(("who", "sentence"), [("partner", "Aucune synthèse"), ("cdsu", "Rien à résumer")])
def test_an_empty_shelf_says_so(
    who: str, sentence: str, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    page = signed_in(request.getfixturevalue(who)).get(reverse("summaries")).content.decode()
    assert sentence in page


def test_a_content_of_an_unknown_format_is_named() -> None:
    newer: Content = sample()
    newer["format"] = 99
    with pytest.raises(reading.UnknownFormat):
        reading.report_of(newer)


def test_the_page_explains_the_marks_that_it_draws_and_no_other() -> None:
    def page(content: Content) -> str:
        report = reading.report_of(content)
        return render_to_string(report["template"], {"report": report, "content": content})

    first_month = page(sample(CHOICES, {OCTOBER: rows_by_month()[OCTOBER]}))
    assert "bar-now" in first_month
    assert "bar-usual" not in first_month
    assert "oyenne de" not in first_month
    assert "oyenne de" in page(sample())


def test_labels_cannot_inject_in_the_page(
    heard: list[Observation], light_pdf: None, cdsu: User, partner: User, signed_in: Any
) -> None:
    Neighbourhood.objects.update(name='<script>alert("x")</script>')
    Observation.objects.update(public_text="<b>gras</b> & <i>tout</i>")
    page = article(signed_in(partner), publish_month(month_before(), cdsu))
    assert "<script" not in page
    assert "<b>gras" not in page
    assert "&lt;b&gt;gras&lt;/b&gt;" in page


def test_an_almost_empty_month_says_so_and_draws_nothing(
    banc_vert: Neighbourhood, light_pdf: None, cdsu: User, partner: User, signed_in: Any
) -> None:
    hear(month_before(), [banc_vert], cdsu, count=3)
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    page = article(signed_in(partner), drafting.issue(draft, by=cdsu))
    assert french("Trop peu d’observations") in page
    assert "<svg" not in page.replace('<svg class="i', "")


# --- sought ---------------------------------------------------------------------------------------------------


def seek(client: Client, asked: str) -> str:
    return client.get(reverse("summaries"), {"q": asked}).content.decode()


@pytest.mark.parametrize("who", ["partner", "cdsu"])
def test_what_is_published_is_found_by_its_words(
    who: str, published: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    # The introduction, a comment, some quotes; words of several of them; a phrase.
    for asked in ("ascenseurs", "REVIENT", "paroles relues", "revient ascenseur", "« parole relue »"):
        page = seek(client, asked)
        assert "1 synthèse en parle" in page, asked
        assert '<mark class="sought">' in page
    for asked in ("ascenseur zyglophase", "« relue parole »"):
        assert "Aucune synthèse publiée n’en parle" in seek(client, asked), asked
    for asked in ("?!", "x" * 500):
        assert client.get(reverse("summaries"), {"q": asked}).status_code == 200


def test_neither_drafts_nor_replaced_versions_are_found(
    published: Summary, cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    draft = publishing.start_correction(summary=published, reason="Un mot était faux.", by=cdsu)
    draft = publishing.update_draft(
        summary=draft, introduction="La zyglophase.", comments={}, quotes=[], by=cdsu
    )
    assert "n’en parle" in seek(client, "zyglophase")
    second = drafting.issue(draft, by=cdsu)
    page = seek(client, "zyglophase")
    assert reverse("summary", args=[second.pk]) in page
    assert "n’en parle" in seek(client, "ascenseur")


def test_withdrawn_words_are_not_found() -> None:
    content: Any = {"introduction": "", "comments": []}
    content["quotes"] = [
        {"text": "parole retirée", "withdrawn": True},
        {"text": "Le bus", "withdrawn": False},
    ]
    assert list(filter(None, texts(content))) == ["Le bus"]


def test_searching_costs_the_same_whatever_the_months(published: Summary, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    with CaptureQueriesContext(connection) as one:
        seek(client, "revient")
    hear(month_before(2), list(Neighbourhood.objects.all()), cdsu)
    publish_month(month_before(2), cdsu)
    with CaptureQueriesContext(connection) as two:
        page = seek(client, "revient")
    assert "2 synthèses en parlent" in page
    assert len(one) == len(two)
