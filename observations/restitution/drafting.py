"""From a draft and the database to what readers will see. Reads only, but for `issue`, which hands to the action."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone

from observations.actions import publishing
from observations.models import (
    Agreement,
    Neighbourhood,
    Observation,
    Status,
    Summary,
    SummaryQuote,
    Territory,
    Theme,
    User,
)
from observations.models.observation import ObservationQuerySet
from observations.models.place import NeighbourhoodQuerySet
from observations.restitution import pdf
from observations.restitution.build import MONTHS, QuartierLabel, Row, ThemeLabel, build, nameable
from observations.restitution.choices import Choices, Quote, with_choices
from observations.restitution.content import Content
from observations.typography import french

Ring = Sequence[tuple[float, float]]
SCHEMATIC = "schématique"
"""The word by which the source of an outline says that it is not the legal one."""


@dataclass(frozen=True)
class Composition:
    """A draft as partners would read it, and what keeps it from being published, each in a sentence."""

    content: Content
    quotes: Sequence[SummaryQuote]
    unquotable: Sequence[SummaryQuote]
    problems: Sequence[str]


def compose(draft: Summary, published_on: date | None = None) -> Composition:
    """What readers will see of `draft`, without the choices that may not be published (`problems` name them)."""
    figures, places = _settled(draft) if draft.version > 1 else _figures(draft)
    quotes = list(draft.quotes.select_related("observation__theme__parent", "observation__neighbourhood"))
    out = publishing.unquotable(quotes, draft.month)
    shown = {row["slug"] for row in figures["themes"]["rows"]}
    merged = draft.comments.keys() - shown
    content = with_choices(
        figures,
        Choices(
            introduction=draft.introduction,
            comments={slug: text for slug, text in draft.comments.items() if slug in shown},
            quotes=[
                _quote(quote.observation, places.get(quote.observation.pk, ""))
                for quote in quotes
                if quote.observation and quote not in out
            ],
        ),
        version=draft.version,
        reason=draft.reason,
        published_on=published_on,
    )
    problems = [*_quote_problems(quotes, out), *_comment_problems(merged), *_passage_problems(draft)]
    return Composition(content, quotes, out, problems)


def issue(draft: Summary, *, by: User, seen: datetime | None = None, at: datetime | None = None) -> Summary:
    """Publishes the draft as it stands: composes, sets the PDF, hands both to the action.

    `seen` and `at` as `publishing.publish` takes them. Raises PublishingError (one sentence a problem).
    """
    moment = at or timezone.now()
    if not publishing.is_over(draft.month):
        raise publishing.MonthNotOver(draft.month)
    composition = compose(draft, timezone.localdate(moment))
    if composition.problems:
        raise publishing.PublishingError(" ".join(composition.problems))
    content = composition.content
    return publishing.publish(
        summary=draft,
        content=cast(Mapping[str, Any], content),
        pdf=pdf.render(content),
        by=by,
        seen=seen,
        at=moment,
    )


def unread(draft: Summary) -> int:
    """Observations that would count once decided on. None for a correction: its counts are settled."""
    if draft.version > 1:
        return 0
    return (
        Observation.objects.in_month(draft.month)
        .filter(status__in=[Status.TO_READ, Status.TO_COMPLETE])
        .count()
    )


@dataclass(frozen=True)
class ThemeWords:
    """Reviewed words of a theme that may be quoted, newest first; `more` were left out."""

    theme: Theme
    words: Sequence[Observation]
    more: int


def chosen_words(draft: Summary, chosen: Sequence[uuid.UUID]) -> list[tuple[Observation, str]]:
    """The observations `chosen`, in order, each with why it can no longer be quoted (empty: it can)."""
    found = Observation.objects.filter(pk__in=chosen).for_reading().in_bulk()
    quotable = set(
        Observation.objects.quotable()
        .in_month(draft.month)
        .filter(pk__in=chosen)
        .values_list("pk", flat=True)
    )
    return [(found[pk], "" if pk in quotable else _why(found[pk])) for pk in chosen if pk in found]


def words_to_choose(draft: Summary, chosen: Sequence[uuid.UUID], limit: int | None) -> list[ThemeWords]:
    """Words of the draft's month that are not `chosen` yet, by theme, at most `limit` a theme."""
    words = Observation.objects.quotable().in_month(draft.month).for_reading().in_reading_order()
    groups: dict[int, list[Observation]] = {}
    for said in words.exclude(pk__in=chosen):
        groups.setdefault(said.theme.root.pk, []).append(said)
    return [
        ThemeWords(group[0].theme.root, group[:limit], len(group) - len(group[:limit]))
        for group in sorted(groups.values(), key=lambda group: group[0].theme.root.rank)
    ]


def _quote(said: Observation, place: str) -> Quote:
    return Quote(
        text=said.public_text,
        nature=said.nature,
        theme=said.theme.root.slug,
        neighbourhood=said.neighbourhood.code,
        agreement=said.agreement,
        place=place,
    )


def _quote_problems(quotes: Sequence[SummaryQuote], out: Sequence[SummaryQuote]) -> Iterator[str]:
    for position, quote in enumerate(quotes, start=1):
        if quote in out:
            yield french(
                f"La parole n° {position} ne peut plus être citée : {_why(quote.observation)}. Retirez-la."
            )


def _passage_problems(draft: Summary) -> list[str]:
    """One sentence, without the words: the page lists them beside it."""
    count = len(publishing.left_to_deal_with(draft))
    if not count:
        return []
    subject = f"{count} passages permettent" if count > 1 else "Un passage permet"
    return [french(f"{subject} peut-être de reconnaître quelqu’un : voyez ci-dessous ce qui est à régler.")]


