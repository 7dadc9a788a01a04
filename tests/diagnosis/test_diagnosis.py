"""The shared diagnosis: what may stand in it, its numbers that never change, what associations add."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations.actions import diagnoses, needs
from observations.actions.erasure import Reason
from observations.diagnosis.build import compose
from observations.diagnosis.heard import Heard
from observations.erasure import papers
from observations.models import Contribution, Diagnosis, Need, Neighbourhood, Observation, User
from observations.models.diagnosis import ADDED_TIMES, PROSE
from tests.factories import DiagnosisFactory, ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db
PUBLIC = "Ici, on porte les courses de celles qui ne descendent plus."
EMPTY = dict.fromkeys(PROSE, "")


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


def hear(place: Neighbourhood, n: int, **changes: Any) -> list[Observation]:
    today = timezone.localdate()
    return [
        ObservationFactory(
            **{
                "neighbourhood": place,
                "accepted": True,
                "observed_on": today - timedelta(days=i + 1),
                "public_text": PUBLIC,
                "words": f"Des mots bruts que personne dehors ne doit lire, numéro {i}.",
                **changes,
            }
        )
        for i in range(n)
    ]


@pytest.fixture
def heard(banc_vert: Neighbourhood) -> list[Observation]:
    return hear(banc_vert, 5)


@pytest.fixture
def need(heard: list[Observation], cdsu: User) -> Need:
    made, _ = needs.make(
        by=cdsu,
        title="Les ascenseurs",
        theme=theme("logement-ascenseurs"),
        observations=[o.pk for o in heard],
    )
    return made


def form(need: Need, heard: list[Observation], **changes: Any) -> dict[str, Any]:
    return {
        "introduction": "Un quartier où l’on se parle.",
        f"in-{need.pk}": "on",
        f"wording-{need.pk}": "Que les ascenseurs marchent",
        "parole": [str(heard[0].pk)],
        "revision": "0",
        **changes,
    }


@pytest.fixture
def published(
    signed_in: Any, cdsu: User, need: Need, heard: list[Observation], banc_vert: Neighbourhood
) -> Diagnosis:
    client = signed_in(cdsu)
    client.post(to("diagnosis_edit", banc_vert.code), form(need, heard))
    client.post(to("diagnosis_publish", banc_vert.code), {"revision": Diagnosis.objects.get().revision})
    client.logout()
    return Diagnosis.objects.published().get()


# --- writing and publishing ---------------------------------------------------------------------------------


def test_a_number_is_written_published_and_read_by_anybody(
    signed_in: Any, cdsu: User, need: Need, heard: list[Observation], banc_vert: Neighbourhood
) -> None:
    client, visitor, code = signed_in(cdsu), Client(), banc_vert.code
    assert "Rien n’est encore publié" in visitor.get(to("neighbourhood", code)).content.decode()
    kept = client.post(to("diagnosis_edit", code), form(need, heard), follow=True).content.decode()
    assert "Brouillon gardé" in kept
    assert "Que les ascenseurs marchent" in kept
    assert visitor.get(to("diagnosis", code, 1)).status_code == 404
    client.post(to("diagnosis_publish", code), {"revision": Diagnosis.objects.get().revision})
    page = visitor.get(to("neighbourhood", code), follow=True).content.decode()
    for said in ("Que les ascenseurs marchent", "Pour le citer", "n° 1", PUBLIC.rstrip(".")):
        assert said in page.replace("\u202f", " "), said
    assert "Des mots bruts" not in page
    assert "Les ascenseurs</" not in page
    assert "5 observations" not in page.replace("au moins 5 observations", "")


def test_a_number_never_changes_and_the_next_says_so(
    signed_in: Any, published: Diagnosis, need: Need, heard: list[Observation], cdsu: User
) -> None:
    client, code = signed_in(cdsu), published.neighbourhood.code
    again = form(need, heard, introduction="Tout autre chose.")
    client.post(to("diagnosis_edit", code), again)
    assert "Tout autre chose" not in Client().get(to("diagnosis", code, 1)).content.decode()
    client.post(to("diagnosis_publish", code), {"revision": Diagnosis.objects.drafts().get().revision})
    old = Client().get(to("diagnosis", code, 1)).content.decode()
    assert "Un numéro plus récent est paru" in old
    assert Client().get(to("neighbourhood", code))["Location"] == to("diagnosis", code, 2)


def test_two_at_once_do_not_write_over_each_other(
    signed_in: Any, cdsu: User, need: Need, heard: list[Observation], banc_vert: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    client.post(to("diagnosis_edit", banc_vert.code), form(need, heard))
    late = client.post(
        to("diagnosis_edit", banc_vert.code), form(need, heard, introduction="Trop tard, gardé.")
    )
    assert late.status_code == 409
    assert "Trop tard, gardé." in late.content.decode()
    assert Diagnosis.objects.get().introduction == "Un quartier où l’on se parle."


def test_a_limited_account_writes_of_its_neighbourhoods_only(
    signed_in: Any, soubise: Neighbourhood, banc_vert: Neighbourhood
) -> None:
    client = signed_in(UserFactory(role="cdsu", neighbourhoods=[soubise]))
    assert client.get(to("diagnosis_edit", soubise.code)).status_code == 200
    assert client.get(to("diagnosis_edit", banc_vert.code)).status_code == 404
    assert "Rien n’est encore publié" in client.get(to("neighbourhood", banc_vert.code)).content.decode()


# --- what may stand in it --------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["four", "one day", "elsewhere"])
def test_a_need_too_little_heard_here_is_not_offered(
    how: str, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    rows = hear(banc_vert, 4) + (hear(soubise, 1) if how == "elsewhere" else [])
    if how == "one day":
        rows += hear(banc_vert, 1)
        Observation.objects.update(observed_on=timezone.localdate())
    needs.make(by=cdsu, title="Ascenseurs", theme=theme(), observations=[o.pk for o in rows])
    [one] = Heard(banc_vert, timezone.localdate()).needs(cdsu)
    assert not one.sound


def test_words_on_a_theme_too_little_heard_here_are_not_quoted(banc_vert: Neighbourhood, heard: Any) -> None:
    hear(banc_vert, 4, theme=theme("mobilites-bus"))
    quotable = Heard(banc_vert, timezone.localdate()).quotable()
    assert {row.theme.slug for row in quotable} == {"logement-ascenseurs"}


def test_a_word_that_can_no_longer_be_quoted_stops_the_publication(
    signed_in: Any, cdsu: User, need: Need, heard: list[Observation], banc_vert: Neighbourhood
) -> None:
    client = signed_in(cdsu)
    client.post(to("diagnosis_edit", banc_vert.code), form(need, heard))
    Observation.objects.filter(pk=heard[0].pk).update(public_text="")
    sent = {"revision": Diagnosis.objects.get().revision, "confirme": "oui"}
    page = client.post(to("diagnosis_publish", banc_vert.code), sent, follow=True).content.decode()
    assert "ne peut plus être citée" in page
    assert not Diagnosis.objects.published().exists()


def test_raw_words_do_not_go_out(cdsu: User, need: Need, banc_vert: Neighbourhood) -> None:
    raw = "Des mots bruts que personne dehors ne doit lire"
    draft = diagnoses.keep(
        neighbourhood=banc_vert,
        revision=0,
        prose=EMPTY | {"strengths": raw},
        needs=[diagnoses.NeedSaid(need.pk, "Que ça marche", "")],
        quotes=[],
        by=cdsu,
    )
    heard = Heard(banc_vert, timezone.localdate())
    _, found = compose(draft, heard, heard.needs(cdsu))
    assert [problem.confirmable for problem in found] == [False]
    assert "Ce qui tient" in found[0].sentence


def test_an_erasure_takes_the_words_out_of_every_number(published: Diagnosis, heard: Any, cdsu: User) -> None:
    papers.erase(observation=heard[0], reason=Reason.ASKED, by=cdsu)
    page = Client().get(to("diagnosis", published.neighbourhood.code, 1)).content.decode()
    assert "parole retirée" in page
    assert "porte les courses" not in page


def test_the_living_page_takes_no_more_queries_for_more_rows(
    signed_in: Any, cdsu: User, need: Need, banc_vert: Neighbourhood
) -> None:
    client, page = signed_in(cdsu), to("neighbourhood", banc_vert.code)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for title in ("Un autre", "Encore un"):
        rows = hear(banc_vert, 5, nature="atout")
        needs.make(by=cdsu, title=title, theme=theme(), observations=[o.pk for o in rows])
    DiagnosisFactory.create(neighbourhood=banc_vert, number=7)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)


# --- the sheet -----------------------------------------------------------------------------------------------------


def test_the_sheet_of_a_project_is_tagged_and_asks_in_plain_words(published: Diagnosis) -> None:
    answer = Client().get(to("diagnosis_sheet", published.neighbourhood.code, 1))
    reader = PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Que les ascenseurs marchent" in text
    assert "Comment le leur redirez-vous" in text
    assert f"/quartiers/{published.neighbourhood.code}/1/" in text


# --- what associations add


def added(**changes: Any) -> dict[str, Any]:
    return {
        "stance": "autrement",
        "about": "0",
        "text": "Le soir surtout.",
        "signature": "Les Ateliers",
        **changes,
    }


def test_a_contribution_is_read_before_it_shows_and_refused_with_a_reason(
    signed_in: Any, published: Diagnosis, partner: User, cdsu: User
) -> None:
    code = published.neighbourhood.code
    client = signed_in(partner)
    sent = client.post(to("diagnosis_add", code, 1), added(), follow=True).content.decode()
    assert "En attente de lecture" in sent
    assert "Le soir surtout." not in Client().get(to("diagnosis", code, 1)).content.decode()
    one = Contribution.objects.get()
    desk = signed_in(cdsu)
    assert "Le soir surtout." in desk.get(to("neighbourhood", code)).content.decode()
    bare = desk.post(to("contribution_decide", one.pk), {"choix": "refuser", "motif": " "})
    assert bare.status_code == 422
    desk.post(to("contribution_decide", one.pk), {"choix": "publier"})
    page = Client().get(to("diagnosis", code, 1)).content.decode()
    assert "Nous le voyons autrement" in page
    assert "Les Ateliers" in page
    desk.post(to("contribution_decide", one.pk), {"choix": "refuser", "motif": "On y reconnaît quelqu’un."})
    assert "Le soir surtout." not in Client().get(to("diagnosis", code, 1)).content.decode()
    own = signed_in(partner).get(to("diagnosis", code, 1)).content.decode()
    assert "On y reconnaît quelqu’un." in own


def test_another_association_does_not_read_what_waits(
    signed_in: Any, published: Diagnosis, partner: User
) -> None:
    code = published.neighbourhood.code
    signed_in(partner).post(to("diagnosis_add", code, 1), added())
    other = signed_in(UserFactory(role="partenaire"))
    assert "Le soir surtout." not in other.get(to("diagnosis", code, 1)).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": ""}, "Écrivez ce que vous voyez"),
        ({"signature": ""}, "Signez"),
        ({"about": "99"}, "Choisissez un besoin"),
        ({"stance": "peut-être"}, "aussi, ou autrement"),
    ],
)
def test_a_wrong_contribution_is_told_why_and_kept(
    changes: dict[str, str], says: str, signed_in: Any, published: Diagnosis, partner: User
) -> None:
    sent = added() | changes
    answer = signed_in(partner).post(to("diagnosis_add", published.neighbourhood.code, 1), sent)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert sent["text"] in answer.content.decode()


def test_a_quarrel_fills_no_page(signed_in: Any, published: Diagnosis, partner: User) -> None:
    client = signed_in(partner)
    for _ in range(ADDED_TIMES + 2):
        client.post(to("diagnosis_add", published.neighbourhood.code, 1), added())
    assert Contribution.objects.count() == ADDED_TIMES
