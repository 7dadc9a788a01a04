"""A month to summarise, and a PDF that costs nothing where its content is not the subject."""

import pytest

from observations.models import Neighbourhood, Observation, Summary, User
from observations.restitution import drafting
from tests.restitution.month import hear, month_before, publish_month


@pytest.fixture
def light_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting.pdf, "render", lambda content: b"%PDF-1.7 " + content["status"].encode())


@pytest.fixture
def heard(banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User) -> list[Observation]:
    """Last month: 24 accepted observations in two neighbourhoods and three themes."""
    return hear(month_before(), [banc_vert, soubise], cdsu)


@pytest.fixture
def published(heard: list[Observation], light_pdf: None, cdsu: User) -> Summary:
    return publish_month(month_before(), cdsu)
