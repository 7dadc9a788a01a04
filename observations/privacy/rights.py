"""Who sees and does what: the one table. `permissions.py` computes its predicates from it, `/qui-voit-quoi/` shows it.

Roles are named by their value (models.people.Role). Pure: no account, no request. A test holds the table, the
predicates, the page and docs/decisions/0011-who-sees-what.md together.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Thing(StrEnum):
    """What somebody may see or do, as a line of the table says it."""

    CAPTURE = "écrire des observations"
    FOLLOW = "suivre ce que deviennent ses observations"
    RAW = "lire les paroles, ce qui a été vu et ce qui en est compris"
    AUTHOR = "savoir qui a écrit une observation"
    EXPORT = "exporter les paroles brutes"
    MAP = "voir la carte"
    NEEDS = "réunir des observations en besoins, les suivre, adresser des demandes, écrire le retour aux habitant·e·s"
    ANSWER = "répondre aux demandes adressées à son organisme"
    TELL = "redire aux habitant·e·s ce qui est fait, et le noter"
    DIAGNOSIS = "écrire et publier le diagnostic partagé d’un quartier"
    ADDING = "ajouter au diagnostic publié, au nom de son association"
    MEETINGS = "préparer les instances et y noter les décisions"
    ACTIONS = "voir les actions financées, et ce que des habitant·e·s en disent"
    PROGRAMME = "tenir la liste des actions financées"
    EVALUATE = "noter ce que des habitant·e·s disent d’une action"
    COUNCIL = "ouvrir les quatre portes du conseil citoyen, une fois la charte acceptée"
    OFFERS = "répondre aux coups de pouce que propose le conseil citoyen"
    THEMES = "changer la liste des thèmes"
    DRAFTS = "lire les brouillons des synthèses"
    PUBLISH = "publier une synthèse et la partager"
    SUMMARIES = "lire les synthèses publiées"
    JOURNAL = "lire le journal"
    ACCOUNTS = "ouvrir et fermer des comptes"
    REFERENCE = "régler le territoire et ses quartiers"


class Reach(StrEnum):
    """How far, as a cell of the table says it of somebody else; `YOURS` says it to whoever reads."""

    NO = "non"
    YES = "oui"
    OWN = "pour ses observations"
    NEIGHBOURHOODS = "dans ses quartiers"
    WHOLE = "oui, si son compte couvre tout le territoire"
    ON_REQUEST = "sur demande, avec un motif, et le journal le garde"
    PROVED = "dans ses quartiers, avec une nouvelle preuve d’identité et un motif, et le journal le garde"
    HERE = "oui, sans ce qui touche aux observations d’autres quartiers"
    ADDRESSED = "celles qui lui sont adressées"
    SIGNED = "oui, après lecture par l’équipe"
    COUNTS = "les quartiers, avec le nombre d’observations"
    PUBLISHED = "ce qui est publié"


YOURS: Final[Mapping[Reach, str]] = {
    Reach.ADDRESSED: "celles qui vous sont adressées",
    Reach.OWN: "pour vos observations",
    Reach.NEIGHBOURHOODS: "dans vos quartiers",
    Reach.WHOLE: "oui, si votre compte couvre tout le territoire",
    Reach.PROVED: "dans vos quartiers, avec une nouvelle preuve d’identité et un motif, et le journal le garde",
}

ROLES: Final = ("agent", "conseil", "cdsu", "partenaire", "admin")
_NO, _YES = Reach.NO, Reach.YES

RIGHTS: Final[Mapping[Thing, Mapping[str, Reach]]] = {
    thing: dict(zip(ROLES, reaches, strict=True))
    for thing, reaches in {
        Thing.CAPTURE: (_YES, _YES, _YES, _NO, _NO),
        Thing.FOLLOW: (_YES, _YES, _NO, _NO, _NO),
        Thing.RAW: (Reach.OWN, Reach.OWN, Reach.NEIGHBOURHOODS, _NO, _NO),
        Thing.AUTHOR: (Reach.OWN, Reach.OWN, Reach.ON_REQUEST, _NO, _NO),
        Thing.EXPORT: (_NO, _NO, Reach.PROVED, _NO, _NO),
        Thing.MAP: (Reach.COUNTS, Reach.PUBLISHED, Reach.NEIGHBOURHOODS, Reach.PUBLISHED, _NO),
        Thing.NEEDS: (_NO, _NO, Reach.NEIGHBOURHOODS, _NO, _NO),
        Thing.ANSWER: (_NO, _NO, _NO, Reach.ADDRESSED, _NO),
        Thing.TELL: (_YES, _YES, _YES, _NO, _NO),
        Thing.DIAGNOSIS: (_NO, _NO, Reach.NEIGHBOURHOODS, _NO, _NO),
        Thing.ADDING: (_NO, _NO, _NO, Reach.SIGNED, _NO),
        Thing.MEETINGS: (_NO, _NO, Reach.WHOLE, _NO, _NO),
        Thing.ACTIONS: (_YES, _YES, _YES, _YES, _NO),
        Thing.PROGRAMME: (_NO, _NO, Reach.WHOLE, _NO, _NO),
        Thing.EVALUATE: (_YES, _YES, _NO, _NO, _NO),
        Thing.COUNCIL: (_NO, _YES, _NO, _NO, _NO),
        Thing.OFFERS: (_NO, _NO, Reach.WHOLE, _NO, _NO),
        Thing.THEMES: (_NO, _NO, Reach.WHOLE, _NO, _NO),
        Thing.DRAFTS: (_NO, _NO, _YES, _NO, _NO),
        Thing.PUBLISH: (_NO, _NO, Reach.WHOLE, _NO, _NO),
        Thing.SUMMARIES: (_NO, _NO, _YES, Reach.PUBLISHED, _NO),
        Thing.JOURNAL: (_NO, _NO, Reach.HERE, _NO, _NO),
        Thing.ACCOUNTS: (_NO, _NO, _YES, _NO, _YES),
        Thing.REFERENCE: (_NO, _NO, _NO, _NO, _YES),
    }.items()
}

# Who signs in with two factors: they read what was confided, or open the door to those who do.
TWO_FACTORS: Final = frozenset({"cdsu", "admin"})


def reach(role: str, thing: Thing, *, limited: bool) -> Reach:
    """How far this role goes; `limited`: the account works in some neighbourhoods only. Nobody's role is ""."""
    given = RIGHTS[thing].get(role, Reach.NO)
    return Reach.NO if given is Reach.WHOLE and limited else given


def said_to(reached: Reach) -> str:
    """The cell, said to the person themselves."""
    return YOURS.get(reached, reached.value)
