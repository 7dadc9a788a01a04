"""PUT /saisie/<uuid>/: each answer of the wire contract, and nothing else whatever comes."""

import json
import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observations.actions import capture
from observations.models import Change, Observation, Theme
from tests import factories
from tests.capture.wire import digest, patch, payload, put

pytestmark = pytest.mark.usefixtures("banc_vert")


@pytest.fixture
def phone(agent, signed_in):
    return signed_in(agent)


def errors(response):
    return response.json()["errors"]


# What Django says where nobody wrote the sentence.
ENGLISH = re.compile(
    r"\b(the|this|that|is|not|valid|value|enter|ensure|select|required|field|number)\b", re.I
)


def all_french(response):
    """Whether the answer is an acknowledgement, or errors that all say something in French."""
    answer = response.json()
    return "received_at" in answer or all(
        sentences and all(sentence.endswith(".") and not ENGLISH.search(sentence) for sentence in sentences)
        for sentences in answer["errors"].values()
    )


def test_a_first_sending_is_stored_and_echoed(phone, agent):
    key = uuid.uuid4()
    response = put(phone, id=key)
    stored = Observation.objects.get(pk=key)
    assert response.status_code == 201
    assert response.json() == {
        "id": str(key),
        "digest": digest(json.dumps(payload()).encode()),
        "received_at": stored.received_at.isoformat(),
    }
    assert (stored.author, stored.theme.slug, stored.latitude) == (agent, "logement-ascenseurs", 51.0283)


