"""`manage.py seal_journal` and `verify_journal`: an altered, missing, added or last removed line is named."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from observations.actions import sealing
from observations.actions.journal import record
from observations.models import JournalEntry, User, append_only

pytestmark = pytest.mark.django_db
Verb = JournalEntry.Verb


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.SEALS_DIR = tmp_path
    settings.JOURNAL_KEYS = ["la clé d’aujourd’hui"]
    return tmp_path


@pytest.fixture
def lines(cdsu: User) -> list[JournalEntry]:
    return [record(verb, by=cdsu, subject=cdsu) for verb in (Verb.INVITED, Verb.PUBLISHED, Verb.EXPORTED)]


def run(command: str, *options: str) -> str:
    """What the command says, with ordinary spaces."""
    stdout = io.StringIO()
    call_command(command, *options, stdout=stdout)
    return plain(stdout.getvalue())


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def refused(*options: str) -> tuple[int, str]:
    """The exit code of a verification that fails, and all it said."""
    stdout = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("verify_journal", *options, stdout=stdout)
    return refusal.value.returncode, plain(f"{stdout.getvalue()}{refusal.value}")


def behind_its_back(statement: str, *values: object) -> None:
    """Changes the table as somebody who owns the database does, and leaves the guard standing again."""
    vendor = connection.vendor
    connection.check_constraints()
    with connection.cursor() as cursor:
        for lift in append_only.LIFT[vendor]:
            cursor.execute(lift)
        cursor.execute(statement, values)
        connection.check_constraints()  # PostgreSQL alters no table while checks wait
        for guard in append_only.GUARD[vendor]:
            cursor.execute(guard)


REMOVE = "DELETE FROM observations_journalentry WHERE id = %s"


def test_an_untouched_journal_agrees_with_its_seals(lines: list[JournalEntry], cdsu: User) -> None:
    assert "Scellé n° 1 : 3 de plus, 3 lignes en tout." in run("seal_journal")
    record(Verb.EXPORTED, by=cdsu)
    assert "correspond à ses scellés : 4 lignes. Dernier scellé : n° 1" in run("verify_journal")
    assert "Scellé n° 2 : 1 de plus, 4 lignes en tout." in run("seal_journal")
    assert "Scellé n° 3 : 0 de plus, 4 lignes en tout." in run("seal_journal")
    assert "correspond" in run("verify_journal")


@pytest.mark.parametrize("column", ["verb", "subject", "reason"])
def test_an_altered_line_is_named(lines: list[JournalEntry], column: str) -> None:
    run("seal_journal")
    behind_its_back(f"UPDATE observations_journalentry SET {column} = 'compte' WHERE id = %s", lines[1].pk)  # noqa: S608
    assert refused() == (
        1,
        f"La ligne {lines[1].pk} a été modifiée depuis qu’elle est scellée.\n"
        "Le journal ne correspond pas à ses scellés.",
    )


@pytest.mark.parametrize("column", ["at", "by_id", "neighbourhood_id"])
def test_who_when_and_where_are_sealed_too(lines: list[JournalEntry], column: str, banc_vert) -> None:
    run("seal_journal")
    value = {"at": lines[0].at - timedelta(microseconds=1), "by_id": None, "neighbourhood_id": banc_vert.pk}
    statement = f"UPDATE observations_journalentry SET {column} = %s WHERE id = %s"  # noqa: S608
    behind_its_back(statement, value[column], lines[0].pk)
    assert refused()[0] == 1


@pytest.mark.parametrize(
    ("which", "said"), [(0, "manque : elle"), (1, "manque : elle"), (2, "manque, à la fin")]
)
def test_a_missing_line_is_named_the_last_one_too(lines: list[JournalEntry], which: int, said: str) -> None:
    run("seal_journal")
    behind_its_back(REMOVE, lines[which].pk)
    code, everything = refused()
    assert code == 1
    assert f"La ligne {lines[which].pk} {said}" in everything
    assert everything.count("La ligne") == 1


def test_every_line_removed_is_found(lines: list[JournalEntry]) -> None:
    run("seal_journal")
    behind_its_back("DELETE FROM observations_journalentry WHERE id > %s", 0)
    code, said = refused()
    assert (code, said.count("La ligne")) == (1, 3)


def test_a_line_written_over_the_last_one_is_altered(lines: list[JournalEntry], cdsu: User) -> None:
    """Remove the last line, then act again under its number: PostgreSQL's numbers can be set back."""
    run("seal_journal")
    behind_its_back(REMOVE, lines[2].pk)
    record(Verb.PUBLISHED, by=cdsu)
    behind_its_back("UPDATE observations_journalentry SET id = %s WHERE id > %s", lines[2].pk, lines[1].pk)
    code, said = refused()
    assert code == 1
    assert f"La ligne {lines[2].pk} a été modifiée" in said


def test_a_line_slipped_in_afterwards_is_found_and_never_sealed(lines: list[JournalEntry]) -> None:
    behind_its_back(REMOVE, lines[1].pk)
    sealing.seal()
    JournalEntry.objects.create(
        pk=lines[1].pk, verb=Verb.EXPORTED, by=None, at=timezone.now() - timedelta(days=3)
    )
    for _ in range(2):
        code, said = refused()
        assert (code, f"La ligne {lines[1].pk} a été glissée après coup" in said) == (1, True)
        with pytest.raises(CommandError, match="ne correspond pas"):
            run("seal_journal")


def test_a_line_that_its_transaction_brought_late_is_sealed_next_time(lines: list[JournalEntry]) -> None:
    behind_its_back(REMOVE, lines[1].pk)
    sealing.seal()
    JournalEntry.objects.create(pk=lines[1].pk, verb=Verb.EXPORTED, by=None, at=lines[1].at)
    assert "correspond" in run("verify_journal")
    assert "1 de plus" in run("seal_journal")
    assert "correspond" in run("verify_journal")


