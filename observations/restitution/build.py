"""From a month's accepted observations and the CDSU's choices to the content of a synthèse.

Pure: no ORM, no clock. Every table is a partition (`tables`), and none crosses themes with neighbourhoods. What is
said of another month is what that month's own published synthèse says: no number has two sources to compare.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from observations.privacy.suppress import MINIMUM_DAYS, MINIMUM_THRESHOLD
from observations.restitution import content as c
from observations.restitution.choices import Choices, Quote, placed, with_choices, withdraw
from observations.restitution.tables import (
    OUTSIDE,
    BuildError,
    Figures,
    Labels,
    QuartierLabel,
    Row,
    ThemeLabel,
    checked,
    counts,
    figures_of,
    map_of,
    month_tables,
    nameable,
    natures,
    neighbourhood_table,
    places,
    published_figures,
    theme_table,
    told,
)
from observations.typography import (
    NBSP,
    french,
    in_month,
    month_name,
    month_only,
    number,
    of_month,
    printable,
)

__all__ = [
    "OUTSIDE",
    "BuildError",
    "Choices",
    "QuartierLabel",
    "Quote",
    "Row",
    "ThemeLabel",
    "build",
    "nameable",
    "withdraw",
]

MONTHS = 6
NOTHING_SAID = Figures(None, {}, {}, None)
_COUNTED = (
    "",
    "Un quartier prioritaire",
    *(
        f"{word} quartiers prioritaires"
        for word in ["Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix", "Onze", "Douze"]
    ),
)


def build(
    month: date,
    rows: Sequence[Row],
    themes: Sequence[ThemeLabel],
    neighbourhoods: Sequence[QuartierLabel],
    choices: Choices,
    *,
    territory: str,
    threshold: int = MINIMUM_THRESHOLD,
    version: int = 1,
    reason: str = "",
    published_on: date | None = None,
    source: str = "",
    schematic: bool = False,
    published: Mapping[date, c.Content] | None = None,
) -> c.Content:
    """The content of `month`'s synthèse; `month` and the keys are first days of months.

    `rows` holds the month's accepted observations. `published` holds the latest published content of earlier
    months: those of the five before are compared with this one, and a month that has none is not spoken
    of, so that comparing two synthèses never finds a late row. Neighbourhoods keep the order given.
    `published_on` None = a draft.
    Raises BuildError for a choice that cannot be published, ValueError for a threshold under 5.
    """
    labels = Labels({t.slug: t for t in themes}, {q.code: q for q in neighbourhoods})
    months = [_months_before(month, back) for back in range(MONTHS - 1, -1, -1)]
    rows = checked(rows, month, labels)
    by_theme, by_neighbourhood = month_tables(rows, labels, threshold)
    figures = dict.fromkeys(months, NOTHING_SAID)
    figures |= {day: published_figures(old) for day, old in (published or {}).items() if day in figures}
    figures[month] = figures_of(by_theme, by_neighbourhood)
    enough = by_theme.total is not None
    name = month_name(month)
    content: c.Content = {
        "format": c.FORMAT,
        "month": f"{month:%Y-%m}",
        "month_name": name,
        "month_only": month_only(month),
        "title": c.TITLE,
        "over": f"Paroles d’habitantes et d’habitants, {name}",
        "territory": printable(territory),
        "scope": _scope(len(neighbourhoods), printable(territory)),
        "version": version,
        "status": "",
        "correction": "",
        "footer": "",
        "enough": enough,
        "too_few": "" if enough else french(c.TOO_FEW.format(month=in_month(month))),
        "introduction": "",
        "heard": _heard(rows, threshold, months[-2], figures[months[-2]].total) if enough else None,
        "themes": theme_table(by_theme, rows, labels.themes, months, figures),
        "comments": [],
        "neighbourhoods": neighbourhood_table(months, figures, by_neighbourhood, labels.neighbourhoods),
        "map": map_of(month, neighbourhoods, by_neighbourhood, threshold, source, schematic),
        "quotes": [],
        "method": [french(text.format(threshold=threshold, days=MINIMUM_DAYS)) for text in c.METHOD],
        "sections": _sections(told(months, figures)),
    }
    choices = placed(choices, nameable(rows, content, threshold))
    return with_choices(content, choices, version=version, reason=reason, published_on=published_on)


def _months_before(month: date, back: int) -> date:
    if month.day != 1:
        raise BuildError("Une synthèse commence le premier jour d’un mois.")
    index = month.year * 12 + month.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _heard(rows: Sequence[Row], threshold: int, before: date, previous: int | None) -> c.Heard:
    days = len({row.observed_on for row in rows})
    n_places = places(rows)
    by_nature = natures(rows, threshold)
    sentence = ", ".join(
        f"{number(nature['n'])}{NBSP}{'disent ' if i == 0 else ''}{nature['label']}"
        for i, nature in enumerate(by_nature)
    )
    return {
        "n": len(rows),
        "days": days,
        "places": n_places,
        "figures": counts(len(rows), days, n_places),
        "natures": by_nature,
        "natures_sentence": f"{sentence}." if len(by_nature) > 1 else "",
        "previous": previous,
        "previous_sentence": ""
        if previous is None
        else f"Elles étaient {number(previous)} {in_month(before)}. "
        "Plus d’observations veut dire plus d’écoute, pas plus de problèmes.",
    }


def _sections(months: Sequence[date]) -> dict[str, c.Section]:
    span = in_month(months[0]) if len(months) == 1 else f"{of_month(months[0])} à {month_only(months[-1])}"
    return {
        key: {"title": french(section["title"]), "note": french(section["note"].format(span=span))}
        for key, section in c.SECTIONS.items()
    }


def _scope(count: int, territory: str) -> str:
    words = _COUNTED[count] if count < len(_COUNTED) else f"{count} quartiers prioritaires"
    return ", ".join(filter(None, (words, territory)))
