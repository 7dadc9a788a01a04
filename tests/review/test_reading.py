"""The reading mode on the server's side; tests/browser/test_reading.py has the thumb and the keys."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from observations.models import Observation, SeparateScenes, Status, User
from tests.factories import NeighbourhoodFactory, ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db: None) -> list[Observation]:
    return [ObservationFactory(observed_on=timezone.localdate() - timedelta(days=n)) for n in range(1, 4)]


def test_from_the_first_to_the_end(signed_in, cdsu: User, three: list[Observation]) -> None:
    client = signed_in(cdsu)
    page = client.get("/relecture/lire/?theme=logement", follow=True)
    assert page.redirect_chain[-1][0] == f"/relecture/{three[0].pk}/?theme=logement&lecture=1&statut=a-relire"
    assert "encore 3" in page.content.decode()
    query = "?theme=logement&lecture=1&statut=a-relire"
    for row, status, more in (
        (three[0], "retenue", {}),
        (three[1], "a-preciser", {"question": "Depuis quand ?"}),
        (three[2], "ecartee", {"reason": "Hors sujet"}),
    ):
        answer = client.post(
            f"/relecture/{row.pk}/decider/{query}", {"revision": 1, "status": status, **more}, follow=True
        )
        assert "lecture=1" in answer.redirect_chain[-1][0]
    end = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/relecture/lire/fin/{query}"
    assert "Tout est lu" in end
    for label in ("Retenue", "À préciser", "Écartée"):
        assert f"<li>{label}<span>1</span></li>" in end
    assert "/relecture/annuler/" in end
    batch = three[2].changes.get().batch
    client.post(f"/relecture/annuler/{batch}/{query}")
    again = client.get(f"/relecture/lire/fin/{query}").content.decode()
    assert "Écartée<span>" not in again
    assert "La lecture s’arrête là" in again


def test_a_refused_gesture_stays_in_the_reading_and_loses_nothing(
    signed_in, cdsu: User, three: list[Observation]
) -> None:
    sent = {"revision": 1, "status": "ecartee", "reason": "", "text": "Mon texte"}
    answer = signed_in(cdsu).post(f"/relecture/{three[0].pk}/decider/?lecture=1", sent)
    assert answer.status_code == 422
    assert "reading-card" in answer.content.decode()
    assert "Mon texte" in answer.content.decode()


def test_nothing_to_read_says_so(signed_in, cdsu: User) -> None:
    page = signed_in(cdsu).get("/relecture/lire/", follow=True)
    assert "Rien à lire" in page.content.decode()


def test_what_was_passed_can_be_taken_up_again(signed_in, cdsu: User, three: list[Observation]) -> None:
    client = signed_in(cdsu)
    client.get("/relecture/lire/")
    assert "3 observations" in client.get("/relecture/lire/fin/?lecture=1&statut=a-relire").content.decode()


def test_a_double_is_said_and_its_author_is_not(signed_in, cdsu: User) -> None:
    place, said = NeighbourhoodFactory(), "Ma voisine du neuvième ne descend plus, l’ascenseur est cassé."
    authors = [UserFactory(name="Zibeline Un"), UserFactory(name="Zibeline Deux")]
    rows = [ObservationFactory(neighbourhood=place, words=said, author=author) for author in authors]
    for n in range(4):
        ObservationFactory(neighbourhood=place, words=f"Autre chose {n} sur le bus.")
    page = signed_in(cdsu).get(f"/relecture/{rows[0].pk}/").content.decode()
    assert "Peut-être la même scène" in page
    assert "presque le même texte" in page
    assert f'href="/relecture/{rows[1].pk}/' in page
    assert "Zibeline" not in page


def test_a_limited_reviewer_is_shown_nothing_from_elsewhere(signed_in, banc_vert, soubise) -> None:
    said = "L’ascenseur est cassé depuis trois semaines, ma voisine ne descend plus."
    here = ObservationFactory(neighbourhood=soubise, words=said)
    there = ObservationFactory(neighbourhood=banc_vert, words=said)
    limited = UserFactory(role="cdsu", neighbourhoods=[soubise])
    assert str(there.pk) not in signed_in(limited).get(f"/relecture/{here.pk}/").content.decode()


def test_a_theme_that_the_words_suggest_is_taken_by_one_gesture(signed_in, cdsu: User) -> None:
    said = "Plus de médecin, plus de dentiste, la pharmacie est loin, à l’hôpital on attend."
    row = ObservationFactory(words=said, theme=theme("logement"))
    client = signed_in(cdsu)
    page = client.get(f"/relecture/{row.pk}/").content.decode()
    assert "Plutôt" in page
    assert "<i>médecin</i>" in page
    client.post(f"/relecture/{row.pk}/classer/", {"revision": 1, "theme": "sante"})
    row.refresh_from_db()
    assert row.theme.slug == "sante"
    assert row.status == Status.TO_READ
    assert "<i>médecin</i>" not in client.get(f"/relecture/{row.pk}/").content.decode()


def test_a_double_that_was_set_aside_is_settled(signed_in, cdsu: User) -> None:
    place, said = NeighbourhoodFactory(), "Ma voisine du neuvième ne descend plus, l’ascenseur est cassé."
    rows = [ObservationFactory(neighbourhood=place, words=said) for _ in range(2)]
    client = signed_in(cdsu)
    assert "Peut-être la même scène" in client.get(f"/relecture/{rows[0].pk}/").content.decode()
    sent = {"revision": 1, "status": "ecartee", "reason": "Déjà notée dans une autre observation"}
    client.post(f"/relecture/{rows[1].pk}/decider/", sent)
    assert "Peut-être la même scène" not in client.get(f"/relecture/{rows[0].pk}/").content.decode()


@pytest.fixture
def doubled(cdsu: User) -> list[Observation]:
    place, said = NeighbourhoodFactory(), "Ma voisine du neuvième ne descend plus, l’ascenseur est cassé."
    return [ObservationFactory(neighbourhood=place, words=said) for _ in range(2)]


def test_two_scenes_told_apart_are_not_asked_about_again(signed_in, cdsu: User, doubled) -> None:
    client, (one, other) = signed_in(cdsu), doubled
    answer = client.post(f"/relecture/{one.pk}/scenes/?theme=logement", {"deux": other.pk})
    assert answer.headers["Location"] == f"/relecture/{one.pk}/?theme=logement#proches"
    # Said twice, from either side, it is said once.
    client.post(f"/relecture/{other.pk}/scenes/", {"deux": one.pk})
    assert SeparateScenes.objects.get().said_by == cdsu
    for row in doubled:
        page = client.get(f"/relecture/{row.pk}/").content.decode()
        assert "Peut-être la même scène" not in page
        assert "Deux scènes, a dit la relecture." in page
    client.post(f"/relecture/{other.pk}/scenes/", {"reprendre": one.pk})
    assert "Peut-être la même scène" in client.get(f"/relecture/{one.pk}/").content.decode()


def test_only_two_observations_that_one_reads_are_told_apart(signed_in, cdsu, banc_vert, soubise) -> None:
    here, there = ObservationFactory(neighbourhood=soubise), ObservationFactory(neighbourhood=banc_vert)
    limited = signed_in(UserFactory(role="cdsu", neighbourhoods=[soubise]))
    limited.post(f"/relecture/{here.pk}/scenes/", {"deux": there.pk})
    client = signed_in(cdsu)
    for sent in ({}, {"deux": "x"}, {"deux": here.pk}, {"deux": uuid.uuid4()}):
        page = client.post(f"/relecture/{here.pk}/scenes/", sent, follow=True).content.decode()
        assert "L’autre observation n’est plus là" in page
    assert not SeparateScenes.objects.exists()


def test_the_one_that_is_read_is_set_aside_as_a_double_by_one_gesture(signed_in, cdsu, doubled) -> None:
    client, (one, _) = signed_in(cdsu), doubled
    page = client.get(f"/relecture/{one.pk}/").content.decode()
    form = page.split('id="deja-notee"')[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(revision|status|reason)" value="([^"]*)"', form))
    assert client.post(f"/relecture/{one.pk}/decider/", sent).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.status_reason) == (Status.SET_ASIDE, "Déjà notée dans une autre observation")