def test_the_same_bytes_again_answer_the_same(phone):
    key = uuid.uuid4()
    first, again = put(phone, id=key), put(phone, id=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_repetition_is_acknowledged_even_when_its_theme_was_retired_since(phone):
    key = uuid.uuid4()
    put(phone, id=key)
    Theme.objects.filter(slug="logement").update(active=False)
    assert put(phone, id=key).status_code == 200


def test_other_content_is_refused_and_says_nothing_of_what_stands(phone, signed_in, other_agent):
    key = uuid.uuid4()
    put(phone, id=key)
    mine = put(phone, payload(words="Autre chose."), id=key)
    theirs = put(signed_in(other_agent), id=key)
    assert (mine.status_code, theirs.status_code) == (409, 409)
    assert mine.content == theirs.content
    assert "ascenseur" not in mine.content.decode()


def test_a_withdrawn_observation_answers_410(phone, agent):
    key = uuid.uuid4()
    put(phone, id=key)
    capture.withdraw(observation=Observation.objects.get(), by=agent)
    assert put(phone, id=key).status_code == 410
    assert not Observation.objects.exists()


def test_nobody_signed_in_answers_401_in_json(client):
    response = put(client)
    assert response.status_code == 401
    assert errors(response)["__all__"] == ["Reconnectez-vous pour envoyer."]


@pytest.mark.parametrize("role", ["partner", "administrator"])
def test_another_role_answers_403_in_json(role, request, signed_in):
    response = put(signed_in(request.getfixturevalue(role)))
    assert response.status_code == 403
    assert errors(response)["__all__"]


@pytest.mark.parametrize("role", ["agent", "council", "cdsu"])
def test_who_captures_may_send(role, request, signed_in):
    assert put(signed_in(request.getfixturevalue(role))).status_code == 201


def test_a_sending_without_the_page_s_token_is_refused(agent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    assert put(client).status_code == 403
    assert not Observation.objects.exists()


def test_a_sending_with_the_page_s_token_is_taken(agent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    client.get("/saisie/")
    assert put(client, **{"X-CSRFToken": client.cookies["csrftoken"].value}).status_code == 201


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha-256=::",
        "sha-256=AAAA",
        "sha-512=:AAAA:",
        "sha-256=:" + "A" * 43 + "=:",
        "n'importe quoi",
    ],
)
def test_a_digest_that_is_missing_unreadable_or_of_another_body_answers_400(phone, header):
    assert put(phone, **{"Content-Digest": header}).status_code == 400
    assert not Observation.objects.exists()


def test_a_digest_among_others_is_found(phone):
    body = json.dumps(payload()).encode()
    header = f"sha-512=:AAAA:, sha-256=:{digest(body)}:"
    assert put(phone, body, **{"Content-Digest": header}).status_code == 201


def test_a_body_over_256_kb_answers_413(phone):
    assert put(phone, payload(words="a" * 300_000)).status_code == 413


def test_a_key_that_no_phone_makes_answers_422(phone):
    assert put(phone, id=uuid.uuid1()).status_code == 422


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'"x"', b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_object_answers_422_in_french(phone, body):
    response = put(phone, body)
    assert response.status_code == 422
    assert "JSON" in errors(response)["__all__"][0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("words", 12),
        ("words", ["a"]),
        ("seen", {}),
        ("theme", 1),
        ("nature", True),
        ("words_exact", "oui"),
        ("latitude", "51"),
        ("latitude", 10**400),
        ("latitude", float("nan")),
        ("longitude", True),
        ("observed_on", 20261122),
        ("captured_at", 0),
        ("form", "un"),
        ("form", 10**30),
        ("neighbourhood", 5),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_of_its_field(phone, field, value):
    response = put(phone, payload(**{field: value}))
    assert response.status_code == 422
    assert list(errors(response)) == [field]


@pytest.mark.parametrize("field", ["words", "seen", "reading", "place_label"])
@pytest.mark.parametrize("hostile", ["\ud800", "a\x00b", "a\x07b", "\udfff\ud800"])
def test_lone_surrogates_and_control_characters_are_errors_of_their_field(phone, field, hostile):
    response = put(phone, payload(**{field: hostile}))
    assert response.status_code == 422
    assert list(errors(response)) == [field]


@pytest.mark.parametrize("field", ["neighbourhood", "theme", "nature", "agreement", "observed_on"])
def test_what_is_required_is_asked_for_by_name(phone, field):
    response = put(phone, payload(**{field: None}))
    assert response.status_code == 422
    assert list(errors(response)) == [field]


@pytest.mark.parametrize("clock", ["2026-11-22T21:04:05", "0001-01-01T00:00:00+14:00", None])
def test_a_clock_without_a_zone_or_beside_our_centuries_gives_way_to_the_server_s(phone, clock):
    assert put(phone, payload(captured_at=clock)).status_code == 201
    stored = Observation.objects.get()
    assert stored.captured_at == stored.received_at


def test_a_flat_battery_that_brings_a_phone_back_to_1970_rejects_nothing(phone):
    answer = put(phone, payload(observed_on="1970-01-01", captured_at="1970-01-01T00:00:07Z"))
    assert answer.status_code == 201
    stored = Observation.objects.get()
    assert (stored.captured_at.year, stored.received_at.year) == (1970, timezone.now().year)


def test_a_wrong_clock_rejects_nothing_and_is_flagged(phone):
    answer = put(phone, payload(observed_on="2099-01-01", captured_at="2099-01-01T00:00:00Z"))
    assert answer.status_code == 201
    assert Observation.objects.get().has_odd_date


def test_null_counts_as_absent(phone):
    data = payload() | {"place_kind": None, "precision": None, "people": None, "latitude": None}
    assert put(phone, data).status_code == 201
    assert Observation.objects.get().precision == "quartier"


def test_only_a_cdsu_names_who_noted_on_paper(phone, agent, cdsu, other_agent, signed_in):
    put(phone, payload(noted_by=other_agent.pk))
    assert Observation.objects.get(author=agent).noted_by is None
    put(signed_in(cdsu), payload(noted_by=other_agent.pk))
    assert Observation.objects.get(author=cdsu).noted_by == other_agent


def test_a_partner_cannot_be_the_one_who_noted(cdsu, partner, signed_in):
    response = put(signed_in(cdsu), payload(noted_by=partner.pk))
    assert list(errors(response)) == ["noted_by"]


def test_a_neighbourhood_that_is_not_theirs_is_refused(signed_in, soubise):
    limited = factories.UserFactory(neighbourhoods=[soubise])
    assert list(errors(put(signed_in(limited)))) == ["neighbourhood"]


def test_the_words_sent_stand_in_no_log(phone, caplog):
    put(phone, payload(words="CANARI", agreement="sans_objet"))
    put(phone, b"CANARI")
    assert "CANARI" not in caplog.text


# Never changes: phones that hold such a form, written offline, may send it years later (offline.md).
VERSION_1 = """
{"form": 1, "captured_at": "2026-11-22T21:04:05+01:00",
 "neighbourhood": "QN05961M", "theme": "logement-ascenseurs", "nature": "preoccupation",
 "words": "…", "words_exact": true, "seen": "", "reading": "",
 "place_kind": "espace_public", "precision": "lieu", "latitude": 51.0283, "longitude": 2.3613, "place_label": "",
 "people": "quelques", "agreement": "oui", "observed_on": "2026-11-22"}
""".encode()


def test_the_first_version_of_the_form_is_taken_for_ever(phone):
    assert put(phone, VERSION_1).status_code == 201
    stored = Observation.objects.values().get()
    assert stored["captured_at"] == datetime(2026, 11, 22, 20, 4, 5, tzinfo=UTC)
    assert stored["observed_on"] == date(2026, 11, 22)
    expected = json.loads(VERSION_1)
    for name in ["form", "captured_at", "observed_on", "neighbourhood", "theme"]:
        del expected[name]
    assert stored | expected | {"form_version": 1} == stored


@pytest.mark.parametrize(
    "change",
    [{"form": None}, {"form": 2}, {"mood": "bonne", "x": [1, {"y": None}]}, {"captured_at": None}],
    ids=["no version", "a later version", "unknown keys", "no clock"],
)
def test_another_version_of_the_form_is_taken_too(phone, change):
    assert put(phone, payload(**change)).status_code == 201


@pytest.mark.parametrize(
    "optional", ["seen", "reading", "place_kind", "people", "place_label", "words_exact"]
)
def test_what_is_optional_may_be_left_out(phone, optional):
    assert put(phone, payload(**{optional: None})).status_code == 201


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "licornes"),
        ("neighbourhood", "QN00000Z"),
        ("nature", "autre"),
        ("agreement", "peut-être"),
        ("place_kind", "lune"),
        ("people", "mille"),
        ("precision", "exacte"),
        ("observed_on", "hier"),
        ("captured_at", "midi"),
        ("words", "a" * 100_000),
        ("place_label", "a" * 121),
    ],
)
def test_a_value_out_of_its_list_is_an_error_of_its_field_in_french(phone, field, value):
    response = put(phone, payload(**{field: value}))
    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert all_french(response)


