"""The themes' editor: both levels, their order and look; nothing is lost, and only the CDSU edits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from observations.models import Theme
from tests import factories

URL = reverse("themes")


@pytest.fixture
def editor(cdsu, signed_in):
    return signed_in(cdsu)


def order(parent: Theme | None = None) -> list[str]:
    return list(Theme.objects.filter(parent=parent).values_list("slug", flat=True))


def typed(**changes: str) -> dict[str, str]:
    return {"name": "Sports d’eau", "short_name": "Eau", "colour": "lilas", "icon": "balance"} | changes


# --- who ----------------------------------------------------------------------------------------------------


def addresses() -> list[tuple[str, str]]:
    pk = Theme.objects.get(slug="logement").pk
    return [
        ("get", URL),
        ("post", reverse("themes_move")),
        ("get", reverse("theme_new")),
        ("post", reverse("theme_new")),
        ("get", reverse("subtheme_new", args=[pk])),
        ("get", reverse("theme", args=[pk])),
        ("post", reverse("theme", args=[pk])),
        ("post", reverse("theme_retire", args=[pk])),
        ("post", reverse("theme_restore", args=[pk])),
    ]


@pytest.mark.parametrize("role", ["agent", "partner", "council", "administrator"])
def test_other_roles_edit_no_theme(role, signed_in, request):
    client = signed_in(request.getfixturevalue(role))
    before = list(Theme.objects.values())
    for method, address in addresses():
        assert getattr(client, method)(address, typed()).status_code == 403, address
    assert list(Theme.objects.values()) == before


@pytest.mark.django_db
def test_a_visitor_signs_in_first(client):
    for method, address in addresses():
        assert getattr(client, method)(address).url.startswith(reverse("account_login")), address


@pytest.mark.parametrize("name", ["themes_move", "theme_retire", "theme_restore"])
def test_a_gesture_is_never_a_link(name, editor):
    args = [] if name == "themes_move" else [factories.theme("logement").pk]
    assert editor.get(reverse(name, args=args)).status_code == 405


# --- the list -----------------------------------------------------------------------------------------------


def test_the_list_counts_the_observations_of_each(editor):
    factories.ObservationFactory.create_batch(2, theme=factories.theme("logement-ascenseurs"))
    factories.ObservationFactory(theme=factories.theme("logement"))
    branch = editor.get(URL).context["branches"][0]
    assert (branch.theme.slug, branch.n) == ("logement", 3)
    assert {child.slug: child.n for child in branch.children}["logement-ascenseurs"] == 2


def test_queries_do_not_grow_with_themes_or_observations(editor, cdsu):
    with CaptureQueriesContext(connection) as few:
        editor.get(URL)
    for number in range(5):
        editor.post(reverse("theme_new"), typed(name=f"Thème {number}", colour="lilas", icon="balance"))
    factories.ObservationFactory.create_batch(10)
    editor.get(URL)
    with CaptureQueriesContext(connection) as many:
        editor.get(URL)
    assert len(few) == len(many) <= 8


def test_a_theme_moves_up_and_down_without_javascript(editor):
    first, second = Theme.objects.roots()[:2]
    response = editor.post(reverse("themes_move"), {"down": first.pk})
    assert response.url == f"{URL}#theme-{first.pk}"
    assert order()[:2] == [second.slug, first.slug]
    assert [branch.theme.slug for branch in editor.get(URL).context["branches"]] == order()
    editor.post(reverse("themes_move"), {"up": first.pk})
    assert order()[:2] == [first.slug, second.slug]


def test_a_sub_theme_moves_among_its_own(editor):
    parent = factories.theme("logement")
    before = order(parent)
    editor.post(reverse("themes_move"), {"down": factories.theme(before[0]).pk})
    assert order(parent)[:2] == [before[1], before[0]]


def test_ranks_stay_one_list_from_the_first_to_the_last(editor):
    editor.post(reverse("themes_move"), {"down": factories.theme("logement").pk})
    themes = list(Theme.objects.all())
    assert [theme.rank for theme in themes] == list(range(len(themes)))
    main = None
    for theme in themes:
        main = theme if theme.parent_id is None else main
        assert theme.root == main


@pytest.mark.parametrize(
    "sent", [{}, {"up": ""}, {"up": "x"}, {"down": "999999"}, {"down": "9" * 40}, {"up": "²"}]
)
def test_a_move_of_nothing_is_not_found(sent, editor):
    assert editor.post(reverse("themes_move"), sent).status_code == 404


# --- one theme ----------------------------------------------------------------------------------------------


def test_a_new_theme_comes_last_with_a_name_and_a_look(editor):
    response = editor.post(reverse("theme_new"), typed(colour="lilas"), follow=True)
    assert response.status_code == 422
    response = editor.post(reverse("theme_new"), typed(colour="egalite", icon="egalite"), follow=True)
    made = Theme.objects.get(name="Sports d’eau")
    assert order()[-1] == made.slug
    assert (made.colour, made.icon, made.short_name) == ("egalite", "egalite", "Eau")
    assert "est ajouté" in response.content.decode()


def test_a_sub_theme_wears_its_theme_s_look(editor):
    parent = factories.theme("mobilites")
    editor.post(reverse("subtheme_new", args=[parent.pk]), {"name": "bateau-bus"})
    made = Theme.objects.get(name="bateau-bus")
    assert (made.parent, made.colour, made.icon) == (parent, parent.colour, parent.icon)


def test_a_sub_theme_has_no_sub_theme(editor):
    child = factories.theme("mobilites-bus")
    assert editor.get(reverse("subtheme_new", args=[child.pk])).status_code == 404


def test_renaming_keeps_the_slug_and_the_observations(editor):
    theme = factories.theme("logement")
    factories.ObservationFactory(theme=theme)
    editor.post(
        reverse("theme", args=[theme.pk]),
        {"name": "Habitat", "short_name": "", "colour": "sante", "icon": "logement"},
    )
    theme.refresh_from_db()
    assert (theme.name, theme.slug, theme.colour) == ("Habitat", "logement", "sante")
    assert theme.observation_set.count() == 1
    assert set(theme.children.values_list("colour", flat=True)) == {"sante"}


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "Donnez un nom"),
        ({"name": "Mobilités"}, "porte déjà ce nom"),
        ({"colour": "fuchsia"}, "choix valide"),
        ({"icon": ""}, "Choisissez une icône"),
        ({"name": "x" * 61}, "60 caractères"),
        ({"name": "a\x00b"}, "nul"),
    ],
)
def test_what_is_refused_is_kept_and_explained(sent, words, editor):
    theme = factories.theme("logement")
    data = {"name": "Habitat", "short_name": "Toit à soi", "colour": "sante", "icon": "sante"} | sent
    response = editor.post(reverse("theme", args=[theme.pk]), data)
    assert response.status_code == 422
    content = response.content.decode()
    assert words in content
    assert 'value="Toit à soi"' in content
    assert "Rien n’est encore enregistré" in content
    theme.refresh_from_db()
    assert theme.name == "Logement"
    if "colour" not in sent:
        assert re.search(r'name="colour" value="sante" checked', content)


def test_a_retired_theme_is_no_longer_offered_and_keeps_its_observations(editor):
    theme = factories.theme("mobilites")
    observation = factories.ObservationFactory(theme=factories.theme("mobilites-bus"))
    page = editor.post(reverse("theme_retire", args=[theme.pk]), follow=True).content.decode()
    assert "reste dans l’historique" in page
    assert theme.slug not in [offered.root.slug for offered in Theme.objects.offered()]
    observation.refresh_from_db()
    assert observation.theme.slug == "mobilites-bus"
    page = editor.post(reverse("theme_restore", args=[theme.pk]), follow=True).content.decode()
    assert "de nouveau proposé" in page
    assert "mobilites-bus" in [offered.slug for offered in Theme.objects.offered()]


def test_the_last_theme_is_not_retired(editor):
    theme = factories.theme("logement")
    Theme.objects.roots().exclude(pk=theme.pk).update(active=False)
    page = editor.post(reverse("theme_retire", args=[theme.pk]), follow=True).content.decode()
    assert "Gardez au moins un thème" in page
    theme.refresh_from_db()
    assert theme.active


def test_the_page_says_what_retiring_means(editor):
    theme = factories.theme("mobilites")
    factories.ObservationFactory.create_batch(2, theme=factories.theme("mobilites-bus"))
    page = editor.get(reverse("theme", args=[theme.pk])).content.decode()
    assert "Ses 2 observations le gardent" in page


def test_a_name_is_never_read_as_html(editor):
    editor.post(reverse("theme_new"), typed(name="<b>gras</b>", colour="egalite", icon="egalite"))
    page = editor.get(URL).content.decode()
    assert "<b>gras</b>" not in page
    assert "&lt;b&gt;gras" in page


def test_an_unknown_theme_is_not_found(editor):
    assert editor.get(reverse("theme", args=[999_999])).status_code == 404
