"""A marker in every private field, of accepted and published material too; then every output is searched for it."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations.actions import publishing
from observations.models import Agreement, Change, Neighbourhood, Observation, Status, Summary, User
from observations.restitution import drafting, sheets
from observations.typography import quoted
from tests import factories
from tests.restitution.month import hear, month_before, publish_month

PUBLIC = "Une parole relue et publiable"
LATITUDE, LONGITUDE = 51.0283746, 2.3619384


def marker(name: str) -> str:
    return f"zqcanari{name}qz"


PRIVATE = {field: marker(field) for field in ("words", "seen", "reading")}
PRIVATE |= {"place_label": marker("place"), "status_reason": marker("reason"), "digest": marker("digest")}
ELSEWHERE = ("author", "authorname", "notedby", "notedbyname", "reviewer", "changenote", "changebefore")
REFUSED = ("unread", "asked", "setaside", "refused", "othermonth")


@pytest.fixture
def planted(banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User) -> list[Observation]:
    """A month whose every private field holds a marker, and observations that must not come out at all."""
    author = factories.UserFactory(email=f"{marker('author')}@example.test", name=marker("authorname"))
    noted_by = factories.UserFactory(email=f"{marker('notedby')}@example.test", name=marker("notedbyname"))
    User.objects.filter(pk=cdsu.pk).update(name=marker("reviewer"))
    rows = hear(
        month_before(), [banc_vert, soubise], cdsu, noted_by=noted_by, **(PRIVATE | {"form_version": 1})
    )
    Observation.objects.update(
        author=author,
        latitude=LATITUDE,
        longitude=LONGITUDE,
        public_text=PUBLIC,
        stems=marker("search"),
    )
    Change.objects.create(
        observation=rows[0],
        kind=Change.Kind.DECISION,
        by=author,
        batch=rows[0].pk,
        note=marker("changenote"),
        before={"words": marker("changebefore")},
    )
    decided = {"status_by": cdsu, "status_at": timezone.now()}
    common = {"neighbourhood": banc_vert, "author": author, "observed_on": month_before() + timedelta(days=3)}
    for name, fields in {
        "unread": {"status": Status.TO_READ},
        "asked": {"status": Status.TO_COMPLETE, "status_reason": marker("asked"), **decided},
        "setaside": {"status": Status.SET_ASIDE, "status_reason": marker("setaside"), **decided},
        "refused": {"status": Status.ACCEPTED, "agreement": Agreement.NO, **decided},
        "othermonth": {"status": Status.ACCEPTED, "observed_on": month_before(3), **decided},
    }.items():
        text = "" if name == "refused" else marker(name)
        factories.ObservationFactory(**(common | {"words": marker(name), "public_text": text} | fields))
    return rows


@pytest.fixture
def summary(planted: list[Observation], cdsu: User) -> Summary:
    return publish_month(month_before(), cdsu, quotes=6)


def forbidden(planted: list[Observation]) -> list[str]:
    ids = [form for said in planted for form in (str(said.pk), said.pk.hex)]
    points = [f"{LATITUDE:.4f}", f"{LONGITUDE:.4f}"]
    return [*PRIVATE.values(), *map(marker, (*ELSEWHERE, *REFUSED, "search")), *points, *ids, "@example.test"]


def leaks(text: str, planted: list[Observation]) -> list[str]:
    return [secret for secret in forbidden(planted) if secret.lower() in text.lower()]


def everything_in_pdf(data: bytes) -> str:
    """Text, metadata, alternative texts and every decompressed stream."""
    reader = PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    objects = [reader.get_object(i) for i in range(1, reader.trailer["/Size"])]
    streams = [item.get_data().decode("latin-1") for item in objects if hasattr(item, "get_data")]
    return "\n".join([text, str(reader.metadata), data.decode("latin-1"), *map(str, objects), *streams])


def everything_in_zip(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "\n".join([*book.namelist(), *(book.read(name).decode("utf-8") for name in book.namelist())])


def get(client: Client, name: str, summary: Summary) -> Any:
    return client.get(reverse(name, args=[summary.pk]))


def test_no_private_word_comes_out_in_any_format(
    summary: Summary, planted: list[Observation], partner: User, signed_in: Any
) -> None:
    client = signed_in(partner)
    page, shelf = get(client, "summary", summary), client.get(reverse("summaries"))
    pdf, xlsx, csv = (get(client, f"summary_{kind}", summary) for kind in ("pdf", "xlsx", "csv"))
    outputs = {
        "page": page.content.decode().replace(partner.email, ""),
        "list": shelf.content.decode().replace(partner.email, ""),
        "headers": str([dict(answer.headers) for answer in (page, shelf, pdf, xlsx, csv)]),
        "pdf": everything_in_pdf(pdf.content),
        "xlsx": everything_in_zip(xlsx.content),
        "csv": csv.content.decode("utf-8-sig"),
        "content": json.dumps(summary.content, ensure_ascii=False),
    }
    assert {name: found for name, text in outputs.items() if (found := leaks(text, planted))} == {}


def test_the_reviewed_words_do_come_out(summary: Summary, partner: User, signed_in: Any) -> None:
    client = signed_in(partner)
    assert PUBLIC in get(client, "summary", summary).content.decode()
    text = everything_in_pdf(get(client, "summary_pdf", summary).content)
    assert PUBLIC in text.replace("\n", " ")
    assert PUBLIC in everything_in_zip(get(client, "summary_xlsx", summary).content)
    assert PUBLIC in get(client, "summary_csv", summary).content.decode("utf-8-sig")


def test_the_search_would_find_a_leak(
    planted: list[Observation], cdsu: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Publish on purpose what was said instead of what was reviewed, and see the markers found."""
    honest = drafting._quote
    monkeypatch.setattr(drafting, "_quote", lambda said, place: replace(honest(said, place), text=said.words))
    monkeypatch.setattr(publishing, "_words", lambda draft: [quoted(said.words) for said in planted[:1]])
    summary = publish_month(month_before(), cdsu, quotes=1)
    for text in (
        everything_in_pdf(bytes(summary.pdf)),
        everything_in_zip(sheets.xlsx(summary.content)),
        sheets.csv(summary.content).decode("utf-8-sig"),
    ):
        assert leaks(text, planted) == [marker("words")]


@pytest.mark.usefixtures("light_pdf")
@pytest.mark.parametrize("name", ["api-themes", "api-neighbourhoods", "api-map", "api-schema"])
def test_the_api_gives_a_partner_none_of_it(
    name: str, summary: Summary, planted: list[Observation], partner: User, signed_in: Any
) -> None:
    answer = signed_in(partner).get(reverse(name))
    assert answer.status_code in {200, 403}
    assert leaks(answer.content.decode(), planted) == []


@pytest.mark.usefixtures("light_pdf")
def test_the_file_and_the_page_are_named_after_the_month_only(
    summary: Summary, planted: list[Observation], partner: User, signed_in: Any
) -> None:
    page = get(signed_in(partner), "summary", summary).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert summary.content is not None
    assert summary.content["month_name"] in title
    assert leaks(title, planted) == []


@pytest.mark.usefixtures("light_pdf")
def test_observations_that_are_not_accepted_are_not_even_counted(summary: Summary) -> None:
    assert summary.content is not None
    # 24 accepted, and one accepted without agreement: it counts, and is never quoted.
    assert summary.content["heard"]["n"] == 25
