"""The daily purge: what reached its term goes, what did not stays, and a second run does nothing."""

import uuid
from datetime import date, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from observations.actions import capture, publishing, purge, review, territory, unused
from observations.models import (
    ApiToken,
    Change,
    JournalEntry,
    Neighbourhood,
    Observation,
    Role,
    Status,
    Summary,
    Territory,
    User,
)
from observations.models.observation import TEXTS_GONE
from observations.models.people import NAMELESS
from observations.privacy.retention import PERIODS, months_before
from tests import factories
from tests.restitution.month import hear, month_before, publish_month

pytestmark = pytest.mark.django_db
SAID = "Des mots qui ne doivent pas rester"
Verb = JournalEntry.Verb


def today() -> date:
    return timezone.localdate()


def old(**fields: object) -> Observation:
    """Received a year and a day ago, with something in every text."""
    texts = {"words": SAID, "seen": SAID, "reading": SAID, "place_label": SAID, "public_text": SAID}
    received = timezone.now() - timedelta(days=367)
    return factories.ObservationFactory(
        point=(51.0283, 2.3613), received_at=received, **{"stems": SAID, **texts, **fields}
    )


def texts(observation: Observation) -> str:
    """Everything that the row and its history hold, as one text."""
    row = Observation.objects.filter(pk=observation.pk).values().get()
    history = Change.objects.filter(observation=observation).values("before", "after", "note")
    return f"{row} {list(history)}"


def done(code: str) -> int:
    return {o.rule.code: o.done for o in purge.purge(today=today()).outcomes}[code]


def test_texts_a_year_old_are_emptied_and_everything_that_counts_stays(cdsu: User) -> None:
    row = old(accepted=True)
    before = Observation.objects.filter(pk=row.pk).values().get()
    assert done("textes") == 1
    after = Observation.objects.filter(pk=row.pk).values().get()
    assert SAID not in texts(row)
    assert (after["latitude"], after["cell_row"], after["precision"]) == (None, None, "quartier")
    kept = ["theme_id", "neighbourhood_id", "nature", "agreement", "observed_on", "status", "author_id"]
    assert [after[name] for name in kept] == [before[name] for name in kept]
    assert after["emptied_on"] == today()
    assert after["digest"] == ""


def test_texts_of_yesterday_s_term_stay() -> None:
    row = old()
    Observation.objects.filter(pk=row.pk).update(
        received_at=timezone.make_aware(
            timezone.datetime.combine(
                months_before(today(), 12) + timedelta(days=1), timezone.datetime.min.time()
            )
        )
    )
    assert done("textes") == 0


def test_a_shorter_period_of_the_territory_counts(cdsu: User) -> None:
    row = old()
    Observation.objects.filter(pk=row.pk).update(received_at=timezone.now() - timedelta(days=120))
    assert done("textes") == 0
    Territory.objects.update(texts_months=3)
    assert done("textes") == 1


def test_what_is_written_after_the_term_has_the_same_one(cdsu: User) -> None:
    row = old(accepted=True)
    assert done("textes") == 1
    review.rewrite(observation_id=row.pk, text=SAID, by=cdsu)
    review.decide(observations=[row.pk], status=Status.SET_ASIDE, reason=SAID, by=cdsu)
    assert done("textes") == 0
    assert SAID in texts(row)
    before = months_before(today(), PERIODS["texts_months"].default)
    Observation.objects.filter(pk=row.pk).update(emptied_on=before)
    assert done("textes") == 1
    assert SAID not in texts(row)
    assert done("textes") == 0


def test_the_history_is_emptied_and_can_still_be_undone_or_refused(cdsu: User, agent: User) -> None:
    row = old(author=agent)
    review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason=SAID, by=cdsu)
    capture.answer(observation=row, by=agent, text=SAID)
    review.rewrite(observation_id=row.pk, text=f"{SAID} encore", by=cdsu)
    batch = review.decide(observations=[row.pk], status=Status.SET_ASIDE, reason=SAID, by=cdsu)
    assert done("textes") == 1
    assert SAID not in texts(row)
    row.refresh_from_db()
    assert (row.status, row.status_reason) == (Status.SET_ASIDE, TEXTS_GONE)
    review.undo(batch=batch, by=cdsu)
    row.refresh_from_db()
    assert row.status == Status.TO_READ
    assert SAID not in texts(row)