def test_a_hole_among_unsealed_lines_is_said(lines: list[JournalEntry], cdsu: User) -> None:
    """SQLite leaves none by itself; PostgreSQL does when an act is rolled back."""
    run("seal_journal")
    last = record(Verb.EXPORTED, by=cdsu)
    behind_its_back(REMOVE, last.pk)
    said = f"La ligne {last.pk}, pas encore scellée, manque."
    if connection.vendor == "sqlite":
        code, everything = refused()
        assert (code, said in everything) == (1, True)
    else:
        assert said in run("verify_journal")


def test_a_seal_changed_or_taken_out_breaks_the_chain(lines: list[JournalEntry], cdsu: User) -> None:
    run("seal_journal")
    record(Verb.EXPORTED, by=cdsu)
    run("seal_journal")
    file = sealing.seals_file()
    first, second = file.read_text().splitlines()
    for text, broken in (
        (second, "Le scellé 2"),
        (first.replace('"count": 3', '"count": 2') + "\n" + second, "Le scellé 1"),
    ):
        file.write_text(text + "\n")
        code, said = refused()
        assert (code, f"{broken} a été modifié" in said) == (1, True)


def test_another_copy_of_the_seals_finds_what_the_first_forgot(
    lines: list[JournalEntry], folder: Path, cdsu: User
) -> None:
    """Who cuts the journal and its seals together is caught by the copy that left with the backup."""
    run("seal_journal")
    before = sealing.seals_file().read_text()
    last = record(Verb.EXPORTED, by=cdsu)
    run("seal_journal")
    copy = folder / "copie.seals"
    copy.write_text(sealing.seals_file().read_text())
    sealing.seals_file().write_text(before)
    behind_its_back(REMOVE, last.pk)
    code, said = refused("--seals", str(copy))
    assert (code, f"La ligne {last.pk} manque, à la fin" in said) == (1, True)


def test_a_new_key_keeps_the_old_seals_good(lines: list[JournalEntry], settings, cdsu: User) -> None:
    run("seal_journal")
    settings.JOURNAL_KEYS = ["la clé de demain", *settings.JOURNAL_KEYS]
    record(Verb.EXPORTED, by=cdsu)
    run("seal_journal")
    assert "correspond" in run("verify_journal")
    settings.JOURNAL_KEYS = ["la clé de demain"]
    code, said = refused()
    assert (code, "Le scellé 1 a été fait avec une autre clé" in said) == (2, True)


def test_the_application_s_secret_has_no_part_in_it(lines: list[JournalEntry], settings) -> None:
    run("seal_journal")
    settings.SECRET_KEY = "une autre" * 10
    assert "correspond" in run("verify_journal")


@pytest.mark.parametrize("sealed", [False, True])
def test_a_journal_nobody_seals_is_said(lines: list[JournalEntry], monkeypatch, sealed: bool) -> None:
    if sealed:
        run("seal_journal")
        monkeypatch.setattr(sealing, "TOO_OLD", timedelta(0))
    code, said = refused()
    assert (code, "lancez seal_journal chaque jour" in said) == (2, True)


def test_an_empty_journal_has_nothing_to_seal() -> None:
    if connection.vendor == "sqlite":
        behind_its_back("DELETE FROM sqlite_sequence WHERE name = %s", append_only.TABLE)
    assert "correspond à ses scellés : 0 lignes" in run("verify_journal")


def test_after_a_restoration_everything_is_sealed_anew(lines: list[JournalEntry]) -> None:
    run("seal_journal")
    behind_its_back(REMOVE, lines[2].pk)
    behind_its_back("UPDATE observations_journalentry SET verb = 'compte' WHERE id = %s", lines[1].pk)
    assert "Scellé n° 2 : 2 de plus, 2 lignes en tout." in run("seal_journal", "--after-restore")
    if connection.vendor == "sqlite":
        behind_its_back(
            "UPDATE sqlite_sequence SET seq = %s WHERE name = 'observations_journalentry'", lines[1].pk
        )
    assert "correspond" in run("verify_journal")


def test_a_guard_that_is_gone_is_said_and_put_back(lines: list[JournalEntry]) -> None:
    run("seal_journal")
    connection.check_constraints()
    with connection.cursor() as cursor:
        for lift in append_only.LIFT[connection.vendor]:
            cursor.execute(lift)
    code, said = refused()
    assert (code, "Le verrou du journal n’est plus dans la base" in said) == (1, True)
    assert "il est remis" in run("seal_journal")
    assert append_only.is_guarded(connection)


@pytest.mark.parametrize("text", ["pas du JSON\n", '{"format": 1}\n', "[]\n", '{"format": 99}\n'])
def test_a_file_that_cannot_be_read_is_refused_and_left_as_it_is(
    lines: list[JournalEntry], text: str
) -> None:
    sealing.seals_file().write_text(text)
    assert refused()[0] == 2
    with pytest.raises(CommandError):
        run("seal_journal")
    assert sealing.seals_file().read_text() == text


def test_the_seals_are_readable_by_their_owner_alone_and_hold_no_secret(
    lines: list[JournalEntry], cdsu: User
) -> None:
    run("seal_journal")
    file = sealing.seals_file()
    assert file.stat().st_mode & 0o777 == 0o600
    for word in (cdsu.email, "la clé", "publication"):
        assert word not in file.read_text()


def test_a_hundred_lines_cost_the_queries_of_three(
    lines: list[JournalEntry], cdsu: User, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(100):
        record(Verb.EXPORTED, by=cdsu)
    with django_assert_max_num_queries(6):
        run("seal_journal")
    with django_assert_max_num_queries(3):
        run("verify_journal")
