"""A backup says everything, a restoration brings it back, and what cannot be trusted changes nothing."""

import os
import random
import stat
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from observations.actions import ledger, purge, review
from observations.actions.backups import making, restoring, rows, staging
from observations.actions.backups.faults import Unreadable
from observations.actions.erasure import Reason
from observations.demo.load import load
from observations.erasure import papers
from observations.models import (
    JournalEntry,
    Neighbourhood,
    Observation,
    Status,
    Summary,
    Territory,
    Theme,
    Tombstone,
    User,
    append_only,
)
from observations.restitution.content import WITHDRAWN
from tests import factories
from tests.restitution.conftest import heard, light_pdf, published

__all__ = ["heard", "light_pdf", "published"]
pytestmark = pytest.mark.django_db(transaction=True)
KEY = pyrage.x25519.Identity.generate()
PUBLIC = str(KEY.to_public())
SAID = "Un canari zqcanariqz 🐤 ; « à l’œil », \\ et \u2028 tabulation\t"


def quiet(label: str, done: int, total: int) -> None:
    """Progress that nobody reads."""


@pytest.fixture(autouse=True)
def folders(transactional_db: None, settings, tmp_path: Path) -> Path:
    settings.BACKUP_DIR, settings.SEALS_DIR = tmp_path / "backups", tmp_path / "seals"
    return settings.BACKUP_DIR


@pytest.fixture(autouse=True)
def nothing_left_behind() -> None:
    yield
    connection.close()
    if connection.vendor == "sqlite":
        assert not Path(f"{connection.settings_dict['NAME']}{staging.SUFFIX}").exists()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname = %s", [staging.SCHEMA])
            assert cursor.fetchone() == (0,)


@pytest.fixture
def full(published: Summary, cdsu: User, agent: User, soubise: Neighbourhood) -> Observation:
    """Something in every table that the application writes, odd characters and a point included."""
    row = factories.ObservationFactory(
        words=SAID, author=agent, point=(51.0283, 2.3613), neighbourhood=soubise
    )
    review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason=SAID, by=cdsu)
    Tombstone.objects.create(pk=factories.uuid.uuid4(), reason=Tombstone.Reason.WITHDRAWN)
    agent.neighbourhoods.set([soubise])
    return row


