"""The frozen content of a monthly synthèse: its shape (format 1) and its standing French sentences.

A published content is kept for years and read again without the database: it holds every figure, name, colour
and outline. When a field changes its meaning, FORMAT grows and readers keep reading the older ones.
"""

from typing import TypedDict

from observations.privacy.retention import WITHDRAWN as WITHDRAWN

FORMAT = 1

TITLE = "Ce que nous avons entendu"


class Section(TypedDict):
    """A heading and the note that stands under it in the margin."""

    title: str
    note: str


class NatureCount(TypedDict):
    label: str
    n: int


class Heard(TypedDict):
    """How much was heard. `figures`: « 133 observations », « 21 jours »…, for the highlighter."""

    n: int
    days: int
    places: int
    figures: list[str]
    natures: list[NatureCount]
    natures_sentence: str
    previous: int | None
    previous_sentence: str


class ThemeRow(TypedDict):
    """`previous`: the month before; `usual`: mean of the three before it, one decimal; None = withheld."""

    slug: str
    name: str
    short_name: str
    colour: str
    icon: str
    n: int
    days: int
    places: int
    previous: int | None
    usual: float | None


class ThemeRest(TypedDict):
    label: str
    names: list[str]
    n: int
    days: int
    places: int


class Themes(TypedDict):
    rows: list[ThemeRow]
    rest: ThemeRest | None
    now: str
    previous: str
    previous_short: str
    usual: str


class Comment(TypedDict):
    slug: str
    name: str
    colour: str
    icon: str
    figures: str
    text: str


class MonthLabel(TypedDict):
    key: str
    name: str
    initial: str


class NeighbourhoodRow(TypedDict):
    """`values`: a month each, the oldest first; None where the month's own table withholds it."""

    code: str
    name: str
    short_name: str
    values: list[int | None]


class NeighbourhoodRest(TypedDict):
    """`values`: what each month merged; None where that month merged nothing, or was itself too small."""

    label: str
    names: list[str]
    values: list[int | None]


class Neighbourhoods(TypedDict):
    """`months`: up to six, from the first that has a figure."""

    months: list[MonthLabel]
    rows: list[NeighbourhoodRow]
    rest: NeighbourhoodRest | None


class Shape(TypedDict):
    """One neighbourhood on the map. `shade` 1 to 4; 0 = withheld, `n` None. Rings in lon, lat (WGS84)."""

    code: str
    letter: str
    name: str
    short_name: str
    shade: int
    n: int | None
    rings: list[list[list[float]]]


class Shade(TypedDict):
    shade: int
    label: str


class TerritoryMap(TypedDict):
    month: str
    shapes: list[Shape]
    shades: list[Shade]
    withheld: bool
    caption: str


class QuoteShown(TypedDict):
    """Words between « », with place and month as `label`; `side` is "holds" or "weighs"."""

    text: str
    label: str
    nature: str
    side: str
    withdrawn: bool


class Content(TypedDict):
    """Everything a reader of one version sees, on screen, on paper or in a sheet."""

    format: int
    month: str
    month_name: str
    month_only: str
    title: str
    over: str
    territory: str
    scope: str
    version: int
    status: str
    correction: str
    footer: str
    enough: bool
    too_few: str
    introduction: str
    heard: Heard | None
    themes: Themes
    comments: list[Comment]
    neighbourhoods: Neighbourhoods
    map: TerritoryMap
    quotes: list[QuoteShown]
    method: list[str]
    sections: dict[str, Section]


SECTIONS: dict[str, Section] = {
    "heard": {
        "title": "L’écoute",
        "note": "L’équipe de liaison va vers les gens, au pied des immeubles, au marché, "
        "à la sortie de l’école.",
    },
    "themes": {
        "title": "Les thèmes",
        "note": "Du plus au moins entendu. Ceux dont on a trop peu parlé sont réunis.",
    },
    "quotes": {
        "title": "Paroles",
        "note": "Relues, sans nom ni détail reconnaissable. Elles se contredisent parfois : "
        "nous les laissons côte à côte.",
    },
    "comments": {
        "title": "De plus près",
        "note": "Des thèmes commentés par l’équipe. Les jours et les lieux disent si cela revient.",
    },
    "balance": {
        "title": "Ce qui tient, ce qui pèse",
        "note": "D’autres paroles, telles qu’elles ont été relues.",
    },
    "holds": {"title": "Atouts et idées", "note": ""},
    "weighs": {"title": "Besoins et préoccupations", "note": ""},
    "neighbourhoods": {
        "title": "Par quartier",
        "note": "Observations par mois, {span}. Même échelle partout. "
        "Hachuré : trop peu pour être détaillé, réuni aux autres quartiers, ou mois sans synthèse publiée "
        "avant celle-ci.",
    },
    "map": {
        "title": "Où",
        "note": "La couleur compte les observations, pas les habitants.",
    },
    "method": {"title": "Ce que cette page ne dit pas", "note": ""},
    "notes": {"title": "Notes", "note": "Pour la réunion : ce qu’on retient, qui s’en charge, pour quand."},
}

METHOD = (
    "Elle écoute, elle ne mesure pas. Elle ne dit ni combien d’habitants pensent ceci ou cela, ni quel "
    "quartier va mieux. Elle dépend des lieux où l’équipe est allée et des heures où elle y était. On compte "
    "des observations, des jours et des lieux (des carrés de 200 m), jamais des habitants. Ce qui est situé dans "
    "un quartier sans lieu précis ne compte pas parmi les lieux.",
    "Un nombre n’est écrit qu’à partir de {threshold} observations, entendues sur au moins {days} jours ; "
    "en dessous, il est réuni à d’autres. Une parole n’est située dans un quartier que si son thème y a atteint ce "
    "nombre dans le mois. Les textes ont été relus ; certains ont été reformulés pour que "
    "personne ne soit reconnu.",
    "Chaque parole citée a été dite à une ou un membre de l’équipe de liaison, avec l’accord de la personne, "
    "puis relue avant d’être publiée. Les notes des professionnels ne sont pas publiées ici.",
)
TOO_FEW = (
    "Trop peu d’observations ont été retenues {month} pour en donner le détail sans risquer de faire "
    "reconnaître quelqu’un. L’écoute continue."
)
