"""The reviewer's gestures through the pages: who may, where it leads, and that nothing typed is lost."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.actions import review
from observations.models import Change, Neighbourhood, Observation, Status, User
from tests.factories import ObservationFactory, UserFactory, theme
from tests.review.test_list import text

pytestmark = pytest.mark.django_db

GESTURES = ["review_decide", "review_rewrite", "review_sort"]


def to(name: str, observation: Observation) -> str:
    return reverse(name, args=[observation.pk])


def fresh(observation: Observation) -> Observation:
    return Observation.objects.get(pk=observation.pk)


@pytest.mark.parametrize("name", GESTURES)
@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_decide_nothing(signed_in, request, name: str, who: str) -> None:
    row = ObservationFactory()
    data = {"revision": 1, "status": "retenue", "text": "x", "theme": "mobilites"}
    assert signed_in(request.getfixturevalue(who)).post(to(name, row), data).status_code == 403
    assert fresh(row).revision == 1


@pytest.mark.parametrize("who", ["agent", "partner"])
def test_other_roles_have_no_gesture_on_several_nor_undo(signed_in, request, cdsu: User, who: str) -> None:
    row = ObservationFactory()
    batch = review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu)
    browser = signed_in(request.getfixturevalue(who))
    assert browser.post("/relecture/ensemble/", {"choisie": row.pk, "gesture": "a-relire"}).status_code == 403
    assert browser.post(f"/relecture/annuler/{batch}/").status_code == 403
    assert fresh(row).status == Status.ACCEPTED


@pytest.mark.parametrize("name", GESTURES)
def test_a_visitor_signs_in_first(client: Client, name: str) -> None:
    answer = client.post(to(name, ObservationFactory()), {"revision": 1, "status": "retenue"})
    assert answer.headers["Location"].startswith("/compte/login/")


@pytest.mark.parametrize("name", GESTURES)
def test_gestures_outside_my_neighbourhoods_answer_404(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User, name: str
) -> None:
    row = ObservationFactory(neighbourhood=soubise)
    batch = review.rewrite(observation_id=row.pk, text="Une phrase.", by=cdsu)
    browser = signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert]))
    data = {"revision": 2, "status": "retenue", "text": "x", "theme": "mobilites"}
    assert browser.post(to(name, row), data).status_code == 404
    assert browser.post(f"/relecture/annuler/{batch}/").status_code == 404
    mine = ObservationFactory(neighbourhood=banc_vert)
    several = {"choisie": [mine.pk, row.pk], "gesture": "retenue"}
    assert browser.post("/relecture/ensemble/", several).status_code == 404
    assert (fresh(row).revision, fresh(mine).status) == (2, "a-relire")


def test_gestures_are_posted_never_fetched(signed_in, cdsu: User) -> None:
    row = ObservationFactory()
    paths = [to(name, row) for name in GESTURES]
    for path in [*paths, "/relecture/ensemble/", f"/relecture/annuler/{uuid.uuid4()}/"]:
        assert signed_in(cdsu).get(path).status_code == 405


def test_a_decision_leads_to_the_next_of_the_same_selection(signed_in, cdsu: User) -> None:
    today = timezone.localdate()
    first, second = (ObservationFactory(observed_on=today - timedelta(days=n)) for n in range(2))
    browser = signed_in(cdsu)
    answer = browser.post(
        to("review_decide", first) + "?statut=a-relire&q=ascenseur",
        {"revision": 1, "status": "retenue", "text": "Trois semaines d’attente."},
    )
    assert answer.headers["Location"] == to("review_observation", second) + "?statut=a-relire&q=ascenseur"
    assert (fresh(first).status, fresh(first).public_text) == ("retenue", "Trois semaines d’attente.")
    shown = text(browser.get(answer.headers["Location"]))
    assert "Retenue." in shown
    assert "1 sur 1" in shown
    batch = Change.objects.filter(observation=first).latest("pk").batch
    assert f'action="/relecture/annuler/{batch}/?statut=a-relire&amp;q=ascenseur"' in shown
    assert "Retenue." not in text(browser.get(answer.headers["Location"]))


def test_the_last_one_leads_back_to_the_list(signed_in, cdsu: User) -> None:
    answer = signed_in(cdsu).post(
        to("review_decide", ObservationFactory()) + "?q=ascenseur",
        {"revision": 1, "status": "retenue"},
        follow=True,
    )
    assert answer.redirect_chain == [("/relecture/?q=ascenseur", 302)]
    assert "C’était la dernière de cette liste." in text(answer)


@pytest.mark.parametrize(("status", "field"), [("a-preciser", "question"), ("ecartee", "reason")])
def test_a_missing_reason_is_asked_for_and_the_text_is_kept(
    signed_in, cdsu: User, status: str, field: str
) -> None:
    row = ObservationFactory()
    data = {"revision": 1, "status": status, "text": "Écrit avec soin."}
    answer = signed_in(cdsu).post(to("review_decide", row), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Écrit avec soin.</textarea>" in text(answer)
    signed_in(cdsu).post(to("review_decide", row), data | {field: "Parce que."})
    assert (fresh(row).status, fresh(row).status_reason) == (status, "Parce que.")


@pytest.mark.parametrize("name", GESTURES)
def test_a_stale_page_answers_409_keeps_the_text_and_shows_what_is_now(
    signed_in, cdsu: User, name: str
) -> None:
    row = ObservationFactory()
    review.decide(observations=[row.pk], status=Status.SET_ASIDE, reason="Doublon", by=cdsu)
    data = {
        "revision": 1,
        "status": "a-preciser",
        "question": "Depuis quand ?",
        "text": "Écrit avec soin.",
        "theme": "mobilites",
    }
    answer = signed_in(cdsu).post(to(name, row), data)
    page = text(answer)
    assert answer.status_code == 409
    assert "Écrit avec soin.</textarea>" in page
    assert "Depuis quand ?</textarea>" in page
    assert "Écartée" in page
    assert 'name="revision" value="2"' in page
    assert (fresh(row).status, fresh(row).public_text, fresh(row).theme) == ("ecartee", "", row.theme)
    again = signed_in(cdsu).post(to(name, row), data | {"revision": 2})
    assert again.status_code == 302


def test_rewriting_stays_on_the_observation(signed_in, cdsu: User) -> None:
    row = ObservationFactory()
    answer = signed_in(cdsu).post(
        to("review_rewrite", row) + "?q=ascenseur", {"revision": 1, "text": "Une phrase.\r\nDeux."}
    )
    assert answer.headers["Location"] == to("review_observation", row) + "?q=ascenseur"
    assert fresh(row).public_text == "Une phrase.\nDeux."


@pytest.mark.parametrize("name", ["review_rewrite", "review_decide"])
def test_a_text_without_agreement_is_refused_and_given_back(signed_in, cdsu: User, name: str) -> None:
    row = ObservationFactory(agreement="non")
    answer = signed_in(cdsu).post(to(name, row), {"revision": 1, "text": "Quand même.", "status": "retenue"})
    assert answer.status_code == 422
    assert "n’a pas donné son accord" in text(answer)
    assert (fresh(row).public_text, fresh(row).status) == ("", "a-relire")


@pytest.mark.parametrize(
    "data",
    [
        {"text": "x" * 5001, "revision": 1},
        {"text": "nul \x00", "revision": 1},
        {"text": "x", "revision": "douze"},
        {"text": "x"},
        {"text": "x", "revision": 1, "status": "publiée"},
    ],
)
def test_bad_input_changes_nothing(signed_in, cdsu: User, data: dict) -> None:
    row = ObservationFactory()
    assert signed_in(cdsu).post(to("review_decide", row), {"status": "retenue"} | data).status_code == 422
    assert fresh(row).revision == 1


def test_sorting_keeps_the_text_and_moves_the_observation(
    signed_in, cdsu: User, soubise: Neighbourhood
) -> None:
    row = ObservationFactory()
    data = {"revision": 1, "text": "Une phrase.", "theme": "mobilites-bus", "neighbourhood": soubise.code}
    signed_in(cdsu).post(to("review_sort", row), data)
    now = fresh(row)
    assert (now.theme.slug, now.neighbourhood, now.public_text) == ("mobilites-bus", soubise, "Une phrase.")


def test_an_observation_is_not_moved_where_its_reviewer_does_not_work(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    row = ObservationFactory(neighbourhood=banc_vert)
    browser = signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert]))
    answer = browser.post(to("review_sort", row), {"revision": 1, "neighbourhood": soubise.code})
    assert (answer.status_code, fresh(row).neighbourhood) == (422, banc_vert)


def test_undo_brings_back_and_says_so(signed_in, cdsu: User) -> None:
    row = ObservationFactory()
    batch = review.decide(observations=[row.pk], status=Status.ACCEPTED, by=cdsu)
    path = f"/relecture/annuler/{batch}/?q=ascenseur"
    answer = signed_in(cdsu).post(path, follow=True)
    assert answer.redirect_chain[0][0] == to("review_observation", row) + "?q=ascenseur"
    assert "C’est annulé" in text(answer)
    assert fresh(row).status == Status.TO_READ
    assert "Rien n’a été annulé" in text(signed_in(cdsu).post(path, follow=True))


def test_several_at_once_and_their_undo(signed_in, cdsu: User) -> None:
    rows = [ObservationFactory() for _ in range(3)]
    data = {"choisie": [row.pk for row in rows], "gesture": "ecartee", "reason": "Hors du quartier"}
    answer = signed_in(cdsu).post("/relecture/ensemble/?nature=preoccupation&page=1", data, follow=True)
    assert answer.redirect_chain == [("/relecture/?nature=preoccupation&page=1", 302)]
    assert "3 observations écartées." in text(answer)
    assert {fresh(row).status_reason for row in rows} == {"Hors du quartier"}
    signed_in(cdsu).post(f"/relecture/annuler/{Change.objects.first().batch}/")
    assert {fresh(row).status for row in rows} == {"a-relire"}


def test_several_change_theme_at_once(signed_in, cdsu: User) -> None:
    rows = [ObservationFactory() for _ in range(2)]
    data = {"choisie": [row.pk for row in rows], "gesture": "theme", "theme": "mobilites"}
    assert signed_in(cdsu).post("/relecture/ensemble/", data).status_code == 302
    assert {fresh(row).theme for row in rows} == {theme("mobilites")}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"gesture": "retenue", "choisie": []}, "Cochez d’abord"),
        ({"gesture": "ecartee", "question": "Écrit avec soin"}, "Dites pourquoi"),
        ({"gesture": "theme", "question": "Écrit avec soin"}, "Choisissez le thème"),
    ],
)
def test_a_refused_gesture_on_several_keeps_ticks_and_words(
    signed_in, cdsu: User, data: dict, says: str
) -> None:
    row = ObservationFactory()
    answer = signed_in(cdsu).post("/relecture/ensemble/", {"choisie": row.pk} | data)
    page = text(answer)
    assert (answer.status_code, fresh(row).revision) == (422, 1)
    assert says in page
    if data.get("question"):
        assert "Écrit avec soin</textarea>" in page
        assert f'value="{row.pk}" form="ensemble" checked' in page


@pytest.mark.parametrize("picked", ["pas-un-identifiant", "7e2c0b6e-6d6b-4f0a-9d55-3a1f5b1c2d11"])
def test_an_unknown_identifier_answers_404(signed_in, cdsu: User, picked: str) -> None:
    data = {"choisie": [picked, ObservationFactory().pk], "gesture": "retenue"}
    assert signed_in(cdsu).post("/relecture/ensemble/", data).status_code == 404


def test_twelve_at_once_cost_the_queries_of_two(signed_in, cdsu: User) -> None:
    def cost(size: int) -> int:
        rows = [ObservationFactory().pk for _ in range(size)]
        with CaptureQueriesContext(connection) as queries:
            browser.post("/relecture/ensemble/", {"choisie": rows, "gesture": "retenue"})
        return len(queries)

    browser = signed_in(cdsu)
    browser.get("/relecture/")
    cost(1)
    assert cost(2) == cost(12)