@pytest.mark.parametrize("method", [put, patch])
def test_ten_megabytes_answer_413_before_anything_is_looked_at(phone, method):
    answer = method(phone, b"a" * 10_000_000)
    assert (answer.status_code, list(errors(answer))) == (413, ["__all__"])


@pytest.fixture
def sent(phone):
    """The key of an observation that this phone has just sent."""
    key = uuid.uuid4()
    put(phone, id=key)
    return key


def corrections(key):
    return Change.objects.filter(observation=key, kind=Change.Kind.CORRECTION).count()


def test_a_correction_replaces_what_was_sent_and_is_acknowledged_like_a_sending(phone, sent):
    body = json.dumps(payload(words="Corrigé.", agreement="non")).encode()
    answer = patch(phone, body, id=sent)
    stored = Observation.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(sent),
        "digest": digest(body),
        "received_at": stored.received_at.isoformat(),
    }
    assert (stored.words, stored.agreement) == ("Corrigé.", "non")
    assert corrections(sent) == 1


def test_a_correction_repeated_is_one_even_after_its_delay(phone, sent):
    corrected = payload(words="Corrigé.", precision="secteur")
    first = patch(phone, corrected, id=sent)
    again = patch(phone, corrected, id=sent)
    Observation.objects.update(received_at=timezone.now() - timedelta(minutes=21))
    late = patch(phone, corrected, id=sent)
    assert (again.status_code, late.status_code) == (200, 200)
    assert first.json() == again.json()
    assert corrections(sent) == 1


