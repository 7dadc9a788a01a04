"""Writing a synthèse: the draft's page, its preview, publication, correction."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.actions import publishing
from observations.models import Agreement, Neighbourhood, Observation, Status, Summary, Theme, User
from observations.restitution import drafting
from observations.typesetting.setting import PdfError
from tests import factories
from tests.restitution.month import hear, month_before, publish_month

DRAFT_PAGES = ["summary_edit", "summary_preview", "summary_publish"]
POSTED = ["summary_create", "summary_edit", "summary_publish", "summary_correct", "summary_delete_draft"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(heard: list[Observation], light_pdf: None, cdsu: User) -> Summary:
    return publishing.create_draft(month=month_before(), by=cdsu)


def address(name: str, summary: Summary) -> str:
    return reverse(name) if name == "summary_create" else reverse(name, args=[summary.pk])


def form_of(draft: Summary, **changes: Any) -> dict[str, Any]:
    draft.refresh_from_db()
    return {"seen": draft.updated_at.isoformat(), "introduction": "", "quotes": []} | changes


def save(client: Client, draft: Summary, **changes: Any) -> Any:
    return client.post(address("summary_edit", draft), form_of(draft, **changes))


@pytest.mark.parametrize("name", DRAFT_PAGES)
@pytest.mark.parametrize("who", ["agent", "council", "administrator", "partner"])
def test_a_draft_is_shown_to_no_other_role(
    name: str, who: str, draft: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    assert signed_in(request.getfixturevalue(who)).get(address(name, draft)).status_code == 403


@pytest.mark.parametrize("name", POSTED)
@pytest.mark.parametrize("who", ["agent", "council", "administrator", "partner"])
def test_no_other_role_writes(
    name: str, who: str, draft: Summary, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    answer = signed_in(request.getfixturevalue(who)).post(address(name, draft), {"month": "2026-01"})
    assert answer.status_code == 403
    assert Summary.objects.get().updated_at == draft.updated_at


@pytest.mark.parametrize("name", POSTED)
def test_a_cdsu_of_some_neighbourhoods_is_told_why_not(
    name: str, draft: Summary, banc_vert: Neighbourhood, signed_in: Any
) -> None:
    limited = factories.UserFactory(role="cdsu", neighbourhoods=[banc_vert])
    answer = signed_in(limited).post(address(name, draft), {"month": "2026-01"})
    assert answer.status_code == 403
    assert "suit tous les quartiers" in answer.content.decode()
    assert signed_in(limited).get(address("summary_preview", draft)).status_code == 200


@pytest.mark.parametrize("name", [*DRAFT_PAGES, "summary_correct"])
def test_a_visitor_is_asked_to_sign_in(name: str, draft: Summary, client: Client) -> None:
    assert client.get(address(name, draft)).headers["Location"].startswith("/compte/login/")


@pytest.mark.parametrize("name", ["summary_create", "summary_delete_draft"])
def test_what_writes_is_never_a_link(name: str, draft: Summary, cdsu: User, signed_in: Any) -> None:
    assert signed_in(cdsu).get(address(name, draft)).status_code == 405


def test_preparing_a_month_opens_its_draft(heard: list[Observation], cdsu: User, signed_in: Any) -> None:
    answer = signed_in(cdsu).post(reverse("summary_create"), {"month": f"{month_before():%Y-%m}"})
    draft = Summary.objects.get()
    assert (draft.month, draft.created_by) == (month_before(), cdsu)
    assert answer.headers["Location"] == address("summary_edit", draft)


@pytest.mark.parametrize("month", ["", "2026-13", "octobre", "9999-01", f"{month_before(-1):%Y-%m}"])
def test_a_month_that_cannot_be_prepared_is_explained(month: str, cdsu: User, signed_in: Any) -> None:
    answer = signed_in(cdsu).post(reverse("summary_create"), {"month": month}, follow=True)
    assert answer.status_code == 200
    assert not Summary.objects.exists()
    assert 'class="note error"' in answer.content.decode()


def test_the_draft_page_holds_the_month_and_its_words(draft: Summary, cdsu: User, signed_in: Any) -> None:
    page = signed_in(cdsu).get(address("summary_edit", draft)).content.decode()
    assert "24\u00a0observations" in page
    assert "Parole relue numéro 3" in page
    assert "commentaire-logement" in page


def test_a_theme_too_rare_cannot_be_commented_and_it_is_said(
    draft: Summary, cdsu: User, signed_in: Any
) -> None:
    page = signed_in(cdsu).get(address("summary_edit", draft)).content.decode()
    assert "commentaire-egalite" not in page
    assert "donc réunis" in page
    assert Theme.objects.get(slug="egalite").name in page


def test_only_words_that_may_be_quoted_are_offered(
    draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    refused = {
        0: {"agreement": Agreement.NO, "public_text": "", "words": "mot sans accord"},
        1: {"status": Status.SET_ASIDE, "status_reason": "x"},
        2: {"observed_on": month_before(2)},
    }
    for i, change in refused.items():
        Observation.objects.filter(pk=heard[i].pk).update(**change)
    page = signed_in(cdsu).get(address("summary_edit", draft)).content.decode()
    for i in refused:
        assert str(heard[i].pk) not in page
    assert str(heard[5].pk) in page


def test_saving_keeps_introduction_comments_and_words(
    draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    changes = {"introduction": "Bonjour", "commentaire-logement": "Oui", "quotes": [heard[1].pk, heard[0].pk]}
    answer = save(signed_in(cdsu), draft, **changes)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.introduction, draft.comments) == ("Bonjour", {"logement": "Oui"})
    assert [q.observation_id for q in draft.quotes.all()] == [heard[1].pk, heard[0].pk]


@pytest.mark.parametrize(
    ("move", "order"),
    [("up:2", [0, 2, 1]), ("down:0", [1, 0, 2]), ("up:0", [0, 1, 2]), ("down:2", [0, 1, 2])],
)
def test_the_arrows_order_the_words_without_javascript(
    move: str, order: list[int], draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    way, i = move.split(":")
    ids = [said.pk for said in heard[:3]]
    answer = save(signed_in(cdsu), draft, quotes=ids, move=f"{way}:{ids[int(i)]}", introduction="Gardée")
    assert answer.headers["Location"].endswith("#choisies")
    assert [q.observation_id for q in draft.quotes.all()] == [ids[i] for i in order]
    draft.refresh_from_db()
    assert draft.introduction == "Gardée"


def test_wild_values_do_not_break_the_page(draft: Summary, cdsu: User, signed_in: Any) -> None:
    for changes in (
        {"quotes": ["x", "", "0" * 36]},
        {"move": "up:zzz"},
        {"seen": "hier"},
        {"introduction": "\x00a"},
        {"commentaire-inconnu": "texte"},
        {"ensuite": "ailleurs"},
    ):
        assert save(signed_in(cdsu), draft, **changes).status_code in {200, 302}


def test_nothing_typed_is_lost_when_a_text_is_too_long(
    draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    changes = {"introduction": "y" * 3_001, "commentaire-logement": "Gardé", "quotes": [heard[4].pk]}
    answer = save(signed_in(cdsu), draft, **changes)
    page = answer.content.decode()
    assert "trop long" in page
    assert "y" * 3_001 in page
    assert "Gardé" in page
    assert f'value="{heard[4].pk}" checked' in page
    assert Summary.objects.get().introduction == ""


def test_the_second_of_two_writers_is_told_and_keeps_their_text(
    draft: Summary, cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    late = form_of(draft, introduction="La mienne")
    save(client, draft, introduction="La leur")
    answer = client.post(address("summary_edit", draft), late)
    page = answer.content.decode()
    assert "enregistré par quelqu’un d’autre" in page
    assert "La mienne" in page
    assert Summary.objects.get().introduction == "La leur"
    again = late | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(address("summary_edit", draft), again).status_code == 302
    assert Summary.objects.get().introduction == "La mienne"


def test_a_comment_on_a_theme_merged_since_is_shown_and_blocks(
    draft: Summary, cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    save(client, draft, **{"commentaire-mobilites": "Le bus."})
    Observation.objects.filter(theme__parent__slug="mobilites").update(
        theme=factories.theme("logement-charges")
    )
    page = client.get(address("summary_edit", draft)).content.decode()
    assert "Le bus." in page
    assert "ne peut pas être publié" in page
    client.post(address("summary_publish", draft), form_of(draft))
    assert not Summary.objects.get().is_published


def test_words_no_longer_quotable_are_named_and_block(
    draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    save(client, draft, quotes=[heard[0].pk, heard[1].pk])
    Observation.objects.filter(pk=heard[1].pk).update(agreement=Agreement.NO, public_text="")
    page = client.get(address("summary_edit", draft)).content.decode()
    assert "La parole n° 2 ne peut plus être citée" in page
    assert "n’a pas donné son accord" in page
    preview = client.get(address("summary_preview", draft)).content.decode()
    assert "Parole relue numéro 0" in preview
    assert "Parole relue numéro 1 " not in preview
    answer = client.post(address("summary_publish", draft), form_of(draft))
    assert "La parole n° 2 ne peut plus être citée" in answer.content.decode()
    assert not Summary.objects.get().is_published


def test_a_deleted_observation_is_named_too(
    draft: Summary, heard: list[Observation], cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    save(client, draft, quotes=[heard[0].pk])
    heard[0].delete()
    assert "l’observation a été retirée" in client.get(address("summary_edit", draft)).content.decode()
    save(client, draft)
    assert "l’observation a été retirée" not in client.get(address("summary_edit", draft)).content.decode()


def test_the_preview_is_what_partners_will_read(
    draft: Summary, heard: list[Observation], cdsu: User, partner: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    save(client, draft, introduction="Bonjour", quotes=[heard[0].pk, heard[3].pk])

    def report(name: str) -> str:
        page = client.get(address(name, draft)).content.decode()
        return page[page.index("<article") : page.index("</article>")]

    before = report("summary_preview")
    client.post(address("summary_publish", draft), form_of(draft))
    draft.refresh_from_db()
    assert draft.content is not None
    signed_in(partner)
    assert report("summary") == before.replace("Brouillon, version\u00a01", draft.content["status"])


def test_the_preview_says_that_it_is_one(draft: Summary, cdsu: User, signed_in: Any) -> None:
    assert "<b>Aperçu.</b>" in signed_in(cdsu).get(address("summary_preview", draft)).content.decode()


def test_publishing_asks_first_and_says_what_cannot_be_undone(
    draft: Summary, cdsu: User, signed_in: Any
) -> None:
    page = signed_in(cdsu).get(address("summary_publish", draft)).content.decode()
    assert "Cela ne se défait pas" in page
    assert "24\u00a0observations" in page
    assert not Summary.objects.get().is_published


def test_publishing_freezes_and_leads_to_the_page(draft: Summary, cdsu: User, signed_in: Any) -> None:
    answer = signed_in(cdsu).post(address("summary_publish", draft), form_of(draft))
    assert answer.headers["Location"] == address("summary", draft)
    assert Summary.objects.get().is_published


def test_a_draft_saved_meanwhile_is_not_published_unseen(draft: Summary, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    read = form_of(draft)
    save(client, draft, introduction="Ajoutée entre-temps")
    answer = client.post(address("summary_publish", draft), read)
    assert "enregistré par quelqu’un d’autre" in answer.content.decode()
    assert not Summary.objects.get().is_published


def test_a_pdf_that_fails_publishes_nothing(
    draft: Summary, cdsu: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(content: object) -> bytes:
        raise PdfError("exit code 1")

    monkeypatch.setattr(drafting.pdf, "render", fail)
    answer = signed_in(cdsu).post(address("summary_publish", draft), form_of(draft))
    assert "Rien n’a été publié" in answer.content.decode()
    assert not Summary.objects.get().is_published


def test_the_running_month_may_be_drafted_and_not_published(
    banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    running = publishing.create_draft(month=month_before(0), by=cdsu)
    client = signed_in(cdsu)
    assert "Le mois n’est pas fini" in client.get(address("summary_edit", running)).content.decode()
    answer = client.post(address("summary_publish", running), form_of(running))
    assert "n’est pas fini" in answer.content.decode()
    assert not Summary.objects.get().is_published


def test_what_is_left_to_read_is_said_with_a_link(
    draft: Summary, banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    for day in (1, 2):
        factories.ObservationFactory(
            neighbourhood=banc_vert, observed_on=month_before() + timedelta(days=day)
        )
    for name in ("summary_edit", "summary_publish"):
        page = signed_in(cdsu).get(address(name, draft)).content.decode()
        assert "Il reste 2 observations à relire" in page
        assert f"du={month_before():%Y-%m-%d}" in page


def test_a_correction_keeps_the_counts_of_the_version_it_corrects(
    heard: list[Observation], light_pdf: None, banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    first = publish_month(month_before(), cdsu)
    hear(month_before(), [banc_vert], cdsu, count=12)
    Theme.objects.update(name="Renommé")
    client = signed_in(cdsu)
    answer = client.post(address("summary_correct", first), {"reason": "Un mot était faux."})
    second = Summary.objects.get(version=2)
    assert answer.headers["Location"] == address("summary_edit", second)
    client.post(address("summary_publish", second), form_of(second))
    second.refresh_from_db()
    assert first.content is not None and second.content is not None
    for part in ["heard", "themes", "neighbourhoods", "map", "method", "territory"]:
        assert second.content[part] == first.content[part]
    assert second.content["version"] == 2
    assert "Un mot était faux." in second.content["correction"]
    first.refresh_from_db()
    assert first.content["version"] == 1


def test_a_correction_without_a_reason_is_asked_for_one(
    heard: list[Observation], light_pdf: None, cdsu: User, signed_in: Any
) -> None:
    first = publish_month(month_before(), cdsu)
    answer = signed_in(cdsu).post(address("summary_correct", first), {"reason": " "})
    assert "Dites ce que vous corrigez" in answer.content.decode()
    assert Summary.objects.count() == 1


def test_a_draft_is_deleted_and_what_is_published_is_not(draft: Summary, cdsu: User, signed_in: Any) -> None:
    client = signed_in(cdsu)
    client.post(address("summary_delete_draft", draft))
    assert not Summary.objects.exists()
    first = publish_month(month_before(), cdsu)
    client.post(address("summary_delete_draft", first))
    assert Summary.objects.get() == first


def test_the_months_before_are_compared_as_they_were_published(
    heard: list[Observation], light_pdf: None, banc_vert: Neighbourhood, cdsu: User
) -> None:
    hear(month_before(2), [banc_vert], cdsu)
    publish_month(month_before(2), cdsu)
    hear(month_before(2), [banc_vert], cdsu, count=7)
    content = drafting.compose(publishing.create_draft(month=month_before(), by=cdsu)).content
    assert content["heard"] is not None
    assert content["heard"]["previous"] == 24


def test_retired_themes_and_places_keep_their_names(
    draft: Summary, soubise: Neighbourhood, cdsu: User
) -> None:
    Theme.objects.filter(slug="logement").update(active=False)
    Neighbourhood.objects.filter(pk=soubise.pk).update(active=False)
    content = drafting.compose(draft).content
    assert "Logement" in [row["name"] for row in content["themes"]["rows"]]
    assert soubise.name in [row["name"] for row in content["neighbourhoods"]["rows"]]


def test_a_name_once_spoken_of_stays_listed(
    heard: list[Observation], soubise: Neighbourhood, cdsu: User
) -> None:
    """Were it dropped after months of silence, its going would say since when it was not heard."""
    old = factories.NeighbourhoodFactory(code="QP059001", name="Ancien quartier", active=False)
    never = factories.NeighbourhoodFactory(code="QP059002", name="Jamais entendu", active=False)
    hear(month_before(11), [old], cdsu, count=1)
    content = drafting.compose(publishing.create_draft(month=month_before(), by=cdsu)).content
    shapes = {shape["name"]: shape for shape in content["map"]["shapes"]}
    assert shapes[old.name]["rings"] == []
    assert shapes[soubise.name]["rings"] != []
    assert never.name not in shapes


def test_a_correction_places_words_as_the_version_before_did(
    light_pdf: None, banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User
) -> None:
    """A crossing that passed the threshold since then would say that exactly one more was kept."""
    hear(month_before(), [banc_vert], cdsu, count=24)
    hear(month_before(), [soubise], cdsu, count=24)
    first = publish_month(month_before(), cdsu)
    before = [quote["label"].split(",")[0] for quote in first.content["quotes"]]
    assert set(before) <= {"Banc Vert", "Soubise"}
    Observation.objects.filter(pk=first.quotes.all()[0].observation_id).update(neighbourhood=soubise)
    correction = publishing.start_correction(summary=first, reason="Un mot.", by=cdsu)
    known = [quote.observation_id for quote in first.quotes.all()]
    new = Observation.objects.filter(neighbourhood=banc_vert).exclude(pk__in=known).first()
    publishing.update_draft(
        summary=correction, introduction="", comments={}, quotes=[*known, new.pk], by=cdsu
    )
    places = [quote["label"].split(",")[0] for quote in drafting.compose(correction).content["quotes"]]
    assert places == [*before, first.content["territory"]]


def test_a_theme_with_many_words_shows_some_and_leads_to_the_others(
    draft: Summary, banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    hear(month_before(), [banc_vert], cdsu, count=80)
    client = signed_in(cdsu)
    page = client.get(address("summary_edit", draft)).content.decode()
    assert "plus anciennes" in page
    everything = client.get(address("summary_edit", draft) + "?toutes").content.decode()
    assert everything.count('name="quotes"') == 104


def test_queries_of_the_draft_do_not_grow_with_rows(
    draft: Summary, heard: list[Observation], banc_vert: Neighbourhood, cdsu: User, signed_in: Any
) -> None:
    client = signed_in(cdsu)
    save(client, draft, quotes=[heard[0].pk])

    def counts() -> list[int]:
        found = []
        for name in DRAFT_PAGES:
            with CaptureQueriesContext(connection) as queries:
                client.get(address(name, draft))
            found.append(len(queries))
        return found

    before = counts()
    hear(month_before(), [banc_vert], cdsu, count=60)
    hear(month_before(3), [banc_vert], cdsu, count=30)
    factories.NeighbourhoodFactory.create_batch(5)
    save(client, draft, quotes=[said.pk for said in heard])
    assert counts() == before


@pytest.mark.parametrize("name", ["summary_edit", "summary_preview", "summary_publish"])
def test_a_draft_stays_in_no_cache(name: str, draft: Summary, cdsu: User, signed_in: Any) -> None:
    assert "no-store" in signed_in(cdsu).get(address(name, draft)).headers["Cache-Control"]
