"""What stands beside an observation that is read: those that may say the same, and a theme that its words suggest."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce

from observations import listening, similar, suggest
from observations.models import Observation, SeparateScenes, Theme
from observations.models.observation import SEARCHED, ObservationQuerySet
from observations.similar import Alike, Text

# Compared with: heard at most so long before or after, in the same theme or the same square, so many on each side.
DAYS = 180
COMPARED = 200
# Learnt from: the last ones that were accepted.
LEARNT = 2_000


@dataclass(frozen=True)
class Neighbour:
    """An observation that may say the same, and why, in words."""

    observation: Observation
    whys: list[str]
    # Nobody said yet that they are two.
    same_scene: bool
    # Somebody did.
    apart: bool


@dataclass(frozen=True)
class Proposed:
    """A theme, and the words that suggest it."""

    theme: Theme
    words: list[str]


def neighbours(readable: ObservationQuerySet, observation: Observation) -> list[Neighbour]:
    """Those among `readable` that may say the same; four queries, whatever their number."""
    one = _text(
        observation.pk,
        observation.stems,
        observation.theme.root.slug,
        observation.neighbourhood.code,
        (observation.cell_row, observation.cell_col),
        observation.observed_on,
    )
    found = similar.alike(one, _compared(readable, observation))
    # Always asked, even for nobody: the number of queries does not depend on the rows.
    rows = readable.for_reading().in_bulk([alike.key for alike in found] or [observation.pk])
    apart = _apart(observation.pk)
    said = {
        key: word for name in SEARCHED for key, word in suggest.telling(getattr(observation, name)).items()
    }
    return [
        Neighbour(
            rows[alike.key],
            _whys(alike, said),
            same_scene=alike.same_scene and alike.key not in apart,
            apart=alike.same_scene and alike.key in apart,
        )
        for alike in found
        if alike.key in rows
    ]


def _apart(pk: UUID) -> set[UUID]:
    """Those that somebody told apart from this one."""
    pairs = SeparateScenes.objects.filter(Q(first=pk) | Q(second=pk)).values_list("first", "second")
    return {other for pair in pairs for other in pair if other != pk}


def _compared(readable: ObservationQuerySet, observation: Observation) -> list[Text]:
    """The nearest in time on both sides; what was set aside, a double already seen among it, is out."""
    root, day = observation.theme.root, observation.observed_on
    near = Q(theme=root) | Q(theme__parent=root)
    if observation.cell_row is not None:
        near |= Q(cell_row=observation.cell_row, cell_col=observation.cell_col)
    rows = listening.counted(readable).filter(near, emptied_on=None).exclude(pk=observation.pk)
    until = rows.filter(observed_on__lte=day, observed_on__gte=day - timedelta(days=DAYS))
    since = rows.filter(observed_on__gt=day, observed_on__lte=day + timedelta(days=DAYS))
    columns = (
        "pk",
        "stems",
        Coalesce("theme__parent__slug", "theme__slug"),
        "neighbourhood__code",
        "cell_row",
        "cell_col",
        "observed_on",
    )
    found = [
        *until.order_by("-observed_on", "pk").values_list(*columns)[:COMPARED],
        *since.order_by("observed_on", "pk").values_list(*columns)[:COMPARED],
    ]
    return [_text(pk, stems, theme, place, (row, col), on) for pk, stems, theme, place, row, col, on in found]


def _text(key: UUID, stems: str, theme: str, place: str, cell: tuple[Any, Any], day: date) -> Text:
    here = None if cell[0] is None else cell
    return Text(key, similar.content(stems.split()), theme, place, here, day)


def _whys(alike: Alike, said: dict[str, str]) -> list[str]:
    shared = [said[key] for key in alike.shared if key in said][: similar.SHARED_SHOWN]
    same_words = f"les mots {', '.join(shared)}" if shared else ""
    return [
        why
        for why in (
            "presque le même texte" if alike.same_text else same_words,
            "au même endroit" if alike.same_cell else "",
            "" if alike.same_theme else "sous un autre thème",
            "le même jour" if alike.days == 0 else "à un jour près" if alike.days == 1 else "",
        )
        if why
    ]


def proposed_theme(
    readable: ObservationQuerySet, observation: Observation, themes: list[Theme]
) -> Proposed | None:
    """Another main theme, where the words are sure enough of it; never for texts that are gone."""
    accepted = readable.accepted().filter(emptied_on=None)
    text = "\n".join([observation.words, observation.seen])
    found = _learned(accepted, observation).suggest(text)
    if found is None or not suggest.differs(found, observation.theme.root.slug):
        return None
    theme = next((theme for theme in themes if theme.slug == found.theme and theme.active), None)
    return Proposed(theme, found.words) if theme else None


def _learned(accepted: ObservationQuerySet, observation: Observation) -> suggest.Learned:
    """From the last that were accepted, this one left out: it would only repeat what was chosen for it."""
    learned = suggest.Learned.start(_lexicon())
    rows = accepted.exclude(pk=observation.pk).order_by("-status_at", "pk")
    for slug, stems in rows.values_list(Coalesce("theme__parent__slug", "theme__slug"), "stems")[:LEARNT]:
        learned.read(slug, similar.content(stems.split()))
    return learned


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Counter[str]]:
    return suggest.lexicon((settings.BASE_DIR / "static/js/lexicon.js").read_text())
