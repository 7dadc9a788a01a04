"""The administration: reference data and accounts, and nothing of what residents said."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.sites import site
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from observations.models import Neighbourhood, Observation, Role, Status, Territory, Theme, User
from observations.privacy.fields import FIELDS, privacy_class
from observations.privacy.retention import PERIODS
from tests import factories

LISTS = ["territory", "neighbourhood", "user", "theme", "observation"]


def listing(name: str) -> str:
    return reverse(f"admin:observations_{name}_changelist")


def page(name: str, pk: object) -> str:
    return reverse(f"admin:observations_{name}_change", args=[pk])


def account(**changes: object) -> dict[str, object]:
    return {
        "email": "Nouvelle@Example.test",
        "name": "Nouvelle",
        "role": "agent",
        "is_active": "on",
        **changes,
    }


@pytest.fixture
def office(administrator, signed_in):
    return signed_in(administrator)


# --- who ----------------------------------------------------------------------------------------------------


def test_only_what_is_listed_here_is_in_the_administration():
    assert {model._meta.model_name for model in site._registry} == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_the_administration_opens_every_list(name, office):
    assert office.get(listing(name)).status_code == 200


@pytest.mark.parametrize("role", ["agent", "cdsu", "partner", "council"])
@pytest.mark.parametrize("name", LISTS)
def test_other_roles_are_told_that_it_is_not_theirs(name, role, signed_in, request):
    client = signed_in(request.getfixturevalue(role))
    assert client.get(listing(name), follow=True).status_code == 403
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_a_visitor_is_led_to_the_one_sign_in_page(name, client):
    chain = client.get(listing(name), follow=True).redirect_chain
    assert any(url.startswith(reverse("account_login")) for url, _ in chain)


def test_its_words_are_french(office):
    content = office.get(reverse("admin:index")).content.decode()
    assert "Nouveaux Accords" in content
    for word in ("Quartiers", "Thèmes", "Comptes", "Observations", "Territoires"):
        assert word in content


# --- observations -------------------------------------------------------------------------------------------

CANARIES = {
    "words": "canariparole",
    "seen": "canarivu",
    "reading": "canarilecture",
    "public_text": "canaripublic",
    "stems": "canarirecherche",
    "place_label": "canarilieu",
}


@pytest.fixture
def observed(banc_vert):
    author = factories.UserFactory(name="canariauteur", email="canari.auteur@example.test")
    return factories.ObservationFactory(
        **CANARIES,
        neighbourhood=banc_vert,
        author=author,
        noted_by=author,
        status=Status.SET_ASIDE,
        status_by=author,
        status_at=timezone.now(),
        status_reason="canarimotif",
        point=(51.02345, 2.35678),
    )


def test_no_raw_or_secret_field_appears_in_any_page(observed, office):
    pages = [
        reverse("admin:index"),
        *map(listing, ["observation", "neighbourhood", "theme", "territory"]),
        page("observation", observed.pk),
        reverse("admin:observations_observation_history", args=[observed.pk]),
        page("neighbourhood", observed.neighbourhood_id),
        listing("observation") + "?theme=logement",
        listing("observation")
        + f"?neighbourhood__id__exact={observed.neighbourhood_id}&status__exact=ecartee",
    ]
    for address in pages:
        response = office.get(address)
        assert response.status_code == 200, address
        content = response.content.decode().lower()
        assert "canari" not in content, address
        assert "51.0234" not in content, address
        assert "51,0234" not in content, address
        assert str(observed.tile_x) not in content, address


def test_only_internal_fields_are_listed_or_even_read(observed, office, django_assert_max_num_queries):
    admin = site._registry[Observation]
    model = "observations.Observation"
    assert {privacy_class(model, name) for name in admin.fields} == {"internal"}
    listed = [name for name in admin.list_display if not hasattr(admin, name)]
    assert {privacy_class(model, name) for name in listed} == {"internal"}
    private = FIELDS[model]["raw"].split() + FIELDS[model]["secret"].split()
    with django_assert_max_num_queries(20) as queries:
        office.get(listing("observation"))
        office.get(page("observation", observed.pk))
    for query in queries.captured_queries:
        assert not [name for name in private if f'"observations_observation"."{name}"' in query["sql"]]


@pytest.mark.parametrize(
    "lookup",
    [
        "words__icontains=canari",
        "stems__contains=canari",
        "author=1",
        "author__email__contains=canari",
        "noted_by__id__exact=1",
        "latitude__gte=51",
        "tile_x__gt=1",
        "place_label__startswith=c",
        "neighbourhood__observation__words__contains=canari",
        # The checksum of what was received: it would confirm a guess.
        "digest=canari",
        "digest__startswith=canari",
        # Its pattern is the database's to refuse, with an error of its own.
        "people__regex=%5B",
        "people__iregex=%5B",
    ],
)
def test_a_query_string_cannot_ask_about_what_is_not_shown(lookup, observed, office):
    """Otherwise the number of rows would answer."""
    assert office.get(f"{listing('observation')}?{lookup}").status_code == 400


def test_a_search_looks_at_no_text(observed, office):
    factories.ObservationFactory()
    content = office.get(listing("observation") + "?q=canari")
    assert content.context["cl"].result_count == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("theme=logement", 1),
        ("theme=mobilites", 1),
        ("theme=sante", 0),
        ("status__exact=ecartee", 1),
        ("nature__exact=atout", 1),
        ("observed_on__year=2020", 1),
    ],
)
def test_observations_are_filtered_by_theme_status_nature_and_date(query, found, observed, office):
    factories.ObservationFactory(
        theme=factories.theme("mobilites-bus"), nature="atout", observed_on="2020-05-01"
    )
    response = office.get(f"{listing('observation')}?{query}")
    assert response.context["cl"].result_count == found


def test_observations_are_filtered_by_neighbourhood(observed, office):
    factories.ObservationFactory()
    response = office.get(f"{listing('observation')}?neighbourhood__id__exact={observed.neighbourhood_id}")
    assert [row.pk for row in response.context["cl"].result_list] == [observed.pk]


def test_the_list_s_queries_do_not_grow_with_rows(office, django_assert_max_num_queries):
    factories.ObservationFactory.create_batch(30)
    with django_assert_max_num_queries(14):
        office.get(listing("observation"))


@pytest.mark.parametrize("name", ["observation", "theme"])
def test_observations_and_themes_are_neither_added_changed_nor_deleted(name, observed, office):
    pk = observed.pk if name == "observation" else observed.theme_id
    before = Observation.objects.count(), Theme.objects.count()
    assert office.get(reverse(f"admin:observations_{name}_add")).status_code == 403
    assert office.post(page(name, pk), {"words": "x", "name": "x"}).status_code == 403
    assert (
        office.post(reverse(f"admin:observations_{name}_delete", args=[pk]), {"post": "yes"}).status_code
        == 403
    )
    chosen = {"action": "delete_selected", "_selected_action": [str(pk)], "post": "yes"}
    office.post(listing(name), chosen)
    assert (Observation.objects.count(), Theme.objects.count()) == before


# --- reference data -----------------------------------------------------------------------------------------


def test_a_neighbourhood_is_retired_and_nothing_else_of_it_changes(banc_vert, office):
    outline = banc_vert.boundary
    office.post(page("neighbourhood", banc_vert.pk), {"name": "Autre", "boundary": "{}", "code": "X"})
    banc_vert.refresh_from_db()
    assert (banc_vert.active, banc_vert.code, banc_vert.boundary) == (False, "QN05961M", outline)
    assert banc_vert.name == "Banc Vert – Île Jeanty"
    office.post(page("neighbourhood", banc_vert.pk), {"active": "on"})
    assert Neighbourhood.objects.active().get() == banc_vert


@pytest.mark.parametrize("name", ["neighbourhood", "territory", "user"])
def test_nothing_is_deleted_from_the_administration(name, banc_vert, administrator, office):
    pk = {"neighbourhood": banc_vert.pk, "territory": 1, "user": administrator.pk}[name]
    response = office.post(reverse(f"admin:observations_{name}_delete", args=[pk]), {"post": "yes"})
    assert response.status_code == 403


def test_the_territory_is_changed_and_its_threshold_never_lowered(office):
    sent = {"name": "Communauté urbaine de Dunkerque", "siren": "245900428", "threshold": 11, "banner": ""}
    sent |= {name: bounds.default for name, bounds in PERIODS.items()} | {"texts_months": 6}
    assert office.post(page("territory", 1), sent).status_code == 302
    assert Territory.current().texts_months == 6
    assert Territory.current().threshold == 11
    assert office.post(page("territory", 1), {**sent, "account_closing_months": 11}).status_code == 200
    refused = office.post(page("territory", 1), {**sent, "threshold": 4})
    assert refused.status_code == 200
    assert Territory.current().threshold == 11
    assert office.get(reverse("admin:observations_territory_add")).status_code == 403


# --- accounts -----------------------------------------------------------------------------------------------


def test_an_account_is_opened_without_a_password_its_address_in_lower_case(banc_vert, office):
    sent = account(neighbourhoods=[banc_vert.pk])
    assert office.post(reverse("admin:observations_user_add"), sent).status_code == 302
    made = User.objects.get(email="nouvelle@example.test")
    assert not made.has_usable_password()
    assert not made.is_staff
    assert list(made.neighbourhoods.all()) == [banc_vert]


def test_staff_follows_the_role(office):
    office.post(reverse("admin:observations_user_add"), account(role=Role.ADMIN))
    made = User.objects.get(email="nouvelle@example.test")
    assert made.is_staff
    office.post(page("user", made.pk), account(role=Role.PARTNER))
    made.refresh_from_db()
    assert (made.role, made.is_staff) == (Role.PARTNER, False)


def test_an_address_in_other_capitals_is_the_same_address(agent, office):
    response = office.post(reverse("admin:observations_user_add"), account(email="AGENT@example.test"))
    assert response.status_code == 200
    assert "existe déjà" in response.content.decode()
    assert User.objects.filter(email__iexact="agent@example.test").count() == 1


@pytest.mark.parametrize("change", [{"role": "cdsu"}, {"is_active": ""}])
def test_administrators_do_not_shut_themselves_out(change, administrator, office):
    sent = account(email=administrator.email, role="admin") | change
    response = office.post(page("user", administrator.pk), {k: v for k, v in sent.items() if v})
    assert "votre propre compte" in response.content.decode()
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("admin", True)


def test_a_closed_account_is_signed_out_and_its_old_address_opens_nothing(agent, office):
    other = Client()
    other.force_login(agent)
    EmailAddress.objects.create(user=agent, email=agent.email, verified=True, primary=True)
    closed = account(email="nouvelle@example.test")
    del closed["is_active"]
    office.post(page("user", agent.pk), closed)
    agent.refresh_from_db()
    assert (agent.is_active, agent.email) == (False, "nouvelle@example.test")
    assert other.get(reverse("home")).url.startswith(reverse("account_login"))
    assert not EmailAddress.objects.filter(user=agent).exists()


def test_the_password_is_nowhere(agent, office):
    agent.set_password("x")
    agent.save()
    for address in (listing("user"), page("user", agent.pk)):
        content = office.get(address).content.decode()
        assert agent.password not in content
        assert "pbkdf2" not in content
    assert office.get(listing("user") + "?password__startswith=pbkdf2").status_code == 400
    assert get_user_model() is User


@pytest.mark.django_db
def test_outside_the_demonstration_signing_in_goes_by_a_code(client, settings):
    settings.DEMO = False
    response = client.get(reverse("account_login") + "?next=/admin/")
    assert response.url == reverse("account_request_login_code") + "?next=%2Fadmin%2F"
