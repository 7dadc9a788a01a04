"""Erased words are nowhere any more; the numbers already published, and everything else, stay as they were."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from observations.actions import capture, erasure, ledger, publishing, review
from observations.actions.erasure import Reason
from observations.erasure import papers
from observations.models import (
    Change,
    JournalEntry,
    Neighbourhood,
    Observation,
    Status,
    Summary,
    SummaryQuote,
    Tombstone,
    User,
)
from observations.restitution import drafting, pdf, sheets
from observations.restitution.content import WITHDRAWN
from observations.typesetting.setting import PdfError
from observations.typography import french
from tests import factories
from tests.restitution.month import hear, month_before, publish_month

pytestmark = pytest.mark.django_db
SAID = "Un canari zqcanariqz qui se reconnaît entre mille"


def everything() -> str:
    """Every column of every table that could hold words, as one text."""
    rows = [list(model.objects.values()) for model in (Observation, Change, Summary, SummaryQuote, Tombstone)]
    return f"{rows} {list(JournalEntry.objects.values())}"


@pytest.fixture
def canary(banc_vert: Neighbourhood, soubise: Neighbourhood, cdsu: User, agent: User) -> Observation:
    """A quoted observation, among others, with a history that holds the words as well."""
    hear(month_before(), [banc_vert, soubise], cdsu)
    row = Observation.objects.quotable().order_by("observed_on", "pk")[1]
    Observation.objects.filter(pk=row.pk).update(words=SAID, seen=SAID, reading=SAID, place_label=SAID)
    review.rewrite(observation_id=row.pk, text=SAID, by=cdsu)
    row.refresh_from_db()
    return row


def published_month(cdsu: User, canary: Observation) -> Summary:
    """Three words, the canary second; its writer copied it into a comment and the introduction."""
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    chosen = list(Observation.objects.quotable().exclude(pk=canary.pk).order_by("pk")[:2])
    publishing.update_draft(
        summary=draft,
        introduction=f"On nous dit : « {SAID} ».",
        comments={"logement": f"Comme ici :  {SAID.upper()}!"},
        quotes=[chosen[0].pk, canary.pk, chosen[1].pk],
        by=cdsu,
    )
    draft.refresh_from_db()
    return drafting.issue(draft, by=cdsu)


def test_nothing_of_it_is_left_in_any_table(canary: Observation, cdsu: User, light_pdf: None) -> None:
    published_month(cdsu, canary)
    review.decide(observations=[canary.pk], status=Status.TO_COMPLETE, reason=SAID, by=cdsu)
    assert "zqcanariqz" in everything()
    papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    assert "zqcanariqz" not in everything().lower()
    assert not Change.objects.filter(observation=canary.pk).exists()
    stone = Tombstone.objects.get(pk=canary.pk)
    assert stone.reason == Tombstone.Reason.ERASED
    line = JournalEntry.objects.get(verb=JournalEntry.Verb.ERASED)
    assert (line.by, line.subject, line.reason) == (cdsu, f"observation {canary.pk}", "demande")


def test_a_published_version_reads_parole_retiree_and_all_else_is_unchanged(
    canary: Observation, cdsu: User, light_pdf: None
) -> None:
    before = published_month(cdsu, canary).content
    papers.erase(observation=canary, reason=Reason.RECOGNISABLE, by=cdsu)
    after = Summary.objects.get().content
    assert [quote["text"] == WITHDRAWN for quote in after["quotes"]] == [False, True, False]
    same = json.loads(json.dumps(after))
    same["quotes"][1] |= {"text": before["quotes"][1]["text"], "withdrawn": False}
    same["introduction"], same["comments"] = before["introduction"], before["comments"]
    assert same == before
    assert after["introduction"] == french("On nous dit : « parole retirée ».")
    assert WITHDRAWN in after["comments"][0]["text"]


def test_the_stored_pdf_is_set_again_without_the_words(canary: Observation, cdsu: User) -> None:
    summary = published_month(cdsu, canary)
    before = text_of(summary.pdf)
    assert "zqcanariqz" in before
    papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    summary.refresh_from_db()
    after = text_of(summary.pdf)
    assert "zqcanariqz" not in after.lower()
    assert after.count("parole retirée") == 3
    assert b"zqcanariqz" not in bytes(summary.pdf)
    # Set from the same content, the same file: nothing else moved.
    assert bytes(summary.pdf) == pdf.render(summary.content)
    kept = [
        line
        for line in before.splitlines()
        if "canari" not in line.lower() and "entre mille" not in line.lower()
    ]
    missing = [line for line in kept if line not in after]
    assert not [line for line in missing if "On nous dit" not in line and "Comme ici" not in line], missing


def text_of(data: bytes | memoryview) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(bytes(data))).pages)


def test_every_version_and_every_sheet_is_reached(canary: Observation, cdsu: User, light_pdf: None) -> None:
    first = published_month(cdsu, canary)
    draft = publishing.start_correction(summary=first, reason="Une faute de frappe.", by=cdsu)
    drafting.issue(draft, by=cdsu)
    third = publishing.start_correction(
        summary=Summary.objects.published().first(), reason="Encore une.", by=cdsu
    )
    found = papers.Erasable(canary)
    assert (found.published, found.drafts) == (2, 1)
    papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    for version in Summary.objects.published():
        assert version.content["quotes"][1]["text"] == WITHDRAWN
        assert "zqcanariqz" not in sheets.csv(version.content).decode().lower()
    assert third.quotes.count() == 2
    drafting.issue(Summary.objects.get(pk=third.pk), by=cdsu)
    assert len(Summary.objects.get(pk=third.pk).content["quotes"]) == 2


def test_the_next_version_keeps_the_counts_already_published(
    canary: Observation, cdsu: User, light_pdf: None
) -> None:
    """Subtracting one version from the other would say the theme and the neighbourhood of what was erased."""
    first = published_month(cdsu, canary)
    papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    draft = publishing.start_correction(summary=first, reason="Une faute.", by=cdsu)
    drafting.issue(draft, by=cdsu)
    first.refresh_from_db()
    second = Summary.objects.published().get(version=2)
    for part in ("heard", "themes", "neighbourhoods", "map"):
        assert second.content[part] == first.content[part]
    assert Observation.objects.accepted().count() == 23


def test_other_words_that_happen_to_be_short_stay(
    cdsu: User, banc_vert: Neighbourhood, light_pdf: None
) -> None:
    hear(month_before(), [banc_vert], cdsu)
    row = Observation.objects.quotable().first()
    review.rewrite(observation_id=row.pk, text="C’est cher.", by=cdsu)
    draft = publishing.create_draft(month=month_before(), by=cdsu)
    publishing.update_draft(summary=draft, introduction="Oui, c’est cher.", comments={}, quotes=[], by=cdsu)
    papers.erase(observation=row, reason=Reason.MISTAKE, by=cdsu)
    draft.refresh_from_db()
    assert draft.introduction == "Oui, c’est cher."


def test_a_late_phone_cannot_bring_it_back(agent: User, cdsu: User) -> None:
    row = factories.ObservationFactory(author=agent)
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    with pytest.raises(capture.Gone):
        capture.standing(id=row.pk, by=agent, digest=row.digest)


def test_a_synthese_saved_meanwhile_is_read_again(
    canary: Observation, cdsu: User, light_pdf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = published_month(cdsu, canary)
    real, calls = erasure.erase, []

    def overtaken(**given: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            Summary.objects.filter(pk=published.pk).update(updated_at=timezone.now() + timedelta(seconds=1))
        real(**given)

    monkeypatch.setattr(erasure, "erase", overtaken)
    papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    assert len(calls) == 2
    assert "zqcanariqz" not in everything().lower()


def test_a_pdf_that_cannot_be_set_leaves_everything_as_it_was(
    canary: Observation, cdsu: User, light_pdf: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    published_month(cdsu, canary)
    before = everything()

    def broken(content: object) -> bytes:
        raise PdfError("no")

    monkeypatch.setattr(papers.pdf, "render", broken)
    with pytest.raises(PdfError):
        papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    assert everything() == before


def test_a_version_left_out_is_refused(canary: Observation, cdsu: User, light_pdf: None) -> None:
    published_month(cdsu, canary)
    with pytest.raises(ValueError):
        erasure.erase(
            observation_id=canary.pk,
            reason=Reason.ASKED,
            papers=[],
            seen=erasure.moments(),
            without=str,
            by=cdsu,
        )
    assert Observation.objects.filter(pk=canary.pk).exists()


def test_the_ledger_beside_the_backups_knows_it(
    canary: Observation, cdsu: User, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    assert ledger.known() == {canary.pk}
    other = factories.ObservationFactory()
    ledger.ledger_file().open("a").write("0123-cut-short")
    papers.erase(observation=other, reason=Reason.ASKED, by=cdsu)
    assert (ledger.complete(), ledger.complete()) == (1, 0)
    assert ledger.known() == {canary.pk, other.pk}


def test_a_ledger_that_cannot_be_written_does_not_undo_an_erasure(
    canary: Observation, cdsu: User, settings, tmp_path, django_capture_on_commit_callbacks
) -> None:
    (tmp_path / "file").write_text("")
    settings.BACKUP_DIR = tmp_path / "file"
    with django_capture_on_commit_callbacks(execute=True):
        papers.erase(observation=canary, reason=Reason.ASKED, by=cdsu)
    assert Tombstone.objects.filter(pk=canary.pk).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are its server's")
@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_the_database_file_do_not_hold_it(
    banc_vert: Neighbourhood, cdsu: User, light_pdf: None
) -> None:
    hear(month_before(), [banc_vert], cdsu, count=60)
    row = Observation.objects.quotable().first()
    long = f"{SAID} " * 200
    Observation.objects.filter(pk=row.pk).update(words=long, seen=SAID, stems=SAID)
    review.rewrite(observation_id=row.pk, text=SAID, by=cdsu)
    publish_month(month_before(), cdsu)
    with connection.cursor() as cursor:
        # Some builds of SQLite write over what they delete by themselves: ours are told to.
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
    assert b"zqcanariqz" in bytes_on_disk()
    papers.erase(observation=Observation.objects.get(pk=row.pk), reason=Reason.ASKED, by=cdsu)
    assert b"zqcanariqz" not in bytes_on_disk()


def bytes_on_disk() -> bytes:
    """The file, its write-ahead log and its index."""
    name = str(connection.settings_dict["NAME"])
    found = b""
    for suffix in ("", "-wal", "-shm"):
        try:
            with open(name + suffix, "rb") as file:  # noqa: PTH123
                found += file.read()
        except FileNotFoundError:
            continue
    return found.lower()
