"""What the CDSU adds to a month's figures: introduction, comments by theme, words of residents.

Pure. Figures and choices are laid separately, so that a correction keeps the figures of the version it corrects.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from observations.restitution import content as c
from observations.restitution.tables import NATURES, BuildError, counts
from observations.typography import NBSP, french, long_date, printable, quoted

_HOLDS = ("atout", "proposition")


@dataclass(frozen=True)
class Quote:
    """A `public_text` to be shown. `agreement` must be « oui ».

    `place` is the neighbourhood's short name where it may be said (`tables.nameable`), else empty: the territory.
    """

    text: str
    nature: str
    theme: str
    neighbourhood: str
    agreement: str
    place: str = ""


@dataclass(frozen=True)
class Choices:
    """What the CDSU wrote and picked: introduction, comment by theme slug, quotes in reading order."""

    introduction: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    quotes: Sequence[Quote] = ()


def placed(choices: Choices, named: Mapping[tuple[str, str], str]) -> Choices:
    """The choices, each quote with the place that `named` allows it by (theme, neighbourhood)."""
    quotes = [replace(q, place=named.get((q.theme, q.neighbourhood), "")) for q in choices.quotes]
    return replace(choices, quotes=quotes)


def with_choices(
    figures: c.Content,
    choices: Choices,
    *,
    version: int = 1,
    reason: str = "",
    published_on: date | None = None,
) -> c.Content:
    """A copy of `figures` (a draft's, or those of the version corrected) carrying these choices.

    `published_on` None = a draft. Raises BuildError for a choice that cannot be published.
    """
    if version > 1 and not reason.strip():
        raise BuildError("Une nouvelle version dit pourquoi elle corrige la précédente.")
    content = copy.deepcopy(figures)
    state = f"Publiée le {long_date(published_on)}" if published_on else "Brouillon"
    content.update(
        {
            "version": version,
            "status": f"{state}, version{NBSP}{version}",
            "correction": french(f"Ce qui change dans cette version : {printable(reason)}")
            if version > 1
            else "",
            "footer": f"Nouveaux Accords · {content['title']}, {content['month_name']}, version {version}",
            "introduction": printable(choices.introduction),
            "comments": _comments(choices.comments, content["themes"]),
            "quotes": [_quote(i, quote, content) for i, quote in enumerate(choices.quotes, start=1)],
        }
    )
    return content


def withdraw(content: c.Content, quote_index: int) -> c.Content:
    """A copy of a frozen content whose quote at `quote_index` (from 0) reads « parole retirée »."""
    if not 0 <= quote_index < len(content["quotes"]):
        raise BuildError("Cette parole ne figure pas dans la synthèse.")
    lighter = copy.deepcopy(content)
    lighter["quotes"][quote_index].update({"text": c.WITHDRAWN, "withdrawn": True})
    return lighter


def _comments(comments: Mapping[str, str], table: c.Themes) -> list[c.Comment]:
    written = {slug: text for slug, raw in comments.items() if (text := printable(raw))}
    if written.keys() - {row["slug"] for row in table["rows"]}:
        raise BuildError("Un thème réuni aux autres ce mois-ci ne peut pas être commenté à part.")
    return [
        {
            "slug": row["slug"],
            "name": row["name"],
            "colour": row["colour"],
            "icon": row["icon"],
            "figures": ", ".join(counts(row["n"], row["days"], row["places"])),
            "text": written[row["slug"]],
        }
        for row in table["rows"]
        if row["slug"] in written
    ]


def _quote(position: int, quote: Quote, content: c.Content) -> c.QuoteShown:
    """Words, side and label: the place that may be said, and the month only."""
    text = printable(quote.text)
    if quote.agreement != "oui":
        raise BuildError(
            french(f"La parole n° {position} n’a pas l’accord de la personne : retirez-la du choix.")
        )
    if not text:
        raise BuildError(french(f"La parole n° {position} n’a pas de texte relu : écrivez-le ou retirez-la."))
    if quote.nature not in NATURES:
        raise BuildError(f"La parole n° {position} porte une nature inconnue.")
    return {
        "text": quoted(text),
        "label": f"{quote.place or content['territory']}, {content['month_only']}",
        "nature": quote.nature,
        "side": "holds" if quote.nature in _HOLDS else "weighs",
        "withdrawn": False,
    }
