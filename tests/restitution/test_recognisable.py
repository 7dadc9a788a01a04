"""Before publication, the pages of a draft say what may let somebody be recognised, and lead to it."""

import pytest
from django.urls import reverse

from observations.actions import publishing, review
from observations.models import HitReview, Neighbourhood, Observation, Summary, User
from observations.passages import of_draft
from tests.restitution.month import hear, month_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(banc_vert: Neighbourhood, cdsu: User) -> Summary:
    said = hear(month_before(), [banc_vert], cdsu)[0]
    review.rewrite(observation_id=said.pk, text="Ma voisine Fatima monte les courses.", by=cdsu)
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    return publishing.update_draft(
        summary=draft,
        introduction="Mme Benali nous a reçus.",
        comments={"logement": "Au 12 rue des Lilas, rien."},
        quotes=[said.pk],
        by=cdsu,
    )


def page(client, name: str, draft: Summary) -> str:
    return (
        client.get(reverse(name, args=[draft.pk]))
        .content.decode()
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


@pytest.mark.parametrize("name", ["summary_edit", "summary_preview", "summary_publish"])
def test_each_page_names_the_passages_and_leads_to_them(
    signed_in, cdsu: User, draft: Summary, name: str
) -> None:
    shown = page(signed_in(cdsu), name, draft)
    said = Observation.objects.get(public_text__contains="Fatima")
    assert "3 passages permettent peut-être de reconnaître quelqu’un" in shown
    assert "Dans l’introduction" in shown
    assert "le commentaire sur « Logement »" in shown
    assert "la parole n° 1" in shown
    assert reverse("review_observation", args=[said.pk]) + "#text" in shown
    assert "#id_commentaire-logement" in shown


def test_it_is_not_published_meanwhile(signed_in, cdsu: User, draft: Summary) -> None:
    client = signed_in(cdsu)
    assert "Publier pour les partenaires" not in page(client, "summary_publish", draft)
    client.post(reverse("summary_publish", args=[draft.pk]), {"seen": draft.updated_at.isoformat()})
    assert not Summary.objects.get(pk=draft.pk).is_published


def test_a_passage_is_confirmed_then_taken_back_from_the_page(signed_in, cdsu: User, draft: Summary) -> None:
    client = signed_in(cdsu)
    first = of_draft(draft)[0]
    back = reverse("summary_publish", args=[draft.pk])
    posted = {"passage": f"{first.field}:{first.fingerprint}", "retour": back}
    answer = client.post(reverse("summary_passage", args=[draft.pk]), posted)
    assert answer.url == back + "#a-regler"
    shown = page(client, "summary_publish", draft)
    assert "2 passages permettent" in shown
    assert f"{cdsu} a confirmé aujourd’hui" in shown
    row = HitReview.objects.get()
    client.post(reverse("summary_passage_take_back", args=[draft.pk, row.pk]))
    assert "3 passages permettent" in page(client, "summary_edit", draft)


def test_it_never_leads_elsewhere(signed_in, cdsu: User, draft: Summary) -> None:
    posted = {"passage": "introduction:x", "retour": "https://example.org/"}
    answer = signed_in(cdsu).post(reverse("summary_passage", args=[draft.pk]), posted)
    assert answer.url == reverse("summary_edit", args=[draft.pk]) + "#a-regler"


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_are_refused(signed_in, draft: Summary, request: pytest.FixtureRequest, who: str) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reverse("summary_passage", args=[draft.pk])).status_code == 403
    assert client.post(reverse("summary_passage_take_back", args=[draft.pk, 1])).status_code == 403