def contents(*without: str) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of them."""
    found = rows.tally(apps, quiet)
    return {n: (found.counts[n], found.digests[n]) for n in found.counts if n not in without}


def make(folder: Path, keep: int = 30) -> making.Backup:
    return making.backup(recipients=[PUBLIC], folder=folder, keep=keep, progress=quiet)


def restore(path: Path, key: object = KEY, ledgers: tuple[Path, ...] = ()) -> restoring.Restored:
    return restoring.restore(
        path=path,
        keys=[key],
        ledgers=ledgers,
        replay=papers.erase_again,
        today=timezone.localdate(),
        progress=quiet,
    )


JOURNAL = "observations.journalentry"


def test_what_was_saved_comes_back_as_it_was(full: Observation, folders: Path) -> None:
    before = contents(JOURNAL)
    lines = list(JournalEntry.objects.order_by("pk").values_list("pk", "verb"))
    made = make(folders)
    assert made.tally.rows == sum(count for count, _ in before.values()) + len(lines)
    Observation.objects.all().update(words="autre chose")
    Summary.objects.all().delete()
    Territory.objects.update(name="Ailleurs")
    Theme.objects.filter(children=None, parent=None).delete()
    factories.ObservationFactory()
    restore(made.path)
    assert contents(JOURNAL) == before
    assert Observation.objects.get(pk=full.pk).words == SAID
    verbs = list(JournalEntry.objects.order_by("pk").values_list("pk", "verb"))
    assert verbs[:-1] == lines
    assert verbs[-1][1] == JournalEntry.Verb.RESTORED


# What the demonstration leaves empty: nothing of it is lost, for nothing of it is there.
LEFT_EMPTY = {
    "observations.actionimport",
    "observations.apitoken",
    "observations.body_neighbourhoods",
    "observations.decision",
    "observations.device",
    "observations.hitreview",
    "observations.invitation",
    "observations.invitation_neighbourhoods",
    "observations.offer",
    "observations.reminder",
    "observations.savedfilter",
    "observations.separatescenes",
    "observations.sharelink",
    "observations.tombstone",
    "observations.user_neighbourhoods",
}


def test_every_table_of_the_demonstration_comes_back(folders: Path, settings) -> None:
    settings.DEMO = True
    load(timezone.localdate())
    before = contents(JOURNAL)
    empty = {name for name, (count, _) in before.items() if not count and name.startswith("observations.")}
    assert empty - LEFT_EMPTY == set(), "give the demonstration a row of it, or say here why it has none"
    restore(make(folders).path)
    assert contents(JOURNAL) == before


def test_the_restored_database_goes_on_working(
    full: Observation, folders: Path, signed_in, cdsu: User
) -> None:
    made = make(folders)
    restore(made.path)
    # New rows take new numbers, the journal still refuses to change, pages answer.
    factories.UserFactory()
    review.decide(observations=[full.pk], status=Status.ACCEPTED, by=cdsu)
    assert append_only.is_guarded(connection)
    assert signed_in(cdsu).get("/relecture/").status_code == 200
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_sessions_are_not_saved_and_everybody_signs_in_again(
    full: Observation, folders: Path, signed_in, cdsu: User
) -> None:
    browser = signed_in(cdsu)
    assert "observations.sharedcache" not in contents()
    made = make(folders)
    restore(made.path)
    assert browser.get("/relecture/").status_code == 302


def test_the_file_shows_nothing_and_is_for_its_owner_alone(full: Observation, folders: Path) -> None:
    made = make(folders)
    data = made.path.read_bytes()
    assert data.startswith(b"age-encryption.org/v1")
    assert b"zqcanariqz" not in data
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folders.stat().st_mode) == 0o700


def test_a_truncated_archive_is_refused_and_the_live_data_does_not_move(
    full: Observation, folders: Path
) -> None:
    data = make(folders).path.read_bytes()
    before = contents()
    short = folders / "courte.age"
    for part in range(20):
        short.write_bytes(data[: len(data) * part // 20])
        with pytest.raises(Unreadable):
            restore(short)
        assert contents() == before
    short.write_bytes(data[:-1])
    with pytest.raises(Unreadable):
        restore(short)
    assert contents() == before


def test_a_hundred_flipped_bytes_are_refused_one_by_one(full: Observation, folders: Path) -> None:
    data = make(folders).path.read_bytes()
    before = contents()
    flipped = folders / "abimee.age"
    chance = random.Random(20261125)
    # Among the first bytes, the header with its keys; everywhere else, the contents.
    places = [chance.randrange(400) for _ in range(30)] + [chance.randrange(len(data)) for _ in range(70)]
    for place in places:
        bad = bytearray(data)
        bad[place] ^= 1 << chance.randrange(8)
        flipped.write_bytes(bad)
        with pytest.raises(Unreadable):
            restore(flipped)
        assert contents() == before, place


@pytest.mark.parametrize("extra", [b"\0", b"plus"])
def test_bytes_after_the_end_are_refused(full: Observation, folders: Path, extra: bytes) -> None:
    path = make(folders).path
    before = contents()
    path.write_bytes(path.read_bytes() + extra)
    with pytest.raises(Unreadable):
        restore(path)
    assert contents() == before


def test_another_key_is_refused(full: Observation, folders: Path) -> None:
    path = make(folders).path
    before = contents()
    with pytest.raises(Unreadable):
        restore(path, pyrage.x25519.Identity.generate())
    assert contents() == before


FORGERIES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "not ours": lambda lines: [b'{"accords": 99}\n'],
    "empty": lambda lines: [],
    "a row missing": lambda lines: [*lines[:-2], lines[-1]],
    "a row twice": lambda lines: [*lines[:-1], lines[-2], lines[-1]],
    "no end": lambda lines: lines[:-1],
    "two ends": lambda lines: [*lines, lines[-1]],
    "not JSON": lambda lines: [*lines[:3], b"{\n", *lines[3:]],
    "newer": lambda lines: [lines[0].replace(b"0001_initial", b"9999_later"), *lines[1:]],
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_was_well_encrypted_but_is_not_whole_is_refused(
    full: Observation, folders: Path, name: str
) -> None:
    """Anybody may encrypt for a public key: what is inside is checked too."""
    path, lines = make(folders).path, []
    restoring.sealed.read(path, [KEY], lines.append)
    before = contents()
    with path.open("wb") as file:
        restoring.sealed.write(FORGERIES[name](lines), file, [KEY.to_public()])
    with pytest.raises(restoring.BackupError):
        restore(path)
    assert contents() == before


def test_a_failure_in_the_middle_of_the_rebuilding_leaves_the_live_data(
    full: Observation, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(folders).path
    before = contents()

    def stop(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    for module, name in ((restoring, "call_command"), (restoring.purge, "empty_what_is_over")):
        with monkeypatch.context() as broken:
            broken.setattr(module, name, stop)
            with pytest.raises(KeyboardInterrupt):
                restore(path)
        assert contents() == before


def test_an_erasure_made_since_holds_from_the_database_s_own_memory(
    published: Summary, folders: Path, cdsu: User, light_pdf: None
) -> None:
    row = published.quotes.first().observation
    made = make(folders)
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    stone = Tombstone.objects.get(pk=row.pk)
    done = restore(made.path)
    assert done.erased_again == 1
    assert not Observation.objects.filter(pk=row.pk).exists()
    assert Tombstone.objects.get(pk=row.pk).deleted_at == stone.deleted_at
    assert Summary.objects.get().content["quotes"][0]["text"] == WITHDRAWN


def test_an_erasure_made_since_holds_on_a_bare_machine_by_the_ledger(
    published: Summary, folders: Path, cdsu: User, light_pdf: None
) -> None:
    row = published.quotes.first().observation
    made = make(folders)
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    assert ledger.known() == {row.pk}
    Tombstone.objects.all().delete()  # another machine's database has no memory of it
    done = restore(made.path, ledgers=(ledger.ledger_file(),))
    assert done.erased_again == 1
    assert not Observation.objects.filter(pk=row.pk).exists()
    assert Tombstone.objects.filter(pk=row.pk).exists()
    assert row.public_text not in str(list(Summary.objects.values("content")))


def test_accounts_closed_since_stay_closed_and_old_texts_stay_empty(
    full: Observation, folders: Path, agent: User
) -> None:
    Observation.objects.filter(pk=full.pk).update(received_at=timezone.now() - timedelta(days=400))
    made = make(folders)
    User.objects.filter(pk=agent.pk).update(is_active=False)
    purge.purge(today=timezone.localdate())
    done = restore(made.path)
    assert done.emptied == 1
    assert Observation.objects.get(pk=full.pk).words == ""
    assert not User.objects.get(pk=agent.pk).is_active


def test_a_backup_from_before_a_migration_is_brought_up_to_date(full: Observation, folders: Path) -> None:
    made = make(folders)
    path, lines = made.path, []
    restoring.sealed.read(path, [KEY], lines.append)
    latest = max(n for a, n in rows.applied_migrations() if a == "mfa").encode()
    assert latest in lines[0]
    # As if the second factor's tables had not existed yet.
    older = [b"mfa", *sorted(n.encode() for a, n in rows.applied_migrations() if a == "mfa")]
    with path.open("wb") as file:
        restoring.sealed.write(_without_app(lines, older[0].decode()), file, [KEY.to_public()])
    restore(path)
    assert Observation.objects.get(pk=full.pk).words == SAID
    assert [a for a, _ in rows.applied_migrations() if a == "mfa"]


def _without_app(lines: list[bytes], app: str) -> list[bytes]:
    """The archive of a database that did not have this application, whose tables are empty."""
    import json

    said = [json.loads(line) for line in lines]
    said[0]["migrations"] = [each for each in said[0]["migrations"] if each[0] != app]
    kept = [s for s in said if not (isinstance(s, dict) and str(s.get("table", "")).startswith(f"{app}."))]
    for part in ("counts", "digests"):
        kept[-1]["end"][part] = {
            n: v for n, v in kept[-1]["end"][part].items() if not n.startswith(f"{app}.")
        }
    return [rows._line(each) for each in kept]


def test_only_the_newest_are_kept_and_never_another_database_s(full: Observation, folders: Path) -> None:
    folders.mkdir(parents=True)
    names = [f"{making._prefix()}2020010{n}T000000Z.age" for n in range(1, 6)]
    for name in [*names, "accords-autre-20200101T000000Z.age", f"{names[0]}.partielle"]:
        (folders / name).write_text("")
    made = make(folders, keep=3)
    assert [path.name for path in making.archives(folders)] == [*names[-2:], made.path.name]
    assert (folders / "accords-autre-20200101T000000Z.age").exists()
    assert not list(folders.glob("*.partielle"))


def test_a_full_disk_leaves_the_older_archives(
    full: Observation, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make(folders).path
    before = old.read_bytes()

    def full_disk(*given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.sealed, "write", full_disk)
    with pytest.raises(OSError, match="No space"):
        make(folders, keep=1)
    assert old.read_bytes() == before
    assert making.archives(folders) == [old]


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_commands_say_what_they_did_and_check_touches_nothing(
    full: Observation, folders: Path, tmp_path: Path, settings
) -> None:
    settings.BACKUP_RECIPIENTS = [PUBLIC]
    identity = tmp_path / "cle.txt"
    identity.write_text(f"# clé\n{KEY}\n")
    said = run("backup")
    path = making.archives(folders)[0]
    assert str(path) in said
    before = contents()
    assert "se lit jusqu’au bout" in run("restore", str(path), "--identity", str(identity), "--check")
    assert contents() == before
    assert "Restauré" in run("restore", str(path), "--identity", str(identity))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(CommandError, match="La base n’a pas été touchée"):
        run("restore", str(path), "--identity", str(identity))


def test_without_a_public_key_nothing_is_written(full: Observation, folders: Path, settings) -> None:
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="clé publique"):
        run("backup")
    with pytest.raises(CommandError, match="clé publique"):
        run("backup", "--recipient", str(KEY))
    assert not list(folders.glob("*"))


@pytest.mark.parametrize(
    "text", ["", "rien", "AGE-SECRET-KEY-1FAUX", "-----BEGIN OPENSSH PRIVATE KEY-----\n"]
)
def test_a_file_that_is_no_key_is_refused_without_being_quoted(tmp_path: Path, text: str) -> None:
    (tmp_path / "cle.txt").write_text(text)
    with pytest.raises(CommandError) as refusal:
        run("restore", "x.age", "--identity", str(tmp_path / "cle.txt"))
    assert "FAUX" not in str(refusal.value)


def test_writers_are_not_held_up_while_a_backup_reads(full: Observation, folders: Path) -> None:
    """The snapshot is of one moment: what is written meanwhile is not in it, and is not refused."""
    seen = []

    def write_meanwhile(label: str, done: int, total: int) -> None:
        seen.append(done)

    before = Observation.objects.count()
    with making.snapshot():
        assert Observation.objects.count() == before
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("UPDATE observations_territory SET name = 'Pendant la sauvegarde'")
        finally:
            other.close()
        assert Territory.current().name != "Pendant la sauvegarde"
    assert Territory.current().name == "Pendant la sauvegarde"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a SQLite file")
def test_a_live_file_that_is_no_database_any_more_is_kept_aside(full: Observation, folders: Path) -> None:
    made = make(folders)
    live = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    copy = live.read_bytes()
    live.write_bytes(os.urandom(8192))
    for suffix in ("-wal", "-shm"):
        Path(f"{live}{suffix}").unlink(missing_ok=True)
    try:
        done = restore(made.path)
        assert not done.remembered.readable
        assert Observation.objects.get(pk=full.pk).words == SAID
        aside = list(live.parent.glob(f"{live.name}.abimee-*"))
        assert aside
        for path in aside:
            path.unlink()
    except BaseException:
        connection.close()
        live.write_bytes(copy)
        raise
