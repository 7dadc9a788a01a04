"""The list: who sees it, how it is grouped, filtered, paged, and what it says when it is empty."""

from datetime import timedelta
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from observations.models import Neighbourhood, Observation, User
from observations.review import listing
from tests.factories import ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    """What the page says, its no-break spaces made plain."""
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def ago(days: int):
    return timezone.localdate() - timedelta(days=days)


def test_a_cdsu_reads_the_words(signed_in, cdsu: User) -> None:
    ObservationFactory(words="Trois semaines sans ascenseur.")
    assert "« Trois semaines sans ascenseur. »" in text(signed_in(cdsu).get("/relecture/"))


@pytest.mark.parametrize("who", ["agent", "council", "partner", "administrator"])
def test_other_roles_have_no_review(signed_in, request: pytest.FixtureRequest, who: str) -> None:
    assert signed_in(request.getfixturevalue(who)).get("/relecture/").status_code == 403


def test_nobody_reads_without_signing_in(client: Client, db: None) -> None:
    assert client.get("/relecture/").headers["Location"] == "/compte/login/?next=/relecture/"


def test_the_list_cannot_be_posted_to(signed_in, cdsu: User) -> None:
    assert signed_in(cdsu).post("/relecture/").status_code == 405


def test_a_cdsu_limited_to_a_neighbourhood_sees_no_other(
    signed_in, banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    ObservationFactory(words="Ici même.", neighbourhood=banc_vert)
    ObservationFactory(words="Là-bas.", neighbourhood=soubise)
    page = text(signed_in(UserFactory(role="cdsu", neighbourhoods=[banc_vert])).get("/relecture/"))
    assert "Ici même." in page
    assert "Là-bas." not in page
    assert "Soubise" not in page


def test_groups_follow_the_territorys_order_with_their_counts(signed_in, cdsu: User) -> None:
    for slug in ("mobilites", "logement-humidite", "logement-ascenseurs", "logement"):
        ObservationFactory(theme=theme(slug))
    groups = signed_in(cdsu).get("/relecture/").context["listing"].groups
    assert [(group.theme.slug, group.count) for group in groups] == [("logement", 3), ("mobilites", 1)]
    sections = [section.theme.slug for section in groups[0].sections.values()]
    assert sections == ["logement", "logement-humidite", "logement-ascenseurs"]


def test_newest_first_inside_a_sub_theme(signed_in, cdsu: User) -> None:
    rows = [ObservationFactory(observed_on=ago(days)) for days in (9, 2, 5)]
    group = signed_in(cdsu).get("/relecture/").context["listing"].groups[0]
    (section,) = group.sections.values()
    assert section.rows == [rows[1], rows[2], rows[0]]


def test_a_theme_without_lines_on_this_page_leads_to_where_it_begins(signed_in, cdsu: User) -> None:
    for slug, count in (("logement", 3), ("lien", 2), ("mobilites", 1)):
        for _ in range(count):
            ObservationFactory(theme=theme(slug))
    with mock.patch.object(listing, "PAGE", 2):
        first = signed_in(cdsu).get("/relecture/?nature=preoccupation").context["listing"]
        assert [(g.theme.slug, g.begins_on, bool(g.sections)) for g in first.groups] == [
            ("logement", 1, True),
            ("lien", 2, False),
            ("mobilites", 3, False),
        ]
        page = signed_in(cdsu).get("/relecture/?nature=preoccupation")
        assert 'href="/relecture/?nature=preoccupation&amp;page=3"' in page.content.decode()
        last = signed_in(cdsu).get("/relecture/?page=3").context["listing"]
        assert [bool(group.sections) for group in last.groups] == [False, True, True]


@pytest.mark.parametrize("page", ["0", "-1", "99", "deux", "1" * 40, "²"])
def test_any_page_number_shows_a_page(signed_in, cdsu: User, page: str) -> None:
    ObservationFactory()
    answer = signed_in(cdsu).get("/relecture/", {"page": page})
    assert (answer.status_code, answer.context["listing"].page) == (200, 1)


@pytest.mark.parametrize(
    ("waiting", "sentence"),
    [
        ([6, 2, 0], "4 observations, dont 3 à relire ; la plus ancienne attend depuis 6 jours."),
        ([1], "2 observations, dont 1 à relire ; elle attend depuis hier."),
        ([0], "2 observations, dont 1 à relire ; elle est arrivée aujourd’hui."),
        ([], "1 observation, relue."),
    ],
)
def test_the_head_says_how_much_waits_and_since_when(
    signed_in, cdsu: User, waiting: list[int], sentence: str
) -> None:
    ObservationFactory(accepted=True)
    for days in waiting:
        ObservationFactory(received_at=timezone.now() - timedelta(days=days))
    assert sentence in text(signed_in(cdsu).get("/relecture/"))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("theme=mobilites", {"bus"}),
        ("theme=mobilites-bus", {"bus"}),
        ("quartier=QN05962M", {"bus"}),
        ("statut=retenue", {"bus"}),
        ("statut=retenue&statut=a-relire", {"bus", "lift"}),
        ("nature=atout", {"bus"}),
        ("lieu=ecole", {"bus"}),
        ("q=pret%C3%A9+velo", {"bus"}),
        ("q=velo+absent", set()),
        ("du={ago8}", {"bus"}),
        ("au={ago8}", {"lift"}),
    ],
)
def test_each_filter_of_the_query_string(
    signed_in, cdsu: User, banc_vert: Neighbourhood, soubise: Neighbourhood, query: str, kept: set[str]
) -> None:
    rows = {
        "lift": ObservationFactory(neighbourhood=banc_vert, observed_on=ago(9)),
        "bus": ObservationFactory(
            neighbourhood=soubise,
            theme=theme("mobilites-bus"),
            nature="atout",
            place_kind="ecole",
            accepted=True,
            words="Le vélo prêté m’a servi.",
            observed_on=ago(2),
        ),
    }
    answer = signed_in(cdsu).get("/relecture/?" + query.format(ago8=ago(8)))
    shown = {o for group in answer.context["listing"].groups for s in group.sections.values() for o in s.rows}
    assert shown == {rows[name] for name in kept}


