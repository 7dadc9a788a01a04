"""What one invented observation says, before anyone places or dates it."""

from dataclasses import dataclass
from typing import Literal

Nature = Literal["besoin", "preoccupation", "atout", "proposition"]
People = Literal["une", "quelques", "groupe"]
PlaceKind = Literal[
    "espace_public",
    "hall_residence",
    "maison_de_quartier",
    "ecole",
    "commerce",
    "permanence",
    "evenement",
    "domicile",
    "autre",
]
Agreement = Literal["oui", "non", "sans_objet"]


def season(first: int, last: int) -> frozenset[int]:
    """The months from `first` to `last` included (1 to 12), across the new year when `last` comes before."""
    return frozenset((first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1))


ALL_YEAR = season(1, 12)


@dataclass(frozen=True, kw_only=True, eq=False)
class Text:
    """One invented text: what was said, what the worker saw, what they make of it, and the careful rewording.

    `theme` is a sub-theme slug; `public_text` is empty unless `agreement` is « oui »; `months` are those in
    which it can be heard. Spaces before ; : ! ? are plain: `observations.typography` sets them.
    """

    theme: str
    nature: Nature
    people: People
    place_kind: PlaceKind
    agreement: Agreement
    words: str = ""
    seen: str = ""
    reading: str = ""
    public_text: str = ""
    months: frozenset[int] = ALL_YEAR

    @property
    def top(self) -> str:
        """The theme's first level: « logement » for « logement-ascenseurs »."""
        return self.theme.partition("-")[0]
