"""The demonstration's synthèses: four published, and the last whole month as a draft to finish.

A synthèse compares its month with those published before it: four are what the last one needs.
"""

from datetime import date, datetime, time, timedelta

from observations.actions import publishing
from observations.demo.plan import PARIS
from observations.demo.summaries import COMMENTS, introduction
from observations.models import Nature, Observation, Summary, User
from observations.restitution import drafting
from observations.typography import in_month

PUBLISHED = 4
COMMENTED = 3
QUOTED = 7
GOOD = {Nature.STRENGTH, Nature.IDEA}


def publish(today: date, by: User) -> None:
    """Writes them where no synthèse exists yet; `by` is the demonstration's CDSU."""
    if Summary.objects.exists():
        return
    months = _whole_months(today, PUBLISHED + 1)
    for month in months[:-1]:
        draft = _written(month, by)
        on = (month + timedelta(days=35)).replace(day=5)
        drafting.issue(draft, by=by, at=datetime.combine(on, time(9, 30), tzinfo=PARIS))
    _written(months[-1], by)


def _whole_months(today: date, count: int) -> list[date]:
    """First days of the last `count` months that are over, the oldest first."""
    index = today.year * 12 + today.month - 1
    return [date(i // 12, i % 12 + 1, 1) for i in range(index - count, index)]


def _written(month: date, by: User) -> Summary:
    draft = publishing.create_draft(month=month, by=by)
    shown = [row["slug"] for row in drafting.compose(draft).content["themes"]["rows"]]
    return publishing.update_draft(
        summary=draft,
        introduction=introduction(month.month, in_month(month), shown),
        comments={slug: COMMENTS[slug] for slug in shown[:COMMENTED] if slug in COMMENTS},
        quotes=[said.pk for said in _chosen(month)],
        by=by,
    )


def _chosen(month: date) -> list[Observation]:
    """One word a theme, the most spoken of first, good news and the rest in turn."""
    words = Observation.objects.quotable().in_month(month).for_reading().in_reading_order()
    by_theme: dict[str, list[Observation]] = {}
    for said in words:
        by_theme.setdefault(said.theme.root.slug, []).append(said)
    chosen: list[Observation] = []
    for group in sorted(by_theme.values(), key=len, reverse=True)[:QUOTED]:
        wanted = [said for said in group if (said.nature in GOOD) == bool(len(chosen) % 2)]
        chosen.append((wanted or group)[0])
    return chosen
