"""The journal says who did what to which row, and nothing else."""

import uuid
from dataclasses import replace

import pytest
from django.db import transaction
from django.utils import timezone

from observations.actions import capture, review
from observations.actions.journal import record
from observations.models import JournalEntry, Neighbourhood, Status, User
from tests import factories

pytestmark = pytest.mark.django_db
Verb = JournalEntry.Verb


def test_a_line_names_its_subject_by_model_and_key_only(cdsu: User) -> None:
    observation = factories.ObservationFactory(words="Ne doit pas sortir.")
    line = record(Verb.DECIDED, by=cdsu, subject=observation)
    assert (line.verb, line.subject, line.by) == (Verb.DECIDED, f"observation {observation.pk}", cdsu)


def test_a_command_of_the_server_writes_in_nobody_s_name() -> None:
    assert record(Verb.PURGED, by=None).by is None


def test_what_is_rolled_back_was_never_written(cdsu: User) -> None:
    with transaction.atomic():
        record(Verb.PUBLISHED, by=cdsu)
        transaction.set_rollback(True)
    assert not JournalEntry.objects.exists()


def test_a_line_remembers_where_its_observation_stood(soubise: Neighbourhood, cdsu: User) -> None:
    observation = factories.ObservationFactory(neighbourhood=soubise)
    assert record(Verb.DECIDED, by=cdsu, subject=observation).neighbourhood == soubise
    assert record(Verb.ACCOUNT_CHANGED, by=cdsu, subject=cdsu).neighbourhood is None


def test_what_a_worker_writes_leaves_no_line(agent: User, banc_vert: Neighbourhood, cdsu: User) -> None:
    """Not the capture, its correction, an answer or a withdrawal; nor what a CDSU types in from paper."""
    entry = capture.Entry(
        neighbourhood=banc_vert,
        theme=factories.theme(),
        nature="besoin",
        words="Un banc.",
        agreement="oui",
        observed_on=timezone.localdate(),
    )
    for by, noted_by in ((agent, None), (cdsu, agent)):
        data = replace(entry, noted_by=noted_by)
        row = capture.record(id=uuid.uuid4(), by=by, data=data, digest="=").observation
        capture.correct(observation=row, by=by, data=replace(data, words="Deux bancs."))
        review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason="Où ?", by=cdsu)
        capture.answer(observation=row, by=agent, text="Place du marché.")
        capture.withdraw(observation=row, by=by)
    assert set(JournalEntry.objects.values_list("verb", "by")) == {(Verb.DECIDED, cdsu.pk)}
