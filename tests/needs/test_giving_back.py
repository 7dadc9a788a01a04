"""What residents are told: written by a CDSU, checked, published in editions, told again by workers."""

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

from observations.actions import giving_back, needs
from observations.actions.erasure import Reason
from observations.erasure import papers
from observations.giving_back import problems
from observations.models import GivingBack, JournalEntry, Need, NeedLink, Neighbourhood, Telling, User
from tests.factories import TOLD, GivingBackFactory, ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db
TEXTS = {"coming": "", "not_done": "", **TOLD}
SECRET = "Mon voisin du dessus ne descend plus depuis des semaines entières"


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


@pytest.fixture
def need(cdsu: User, banc_vert: Neighbourhood) -> Need:
    """Five observations of five days: what may be spoken of outside."""
    days = [timezone.localdate() - timedelta(days=n) for n in range(1, 6)]
    rows = [
        ObservationFactory(words=SECRET, accepted=True, observed_on=day, neighbourhood=banc_vert)
        for day in days
    ]
    return needs.make(
        by=cdsu, title="Ascenseurs", theme=theme("logement-ascenseurs"), observations=[r.pk for r in rows]
    )[0]


@pytest.fixture
def draft(need: Need, cdsu: User) -> GivingBack:
    return giving_back.keep(need=need, revision=0, texts=TEXTS, by=cdsu)


@pytest.fixture
def told(draft: GivingBack, cdsu: User) -> GivingBack:
    giving_back.publish(giving_back=draft, revision=draft.revision, confirmed=False, by=cdsu)
    draft.refresh_from_db()
    return draft


# --- writing and publishing ---------------------------------------------------------------------------------


def test_it_is_written_read_again_published_and_withdrawn(signed_in: Any, cdsu: User, need: Need) -> None:
    client, visitor = signed_in(cdsu), Client()
    assert (
        "Le formulaire part de ce qui a été répondu"
        in client.get(to("giving_back", need.pk)).content.decode()
    )
    page = client.post(to("giving_back", need.pk), TEXTS | {"revision": "0"}, follow=True).content.decode()
    kept = GivingBack.objects.get()
    assert "Brouillon gardé" in page
    assert visitor.get(to("told", kept.code)).status_code == 404
    sent = {"revision": str(kept.revision)}
    assert (
        "C’est publié" in client.post(to("giving_back_publish", need.pk), sent, follow=True).content.decode()
    )
    read = visitor.get(to("told", kept.code)).content.decode()
    assert all(text.split(" :")[0] in read.replace("\u202f", " ") for text in TOLD.values())
    assert "Ce qui va se faire" not in read
    assert "Retiré" in client.post(to("giving_back_withdraw", need.pk), follow=True).content.decode()
    assert visitor.get(to("told", kept.code)).status_code == 404
    assert visitor.get(to("told_poster", kept.code)).status_code == 404
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"retour", "retour-retire"} <= verbs


def test_what_is_published_stays_until_the_next_edition(told: GivingBack, need: Need, cdsu: User) -> None:
    giving_back.keep(need=need, revision=told.revision, texts=TEXTS | {"done": "Réparé."}, by=cdsu)
    assert "Une affiche" in Client().get(to("told", told.code)).content.decode()
    told.refresh_from_db()
    giving_back.publish(giving_back=told, revision=told.revision, confirmed=False, by=cdsu)
    page = Client().get(to("told", told.code)).content.decode()
    assert "Réparé." in page
    assert "Une affiche" not in page
    assert list(told.editions.values_list("number", flat=True)) == [2, 1]


def test_two_at_once_do_not_write_over_each_other(signed_in: Any, cdsu: User, draft: GivingBack) -> None:
    late = signed_in(cdsu).post(
        to("giving_back", draft.need_id), TEXTS | {"done": "Autre chose", "revision": "0"}
    )
    assert late.status_code == 409
    assert "Autre chose" in late.content.decode()
    assert f'name="revision" value="{draft.revision}"' in late.content.decode()
    draft.refresh_from_db()
    assert draft.done == TOLD["done"]
    with pytest.raises(giving_back.Stale):
        giving_back.publish(giving_back=draft, revision=draft.revision - 1, confirmed=True, by=cdsu)


def test_a_form_without_what_was_heard_keeps_what_was_typed(signed_in: Any, cdsu: User, need: Need) -> None:
    answer = signed_in(cdsu).post(
        to("giving_back", need.pk), {"headline": "Titre gardé", "heard": "", "revision": "0"}
    )
    assert answer.status_code == 422
    assert "Titre gardé" in answer.content.decode()
    assert not GivingBack.objects.exists()


# --- what stops a publication -----------------------------------------------------------------------------------


