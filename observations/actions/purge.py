"""What reached its term goes: the daily purge. How long is in privacy/retention.py, what in the rules below.

Each rule says what is due and does it by small transactions that check again under the lock: the command may
be killed at any moment and run again. The journal gets one line a rule, with a count.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from observations.actions import flagged, programme, storage, unused
from observations.actions.journal import record
from observations.models import (
    ActionImport,
    ApiToken,
    Change,
    Invitation,
    JournalEntry,
    Observation,
    Precision,
    RequestLink,
    SharedCache,
    ShareLink,
    Summary,
    SummaryQuote,
    Territory,
    Tombstone,
)
from observations.models.observation import TEXTS_GONE, ObservationQuerySet
from observations.models.sharing import Key
from observations.privacy.retention import (
    Account,
    Flagged,
    Periods,
    corrections_end,
    ended_keys_end,
    texts_end,
)

CHUNK = 200
Keys = Sequence[Any]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Rule:
    """`code` for the journal, `label` for people. `due` lists keys; `act` takes some of them, says how many went."""

    code: str
    label: str
    due: Callable[[date, Periods], Keys]
    act: Callable[[Keys, date, Periods], int]


@dataclass(frozen=True)
class Outcome:
    rule: Rule
    due: int
    done: int


@dataclass(frozen=True)
class Report:
    """`rewritten`: None when nothing called for writing the files anew, else whether it was done."""

    outcomes: Sequence[Outcome]
    rewritten: bool | None = None


def preview(*, today: date) -> Report:
    """What `purge` would do; reads only."""
    periods = Territory.current().periods
    return Report([Outcome(rule, len(rule.due(today, periods)), 0) for rule in RULES])


def purge(*, today: date, progress: Progress = lambda label, done, total: None) -> Report:
    """Does what is due today. Running it again does nothing more."""
    periods = Territory.current().periods
    erased_since = _erased_since_last_time()
    outcomes = [_follow(rule, today, periods, progress) for rule in RULES]
    gone = erased_since or any(outcome.done for outcome in outcomes)
    return Report(outcomes, storage.rewrite_files() if gone else None)


def empty_what_is_over(*, today: date) -> int:
    """Only the texts: for a database just restored, before anybody reads it."""
    periods = Territory.current().periods
    return sum(empty_texts(chunk, today, periods) for chunk in _chunks(_due_texts(today, periods)))


def empty_texts(keys: Keys, today: date, periods: Periods) -> int:
    """The texts of these observations and of their histories, and their exact places.

    Theme, neighbourhood, nature, day and decision stay: the counts do not move. A text for partners that stands in
    a published synthèse stays too: it is public, and a correction of that synthèse must be able to carry it.
    """
    with transaction.atomic():
        rows = _old_texts(today, periods).filter(pk__in=list(keys)).select_for_update(of=("self",))
        found = list(rows.order_by("pk").values_list("pk", flat=True))
        emptied = Observation.objects.filter(pk__in=found)
        quotes = SummaryQuote.objects.filter(summary__status=Summary.Status.PUBLISHED, observation__in=found)
        published = set(quotes.values_list("observation_id", flat=True))
        emptied.exclude(status_reason="").update(status_reason=TEXTS_GONE)
        emptied.exclude(pk__in=published).update(public_text="", stems="")
        emptied.update(**_nothing(), emptied_on=today, revision=F("revision") + 1)
        for row in emptied.filter(pk__in=published):
            row.restem()
            row.save(update_fields=["stems"])
        empty_history(found)
    return len(found)


def empty_history(observations: Keys) -> None:
    """Takes the texts out of these observations' histories; who did what and when stays."""
    changes = list(Change.objects.filter(observation__in=observations).select_for_update())
    for change in changes:
        change.note = ""
        change.before, change.after = _without_texts(change.before), _without_texts(change.after)
    Change.objects.bulk_update(changes, ["note", "before", "after"], batch_size=CHUNK)


def _nothing() -> dict[str, Any]:
    columns = dict.fromkeys(["words", "seen", "reading", "place_label", "digest"], "")
    point = dict.fromkeys(["latitude", "longitude", "tile_x", "tile_y", "cell_row", "cell_col"])
    return {**columns, **point, "precision": Precision.NEIGHBOURHOOD, "words_exact": False}


def _without_texts(state: dict[str, Any]) -> dict[str, Any]:
    """What a change kept of the columns; a reason stays one, as the database asks of some decisions."""
    stands = {"public_text": "", "status_reason": TEXTS_GONE}
    return {name: stands.get(name, value) if value else value for name, value in state.items()}


def _old_texts(today: date, periods: Periods) -> ObservationQuerySet:
    """Not emptied yet; or emptied as long ago, and written on since by a reviewer."""
    end = texts_end(today, periods)
    since = Change.objects.filter(observation=OuterRef("pk"), at__date__gte=OuterRef("emptied_on"))
    return Observation.objects.filter(
        Q(emptied_on=None, received_at__lt=_after(end)) | Q(Exists(since), emptied_on__lte=end)
    )