def test_each_filter_that_is_on_can_be_lifted_alone(signed_in, cdsu: User) -> None:
    ObservationFactory()
    answer = signed_in(cdsu).get("/relecture/?statut=a-relire&statut=retenue&q=ascenseur&page=2")
    chips = {chip.label: chip.without for chip in answer.context["selection"].chips}
    assert chips["À relire"] == "?statut=retenue&q=ascenseur"
    assert chips["«\u202fascenseur\u202f»"] == "?statut=a-relire&statut=retenue"


@pytest.mark.parametrize("wrong", ["du=hier", "theme=rien", "statut=x", "quartier=QN0", "q=" + "a" * 101])
def test_a_filter_that_means_nothing_is_named_and_the_list_still_shows(
    signed_in, cdsu: User, wrong: str
) -> None:
    ObservationFactory(words="Toujours là.")
    page = text(signed_in(cdsu).get(f"/relecture/?{wrong}"))
    assert "Un filtre n’a pas été compris" in page
    assert "Toujours là." in page


def test_a_new_territory_has_its_own_sentence(signed_in, cdsu: User) -> None:
    assert "Rien à relire pour l’instant" in text(signed_in(cdsu).get("/relecture/"))


def test_nothing_with_these_filters_offers_a_way_on(signed_in, cdsu: User) -> None:
    ObservationFactory()
    page = text(signed_in(cdsu).get("/relecture/?q=introuvable"))
    assert "Rien avec ces filtres" in page
    assert "Retirer les filtres" in page


def test_what_is_older_than_a_year_is_offered_not_hidden(signed_in, cdsu: User) -> None:
    ObservationFactory(observed_on=ago(800), words="Il y a longtemps.")
    page = text(signed_in(cdsu).get("/relecture/"))
    assert "Voir aussi les plus anciennes" in page
    assert "Il y a longtemps." in text(signed_in(cdsu).get("/relecture/?du=2000-01-01"))


def test_words_are_written_as_text_not_as_html(signed_in, cdsu: User) -> None:
    ObservationFactory(words="<script>alert(1)</script>")
    assert b"<script>alert" not in signed_in(cdsu).get("/relecture/").content


def test_the_authors_name_is_nowhere(signed_in, cdsu: User) -> None:
    ObservationFactory(author=UserFactory(name="Nom Secret", email="secret@example.test"))
    page = signed_in(cdsu).get("/relecture/").content.decode()
    assert "Nom Secret" not in page
    assert "secret@example.test" not in page


def test_the_queries_do_not_grow_with_the_rows(signed_in, cdsu: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/relecture/?q=ascenseur").status_code == 200
        return len(queries)

    browser = signed_in(cdsu)
    ObservationFactory()
    cost()
    before = cost()
    for slug in ("logement", "mobilites", "lien-isolement", "sante", "droits-langue"):
        for _ in range(12):
            ObservationFactory(theme=theme(slug))
    assert cost() == before
    assert Observation.objects.count() == 61