def test_having_listened_is_no_answer(draft: GivingBack) -> None:
    draft.done = ""
    assert ["Dites au moins" in problem.sentence for problem in problems(draft)] == [True]


@pytest.mark.parametrize("what", ["four observations", "one day", "set aside"])
def test_too_few_are_never_spoken_of_outside(what: str, draft: GivingBack, cdsu: User) -> None:
    links = NeedLink.objects.filter(need=draft.need)
    if what == "four observations":
        needs.unlink(need_id=draft.need_id, observations=[links[0].observation_id], by=cdsu)
    for link in links:
        if what == "one day":
            link.observation.observed_on = timezone.localdate()
        elif what == "set aside":
            link.observation.status, link.observation.status_reason = "ecartee", "Un essai."
        link.observation.save()
    assert any("il en faut 5" in problem.sentence for problem in problems(draft))
    with pytest.raises(giving_back.NotReady):
        giving_back.publish(giving_back=draft, revision=draft.revision, confirmed=True, by=cdsu)


def test_raw_words_do_not_go_out_even_confirmed(draft: GivingBack, cdsu: User) -> None:
    draft.heard = "Quelqu’un dit : mon voisin du dessus ne descend plus depuis longtemps."
    draft.save()
    assert [problem.confirmable for problem in problems(draft)] == [False]
    with pytest.raises(giving_back.NotReady):
        giving_back.publish(giving_back=draft, revision=draft.revision, confirmed=True, by=cdsu)


@pytest.mark.parametrize(("accepted", "passes"), [(True, True), (False, False)])
def test_a_text_for_partners_may_be_said_again_once_it_was_read(
    accepted: bool, passes: bool, draft: GivingBack
) -> None:
    said = "Une personne âgée ne descend plus de chez elle depuis l’été"
    row = NeedLink.objects.filter(need=draft.need).first().observation
    row.public_text = said
    if not accepted:
        row.status, row.status_by, row.status_at = "a-relire", None, None
    row.save()
    draft.heard = said
    assert (problems(draft) == []) is passes


def test_a_name_waits_for_somebody_to_say_that_it_points_to_nobody(
    signed_in: Any, draft: GivingBack, cdsu: User
) -> None:
    draft.done = "Mme Vasseur passe le mardi."
    draft.save()
    client, sent = signed_in(cdsu), {"revision": str(draft.revision)}
    assert "aucun ne fait reconnaître" in client.get(to("giving_back", draft.need_id)).content.decode()
    refused = client.post(to("giving_back_publish", draft.need_id), sent, follow=True).content.decode()
    assert "Rien n’est publié" in refused
    client.post(to("giving_back_publish", draft.need_id), sent | {"confirme": "oui"})
    draft.refresh_from_db()
    assert draft.is_open


# --- what becomes of it elsewhere -------------------------------------------------------------------------------------


def test_an_erasure_takes_the_words_out_of_every_edition(told: GivingBack, cdsu: User) -> None:
    said = "On attend depuis longtemps un ascenseur qui marche vraiment"
    row = NeedLink.objects.filter(need=told.need).first().observation
    row.public_text = said
    row.save()
    told.editions.update(heard=f"Vous dites : {said}.")
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    page = Client().get(to("told", told.code)).content.decode()
    assert "parole retirée" in page
    assert "un ascenseur qui marche" not in page


def test_a_need_that_residents_were_told_of_is_not_merged_away(
    signed_in: Any, told: GivingBack, cdsu: User
) -> None:
    other, _ = needs.make(by=cdsu, title="Autre", theme=theme())
    answer = signed_in(cdsu).post(to("need_merge", told.need_id), {"dans": other.pk})
    assert "déjà un retour" in answer.content.decode()
    needs.merge(need_id=other.pk, into=told.need_id, by=cdsu)
    assert told.need.links.count() == 5


def test_the_poster_is_one_tagged_page(told: GivingBack) -> None:
    answer = Client().get(to("told_poster", told.code))
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(reader.pages[0].extract_text().split())
    assert "une date à chaque panne" in text
    assert f"r/{told.code}" in text


