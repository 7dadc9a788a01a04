"""The database itself refuses to change or remove a line of the journal. The same on SQLite and PostgreSQL."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from observations.actions.journal import record
from observations.models import JournalEntry, User, append_only

pytestmark = pytest.mark.django_db
Verb = JournalEntry.Verb


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_migrations_put_the_guard_up() -> None:
    assert append_only.is_guarded(connection)


@pytest.mark.parametrize(
    "change",
    [
        lambda line: JournalEntry.objects.filter(pk=line.pk).update(reason="autre"),
        lambda line: JournalEntry.objects.filter(pk=line.pk).delete(),
        lambda line: line.save(),
        lambda line: execute("UPDATE observations_journalentry SET verb = 'compte'"),
        lambda line: execute("DELETE FROM observations_journalentry"),
    ],
    ids=["update", "delete", "save again", "raw update", "raw delete"],
)
def test_a_line_is_neither_changed_nor_removed(cdsu: User, change: Callable[[JournalEntry], object]) -> None:
    line = record(Verb.PUBLISHED, by=cdsu)
    with pytest.raises(IntegrityError, match=append_only.REFUSAL), transaction.atomic():
        change(line)
    assert list(JournalEntry.objects.values_list("pk", "verb", "reason")) == [(line.pk, "publication", "")]


def test_a_line_is_not_written_over(cdsu: User) -> None:
    line = record(Verb.PUBLISHED, by=cdsu)
    verb, end = {
        "sqlite": ("INSERT OR REPLACE", ""),
        "postgresql": ("INSERT", " ON CONFLICT (id) DO UPDATE SET verb = ''"),
    }[connection.vendor]
    values = "(id, at, verb, subject, reason) VALUES ({1}, '2026-01-01', '', '', '')"
    over = f"{verb} INTO {{0}} {values}{end}"
    with pytest.raises(DatabaseError), transaction.atomic():
        execute(over.format(append_only.TABLE, line.pk))
    assert JournalEntry.objects.get().verb == "publication"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("statement", [f"TRUNCATE {append_only.TABLE}", "TRUNCATE observations_user CASCADE"])
def test_the_table_is_not_truncated_in_one_go(cdsu: User, statement: str) -> None:
    record(Verb.PUBLISHED, by=cdsu)
    connection.check_constraints()  # else PostgreSQL refuses for the checks that wait
    with pytest.raises(DatabaseError, match=append_only.REFUSAL), transaction.atomic():
        execute(statement)


def test_a_guard_taken_down_is_noticed(cdsu: User) -> None:
    for statement in append_only.LIFT[connection.vendor]:
        execute(statement)
    assert not append_only.is_guarded(connection)


@pytest.mark.django_db(transaction=True)
def test_tests_that_empty_every_table_leave_the_guard_standing() -> None:
    """The first run of this one leaves a line to flush; the next starts from an empty, guarded table."""
    record(Verb.BACKED_UP, by=None)


@pytest.mark.django_db(transaction=True)
def test_after_such_a_test_the_journal_is_empty_and_guarded() -> None:
    assert not JournalEntry.objects.exists()
    assert append_only.is_guarded(connection)
