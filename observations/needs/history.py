"""What happened to a need, in words."""

from datetime import datetime
from typing import NamedTuple

from observations.models import Need, NeedChange, NeedState

Kind = NeedChange.Kind
FIELDS = {
    "title": "le titre",
    "description": "la description",
    "theme_id": "le thème",
    "priority": "la priorité",
    "under_way": "ce qui est en cours",
    "neighbourhoods": "les quartiers",
}


class Line(NamedTuple):
    at: datetime
    who: str
    what: str
    note: str
    undone_at: datetime | None


def history(need: Need) -> list[Line]:
    """Every fact, oldest first, in one query."""
    changes = need.changes.select_related("by")
    return [
        Line(change.at, str(change.by), _said(change), change.after.get("state_reason", ""), change.undone_at)
        for change in changes
    ]


def _said(change: NeedChange) -> str:
    n = len(change.links)
    several = "s" if n > 1 else ""
    if change.kind == Kind.STATE:
        return f"a noté : {NeedState(change.after['state']).label}"
    if change.kind == Kind.EDITED:
        return "a changé " + ", ".join(label for name, label in FIELDS.items() if name in change.after)
    return {
        Kind.CREATED: "a créé ce besoin" + (" à partir d’un autre" if change.after.get("source") else ""),
        Kind.LINKED: f"a rattaché {n} observation{several}",
        Kind.UNLINKED: f"a détaché {n} observation{several}",
        Kind.STANCE: "a dit ce qu’une observation apporte : nuance, contradiction ou même chose",
        Kind.MERGED: "l’a réuni à un autre besoin",
    }[Kind(change.kind)]
