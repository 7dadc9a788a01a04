"""A month of 0, 1 or 4 observations: every format says so, and none tells which of them it was."""

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from observations.actions import publishing
from observations.models import Neighbourhood, Summary, User
from observations.restitution import drafting
from observations.restitution.build import Choices
from tests.restitution.month import hear, month_before
from tests.restitution.sample import OCTOBER, month_rows, sample

SAID = "Trop peu d’observations ont été retenues"


@pytest.mark.parametrize("counts", [{"logement": 1}, {"logement": 4}, {"logement": 2, "sante": 2}])
def test_a_month_with_few_reads_like_a_month_with_none(counts: dict[str, int]) -> None:
    assert sample(Choices(), {OCTOBER: month_rows(OCTOBER, counts)}) == sample(Choices(), {OCTOBER: []})


def test_many_heard_on_one_day_read_like_none() -> None:
    rows = [row for row in month_rows(OCTOBER, {"logement": 30}) if row.observed_on == OCTOBER] * 9
    assert len(rows) > 5
    assert sample(Choices(), {OCTOBER: rows}) == sample(Choices(), {OCTOBER: []})


@pytest.fixture(params=[0, 1, 4])
def published(
    request: pytest.FixtureRequest, banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User
) -> Summary:
    hear(month_before(), [banc_vert, soubise], cdsu, count=request.param)
    return drafting.issue(publishing.create_draft(month=month_before(), by=cdsu), by=cdsu)


def test_the_page_and_its_files_say_it(published: Summary, partner: User, signed_in: Any) -> None:
    client = signed_in(partner)

    def get(name: str) -> Any:
        return client.get(reverse(name, args=[published.pk]))

    page = get("summary").content.decode()
    article = page[page.index("<article") : page.index("</article>")]
    pdf = PdfReader(io.BytesIO(get("summary_pdf").content))
    sheets = load_workbook(io.BytesIO(get("summary_xlsx").content))
    texts = {
        "page": article,
        "pdf": re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in pdf.pages)),
        "xlsx": str([list(sheet.values) for sheet in sheets]),
        "csv": get("summary_csv").content.decode("utf-8-sig"),
    }
    assert {name for name, text in texts.items() if SAID not in text} == set()
    assert "<table" not in article
    assert "Thèmes" not in sheets.sheetnames
    assert "Quartiers" not in sheets.sheetnames


def test_the_preview_and_the_draft_say_it_before(
    banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    hear(month_before(), [banc_vert], cdsu, count=4)
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    for name in ("summary_edit", "summary_preview"):
        assert SAID in signed_in(cdsu).get(reverse(name, args=[draft.pk])).content.decode()
