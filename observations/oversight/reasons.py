"""The journal's codes in words. A code that nobody knows any more is shown as it stands."""

from observations.actions.erasure import AFTER_RESTORE
from observations.actions.erasure import Reason as ErasureReason
from observations.actions.purge import RULES
from observations.models import JournalEntry, Territory
from observations.models.journal import AuthorReason, ExportReason

Verb = JournalEntry.Verb
UNUSED = {"sans-usage": "sans usage depuis longtemps", "sans-nom": "fermé depuis longtemps, rendu sans nom"}
SAID: dict[str, dict[str, str]] = {
    Verb.AUTHOR_SHOWN: dict(AuthorReason.choices),
    Verb.EXPORTED: dict(ExportReason.choices),
    Verb.ERASED: {**dict(ErasureReason.choices), AFTER_RESTORE: "déjà effacée avant la restauration"},
    Verb.PURGED: {rule.code: rule.label for rule in RULES},
    Verb.RULES_CHANGED: {field.name: str(field.verbose_name) for field in Territory._meta.concrete_fields},
    Verb.ACCOUNT_CHANGED: UNUSED,
    Verb.ACCOUNT_CLOSED: UNUSED,
}


def reason(verb: str, code: str) -> str:
    """« textes 12 » is a purge's code and how many went."""
    name, _, count = code.partition(" ")
    said = SAID.get(verb, {}).get(name, name)
    # A verb begins its reason in mid-sentence.
    said = said[:1].lower() + said[1:]
    return f"{said} ({count})" if count else said
