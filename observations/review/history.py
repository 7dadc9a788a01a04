"""What happened to an observation, in words. Reviewers are named; who wrote it is not."""

from datetime import datetime
from typing import NamedTuple

from observations.models import Change, Neighbourhood, Observation, Role, Status, Theme

DECISIONS = {
    Status.TO_READ: "a remis l’observation à relire",
    Status.TO_COMPLETE: "a demandé une précision",
    Status.ACCEPTED: "a retenu l’observation",
    Status.SET_ASIDE: "a écarté l’observation",
}


class Line(NamedTuple):
    """One fact: who did what, when, the words that came with it, and when it was undone."""

    at: datetime
    who: str
    what: str
    note: str = ""
    undone_at: datetime | None = None


def author_word(observation: Observation) -> str:
    """« l’agent »: the role of whoever heard it, never the name."""
    heard_by = observation.noted_by or observation.author
    return "le conseil citoyen" if heard_by.role == Role.COUNCIL else "l’agent"


def history(observation: Observation, themes: list[Theme], places: list[Neighbourhood]) -> list[Line]:
    """Every fact, oldest first, in one query once `hit_reviews` is there. `themes` and `places` give their names."""
    names = {
        Change.Kind.THEME: {theme.pk: theme.name for theme in themes},
        Change.Kind.NEIGHBOURHOOD: {place.pk: place.short_name for place in places},
    }
    author = author_word(observation)
    sent = "a noté l’observation sur papier" if observation.noted_by else "a envoyé l’observation"
    lines = [Line(observation.received_at, author, sent)]
    for change in observation.changes.select_related("by"):
        by_author = change.kind in {Change.Kind.ANSWER, Change.Kind.CORRECTION}
        who = author if by_author else str(change.by)
        what, note = _said(change, names.get(Change.Kind(change.kind), {}))
        lines.append(Line(change.at, who, what, note, change.undone_at))
    for review in observation.hit_reviews.all():
        cleared = "a confirmé qu’un passage du texte ne désigne personne"
        lines.append(Line(review.at, str(review.by), cleared, undone_at=review.undone_at))
    return sorted(lines, key=lambda line: line.at)


def _said(change: Change, names: dict[int, str]) -> tuple[str, str]:
    """What was done, and the words that came with it."""
    match change.kind:
        case Change.Kind.DECISION:
            status = change.after.get("status")
            what = DECISIONS[Status(status)] if status else "a changé sa question ou son motif"
            return what, change.after.get("status_reason", "")
        case Change.Kind.THEME:
            return f"a changé le thème : {_move(change, 'theme_id', names)}", ""
        case Change.Kind.NEIGHBOURHOOD:
            return f"a changé le quartier : {_move(change, 'neighbourhood_id', names)}", ""
        case Change.Kind.PUBLIC_TEXT:
            return _rewriting(change), ""
        case Change.Kind.ANSWER:
            return "a répondu à la question", change.note
        case _:
            return "a corrigé l’observation", ""


def _move(change: Change, column: str, names: dict[int, str]) -> str:
    old, new = (names.get(state.get(column), "ailleurs") for state in (change.before, change.after))
    return f"{old}, puis {new}"


def _rewriting(change: Change) -> str:
    if not change.after.get("public_text"):
        return "a retiré le texte pour les partenaires"
    verb = "repris" if change.before.get("public_text") else "écrit"
    return f"a {verb} le texte pour les partenaires"
