"""What actions.capture stores, corrects, deletes and hands back."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from observations import geo
from observations.actions import capture
from observations.models import Agreement, Change, Nature, Observation, Status, Tombstone, User
from tests import factories

DIGEST = "A" * 43 + "="
OTHER_DIGEST = "B" * 43 + "="


@pytest.fixture
def entry(banc_vert):
    return capture.Entry(
        neighbourhood=banc_vert,
        theme=factories.theme(),
        nature=Nature.CONCERN,
        words="L’ascenseur est en panne.",
        agreement=Agreement.YES,
        observed_on=timezone.localdate(),
    )


def sent(entry, by, id=None, digest=DIGEST):
    return capture.record(id=id or uuid.uuid4(), by=by, data=entry, digest=digest)


def test_recording_stores_what_was_written_ready_to_be_read(agent, entry):
    recorded = sent(entry, agent)
    row = Observation.objects.get(pk=recorded.observation.pk)
    assert recorded.created
    assert (row.author, row.words, row.status, row.digest) == (agent, entry.words, Status.TO_READ, DIGEST)
    assert "ascenseur" in row.stems


def test_the_server_s_time_stands_where_the_phone_gave_none(agent, entry):
    row = sent(entry, agent).observation
    assert row.captured_at == row.received_at


def test_a_sector_is_rounded_to_its_cell_before_it_is_stored(agent, entry):
    row = sent(replace(entry, precision="secteur", latitude=51.0283, longitude=2.3613), agent).observation
    assert (row.latitude, row.longitude) == geo.rounded(51.0283, 2.3613, "secteur")
    assert (row.cell_row, row.cell_col) == geo.cell(51.0283, 2.3613)
    assert (row.tile_x, row.tile_y) == geo.tile(row.latitude, row.longitude)


def test_the_same_sending_again_stores_nothing_and_answers_the_same(agent, entry):
    first = sent(entry, agent)
    again = sent(entry, agent, id=first.observation.pk)
    assert not again.created
    assert again.observation.received_at == Observation.objects.get().received_at


def test_other_content_under_the_same_key_is_a_conflict_and_the_first_stands(agent, entry):
    first = sent(entry, agent).observation
    with pytest.raises(capture.Conflict):
        sent(replace(entry, words="Autre chose."), agent, id=first.pk, digest=OTHER_DIGEST)
    assert Observation.objects.get().words == entry.words


def test_the_same_content_from_another_author_is_a_conflict(agent, other_agent, entry):
    first = sent(entry, agent).observation
    with pytest.raises(capture.Conflict):
        sent(entry, other_agent, id=first.pk)


def test_an_error_that_is_not_the_key_s_is_not_taken_for_a_repetition(agent, entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        sent(replace(entry, agreement=Agreement.NOTHING_SAID), agent)


def test_a_withdrawn_observation_does_not_come_back(agent, entry):
    row = sent(entry, agent).observation
    capture.withdraw(observation=row, by=agent)
    assert Tombstone.objects.filter(pk=row.pk).exists()
    with pytest.raises(capture.Gone):
        sent(entry, agent, id=row.pk)
    assert not Observation.objects.exists()


def test_what_stands_is_known_before_anything_is_validated(agent, entry):
    row = sent(entry, agent).observation
    assert capture.standing(id=row.pk, by=agent, digest=DIGEST) == capture.Recorded(row, created=False)
    assert capture.standing(id=uuid.uuid4(), by=agent, digest=DIGEST) is None


def test_a_correction_replaces_the_text_and_keeps_none_of_the_earlier_one(agent, entry):
    row = sent(replace(entry, words="Monsieur Durand se plaint."), agent).observation
    capture.correct(observation=row, by=agent, data=entry)
    row.refresh_from_db()
    change = Change.objects.get(observation=row, kind=Change.Kind.CORRECTION)
    assert row.words == entry.words
    assert "durand" not in row.stems
    assert (change.before, change.after, change.note) == ({}, {}, "")
    assert row.revision == 2


def test_a_phone_that_repeats_itself_after_a_correction_is_answered_and_changes_nothing(agent, entry):
    row = sent(entry, agent).observation
    capture.correct(observation=row, by=agent, data=replace(entry, words="Corrigé."))
    assert not sent(entry, agent, id=row.pk).created
    assert Observation.objects.get().words == "Corrigé."


def test_a_correction_that_changes_nothing_leaves_no_trace(agent, entry):
    row = sent(replace(entry, precision="secteur", latitude=51.0283, longitude=2.3613), agent).observation
    capture.correct(
        observation=row,
        by=agent,
        data=replace(entry, precision="secteur", latitude=51.0283, longitude=2.3613),
    )
    row.refresh_from_db()
    assert row.revision == 1
    assert not row.changes.exists()


def test_who_noted_on_paper_may_correct_and_stays_named(agent, cdsu, entry):
    row = sent(replace(entry, noted_by=agent), cdsu).observation
    corrected = capture.correct(observation=row, by=agent, data=entry)
    assert corrected.noted_by == agent


def old(row):
    Observation.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(minutes=21))


def read_by(cdsu):
    def read(row):
        Observation.objects.filter(pk=row.pk).update(
            status=Status.ACCEPTED, status_by=cdsu, status_at=timezone.now()
        )

    return read


def test_after_twenty_minutes_nothing_is_corrected_nor_withdrawn(agent, entry):
    row = sent(entry, agent).observation
    old(row)
    with pytest.raises(capture.TooLate):
        capture.correct(observation=row, by=agent, data=replace(entry, words="Corrigé."))
    with pytest.raises(capture.TooLate):
        capture.withdraw(observation=row, by=agent)
    assert Observation.objects.filter(pk=row.pk).exists()


def test_once_read_nothing_is_corrected_even_if_the_page_was_open_before(agent, cdsu, entry):
    row = sent(entry, agent).observation
    read_by(cdsu)(row)
    with pytest.raises(capture.TooLate):
        capture.correct(observation=row, by=agent, data=replace(entry, words="Corrigé."))


def test_words_that_a_reviewer_has_already_reworded_are_not_changed_underneath(agent, entry):
    row = sent(entry, agent).observation
    Observation.objects.filter(pk=row.pk).update(public_text="Un ascenseur en panne.")
    with pytest.raises(capture.TooLate):
        capture.correct(observation=row, by=agent, data=replace(entry, agreement=Agreement.NO))


def test_somebody_else_corrects_and_withdraws_nothing(agent, other_agent, entry):
    row = sent(entry, agent).observation
    with pytest.raises(capture.TooLate):
        capture.correct(observation=row, by=other_agent, data=replace(entry, words="Volé."))
    with pytest.raises(capture.TooLate):
        capture.withdraw(observation=row, by=other_agent)
    assert Observation.objects.get().words == entry.words


@pytest.fixture
def asked(agent, cdsu, banc_vert):
    return factories.ObservationFactory(
        author=agent,
        neighbourhood=banc_vert,
        status=Status.TO_COMPLETE,
        status_reason="Tous les jours ?",
        status_by=cdsu,
        status_at=timezone.now(),
    )


def test_an_answer_hands_the_observation_back_and_keeps_the_question_in_its_history(agent, cdsu, asked):
    capture.answer(observation=asked, by=agent, text="Seulement le lundi.")
    asked.refresh_from_db()
    change = asked.changes.get()
    assert (asked.status, asked.status_reason, asked.status_by, asked.status_at) == (
        Status.TO_READ,
        "",
        None,
        None,
    )
    assert (change.kind, change.note) == (Change.Kind.ANSWER, "Seulement le lundi.")
    assert change.before["status_reason"] == "Tous les jours ?"
    assert change.before["status_by_id"] == cdsu.pk


def test_a_question_is_answered_once(agent, asked):
    capture.answer(observation=asked, by=agent, text="Oui.")
    with pytest.raises(capture.NotAsked):
        capture.answer(observation=asked, by=agent, text="Oui, encore.")


def test_somebody_else_answers_nothing(other_agent, asked):
    with pytest.raises(capture.NotAsked):
        capture.answer(observation=asked, by=other_agent, text="Moi aussi.")


@pytest.mark.django_db(transaction=True)
def test_ten_sendings_at_once_give_one_row_and_one_creation():
    agent = factories.UserFactory()
    neighbourhood = factories.NeighbourhoodFactory()
    entry = capture.Entry(
        neighbourhood=neighbourhood,
        theme=factories.theme(),
        nature=Nature.NEED,
        words="Un banc.",
        agreement=Agreement.YES,
        observed_on=timezone.localdate(),
    )
    key = uuid.uuid4()

    def send(_):
        try:
            return capture.record(id=key, by=agent, data=entry, digest=DIGEST).created
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        created = list(pool.map(send, range(10)))
    assert sorted(created) == [False] * 9 + [True]
    assert Observation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_late_sending_at_once_never_leave_both():
    agent = factories.UserFactory()
    for _ in range(5):
        row = factories.ObservationFactory(author=agent)
        entry = capture.Entry(
            neighbourhood=row.neighbourhood,
            theme=row.theme,
            nature=row.nature,
            words=row.words,
            agreement=row.agreement,
            observed_on=row.observed_on,
        )
        _race_withdrawal(agent, row, entry)
        assert Tombstone.objects.filter(pk=row.pk).exists()
        assert not Observation.objects.filter(pk=row.pk).exists()


def _race_withdrawal(agent: User, row: Observation, entry: capture.Entry) -> None:
    def send(_):
        try:
            capture.record(id=row.pk, by=agent, data=entry, digest=row.digest)
        except capture.Gone:
            pass
        finally:
            connection.close()

    def withdraw(_):
        try:
            capture.withdraw(observation=row, by=agent)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda job: job(None), [send, withdraw, send, send]))