def _why(said: Observation | None) -> str:
    if said is None:
        return "l’observation a été retirée"
    if said.agreement != Agreement.YES:
        return "la personne n’a pas donné son accord"
    if said.status != Status.ACCEPTED:
        return "l’observation n’est plus retenue"
    return (
        "elle n’a plus de texte pour les partenaires"
        if not said.public_text
        else "elle n’est plus de ce mois"
    )


def _comment_problems(merged: Iterable[str]) -> list[str]:
    names = Theme.objects.filter(slug__in=sorted(merged)).values_list("name", flat=True) if merged else []
    return [
        french(
            f"« {name} » est réuni à d’autres thèmes ce mois-ci : son commentaire ne peut pas être publié."
        )
        for name in names
    ]


Places = Mapping[uuid.UUID, str]
"""Where words may be placed: short name of a neighbourhood, by observation; those left out, in the territory."""


def _settled(draft: Summary) -> tuple[Content, Places]:
    """The counts of the version corrected, and the places that it named: a later one never says more of the month."""
    before = Summary.objects.published().get(month=draft.month, version=draft.version - 1)
    content = cast(Content, before.content)
    territory = f"{content['territory']}, "
    places = {
        quote.observation_id: shown["label"].removesuffix(f", {content['month_only']}")
        for quote, shown in zip(before.quotes.all(), content["quotes"], strict=False)
        if quote.observation_id and not shown["label"].startswith(territory)
    }
    return content, places


def _figures(draft: Summary) -> tuple[Content, Places]:
    """The database's counts of the month, and where its words may be placed."""
    months = _months(draft.month)
    territory = Territory.current()
    spoken = Observation.objects.accepted().in_month(draft.month)
    rows = rows_of(spoken)
    neighbourhoods = list(neighbourhoods_of(Observation.objects.accepted()))
    source, schematic = outline_source(neighbourhoods)
    content = build(
        draft.month,
        rows,
        [theme_label(theme) for theme in themes_of(Observation.objects.accepted())],
        [quartier_label(place) for place in neighbourhoods],
        Choices(),
        territory=territory.name,
        threshold=territory.threshold,
        source=source,
        schematic=schematic,
        published=_published(months[:-1]),
    )
    named = nameable(rows, content, territory.threshold)
    chosen = draft.quotes.exclude(observation=None).values_list(
        "observation_id",
        "observation__theme__slug",
        "observation__theme__parent__slug",
        "observation__neighbourhood__code",
    )
    places = {pk: named.get((parent or slug, code), "") for pk, slug, parent, code in chosen if pk}
    return content, places


def _months(month: date) -> list[date]:
    """First days of the month and of those before it that are compared with it, the oldest first."""
    index = month.year * 12 + month.month - 1
    return [date(i // 12, i % 12 + 1, 1) for i in range(index - MONTHS + 1, index + 1)]


def neighbourhoods_of(spoken: ObservationQuerySet) -> NeighbourhoodQuerySet:
    """Active ones, and those that left the official list but were ever spoken of.

    Ever, not lately: the month in which a name stops being listed would say since when it was not heard.
    """
    return Neighbourhood.objects.filter(Q(active=True) | Q(pk__in=spoken.values("neighbourhood")))


def themes_of(spoken: ObservationQuerySet) -> QuerySet[Theme]:
    """Top-level themes, those retired included where they were ever spoken of (as neighbourhoods are)."""
    used = Q(pk__in=spoken.values("theme")) | Q(pk__in=spoken.values("theme__parent"))
    return Theme.objects.roots().filter(Q(active=True) | used)


def quartier_label(place: Neighbourhood) -> QuartierLabel:
    """The map draws today's list: a neighbourhood that left it keeps its count and has no outline."""
    rings = _rings(place.boundary) if place.active else []
    return QuartierLabel(place.code, place.name, place.short_name, rings)


def outline_source(places: Iterable[Neighbourhood]) -> tuple[str, bool]:
    """The sentence that names where the outlines come from, and whether they are only schematic."""
    sources = sorted({place.source for place in places if place.source and place.active})
    real = [source for source in sources if SCHEMATIC not in source]
    said = f"Source des contours : {' ; '.join(real)}." if real else ""
    return said, len(real) < len(sources)


def theme_label(theme: Theme) -> ThemeLabel:
    return ThemeLabel(theme.slug, theme.name, theme.short_name, theme.colour, theme.icon, theme.rank)


def rows_of(spoken: ObservationQuerySet) -> list[Row]:
    """Nothing of the texts, the author or the point is even read."""
    columns = ("theme__slug", "theme__parent__slug", "nature", "neighbourhood__code", "observed_on")
    rows: list[Row] = []
    found = spoken.order_by("observed_on", "pk").values_list(*columns, "cell_row", "cell_col")
    for slug, parent, nature, code, day, row, col in found.iterator():
        cell = None if row is None or col is None else (row, col)
        rows.append(Row(parent or slug, nature, code, day, cell))
    return rows


def _published(months: Sequence[date]) -> dict[date, Content]:
    """Latest published content of each of these months."""
    versions = Summary.objects.published().filter(month__in=months).order_by("version")
    return {month: cast(Content, content) for month, content in versions.values_list("month", "content")}


def _rings(boundary: Mapping[str, Any]) -> list[Ring]:
    """Outlines and holes of a GeoJSON Polygon or MultiPolygon, as (longitude, latitude)."""
    parts = boundary["coordinates"] if boundary["type"] == "MultiPolygon" else [boundary["coordinates"]]
    return [[(lon, lat) for lon, lat, *_ in ring] for part in parts for ring in part]
