"""Filters with a name: kept, replaced, opened, forgotten, and nobody else's."""

import pytest
from django.urls import reverse

from observations.models import Role, SavedFilter, User
from observations.models.saved import SAVED_MAX
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KEEP = reverse("review_keep_filter")


def test_what_is_on_is_kept_under_a_name(signed_in, cdsu: User) -> None:
    client = signed_in(cdsu)
    answer = client.post(KEEP + "?theme=logement&q=panne&page=3", {"name": "Pannes"}, follow=True)
    kept = SavedFilter.objects.get()
    assert (kept.user, kept.name, kept.query) == (cdsu, "Pannes", "?theme=logement&q=panne")
    assert f'href="/relecture/{kept.query.replace("&", "&amp;")}"' in answer.content.decode()
    client.post(KEEP + "?theme=logement", {"name": "Pannes"})
    assert SavedFilter.objects.get().query == "?theme=logement"


@pytest.mark.parametrize(
    ("query", "name", "says"),
    [
        ("", "Rien", "Posez d’abord un filtre"),
        ("?q=bus", "", "Donnez un nom"),
        ("?q=bus", "n" * 61, "60 caractères"),
    ],
)
def test_what_cannot_be_kept_says_why(signed_in, cdsu: User, query: str, name: str, says: str) -> None:
    answer = signed_in(cdsu).post(KEEP + query, {"name": name}, follow=True)
    assert says in answer.content.decode()
    assert not SavedFilter.objects.exists()


def test_the_list_has_an_end(signed_in, cdsu: User) -> None:
    SavedFilter.objects.bulk_create(
        SavedFilter(user=cdsu, name=f"Filtre {n}", query="?q=bus") for n in range(SAVED_MAX)
    )
    assert (
        f"déjà {SAVED_MAX}"
        in signed_in(cdsu).post(KEEP + "?q=bus", {"name": "De trop"}, follow=True).content.decode()
    )


def test_nobody_sees_or_forgets_another_s(signed_in, cdsu: User) -> None:
    theirs = SavedFilter.objects.create(user=UserFactory(role=Role.CDSU), name="Zibeline", query="?q=bus")
    client = signed_in(cdsu)
    assert "Zibeline" not in client.get(reverse("review")).content.decode()
    assert client.post(reverse("review_forget_filter", args=[theirs.pk])).status_code == 404
    mine = SavedFilter.objects.create(user=cdsu, name="Le mien", query="?q=bus")
    assert client.post(reverse("review_forget_filter", args=[mine.pk]), follow=True).status_code == 200
    assert list(SavedFilter.objects.all()) == [theirs]


def test_filters_too_long_to_keep_are_refused_in_words(signed_in, cdsu: User) -> None:
    answer = signed_in(cdsu).post(KEEP + f"?q=bus&autre={'a' * 1_200}", {"name": "Long"}, follow=True)
    assert "trop longs" in answer.content.decode()
    assert not SavedFilter.objects.exists()
