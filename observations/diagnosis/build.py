"""From a draft to what readers will see, and what keeps it from being published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from observations import outgoing
from observations.diagnosis.heard import Heard, NeedHeard
from observations.models import Action, Diagnosis, DiagnosisNeed, Observation, Theme
from observations.models.diagnosis import PROSE
from observations.models.observation import GOOD_NEWS
from observations.outgoing import Problem
from observations.privacy.suppress import MINIMUM_DAYS
from observations.typography import from_to, long_date, printable

FORMAT = 1
METHOD = [
    "Une équipe de liaison va vers les habitant·e·s et note, avec leurs mots, ce qui est dit et ce qui se voit. Chaque "
    "observation est relue.",
    "Un besoin n’est ici que si au moins {threshold} observations, d’au moins {days} jours, en parlent ici. "
    "Les paroles citées le sont avec l’accord des personnes, reformulées, sans nom ni détail reconnaissable.",
    "C’est de l’écoute, pas un sondage : aucun nombre ne dit combien de personnes vivent quelque chose. Les nombres "
    "sont dans les synthèses du mois.",
]


def compose(
    draft: Diagnosis, heard: Heard, needs: Sequence[NeedHeard]
) -> tuple[dict[str, Any], list[Problem]]:
    """The content of `draft` as published that day, and what is to be settled before; `needs` as `heard` reads them."""
    known = {one.need.pk: one for one in needs}
    rows = list(draft.needs.select_related("need__theme__parent"))
    chosen = [(row, known[row.need_id]) for row in rows if row.need_id in known and known[row.need_id].sound]
    keys = [quote.observation_id for quote in draft.quotes.all() if quote.observation_id]
    quotes = heard.chosen(keys)
    place = draft.neighbourhood
    content = {
        "format": FORMAT,
        "title": "Diagnostic partagé",
        "neighbourhood": {"code": place.code, "name": place.name, "communes": place.commune_names},
        "number": draft.number,
        "period": from_to(heard.first, heard.last),
        "published": long_date(heard.last),
        **{name: printable(getattr(draft, name)) for name in PROSE},
        "needs": [
            {
                "wording": printable(row.wording),
                "exists": printable(row.exists),
                "theme": _theme(row.need.theme.root),
                "often": one.often,
                "told": one.need.giving_back.code if _is_told(one.need) else "",
            }
            for row, one in chosen
        ],
        "quotes": [_quote(row) for row in quotes],
        "actions": _actions(draft, heard.last),
        "silent": [theme.name for theme, stands in heard.themes if not stands],
        "method": [text.format(threshold=heard.threshold, days=MINIMUM_DAYS) for text in METHOD],
    }
    return content, _problems(draft, heard, rows, len(rows) - len(chosen), len(keys) - len(quotes))


def _actions(draft: Diagnosis, today: date) -> list[dict[str, str]]:
    """What is funded this year in the neighbourhood, or everywhere."""
    here = Action.objects.filter(Q(neighbourhoods=draft.neighbourhood_id) | Q(neighbourhoods=None))
    return [
        {"name": action.name, "bearer": action.bearer}
        for action in Action.objects.filter(year=today.year, pk__in=here.values("pk")).order_by("name", "pk")
    ]


def _is_told(need: Any) -> bool:
    return hasattr(need, "giving_back") and need.giving_back.is_open


def _theme(theme: Theme) -> dict[str, str]:
    return {"slug": theme.slug, "name": theme.name, "colour": theme.colour, "icon": theme.icon}


def _quote(row: Observation) -> dict[str, str]:
    side = "holds" if row.nature in GOOD_NEWS else "weighs"
    return {"text": printable(row.public_text), "side": side, "theme": row.theme.root.name, "withdrawn": ""}


def _problems(
    draft: Diagnosis, heard: Heard, rows: Sequence[DiagnosisNeed], needs_out: int, quotes_out: int
) -> list[Problem]:
    found = []
    if not rows:
        found.append(
            Problem("Choisissez au moins un besoin : c’est à lui que les porteurs de projet répondront.")
        )
    if needs_out:
        found.append(
            Problem("Un besoin choisi n’a plus assez d’observations dans ce quartier : décochez-le.")
        )
    if quotes_out:
        found.append(Problem("Une parole choisie ne peut plus être citée ici : décochez-la."))
    texts = {f"« {title} »": getattr(draft, name) for name, (title, _) in PROSE.items()}
    for place, row in enumerate(rows, start=1):
        texts[f"le besoin {place}"] = f"{row.wording}\n{row.exists}"
    return found + outgoing.problems(texts, heard.observations)
