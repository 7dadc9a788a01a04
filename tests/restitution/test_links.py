"""A link opens one synthèse, to whoever holds it, until it ends or is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.actions import publishing, sharing
from observations.models import JournalEntry, ShareLink, Summary, User
from observations.models.sharing import hashed
from observations.restitution import drafting
from tests import factories

pytestmark = pytest.mark.django_db
HOLDER = ["shared", "shared_pdf", "shared_xlsx", "shared_csv"]


@pytest.fixture
def shared(published: Summary, cdsu: User) -> tuple[ShareLink, str]:
    return sharing.share(summary=published, label="Bailleur du Nord", days=30, by=cdsu)


def draft(by: User, summary: Summary) -> Summary:
    return publishing.start_correction(summary=summary, reason="Un mot était faux.", by=by)


@pytest.mark.parametrize("name", HOLDER)
def test_whoever_holds_the_link_reads_without_an_account(
    name: str, shared: tuple[ShareLink, str], client: Client
) -> None:
    answer = client.get(reverse(name, args=[shared[1]]))
    assert answer.status_code == 200
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", HOLDER)
@pytest.mark.parametrize("state", ["unknown", "expired", "revoked"])
def test_a_link_that_is_over_opens_nothing_and_does_not_say_why(
    name: str, state: str, shared: tuple[ShareLink, str], client: Client, cdsu: User
) -> None:
    link, token = shared
    if state == "unknown":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    if state == "expired":
        ShareLink.objects.update(created_at=timezone.now() - timedelta(days=31), expires_at=timezone.now())
    if state == "revoked":
        sharing.revoke(key=link, by=cdsu)
    answer = client.get(reverse(name, args=[token]))
    assert answer.status_code == 404
    assert "Ce lien n’ouvre rien" in answer.content.decode()
    assert token not in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("name", HOLDER)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_link_only_reads(name: str, method: str, shared: tuple[ShareLink, str], client: Client) -> None:
    assert getattr(client, method)(reverse(name, args=[shared[1]])).status_code == 405


def test_what_is_kept_of_a_link_does_not_open_it(shared: tuple[ShareLink, str], client: Client) -> None:
    link, token = shared
    assert (link.token_hash, token in str(vars(link))) == (hashed(token), False)
    assert client.get(reverse("shared", args=[link.token_hash])).status_code == 404


def test_a_prefetcher_never_uses_a_link_up(shared: tuple[ShareLink, str], client: Client) -> None:
    address = reverse("shared", args=[shared[1]])
    for method in (client.head, client.get, client.get):
        assert method(address).status_code == 200


def test_a_corrected_month_is_read_in_its_latest_version(
    shared: tuple[ShareLink, str], client: Client, cdsu: User
) -> None:
    drafting.issue(draft(cdsu, shared[0].summary), by=cdsu)
    assert "Un mot était faux" in client.get(reverse("shared", args=[shared[1]])).content.decode()
    pdf = client.get(reverse("shared_pdf", args=[shared[1]]))
    assert "-v2.pdf" in pdf["Content-Disposition"]


def test_a_draft_is_never_shared(shared: tuple[ShareLink, str], client: Client, cdsu: User) -> None:
    correction = draft(cdsu, shared[0].summary)
    assert "version 2" not in client.get(reverse("shared", args=[shared[1]])).content.decode().lower()
    with pytest.raises(ValueError, match="published"):
        sharing.share(summary=correction, label="x", days=7, by=cdsu)


def test_the_last_opening_is_noted_by_the_hour(shared: tuple[ShareLink, str], client: Client) -> None:
    link, token = shared
    client.head(reverse("shared", args=[token]))
    link.refresh_from_db()
    assert link.opened_at is None
    client.get(reverse("shared", args=[token]))
    link.refresh_from_db()
    first = link.opened_at
    client.get(reverse("shared_csv", args=[token]))
    link.refresh_from_db()
    assert first is not None
    assert link.opened_at == first


def test_a_reader_is_served_though_the_opening_cannot_be_noted(
    shared: tuple[ShareLink, str], client: Client
) -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("UPDATE"):
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        assert client.get(reverse("shared", args=[shared[1]])).status_code == 200


def test_a_link_made_is_shown_once_and_opens(published: Summary, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    address = reverse("summary_links", args=[published.pk])
    answer = client.post(address, {"label": "Bailleur du Nord", "days": "30"})
    made = answer.context["secret"]
    assert made in answer.content.decode()
    assert '<svg class="qr"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(made.removeprefix("http://testserver")).status_code == 200
    again = client.get(address).content.decode()
    assert "Bailleur du Nord" in again
    assert made.rsplit("/", 2)[1] not in again
    [line] = JournalEntry.objects.filter(verb="lien")
    assert line.subject == f"sharelink {answer.context['made'].pk}"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"label": " ", "days": "30"}, "label"),
        ({"label": "x" * 81, "days": "30"}, "label"),
        ({"label": "x", "days": "3650"}, "days"),
        ({"label": "x", "days": "un"}, "days"),
        ({}, "days"),
    ],
)
def test_a_form_filled_wrong_says_so_and_makes_nothing(
    data: dict[str, str], field: str, published: Summary, cdsu: User, signed_in: Any
) -> None:
    answer = signed_in(cdsu).post(reverse("summary_links", args=[published.pk]), data)
    assert field in answer.context["form"].errors
    assert not ShareLink.objects.exists()


def test_a_link_taken_back_says_so_once(shared: tuple[ShareLink, str], cdsu: User, signed_in: Any) -> None:
    client, address = signed_in(cdsu), reverse("summary_link_revoke", args=[shared[0].pk])
    assert "n’ouvre plus rien" in client.post(address, follow=True).content.decode()
    assert "déjà fait" in client.post(address, follow=True).content.decode()
    assert JournalEntry.objects.filter(verb="lien-retire").count() == 1


@pytest.mark.parametrize("who", ["agent", "partner", "council", "administrator", "limited"])
def test_only_who_publishes_shares(
    who: str, shared: tuple[ShareLink, str], signed_in: Any, soubise: Any, request: pytest.FixtureRequest
) -> None:
    if who == "limited":
        user = factories.UserFactory(role="cdsu")
        user.neighbourhoods.set([soubise])
    else:
        user = request.getfixturevalue(who)
    client, pk = signed_in(user), shared[0].pk
    assert client.get(reverse("summary_links", args=[shared[0].summary_id])).status_code == 403
    assert client.post(reverse("summary_link_revoke", args=[pk])).status_code == 403
    assert client.get(reverse("summary_tokens")).status_code == 403
    assert ShareLink.objects.get(pk=pk).is_usable


def test_a_visitor_signs_in_before_sharing(shared: tuple[ShareLink, str], client: Client) -> None:
    address = reverse("summary_links", args=[shared[0].summary_id])
    assert client.get(address)["Location"].startswith("/compte/login/")


def test_the_queries_of_the_list_do_not_grow(published: Summary, cdsu: User, signed_in: Any) -> None:
    client, address = signed_in(cdsu), reverse("summary_links", args=[published.pk])

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(address)
        return len(captured)

    sharing.share(summary=published, label="un", days=7, by=cdsu)
    client.get(address)
    before = queries()
    for i in range(5):
        sharing.share(summary=published, label=f"encore {i}", days=7, by=factories.UserFactory(role="cdsu"))
    assert queries() == before