def test_a_text_that_partners_read_stays_for_a_correction(
    banc_vert: Neighbourhood, cdsu: User, light_pdf: None
) -> None:
    hear(month_before(), [banc_vert], cdsu)
    published = publish_month(month_before(), cdsu, quotes=2)
    Observation.objects.update(received_at=timezone.now() - timedelta(days=367), words=SAID)
    assert done("textes") == 24
    assert Observation.objects.exclude(public_text="").count() == 2
    assert not Observation.objects.filter(words=SAID).exists()
    quoted = Observation.objects.exclude(public_text="").first()
    assert quoted.stems.startswith("parol relu")
    draft = publishing.start_correction(summary=published, reason="Un nom mal écrit.", by=cdsu)
    assert publishing.unquotable(draft.quotes.all(), draft.month) == []


def test_a_phone_that_repeats_itself_a_year_later_is_told_that_it_is_gone(agent: User) -> None:
    row = old(author=agent)
    purge.purge(today=today())
    with pytest.raises(capture.Gone):
        capture.standing(id=row.pk, by=agent, digest=row.digest)


def test_the_database_refuses_an_emptied_row_that_holds_words() -> None:
    row = old()
    purge.purge(today=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(words=SAID)


def stale_user(months: int, **fields: object) -> User:
    return factories.UserFactory(last_used_month=months_before(today(), months).replace(day=1), **fields)


def test_an_account_is_warned_once_then_closed_then_made_nameless() -> None:
    user = stale_user(12, name="Prénom Nom", email="ancienne@example.test")
    assert done("avertis") == 1
    assert [letter.to for letter in mail.outbox] == [["ancienne@example.test"]]
    assert (done("avertis"), done("fermes")) == (0, 0)
    User.objects.filter(pk=user.pk).update(
        last_used_month=months_before(today(), 13).replace(day=1), warned_on=today() - timedelta(days=28)
    )
    assert done("fermes") == 1
    User.objects.filter(pk=user.pk).update(last_used_month=months_before(today(), 25).replace(day=1))
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr="Prénom Nom",
        action_flag=CHANGE,
    )
    assert done("sans-nom") == 1
    user.refresh_from_db()
    assert (user.email, user.name, user.is_active) == (f"compte-{user.pk}@{NAMELESS}", "Compte fermé", False)
    assert not LogEntry.objects.filter(object_repr="Prénom Nom").exists()
    assert done("sans-nom") == 0
    verbs = list(JournalEntry.objects.filter(subject=f"user {user.pk}").values_list("verb", "by"))
    assert verbs == [(Verb.ACCOUNT_CHANGED, None), (Verb.ACCOUNT_CLOSED, None)]


def test_who_comes_back_is_warned_no_more_and_stays() -> None:
    user = stale_user(14)
    purge.purge(today=today())
    user.refresh_from_db()
    unused.note_use(by=user)
    User.objects.filter(pk=user.pk, warned_on=None).get()
    assert done("fermes") == 0


