"""The papers say what the code does: no figure of their own, and docs/ is what the code would write."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from observations.models import Territory
from observations.papers import catalogue
from observations.papers.catalogue import PAPERS, page, source
from observations.papers.numbers import IDLE_MINUTES, numbers
from observations.privacy.retention import PERIODS

# What a paper may write in figures: laws, articles, forms, addresses, emergency numbers, one size of print.
WRITTEN = re.compile(
    r"\(UE\) 2016/679|[Aa]rticles? \d+( et \d+)?|paragraphe 1|n° 2005-102|\d{1,2} février \d{4}|version 4\.1"
    r"|PDF/UA-1|A4|200 %|Libre réponse 71120, 75342 Paris CEDEX 07|\b(15|17|18|112|119|115|3919)\b|^#+ \d\.|^\d+\. "
)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.slug)
def test_every_figure_of_a_paper_comes_from_the_code(
    paper: catalogue.Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = dict.fromkeys(numbers(Territory()), "¤")
    monkeypatch.setattr(catalogue, "numbers", lambda territory: marks)
    monkeypatch.setattr(catalogue, "bounds", lambda: dict.fromkeys(PERIODS, "¤"))
    left = [
        line for line in source(paper, Territory()).splitlines() if re.search(r"\d", WRITTEN.sub("", line))
    ]
    assert left == []


def test_the_phone_locks_when_the_papers_say() -> None:
    script = (settings.BASE_DIR / "static" / "js" / "phone.js").read_text()
    assert f"const IDLE = {IDLE_MINUTES} * 60_000;" in script


def test_the_numbers_are_those_of_the_constitution() -> None:
    known = numbers(Territory())
    expected = {
        "threshold": 5,
        "min_days": 2,
        "grid_metres": 200,
        "correction_minutes": 20,
        "texts_months": 12,
        "flagged_days": 30,
        "account_warning_months": 11,
        "account_closing_months": 12,
        "account_forgetting_months": 24,
        "session_days": 30,
        "invitation_days": 7,
        "link_days": 30,
    }
    assert {name: known[name] for name in expected} == expected


def test_a_territory_s_own_settings_are_told() -> None:
    territory = Territory(name="CUD", controller="Communauté urbaine", dpo="dpo@example.test", texts_months=9)
    text = source(PAPERS["habitants"], territory)
    assert "9 mois après leur réception" in text
    assert "Communauté urbaine" in text
    assert "dpo@example.test" in text


@pytest.mark.parametrize("slug", PAPERS)
def test_docs_hold_what_the_code_would_write(slug: str, tmp_path: Path) -> None:
    call_command("papers", tmp_path, verbosity=0)
    kept = settings.BASE_DIR / "docs" / "confidentialite" / f"{slug}.md"
    assert kept.read_text() == (tmp_path / f"{slug}.md").read_text(), "run: manage.py papers"


@pytest.mark.django_db
@pytest.mark.parametrize("slug", PAPERS)
def test_anybody_reads_a_paper(slug: str, client: Client) -> None:
    answer = client.get(reverse("paper", args=[slug]))
    assert answer.status_code == 200
    assert PAPERS[slug].title.split(" ")[0] in answer.content.decode()


@pytest.mark.django_db
def test_a_paper_that_is_not_one_is_not_found(client: Client) -> None:
    assert client.get(reverse("paper", args=["autre"])).status_code == 404
    assert client.get("/confidentialite/..%2Fbase/").status_code == 404


@pytest.mark.django_db
def test_the_list_leads_to_each(client: Client) -> None:
    text = client.get(reverse("papers")).content.decode()
    assert all(reverse("paper", args=[slug]) in text for slug in PAPERS)


def test_a_territory_s_name_is_text_and_nothing_else() -> None:
    wild = '<script>alert(1)</script> [x](javascript:alert(1)) "&amp;'
    html = page(PAPERS["registre"], Territory(name=wild, controller=wild, dpo=wild))
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_the_assessment_says_that_it_is_not_done() -> None:
    text = source(PAPERS["analyse-d-impact"], Territory())
    assert "avant la première utilisation" in text
    assert "Ce squelette n’est pas une analyse" in text


def test_the_accessibility_statement_claims_nothing() -> None:
    assert "**non conforme**" in source(PAPERS["accessibilite"], Territory())


def test_no_paper_promises_what_the_law_does_not_give() -> None:
    texts: dict[str, Any] = {slug: source(paper, Territory()).lower() for slug, paper in PAPERS.items()}
    assert not [
        slug
        for slug, text in texts.items()
        if re.search(r"anonym|confidentialité garantie|secret absolu", text)
    ]
