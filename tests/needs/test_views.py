"""The board, a need, and the gestures on them, as a CDSU meets them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.actions import needs
from observations.models import Need, NeedLink, NeedState, Neighbourhood, Role, Stance, User
from tests.factories import ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(cdsu: User) -> Need:
    rows = ObservationFactory.create_batch(2, theme=theme("logement-ascenseurs"))
    return needs.make(
        by=cdsu,
        title="Ascenseurs de la tour B",
        theme=theme("logement-ascenseurs"),
        observations=[r.pk for r in rows],
    )[0]


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_from_ticked_observations_to_a_need_and_back(signed_in, cdsu: User) -> None:
    client = signed_in(cdsu)
    rows = ObservationFactory.create_batch(3, theme=theme("logement-ascenseurs"))
    ticked = {"choisie": [str(row.pk) for row in rows], "retour": "/relecture/?q=panne"}
    form = client.post(to("need_attach"), ticked | {"besoin": "nouveau"}).content.decode()
    assert "Avec 3 observations" in form
    assert '<option value="logement-ascenseurs" selected' in form
    assert 'name="priority" value="2" checked' in form
    refused = client.post(
        to("need_new"), ticked | {"title": "", "description": "Gardé", "theme": "", "priority": "2"}
    )
    assert refused.status_code == 422
    assert "Gardé" in refused.content.decode()
    assert "Donnez un titre" in refused.content.decode()
    made = client.post(
        to("need_new"),
        ticked | {"title": "Les pannes", "theme": "logement-ascenseurs", "priority": "1"},
        follow=True,
    )
    need = Need.objects.get()
    assert made.redirect_chain == [(to("need", need.pk), 302)]
    assert "Besoin créé avec 3 observations." in made.content.decode()
    assert f"{rows[0].observed_on.day}" in made.content.decode()
    batch = need.changes.first().batch
    assert f'action="{to("need_undo", batch)}?besoin={need.pk}' in made.content.decode()
    gone = client.post(to("need_undo", batch), {"retour": to("need", need.pk)}, follow=True)
    assert gone.redirect_chain == [(to("needs"), 302)]
    assert not Need.objects.exists()


def test_attaching_comes_back_to_the_list_and_says_so(signed_in, cdsu: User, need: Need) -> None:
    row = ObservationFactory()
    sent = {"choisie": [str(row.pk)], "besoin": str(need.pk), "retour": "/relecture/?q=panne"}
    answer = signed_in(cdsu).post(to("need_attach"), sent, follow=True)
    assert answer.redirect_chain == [("/relecture/?q=panne", 302)]
    assert "Une observation dans le besoin" in answer.content.decode()
    assert need.links.count() == 3


@pytest.mark.parametrize(
    "back", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", ""]
)
def test_no_gesture_leads_out_of_the_site(signed_in, cdsu: User, need: Need, back: str) -> None:
    sent = {"choisie": [str(ObservationFactory().pk)], "besoin": str(need.pk), "retour": back}
    assert signed_in(cdsu).post(to("need_attach"), sent)["Location"] == "/relecture/"


@pytest.mark.parametrize(
    ("besoin", "picked", "says"),
    [
        ("999", True, "Choisissez un besoin"),
        ("²", True, "Choisissez un besoin"),
        ("nouveau", False, "Cochez d’abord"),
    ],
)
def test_what_cannot_be_attached_says_why(
    signed_in, cdsu: User, besoin: str, picked: bool, says: str
) -> None:
    sent = {"besoin": besoin} | ({"choisie": [str(ObservationFactory().pk)]} if picked else {})
    assert says in signed_in(cdsu).post(to("need_attach"), sent, follow=True).content.decode()


def test_nobody_attaches_what_they_do_not_read(
    signed_in, soubise: Neighbourhood, banc_vert: Neighbourhood
) -> None:
    limited = UserFactory(role=Role.CDSU, neighbourhoods=[soubise])
    client = signed_in(limited)
    outside = ObservationFactory(neighbourhood=banc_vert)
    for name in ("need_attach", "need_new"):
        for value in (str(outside.pk), str(uuid.uuid4()), "n’importe quoi"):
            assert client.post(to(name), {"choisie": [value], "besoin": "nouveau"}).status_code == 404
    assert (
        "au moins un de vos quartiers"
        in client.post(
            to("need_new"), {"title": "Ici", "theme": "logement", "priority": "2"}
        ).content.decode()
    )


def test_the_page_sets_voices_side_by_side(signed_in, cdsu: User, need: Need) -> None:
    client, link = signed_in(cdsu), need.links.first()
    sent = {"choisie": [str(link.observation_id)], "geste": "contraire"}
    assert (
        "dit le contraire"
        in client.post(to("need_observations", need.pk), sent, follow=True).content.decode()
    )
    link.refresh_from_db()
    assert link.stance == Stance.AGAINST
    for broken in ({"geste": "contraire"}, {"geste": "voler", "choisie": [str(link.observation_id)]}):
        assert client.post(to("need_observations", need.pk), broken).status_code == 422
    client.post(to("need_observations", need.pk), sent | {"geste": "detacher"})
    assert NeedLink.objects.filter(need=need, unlinked_at=None).count() == 1


def test_a_state_with_its_reason(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    need.refresh_from_db()
    sent = {"revision": need.revision, "state": "sans-suite", "reason": ""}
    refused = client.post(to("need_state", need.pk), sent)
    assert refused.status_code == 422
    assert "Dites pourquoi" in refused.content.decode()
    client.post(to("need_state", need.pk), sent | {"reason": "Relève de la région."})
    need.refresh_from_db()
    assert need.state == NeedState.DROPPED
    stale = client.post(to("need_state", need.pk), sent | {"state": "partage", "reason": "Mon mot"})
    assert stale.status_code == 409
    assert "Mon mot" in stale.content.decode()


def test_editing_on_top_of_somebody_else_loses_nothing(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    sent = {
        "title": "Autre titre",
        "theme": "logement",
        "priority": "2",
        "description": "Mes mots",
        "revision": "1",
    }
    stale = client.post(to("need_edit", need.pk), sent)
    assert stale.status_code == 409
    assert "Mes mots" in stale.content.decode()
    need.refresh_from_db()
    client.post(to("need_edit", need.pk), sent | {"revision": str(need.revision)})
    need.refresh_from_db()
    assert (need.title, need.description) == ("Autre titre", "Mes mots")
    # The page that was refused holds the revision that it showed: sent again, it is taken.
    assert f'name="revision" value="{need.revision - 1}"' in stale.content.decode()


def test_merging_and_splitting_from_the_page(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    row = need.links.first().observation
    form = client.post(to("need_split", need.pk), {"choisie": [str(row.pk)]})
    assert "Avec 1 observation<" in form.content.decode()
    sent = {"choisie": [str(row.pk)], "title": "À part", "theme": "sante", "priority": "2"}
    client.post(to("need_split", need.pk), sent)
    part = Need.objects.get(title="À part")
    assert client.post(to("need_merge", part.pk), {"dans": str(part.pk)}).status_code == 422
    answer = client.post(to("need_merge", part.pk), {"dans": str(need.pk)}, follow=True)
    assert answer.redirect_chain == [(to("need", need.pk), 302)]
    assert "Ses observations sont maintenant dans" in client.get(to("need", part.pk)).content.decode()
    assert "À part" not in client.get(to("needs")).content.decode().split('class="toasts"')[0]


def test_the_board_by_state_by_theme_and_narrowed(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    for query, shown in [
        ("", True),
        ("?vue=themes", True),
        ("?theme=logement", True),
        ("?theme=sante", False),
        (f"?quartier={need.neighbourhoods.first().code}", True),
        ("?theme=nimporte&quartier=quoi", True),
    ]:
        assert (need.title in client.get(to("needs") + query).content.decode()) == shown, query


def test_an_empty_board_says_what_a_need_is(signed_in, cdsu: User) -> None:
    assert "Aucun besoin encore" in signed_in(cdsu).get(to("needs")).content.decode()


def test_the_review_is_narrowed_to_a_need_or_to_none(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    ObservationFactory(words="Tout autre chose")
    assert "2 observations" in client.get(f"/relecture/?besoin={need.pk}").content.decode()
    assert "Tout autre chose" in client.get("/relecture/?besoin=aucun").content.decode()
    assert "Ce besoin n’existe pas" in client.get("/relecture/?besoin=999").content.decode()
    row = need.links.first().observation
    assert need.title in client.get(to("review_observation", row.pk)).content.decode()


def test_a_worker_finds_the_need_beside_their_words(signed_in, cdsu: User, agent: User) -> None:
    row = ObservationFactory(author=agent)
    made, _ = needs.make(by=cdsu, title="Zibeline", theme=theme("sante"), observations=[row.pk])
    needs.move_on(need_id=made.pk, state=NeedState.DROPPED, reason="Hors de portée.", by=cdsu)
    client = signed_in(agent)
    mine = client.get("/mes-observations/").content.decode()
    assert "Zibeline" in mine
    assert "Hors de portée." in mine
    assert "Zibeline" in client.get("/mes-observations/carnet/").content.decode()


def test_queries_do_not_grow_with_needs_nor_observations(signed_in, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)

    def count() -> list[int]:
        counts = []
        for url in (to("needs"), to("need", need.pk), "/relecture/", "/relecture/carte/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            counts.append(len(queries))
        return counts

    needs.make(by=cdsu, title="Voisin", theme=theme("logement"), neighbourhoods=need.neighbourhoods.all())
    few = count()
    for n in range(6):
        rows = ObservationFactory.create_batch(3)
        needs.make(by=cdsu, title=f"Besoin {n}", theme=theme("logement"), observations=[r.pk for r in rows])
        needs.link(need_id=need.pk, observations=[r.pk for r in rows], by=cdsu)
    assert count() == few


HUGE = "9" * 5_000


@pytest.mark.parametrize("number", ["9" * 25, HUGE, "-1", "١٢"])
def test_a_number_that_is_none_of_ours_is_no_fault_of_the_server(
    signed_in, cdsu: User, need: Need, number: str
) -> None:
    client, row = signed_in(cdsu), need.links.first().observation
    fields = {"title": "Titre", "theme": "logement", "priority": "2"}
    for answer in (
        client.get("/relecture/", {"besoin": number}),
        client.get("/api/v1/map/", {"besoin": number, "boite": "2,50,3,52", "zoom": "12"}),
        client.post(to("need_attach"), {"choisie": [str(row.pk)], "besoin": number}),
        client.post(to("need_merge", need.pk), {"dans": number}),
        client.post(to("need_edit", need.pk), fields | {"revision": number}),
        client.post(to("need_state", need.pk), {"revision": number, "state": "partage"}),
    ):
        assert answer.status_code < 500
    need.refresh_from_db()
    assert (need.title, need.state) == ("Ascenseurs de la tour B", NeedState.SPOTTED)


def test_a_limited_reviewer_does_not_narrow_to_a_need_from_elsewhere(
    signed_in, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    made, _ = needs.make(
        by=cdsu,
        title="Zibeline",
        theme=theme("sante"),
        observations=[ObservationFactory(neighbourhood=banc_vert).pk],
    )
    client = signed_in(UserFactory(role=Role.CDSU, neighbourhoods=[soubise]))
    page = client.get("/relecture/", {"besoin": made.pk}).content.decode()
    assert "n’est pas dans vos quartiers" in page
    assert "Zibeline" not in page
    asked = {"besoin": made.pk, "boite": "2,50,3,52", "zoom": "12"}
    assert client.get("/api/v1/map/", asked).status_code == 400


def test_needs_are_found_by_their_words(signed_in, cdsu: User, need: Need) -> None:
    needs.make(by=cdsu, title="La halte du bus", theme=theme("mobilites"), observations=[])
    client = signed_in(cdsu)
    for asked in ("ascenseur", "ASCENSEURS tours", "« tour b »"):
        page = client.get(to("needs"), {"q": asked}).content.decode()
        assert "Ascenseurs de la tour B" in page, asked
        assert "halte" not in page, asked
        assert '<mark class="sought">' not in page
    Need.objects.filter(pk=need.pk).update(description="On monte à pied depuis juin.")
    page = client.get(to("needs"), {"q": "ascenseur pied"}).content.decode()
    assert 'monte à <mark class="sought">pied</mark> depuis' in page
    # Every word must be there, and the other filters hold.
    assert "Aucun besoin avec ces filtres" in client.get(to("needs"), {"q": "ascenseur bus"}).content.decode()
    page = client.get(to("needs"), {"q": "ascenseur", "theme": "mobilites"}).content.decode()
    assert "Aucun besoin avec ces filtres" in page
    # Nothing but marks, or too long: everything is shown.
    for asked in ("?!", "x" * 101):
        assert client.get(to("needs"), {"q": asked}).status_code == 200


def test_a_need_s_map_offers_no_picture_without_its_note(signed_in, cdsu: User, need: Need) -> None:
    page = signed_in(cdsu).get(to("need", need.pk)).content.decode()
    assert "data-map" in page
    assert "data-picture" not in page
