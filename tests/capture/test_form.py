"""The rules of an observation, as the plain form and the phone both meet them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from observations.capture.forms import ObservationForm, PhoneForm, blank
from observations.models import Theme
from tests import factories

BASE = {
    "neighbourhood": "QN05961M",
    "theme": "logement",
    "nature": "preoccupation",
    "words": "L’ascenseur est en panne.",
    "agreement": "oui",
    "observed_on": "2026-11-22",
}
POINT = {"precision": "lieu", "latitude": "51.0283", "longitude": "2.3613"}

pytestmark = pytest.mark.usefixtures("banc_vert")


@pytest.fixture
def filled(agent):
    """`filled(name=value)`: the plain form with one thing changed; None leaves it out."""

    def fill(form=ObservationForm, /, **changes):
        data = {name: value for name, value in (BASE | changes).items() if value is not None}
        return form(data, user=agent)

    return fill


def entry(form):
    assert form.is_valid(), form.errors
    return form.entry()


def test_the_least_one_may_write_is_enough(filled):
    written = entry(filled())
    assert (written.words, written.precision, written.theme.slug) == (BASE["words"], "quartier", "logement")


def test_theme_and_sub_theme_are_joined_without_a_script(filled):
    assert entry(filled(sub="logement-ascenseurs")).theme.slug == "logement-ascenseurs"


def test_a_sub_theme_left_under_another_theme_counts_for_nothing(filled):
    assert entry(filled(theme="cadre", sub="logement-ascenseurs")).theme.slug == "cadre"


def test_a_sub_theme_listed_under_another_theme_is_questioned(filled):
    form = filled(theme="cadre", sub_list="logement-ascenseurs")
    assert list(form.errors) == ["theme"]
    assert entry(filled(sub_list="logement-charges")).theme.slug == "logement-charges"


def test_the_phone_names_either_level(filled):
    assert entry(filled(PhoneForm, theme="logement-ascenseurs")).theme.slug == "logement-ascenseurs"


@pytest.mark.parametrize("slug", ["logement", "logement-ascenseurs"])
def test_a_retired_theme_is_not_offered(filled, slug):
    Theme.objects.filter(slug=slug).update(active=False)
    assert "theme" in filled(theme="logement-ascenseurs").errors


def test_words_or_what_was_seen_one_is_enough(filled):
    assert entry(filled(words="", seen="Trois bancs.", agreement="sans_objet")).seen == "Trois bancs."
    assert list(filled(words=" \n ", seen="", agreement="sans_objet").errors) == ["words"]


def test_nothing_said_needs_no_answer_in_the_plain_form_but_the_phone_says_it(filled):
    silence = {"words": "", "seen": "Trois bancs.", "agreement": None}
    assert entry(filled(**silence)).agreement == "sans_objet"
    assert list(filled(PhoneForm, **silence).errors) == ["agreement"]


@pytest.mark.parametrize(
    ("words", "agreement"), [("Une parole.", None), ("Une parole.", "sans_objet"), ("", "oui"), ("", "non")]
)
def test_agreement_binds_both_ways(filled, words, agreement):
    assert list(filled(words=words, seen="Un banc.", agreement=agreement).errors) == ["agreement"]


def test_exact_words_need_words(filled):
    assert not entry(filled(words="", seen="Un banc.", agreement=None, words_exact="on")).words_exact


def test_a_home_keeps_neither_point_nor_name_of_a_place(filled):
    written = entry(filled(**POINT, place_kind="domicile", place_label="12 rue des Lilas"))
    assert (written.precision, written.latitude, written.longitude, written.place_label) == (
        "quartier",
        None,
        None,
        "",
    )


def test_a_neighbourhood_drops_the_point(filled):
    written = entry(filled(**POINT | {"precision": "quartier"}))
    assert (written.latitude, written.longitude) == (None, None)


@pytest.mark.parametrize("precision", ["lieu", "secteur"])
@pytest.mark.parametrize("missing", ["latitude", "longitude"])
def test_a_place_or_a_sector_needs_its_whole_point(filled, precision, missing):
    assert list(filled(**POINT | {"precision": precision, missing: ""}).errors) == ["precision"]


@pytest.mark.parametrize("latitude", ["91", "-91", "nan", "inf", "là-bas"])
def test_a_point_beside_the_earth_is_refused(filled, latitude):
    assert "latitude" in filled(**POINT | {"latitude": latitude}).errors


@pytest.mark.parametrize(("field", "limit"), [("words", 5_000), ("reading", 5_000), ("place_label", 120)])
def test_a_text_has_a_length_and_the_error_says_by_how_much(filled, field, limit):
    assert filled(**{field: "é" * limit}).is_valid()
    assert "de 3 caractères" in str(filled(**{field: "é" * (limit + 3)}).errors[field])


def test_line_ends_and_tabs_are_kept_as_typed(filled):
    assert entry(filled(words="Un\r\ndeux\ttrois")).words == "Un\ndeux\ttrois"


def test_a_day_is_read_as_browsers_send_it_or_as_people_type_it(filled):
    assert entry(filled(observed_on="2026-11-22")).observed_on == date(2026, 11, 22)
    assert entry(filled(observed_on="22/11/2026")).observed_on == date(2026, 11, 22)


def test_a_day_to_come_is_a_wrong_clock_and_rejects_nothing(filled):
    tomorrow = (timezone.localdate() + timedelta(days=400)).isoformat()
    assert filled(observed_on=tomorrow).is_valid()


@pytest.mark.parametrize("day", ["", "hier", "2026-02-30", "0001-01-01", "20261122"])
def test_a_day_that_is_none_is_refused(filled, day):
    assert list(filled(observed_on=day).errors) == ["observed_on"]


def test_a_neighbourhood_that_left_the_official_list_is_not_offered(filled, banc_vert):
    banc_vert.active = False
    banc_vert.save()
    assert list(filled().errors) == ["neighbourhood"]


def test_no_error_repeats_what_was_sent(filled):
    hostile = "CANARI"
    form = filled(**dict.fromkeys([*BASE, *POINT, "place_kind", "people", "captured_at", "form"], hostile))
    assert not form.is_valid()
    assert hostile not in str(form.errors)


def test_a_new_form_opens_on_the_last_neighbourhood_used(agent, banc_vert, soubise):
    assert blank(agent, None)["neighbourhood"] is None
    factories.ObservationFactory(author=agent, neighbourhood=banc_vert)
    factories.ObservationFactory(author=agent, neighbourhood=soubise)
    assert blank(agent, None)["neighbourhood"] == soubise.code


def test_the_only_neighbourhood_is_chosen_already(agent, banc_vert):
    assert blank(agent, None)["neighbourhood"] == banc_vert.code


def test_a_new_form_here_takes_the_place_and_nothing_that_was_said(agent, banc_vert):
    here = factories.ObservationFactory(author=agent, neighbourhood=banc_vert, point=(51.0283, 2.3613))
    start = blank(agent, here)
    assert (start["neighbourhood"], start["latitude"], start["precision"]) == (
        banc_vert.code,
        51.0283,
        "lieu",
    )
    assert not {"words", "seen", "agreement", "nature", "theme"} & start.keys()