def _due_texts(today: date, periods: Periods) -> Keys:
    return list(_old_texts(today, periods).order_by("pk").values_list("pk", flat=True))


def _abandoned(today: date, periods: Periods) -> "QuerySet[Summary]":
    drafts = Summary.objects.filter(status=Summary.Status.DRAFT, version__gt=1)
    return drafts.filter(updated_at__lt=_after(corrections_end(today, periods)))


def _remove_corrections(keys: Keys, today: date, periods: Periods) -> int:
    return _deleted(_abandoned(today, periods).filter(pk__in=keys))


def _over_sessions() -> "QuerySet[Session]":
    return Session.objects.filter(expire_date__lt=timezone.now())


def _over_counters() -> "QuerySet[SharedCache]":
    return SharedCache.objects.filter(expires__lt=timezone.now())


def _ended(keys: "QuerySet[Any]", today: date, periods: Periods) -> "QuerySet[Any]":
    """Keys that have opened nothing for long: revoked, or past their date."""
    moment = _after(ended_keys_end(today, periods))
    return keys.filter(Q(expires_at__lt=moment) | Q(revoked_at__lt=moment))


def _key_rule(code: str, label: str, model: "type[Key] | type[Invitation]") -> Rule:
    def due(today: date, periods: Periods) -> Keys:
        return list(_ended(model._default_manager.all(), today, periods).values_list("pk", flat=True))

    def remove(keys: Keys, today: date, periods: Periods) -> int:
        return _deleted(_ended(model._default_manager.filter(pk__in=keys), today, periods))

    return Rule(code, label, due, remove)


def _deleted(rows: "QuerySet[Any]") -> int:
    """How many of these rows went, without what hangs from them."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _account_rule(code: str, label: str, step: Account, act: Callable[[Keys, date, Periods], int]) -> Rule:
    return Rule(code, label, partial(unused.due, step), act)


def _half_imported(today: date, periods: Periods) -> Keys:
    old = timezone.now() - timedelta(days=programme.IMPORT_DAYS)
    return list(ActionImport.objects.filter(at__lt=old).values_list("pk", flat=True))


RULES = [
    Rule(
        "rappels",
        "Passages à revoir, non relus : rappels",
        partial(flagged.due, Flagged.REMIND),
        flagged.remind,
    ),
    Rule(
        "masques",
        "Passages jamais revus : à masquer",
        partial(flagged.due, Flagged.REDACT),
        flagged.mask,
    ),
    Rule("textes", "Textes et lieux exacts à effacer", _due_texts, empty_texts),
    _account_rule("avertis", "Comptes sans usage à prévenir", Account.WARN, unused.warn),
    _account_rule("fermes", "Comptes sans usage à fermer", Account.CLOSE, unused.close),
    _account_rule("sans-nom", "Comptes fermés à rendre sans nom", Account.FORGET, unused.forget),
    Rule(
        "corrections",
        "Corrections de synthèse abandonnées",
        lambda today, periods: list(_abandoned(today, periods).values_list("pk", flat=True)),
        _remove_corrections,
    ),
    _key_rule("liens", "Liens de partage terminés", ShareLink),
    _key_rule("liens-reponse", "Liens de réponse terminés", RequestLink),
    _key_rule("jetons", "Jetons d’accès terminés", ApiToken),
    _key_rule("invitations", "Invitations terminées", Invitation),
    Rule(
        "imports",
        "Fichiers d’actions laissés à moitié importés",
        _half_imported,
        lambda keys, today, periods: programme.drop_old_imports(keys),
    ),
    Rule(
        "sessions",
        "Connexions expirées",
        lambda today, periods: list(_over_sessions().values_list("pk", flat=True)),
        lambda keys, today, periods: _deleted(_over_sessions().filter(pk__in=keys)),
    ),
    Rule(
        "compteurs",
        "Comptes d’essais de connexion expirés",
        lambda today, periods: list(_over_counters().values_list("pk", flat=True)),
        lambda keys, today, periods: _deleted(_over_counters().filter(pk__in=keys)),
    ),
]


def _follow(rule: Rule, today: date, periods: Periods, progress: Progress) -> Outcome:
    keys = rule.due(today, periods)
    done = seen = 0
    for chunk in _chunks(keys):
        done += rule.act(chunk, today, periods)
        seen += len(chunk)
        progress(rule.label, seen, len(keys))
    if done:
        record(JournalEntry.Verb.PURGED, by=None, reason=f"{rule.code} {done}")
    return Outcome(rule, len(keys), done)


def _chunks(keys: Keys) -> Iterator[Keys]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _erased_since_last_time() -> bool:
    last = JournalEntry.objects.filter(verb=JournalEntry.Verb.PURGED).first()
    return Tombstone.objects.filter(Q(deleted_at__gte=last.at) if last else Q()).exists()


def _after(day: date) -> datetime:
    """The first moment after this day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
