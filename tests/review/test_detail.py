"""One observation: who opens it, what is kept apart, where it stands, what happened to it."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.actions import review
from observations.models import Change, Neighbourhood, Status, User
from tests.factories import ObservationFactory, UserFactory, theme
from tests.review.test_list import text

pytestmark = pytest.mark.django_db


def address(observation, query: str = "") -> str:
    return reverse("review_observation", args=[observation.pk]) + query


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_are_refused(signed_in, request: pytest.FixtureRequest, who: str) -> None:
    user = request.getfixturevalue(who)
    assert signed_in(user).get(address(ObservationFactory(author=user))).status_code == 403


def test_nobody_reads_without_signing_in(client: Client) -> None:
    assert client.get(address(ObservationFactory())).status_code == 302


def test_another_neighbourhoods_observation_does_not_exist(signed_in, banc_vert, soubise) -> None:
    elsewhere = ObservationFactory(neighbourhood=soubise)
    browser = signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert]))
    assert browser.get(address(elsewhere)).status_code == 404
    assert browser.get(f"/relecture/{uuid.uuid4()}/").status_code == 404


def test_what_was_said_seen_and_understood_stay_apart(signed_in, cdsu: User) -> None:
    row = ObservationFactory(words="Trois semaines.", seen="Une affiche.", reading="La fatigue monte.")
    page = text(signed_in(cdsu).get(address(row)))
    said, rest = page.split("Ce que l’agent a vu")
    seen, private = rest.split("Ce que l’agent en comprend")
    assert "« Trois semaines. »" in said
    assert "Une affiche." in seen
    assert "« Une affiche. »" not in page
    assert "jamais publié" in private
    assert "La fatigue monte." in private


@pytest.mark.parametrize(
    ("fields", "explained"),
    [
        ({"agreement": "non"}, "La personne ne veut pas être citée"),
        ({"words": "", "seen": "Une affiche."}, "Rien n’a été dit"),
    ],
)
def test_without_agreement_the_text_is_closed_and_says_why(
    signed_in, cdsu: User, fields: dict, explained: str
) -> None:
    page = text(signed_in(cdsu).get(address(ObservationFactory(**fields))))
    assert explained in page
    assert "Garder ce texte" not in page


def test_the_author_is_a_role_and_never_a_name(signed_in, cdsu: User) -> None:
    author = UserFactory(role="conseil", name="Nom Secret", email="secret@example.test")
    row = ObservationFactory(author=author, seen="Une affiche.")
    Change.objects.create(observation=row, kind="reponse", by=author, batch=uuid.uuid4(), note="Hier.")
    Change.objects.create(observation=row, kind="correction", by=author, batch=uuid.uuid4())
    page = text(signed_in(cdsu).get(address(row)))
    assert "Ce que le conseil citoyen a vu" in page
    assert "Nom Secret" not in page
    assert "secret@example.test" not in page


def test_the_history_says_who_did_what_and_what_was_undone(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    reviewer = UserFactory(role="cdsu", name="Claire Martin")
    row = ObservationFactory(neighbourhood=banc_vert)
    review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason="Depuis quand ?", by=reviewer)
    Change.objects.create(
        observation=row, kind="reponse", by=row.author, batch=uuid.uuid4(), note="Depuis mai."
    )
    review.sort(observations=[row.pk], theme=theme("mobilites"), neighbourhood=soubise, by=reviewer)
    review.rewrite(observation_id=row.pk, text="Une phrase.", by=reviewer)
    review.undo(batch=review.rewrite(observation_id=row.pk, text="", by=reviewer), by=reviewer)
    page = text(signed_in(reviewer).get(address(row)))
    for said in (
        "<b>L’agent</b> a envoyé l’observation.",
        "<b>Claire Martin</b> a demandé une précision.",
        "« Depuis quand ? »",
        "<b>L’agent</b> a répondu à la question.",
        "« Depuis mai. »",
        "a changé le thème : ascenseurs, puis Mobilités.",
        "a changé le quartier : Banc Vert, puis Soubise.",
        "a écrit le texte pour les partenaires.",
        "a retiré le texte pour les partenaires. Annulé aujourd’hui à ",
    ):
        assert said in page


def test_a_date_after_the_reception_is_flagged(signed_in, cdsu: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    odd, plain = ObservationFactory(observed_on=tomorrow), ObservationFactory()
    assert "date à vérifier" in text(signed_in(cdsu).get(address(odd)))
    assert "date à vérifier" not in text(signed_in(cdsu).get(address(plain)))


def test_next_and_previous_stay_within_the_filter(signed_in, cdsu: User) -> None:
    days = [timezone.localdate() - timedelta(days=n) for n in range(4)]
    first, _, second, third = (
        ObservationFactory(observed_on=day, nature="atout" if n == 1 else "besoin")
        for n, day in enumerate(days)
    )
    page = text(signed_in(cdsu).get(address(second, "?nature=besoin")))
    assert "2 sur 3" in page
    assert f'href="{address(first)}?nature=besoin" rel="prev"' in page
    assert f'href="{address(third)}?nature=besoin" rel="next"' in page


def test_an_observation_outside_the_filter_says_so(signed_in, cdsu: User) -> None:
    row = ObservationFactory()
    assert "hors des filtres" in text(signed_in(cdsu).get(address(row, "?nature=atout")))


def test_the_list_beside_is_the_page_that_holds_it(signed_in, cdsu: User) -> None:
    rows = [
        ObservationFactory(observed_on=timezone.localdate() - timedelta(days=n), words=f"Parole {n}.")
        for n in range(52)
    ]
    answer = signed_in(cdsu).get(address(rows[51]))
    assert answer.context["listing"].page == 2
    page = text(answer)
    assert "Parole 50." in page
    assert "Parole 1." not in page


def test_the_queries_do_not_grow_with_the_rows(signed_in, cdsu: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address(opened)).status_code == 200
        return len(queries)

    browser = signed_in(cdsu)
    old = timezone.localdate() - timedelta(days=30)
    ObservationFactory(), ObservationFactory(observed_on=old)
    opened = ObservationFactory(observed_on=timezone.localdate() - timedelta(days=10))
    review.decide(observations=[opened.pk], status=Status.ACCEPTED, by=cdsu)
    cost()
    before = cost()
    for slug in ("logement", "mobilites", "lien-isolement", "logement-ascenseurs"):
        for _ in range(15):
            ObservationFactory(theme=theme(slug))
    for number in range(8):
        by = UserFactory(role="cdsu")
        review.rewrite(observation_id=opened.pk, text=f"Version {number}", by=by)
    assert cost() == before