def test_a_letter_that_cannot_leave_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stale_user(12)

    def no_server(*args: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(unused, "send_mail", no_server)
        assert done("avertis") == 0
    assert done("avertis") == 1


def test_the_last_administrator_who_comes_is_never_closed() -> None:
    stale = {"role": Role.ADMIN, "warned_on": today() - timedelta(days=40)}
    one, other = stale_user(20, **stale), stale_user(20, **stale)
    assert done("fermes") == 0
    User.objects.filter(pk=one.pk).update(last_used_month=today().replace(day=1))
    assert done("fermes") == 1
    other.refresh_from_db()
    assert not other.is_active


@pytest.mark.parametrize("months", [0, 5])
def test_only_the_month_of_use_is_kept_and_one_write_a_month(
    signed_in, agent: User, months: int, django_assert_max_num_queries
) -> None:
    month = months_before(today(), months).replace(day=1)
    User.objects.filter(pk=agent.pk).update(last_used_month=month)
    browser = signed_in(agent)
    assert browser.get("/saisie/").status_code == 200
    agent.refresh_from_db()
    assert agent.last_used_month == today().replace(day=1)


def test_expired_sessions_and_forgotten_corrections_go(
    banc_vert: Neighbourhood, cdsu: User, light_pdf: None
) -> None:
    Session.objects.create(
        session_key="passee", session_data="", expire_date=timezone.now() - timedelta(days=1)
    )
    Session.objects.create(
        session_key="encore", session_data="", expire_date=timezone.now() + timedelta(days=1)
    )
    hear(month_before(), [banc_vert], cdsu)
    published = publish_month(month_before(), cdsu)
    draft = publishing.start_correction(summary=published, reason="Une faute.", by=cdsu)
    other = publishing.create_draft(month=month_before(2), by=cdsu)
    Summary.objects.filter(pk__in=[draft.pk, other.pk]).update(
        updated_at=timezone.now() - timedelta(days=200)
    )
    report = {o.rule.code: o.done for o in purge.purge(today=today()).outcomes}
    assert (report["sessions"], report["corrections"]) == (1, 1)
    assert list(Session.objects.values_list("pk", flat=True)) == ["encore"]
    assert set(Summary.objects.values_list("pk", flat=True)) == {published.pk, other.pk}


@pytest.mark.parametrize("ended", ["expires_at", "revoked_at"])
def test_keys_that_ended_long_ago_go_with_the_name_they_were_given(cdsu: User, ended: str) -> None:
    def token(days: int) -> ApiToken:
        made = timezone.now() - timedelta(days=400)
        fields = {"created_at": made, "expires_at": timezone.now() + timedelta(days=9)}
        fields[ended] = timezone.now() - timedelta(days=days)
        return ApiToken.objects.create(
            label="Pour quelqu’un", token_hash=uuid.uuid4().hex, created_by=cdsu, **fields
        )

    token(92)
    kept = token(80)
    assert done("jetons") == 1
    assert list(ApiToken.objects.all()) == [kept]


def test_a_preview_writes_nothing_and_says_what_the_purge_then_does(cdsu: User) -> None:
    rows = [old() for _ in range(3)]
    stale_user(12)
    before = [texts(row) for row in rows]
    told = {o.rule.code: o.due for o in purge.preview(today=today()).outcomes}
    assert [texts(row) for row in rows] == before
    assert not JournalEntry.objects.exists()
    assert not mail.outbox
    assert {o.rule.code: o.done for o in purge.purge(today=today()).outcomes} == told
    again = purge.purge(today=today())
    assert sum(outcome.due for outcome in again.outcomes) == 0
    assert again.rewritten is None


def test_the_journal_says_how_many_and_no_more() -> None:
    old()
    purge.purge(today=today())
    line = JournalEntry.objects.get(verb=Verb.PURGED)
    assert (line.by, line.subject, line.reason) == (None, "", "textes 1")


def test_a_territory_changes_its_periods_within_bounds_and_the_journal_says_so(administrator: User) -> None:
    here = Territory.current()
    same = {"name": here.name, "siren": "", "threshold": 5, "banner": ""}
    territory.update_territory(territory=here, **same, texts_months=6, by=administrator)
    assert Territory.current().periods.texts_months == 6
    lines = JournalEntry.objects.filter(verb=Verb.RULES_CHANGED).values_list("reason", "by")
    assert list(lines) == [("texts_months", administrator.pk)]
    for name, bounds in PERIODS.items():
        with pytest.raises(ValidationError):
            territory.update_territory(
                territory=Territory.current(), **same, **{name: bounds.maximum + 1}, by=administrator
            )
    with pytest.raises(ValidationError):
        territory.update_territory(
            territory=Territory.current(), **same, account_closing_months=11, by=administrator
        )


@pytest.mark.parametrize("name", PERIODS)
def test_the_database_holds_the_bounds_too(name: str) -> None:
    for value in (PERIODS[name].minimum - 1, PERIODS[name].maximum + 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            Territory.objects.update(**{name: value})


def test_an_interrupted_purge_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "CHUNK", 2)
    rows = [old() for _ in range(5)]

    def stop(label: str, seen: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purge.purge(today=today(), progress=stop)
    assert Observation.objects.filter(emptied_on=None).count() == 3
    assert done("textes") == 3
    assert all(SAID not in texts(row) for row in rows)


def test_uuid_of_another_is_left_alone() -> None:
    assert purge.empty_texts([uuid.uuid4()], today(), Territory.current().periods) == 0


NAMED = "C’est madame Fatima Benali, au 06 12 34 56 78, qui le dit."


def flagged(days: int, **fields: object) -> Observation:
    received = timezone.now() - timedelta(days=days)
    return factories.ObservationFactory(
        received_at=received, **{"words": f"Avant. {NAMED} Après.", "stems": NAMED, **fields}
    )


def test_an_unreviewed_passage_is_told_of_then_masked_and_the_rest_stays(cdsu: User) -> None:
    row = flagged(31, seen="Rien de particulier.")
    assert (done("rappels"), done("masques")) == (1, 0)
    letter = mail.outbox[0]
    assert letter.to == [cdsu.email]
    assert "Benali" not in letter.subject + letter.body
    assert (done("rappels"), done("masques")) == (0, 0)
    Observation.objects.filter(pk=row.pk).update(reminded_on=today() - timedelta(days=7))
    assert done("masques") == 1
    row.refresh_from_db()
    assert "Benali" not in texts(row)
    assert "06 12" not in texts(row)
    assert row.words.startswith("Avant. ")
    assert row.words.endswith("Après.")
    assert row.seen == "Rien de particulier."
    assert (row.digest, done("masques")) == ("", 0)


@pytest.mark.parametrize("state", ["accepted", "young", "clean", "other"])
def test_only_old_unreviewed_passages_are_told_of(cdsu: User, state: str) -> None:
    match state:
        case "accepted":
            flagged(60, accepted=True)
        case "young":
            flagged(29)
        case "clean":
            flagged(60, words="L’ascenseur est en panne.")
        case "other":
            old(emptied_on=None, words="Le banc est cassé.")
    assert done("rappels") == 0
    assert not mail.outbox


def test_a_passage_in_an_answer_is_masked_too(cdsu: User, agent: User) -> None:
    row = flagged(40, words="L’ascenseur est en panne.", author=agent)
    review.decide(observations=[row.pk], status=Status.TO_COMPLETE, reason="Où ?", by=cdsu)
    capture.answer(observation=row, by=agent, text=NAMED)
    assert done("rappels") == 1
    Observation.objects.filter(pk=row.pk).update(reminded_on=today() - timedelta(days=8))
    assert done("masques") == 1
    assert "Benali" not in texts(row)


def test_a_reviewer_is_told_of_their_neighbourhoods_only(
    banc_vert: Neighbourhood, soubise: Neighbourhood
) -> None:
    here = factories.UserFactory(role=Role.CDSU, neighbourhoods=[banc_vert])
    factories.UserFactory(role=Role.CDSU, neighbourhoods=[factories.NeighbourhoodFactory()])
    flagged(31, neighbourhood=banc_vert)
    flagged(31, neighbourhood=banc_vert)
    purge.purge(today=today())
    assert [letter.to for letter in mail.outbox] == [[here.email]]
    assert mail.outbox[0].body.count("2 observations attendent") == 1


def test_nothing_is_masked_while_no_reminder_can_leave(cdsu: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_server(*args: object) -> None:
        raise ConnectionRefusedError

    row = flagged(31)
    with monkeypatch.context() as broken:
        broken.setattr(purge.flagged, "send_mail", no_server)
        assert done("rappels") == 0
    row.refresh_from_db()
    assert row.reminded_on is None
    assert done("rappels") == 1