def test_a_poster_that_cannot_be_set_says_so_in_french(
    told: GivingBack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    answer = Client().get(to("told_poster", told.code))
    assert answer.status_code == 503
    assert "indisponible" in answer.content.decode()


# --- told again, and after


def test_a_worker_tells_residents_and_takes_it_back(signed_in: Any, told: GivingBack, agent: User) -> None:
    client = signed_in(agent)
    today = timezone.localdate().isoformat()
    assert "une date à chaque panne" in client.get(to("cards")).content.decode()
    noted = client.post(to("tell", told.code), {"told_on": today, "how": "reunion"}, follow=True)
    assert "en réunion" in noted.content.decode()
    telling = Telling.objects.get()
    assert JournalEntry.objects.filter(by=agent).count() == 0
    other = Client()
    other.force_login(UserFactory())
    assert "Retirer" not in other.get(to("cards")).content.decode()
    assert other.post(to("untell", telling.pk)).status_code == 404
    client.post(to("untell", telling.pk))
    assert not Telling.objects.exists()


def test_a_day_to_come_is_refused_and_nothing_is_lost(signed_in: Any, told: GivingBack, agent: User) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = signed_in(agent).post(to("tell", told.code), {"told_on": tomorrow, "how": "voix"})
    assert answer.status_code == 422
    assert "pas encore venu" in answer.content.decode()
    assert tomorrow in answer.content.decode()
    assert not Telling.objects.exists()


def test_a_card_of_another_neighbourhood_is_not_ones_own(
    signed_in: Any, told: GivingBack, soubise: Neighbourhood
) -> None:
    elsewhere = UserFactory(neighbourhoods=[soubise])
    client = signed_in(elsewhere)
    assert told.code not in client.get(to("cards")).content.decode()
    sent = {"told_on": timezone.localdate().isoformat(), "how": "voix"}
    assert client.post(to("tell", told.code), sent).status_code == 404


def test_ones_own_observations_lead_to_the_card(signed_in: Any, need: Need, told: GivingBack) -> None:
    author = need.links.first().observation.author
    client = signed_in(author)
    assert f"{to('cards')}#{told.code}" in client.get(to("own_observations")).content.decode()
    assert "Vous l’aviez noté" in client.get(to("cards")).content.decode()


def test_what_the_phone_keeps_names_nobody(told: GivingBack, agent: User) -> None:
    giving_back.tell(giving_back=told, told_on=timezone.localdate(), how="voix", neighbourhood=None, by=agent)
    page = Client().get(to("kept_cards")).content.decode()
    assert "une date à chaque panne" in page
    assert str(agent) not in page
    assert "csrfmiddlewaretoken" not in page
    assert "Redit le" not in page


def test_cards_take_no_more_queries_for_ten_than_for_one(
    signed_in: Any, told: GivingBack, agent: User
) -> None:
    client = signed_in(agent)
    client.get(to("cards"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(to("cards"))
    for n in range(9):
        need, _ = needs.make(by=told.written_by, title=f"Besoin {n}", theme=theme())
        GivingBackFactory(need=need)
    with CaptureQueriesContext(connection) as many:
        assert client.get(to("cards")).content.decode().count("card-told") == 10
    assert len(many) == len(few)


def test_did_it_change_is_an_observation_of_the_need(
    signed_in: Any, told: GivingBack, agent: User, banc_vert: Neighbourhood
) -> None:
    client = signed_in(agent)
    form = client.get(to("capture") + f"?retour={told.code}").content.decode()
    assert f'name="follows" value="{told.code}"' in form
    sent = {
        "words": "Oui, il y a une affiche maintenant.",
        "agreement": "oui",
        "nature": "atout",
        "theme": "logement",
        "neighbourhood": banc_vert.code,
        "observed_on": timezone.localdate().isoformat(),
        "follows": told.code,
    }
    refused = client.post(to("capture"), sent)
    assert "Dites si ça a changé" in refused.content.decode()
    client.post(to("capture"), sent | {"changed": "un-peu"})
    link = NeedLink.objects.get(observation__author=agent)
    assert (link.need_id, link.changed, link.linked_by) == (told.need_id, "un-peu", None)
    page = signed_in(told.written_by).get(to("need", told.need_id)).content.decode()
    assert "Ça a changé ? Un peu." in page.replace("\u202f", " ")
    assert str(agent) not in page


@pytest.mark.parametrize("code", ["", "zzzzzzz", "x" * 500, "'; --"])
def test_a_code_that_is_none_of_ours_never_costs_an_observation(
    code: str, signed_in: Any, agent: User, banc_vert: Neighbourhood
) -> None:
    sent = {
        "seen": "Une affiche.",
        "agreement": "sans_objet",
        "nature": "atout",
        "theme": "logement",
        "neighbourhood": banc_vert.code,
        "observed_on": timezone.localdate().isoformat(),
        "follows": code,
        "changed": "oui",
    }
    assert signed_in(agent).post(to("capture"), sent).status_code == 302
    assert not NeedLink.objects.exists()


def test_an_answer_from_elsewhere_does_not_move_the_need(
    told: GivingBack, soubise: Neighbourhood, agent: User
) -> None:
    row = ObservationFactory(neighbourhood=soubise, author=agent)
    needs.follow_up(code=told.code, observation=row, changed="oui")
    assert not NeedLink.objects.filter(observation=row).exists()
