"""Partners' systems read the published synthèses with a token, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from observations.actions import publishing, sharing
from observations.models import ApiToken, JournalEntry, Neighbourhood, Observation, Summary, User
from observations.restitution import drafting
from tests.restitution.conftest import light_pdf
from tests.restitution.month import hear, month_before, publish_month

__all__ = ["light_pdf"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(banc_vert: Neighbourhood, soubise: Neighbourhood, light_pdf: None, cdsu: User) -> Summary:
    hear(month_before(), [banc_vert, soubise], cdsu)
    return publish_month(month_before(), cdsu)


@pytest.fixture
def token(cdsu: User) -> str:
    return sharing.issue_token(label="Observatoire", days=365, by=cdsu)[1]


def read(address: str, token: str, scheme: str = "Bearer") -> Any:
    return Client().get(address, headers={"Authorization": f"{scheme} {token}"})


def test_a_token_reads_what_is_published(published: Summary, token: str) -> None:
    [line] = read(reverse("api-summaries"), token).json()
    assert line["month"] == f"{published.month:%Y-%m}"
    whole = read(line["url"], token).json()
    assert whole["content"] == published.content
    assert set(whole["territory"]) == {"name", "siren", "threshold"}


@pytest.mark.parametrize("state", ["unknown", "expired", "revoked", "empty", "accented"])
def test_a_token_that_is_over_is_refused(state: str, published: Summary, token: str, cdsu: User) -> None:
    if state == "unknown":
        token = "na"
    if state == "empty":
        token = ""
    if state == "accented":
        token = "é\xff"
    if state == "expired":
        ApiToken.objects.update(created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now())
    if state == "revoked":
        sharing.revoke(key=ApiToken.objects.get(), by=cdsu)
    answer = read(reverse("api-summary", args=[published.pk]), token)
    assert answer.status_code == 401
    assert "Bearer" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("name", ["api-themes", "api-neighbourhoods", "api-map"])
def test_a_token_opens_nothing_else_of_the_api(name: str, token: str) -> None:
    assert read(reverse(name), token).status_code == 403


@pytest.mark.parametrize("name", ["summaries", "review", "own_observations", "summary_tokens"])
def test_a_token_opens_no_page(name: str, token: str) -> None:
    assert read(reverse(name), token).status_code == 302


def test_a_token_is_no_password_of_another_scheme(token: str) -> None:
    assert read(reverse("api-summaries"), token, "Basic").status_code == 401


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_token_only_reads(method: str, published: Summary, token: str) -> None:
    answer = getattr(Client(), method)(
        reverse("api-summary", args=[published.pk]), headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 405


def test_only_the_version_that_stands_is_given(published: Summary, token: str, cdsu: User) -> None:
    draft = publishing.start_correction(summary=published, reason="Un mot était faux.", by=cdsu)
    assert read(reverse("api-summary", args=[draft.pk]), token).status_code == 404
    second = drafting.issue(draft, by=cdsu)
    assert read(reverse("api-summary", args=[published.pk]), token).status_code == 404
    assert [line["id"] for line in read(reverse("api-summaries"), token).json()] == [second.pk]


@pytest.mark.parametrize(
    ("who", "status"), [("cdsu", 200), ("partner", 200), ("agent", 403), ("council", 403)]
)
def test_accounts_read_by_their_role(
    who: str, status: int, published: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("api-summary", args=[published.pk])).status_code == status


def test_a_visitor_is_asked_for_a_token(published: Summary, client: Client) -> None:
    assert client.get(reverse("api-summaries")).status_code == 401


def test_no_private_word_is_given(published: Summary, token: str) -> None:
    Observation.objects.update(words="zqcanari", seen="zqcanari", reading="zqcanari", place_label="zqcanari")
    text = read(reverse("api-summary", args=[published.pk]), token).content.decode()
    assert "Parole relue" in text
    assert "zqcanari" not in text
    assert not any(str(pk) in text for pk in Observation.objects.values_list("pk", flat=True))


def test_a_token_made_is_shown_once_and_works(published: Summary, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    answer = client.post(reverse("summary_tokens"), {"label": "Observatoire", "days": "365"})
    token = answer.context["secret"]
    assert read(reverse("api-summaries"), token).status_code == 200
    page = client.get(reverse("summary_tokens")).content.decode()
    assert "Observatoire" in page
    assert "Utilisé la dernière fois" in page
    assert token not in page
    assert JournalEntry.objects.filter(verb="jeton").count() == 1
    client.post(reverse("summary_token_revoke", args=[answer.context["made"].pk]))
    assert read(reverse("api-summaries"), token).status_code == 401
    assert JournalEntry.objects.filter(verb="jeton-retire").count() == 1