def test_a_correction_that_comes_too_late_answers_409_and_changes_nothing(phone, sent):
    Observation.objects.update(received_at=timezone.now() - timedelta(minutes=21))
    answer = patch(phone, payload(words="Corrigé."), id=sent)
    assert answer.status_code == 409
    assert "20 minutes" in errors(answer)["__all__"][0]
    assert Observation.objects.get().words == payload()["words"]


def test_a_phone_that_repeats_its_first_sending_after_a_correction_changes_nothing(phone, sent):
    patch(phone, payload(words="Corrigé."), id=sent)
    assert put(phone, id=sent).status_code == 200
    assert Observation.objects.get().words == "Corrigé."


def test_the_observation_of_another_is_unknown_to_a_correction(phone, sent, signed_in, other_agent):
    other = signed_in(other_agent)
    theirs, nobodys = patch(other, id=sent), patch(other)
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert theirs.content == nobodys.content
    assert not corrections(sent)


def test_who_noted_on_paper_may_correct_from_their_phone(cdsu, agent, signed_in):
    key = uuid.uuid4()
    put(signed_in(cdsu), payload(noted_by=agent.pk), id=key)
    assert patch(signed_in(agent), payload(words="Corrigé."), id=key).status_code == 200
    assert Observation.objects.get().noted_by == agent


def test_a_correction_is_validated_as_a_sending_is(phone, sent):
    refused = patch(phone, payload(words="", seen="", agreement="sans_objet"), id=sent)
    assert refused.status_code == 422
    assert list(errors(refused)) == ["words"]
    assert patch(phone, b"<html>", id=sent).status_code == 422
    assert patch(phone, id=sent, **{"Content-Digest": "sha-256=:" + "A" * 43 + "=:"}).status_code == 400
    assert patch(phone, payload(words="a" * 300_000), id=sent).status_code == 413
    assert not corrections(sent)


def test_a_correction_asks_who_speaks_before_anything_else(client, partner, sent):
    client.logout()
    assert patch(client, id=sent).status_code == 401
    client.force_login(partner)
    assert patch(client, id=sent).status_code == 403


def test_a_correction_needs_the_page_s_token(agent, sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(agent)
    assert patch(client, payload(words="Corrigé."), id=sent).status_code == 403
    assert not corrections(sent)


wild_value = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=()))
    | st.sampled_from(["domicile", "secteur", "oui", "sans_objet", "QN05961M", "logement", "2026-02-30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
wild_fields = st.dictionaries(st.sampled_from([*payload(), "noted_by", "autre"]), wild_value)
wild = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@wild
@given(changes=wild_fields)
def test_no_json_whatever_breaks_the_door(phone, changes):
    response = put(phone, payload() | changes)
    assert response.status_code in {201, 422}
    assert all_french(response)


@wild
@given(changes=wild_fields)
def test_no_json_whatever_breaks_a_correction(phone, agent, banc_vert, changes):
    mine = factories.ObservationFactory(author=agent, neighbourhood=banc_vert)
    response = patch(phone, payload() | changes, id=mine.pk)
    assert response.status_code in {200, 422}
    assert all_french(response)


@wild
@given(body=st.binary(max_size=400))
def test_no_bytes_whatever_break_the_door(phone, body):
    assert put(phone, body).status_code == 422


@wild
@given(header=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80))
def test_no_digest_header_whatever_breaks_the_door(phone, header):
    assert put(phone, **{"Content-Digest": header or "x"}).status_code == 400
