"""Who gets through each door: one line a route, for the access matrix.

A route that is not here fails `test_access.py`. Roles are those of the cast in `World`; `limited` is a CDSU
whose account covers one neighbourhood only.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import URLPattern, URLResolver, get_resolver

SIGNED_IN = frozenset({"agent", "council", "cdsu", "limited", "partner", "admin"})
EVERYBODY = SIGNED_IN | {"anonymous"}
CAPTURE = frozenset({"agent", "council", "cdsu", "limited"})
FIELD = frozenset({"agent", "council"})
REVIEW = frozenset({"cdsu", "limited"})
READERS = REVIEW | {"partner"}
WRITERS = frozenset({"cdsu"})
PEOPLE = REVIEW | {"admin"}

# Whose the object of a request is, seen from who asks: written by them, by somebody in a neighbourhood that a
# limited account covers, by somebody in one that it does not, or nobody's.
Whose = Literal["own", "inside", "outside", "missing"]
WHOSE: tuple[Whose, ...] = ("own", "inside", "outside", "missing")


@dataclass(frozen=True)
class Door:
    """`methods` that the route knows, `roles` that have a use for it, and which objects of others it opens.

    `opens(role, whose)` decides for a role that is let in; `json` routes answer a visitor in JSON, not with a page.
    """

    methods: str
    roles: frozenset[str]
    opens: Callable[[str, Whose], bool] | None = None
    json: bool = False


def own(role: str, whose: Whose) -> bool:
    """What one wrote oneself."""
    return whose == "own"


def reviewed(role: str, whose: Whose) -> bool:
    """What a CDSU reads: everything, or what is in their neighbourhoods; their own words among it."""
    return whose == "inside" or (whose in {"outside", "own"} and role == "cdsu")


def answered_for(role: str, whose: Whose) -> bool:
    """Other people's accounts, within a limited account's neighbourhoods; never one's own."""
    return whose == "inside" or (whose == "outside" and role != "limited")


def nothing(role: str, whose: Whose) -> bool:
    return False


def told(role: str, whose: Whose) -> bool:
    """What is told to residents of one's neighbourhoods."""
    return whose != "missing" and (role != "limited" or whose == "inside")


def present(role: str, whose: Whose) -> bool:
    """What belongs to the territory, not to a person."""
    return whose != "missing"


DOORS: dict[str, Door] = {
    "": Door("GET", SIGNED_IN),
    "sante/": Door("GET", EVERYBODY),
    "saisie/": Door("GET POST", CAPTURE),
    "saisie/hors-ligne/": Door("GET", EVERYBODY),
    "saisie/quartiers.json": Door("GET", EVERYBODY),
    "saisie/adresses/": Door("POST", CAPTURE),
    "saisie/jeton/": Door("GET", CAPTURE, json=True),
    "saisie/<uuid:id>/retirer/": Door("POST", CAPTURE, own),
    "saisie/<uuid:id>/merci/": Door("GET", CAPTURE, own),
    "mes-observations/": Door("GET", FIELD),
    "mes-observations/carnet/": Door("GET", FIELD),
    "mes-observations/<uuid:id>/repondre/": Door("POST", FIELD, own),
    "ecoute/": Door("GET", CAPTURE),
    "ecoute/sur-ce-telephone/": Door("GET", EVERYBODY),
    "retours/": Door("GET", CAPTURE),
    "retours/sur-ce-telephone/": Door("GET", EVERYBODY),
    "retours/<str:code>/redit/": Door("POST", CAPTURE, told),
    "retours/redits/<int:pk>/retirer/": Door("POST", CAPTURE, own),
    "carte/": Door("GET", SIGNED_IN - {"admin"}),
    "hors-ligne/": Door("GET", EVERYBODY),
    "manifest.webmanifest": Door("GET", EVERYBODY),
    "sw.js": Door("GET", EVERYBODY),
    "relecture/": Door("GET", REVIEW),
    "relecture/ce-qui-revient/": Door("GET", REVIEW),
    "relecture/carte/": Door("GET", REVIEW),
    "relecture/carte/tableau.csv": Door("GET", REVIEW),
    "relecture/carte/quartiers.geojson": Door("GET", REVIEW),
    "relecture/lire/": Door("GET", REVIEW),
    "relecture/lire/fin/": Door("GET", REVIEW),
    "relecture/filtres/": Door("POST", REVIEW),
    "relecture/filtres/<int:pk>/retirer/": Door("POST", REVIEW, own),
    "relecture/exporter/": Door("GET POST", REVIEW),
    "relecture/ensemble/": Door("POST", REVIEW),
    "relecture/<uuid:pk>/": Door("GET", REVIEW, reviewed),
    "relecture/<uuid:pk>/decider/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/texte/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/passage/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/scenes/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/classer/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/auteur/": Door("POST", REVIEW, reviewed),
    "relecture/<uuid:pk>/effacer/": Door("GET POST", REVIEW, reviewed),
    "besoins/": Door("GET", REVIEW),
    "besoins/nouveau/": Door("GET POST", REVIEW),
    "besoins/rattacher/": Door("POST", REVIEW),
    "besoins/<int:pk>/": Door("GET", REVIEW, reviewed),
    "besoins/organismes/": Door("GET", REVIEW),
    "besoins/organismes/nouveau/": Door("GET POST", REVIEW),
    "besoins/organismes/<int:pk>/": Door("GET", REVIEW, present),
    "besoins/organismes/<int:pk>/modifier/": Door("GET POST", REVIEW, present),
    "besoins/organismes/<int:pk>/contacts/nouveau/": Door("GET POST", REVIEW, present),
    "besoins/contacts/<int:pk>/": Door("GET POST", REVIEW, present),
    "besoins/demandes/<int:pk>/": Door("GET", REVIEW, reviewed),
    "besoins/demandes/<int:pk>/lien/": Door("POST", REVIEW, reviewed),
    "besoins/demandes/<int:pk>/retirer/": Door("POST", REVIEW, reviewed),
    "besoins/demandes/<int:pk>/reponse/": Door("POST", REVIEW, reviewed),
    "besoins/demandes/<int:pk>/engagement/": Door("POST", REVIEW, reviewed),
    "besoins/engagements/<int:pk>/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/retour/": Door("GET POST", REVIEW, reviewed),
    "besoins/<int:pk>/retour/affiche.pdf": Door("GET", REVIEW, reviewed),
    "besoins/<int:pk>/retour/publier/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/retour/retirer/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/demander/": Door("GET POST", REVIEW, reviewed),
    "besoins/<int:pk>/modifier/": Door("GET POST", REVIEW, reviewed),
    "besoins/<int:pk>/etat/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/observations/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/dispositifs/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/fusionner/": Door("POST", REVIEW, reviewed),
    "besoins/<int:pk>/separer/": Door("GET POST", REVIEW, reviewed),
    "quartiers/": Door("GET", EVERYBODY),
    "quartiers/contributions/<int:pk>/": Door("POST", REVIEW, reviewed),
    "quartiers/<str:code>/": Door("GET", EVERYBODY, present),
    "quartiers/<str:code>/diagnostic/": Door("GET POST", REVIEW, reviewed),
    "quartiers/<str:code>/diagnostic/publier/": Door("POST", REVIEW, reviewed),
    "quartiers/<str:code>/diagnostic/supprimer/": Door("POST", REVIEW, reviewed),
    "quartiers/<str:code>/<int:number>/": Door("GET", EVERYBODY, present),
    "quartiers/<str:code>/<int:number>/ajouter/": Door("POST", frozenset({"partner"}), present),
    "quartiers/<str:code>/<int:number>/fiche.pdf": Door("GET", EVERYBODY, present),
    "instances/": Door("GET", WRITERS),
    "instances/nouvelle/": Door("GET POST", WRITERS),
    "instances/qui-avec-qui/": Door("GET", WRITERS),
    "instances/dispositifs/": Door("GET POST", WRITERS),
    "instances/dispositifs/<int:pk>/": Door("GET POST", WRITERS, present),
    "instances/decisions/<int:pk>/annuler/": Door("POST", WRITERS, present),
    "instances/<int:pk>/": Door("GET", WRITERS, present),
    "instances/<int:pk>/modifier/": Door("GET POST", WRITERS, present),
    "instances/<int:pk>/choix/": Door("POST", WRITERS, present),
    "instances/<int:pk>/dossier.pdf": Door("GET", WRITERS, present),
    "instances/<int:pk>/envoyer/": Door("POST", WRITERS, present),
    "instances/<int:pk>/decider/": Door("GET POST", WRITERS, present),
    "actions/": Door("GET", CAPTURE | {"partner"}),
    "actions/nouvelle/": Door("GET POST", WRITERS),
    "actions/importer/": Door("GET POST", WRITERS),
    "actions/importer/<int:pk>/": Door("GET POST", WRITERS, own),
    "actions/<int:pk>/": Door("GET", CAPTURE | {"partner"}, present),
    "actions/<int:pk>/modifier/": Door("GET POST", WRITERS, present),
    "actions/<int:pk>/retirer/": Door("POST", WRITERS, present),
    "actions/<int:pk>/clore/": Door("POST", WRITERS, present),
    "actions/<int:pk>/evaluer/": Door("GET POST", FIELD, present),
    "conseil/": Door("GET", frozenset({"council"})),
    "conseil/charte/": Door("GET POST", frozenset({"council"})),
    "conseil/autour-de-moi/": Door("GET", frozenset({"council"})),
    "conseil/coups-de-pouce/": Door("GET POST", frozenset({"council"})),
    "conseil/coups-de-pouce/<int:pk>/retirer/": Door("POST", frozenset({"council"}), own),
    "conseil/propositions/": Door("GET", WRITERS),
    "conseil/propositions/<int:pk>/repondre/": Door("POST", WRITERS, present),
    "themes/": Door("GET", WRITERS),
    # A body that names no theme moves none.
    "themes/ordre/": Door("POST", WRITERS, nothing),
    "themes/nouveau/": Door("GET POST", WRITERS),
    "themes/<int:parent>/nouveau/": Door("GET POST", WRITERS, present),
    "themes/<int:pk>/": Door("GET POST", WRITERS, present),
    "themes/<int:pk>/retirer/": Door("POST", WRITERS, present),
    "themes/<int:pk>/retablir/": Door("POST", WRITERS, present),
    "journal/": Door("GET", REVIEW),
    "qui-voit-quoi/": Door("GET", SIGNED_IN),
    "syntheses/": Door("GET", READERS),
    "syntheses/document-de-travail/": Door("GET", REVIEW),
    "syntheses/nouvelle/": Door("POST", WRITERS),
    "syntheses/<int:pk>/": Door("GET", READERS, present),
    "syntheses/<int:pk>.pdf": Door("GET", READERS, present),
    "syntheses/<int:pk>.xlsx": Door("GET", READERS, present),
    "syntheses/<int:pk>.csv": Door("GET", READERS, present),
    "syntheses/<int:pk>/liens/": Door("GET POST", WRITERS, present),
    "syntheses/liens/<int:pk>/retirer/": Door("POST", WRITERS, present),
    "syntheses/jetons/": Door("GET POST", WRITERS),
    "syntheses/jetons/<int:pk>/retirer/": Door("POST", WRITERS, present),
    "syntheses/<int:pk>/brouillon/": Door("GET POST", WRITERS, present),
    "syntheses/<int:pk>/apercu/": Door("GET", REVIEW, present),
    "syntheses/<int:pk>/publier/": Door("GET POST", WRITERS, present),
    "syntheses/<int:pk>/corriger/": Door("GET POST", WRITERS, present),
    "syntheses/<int:pk>/passage/": Door("POST", WRITERS, present),
    "syntheses/<int:pk>/supprimer/": Door("POST", WRITERS, present),
    "compte/": Door("GET", SIGNED_IN),
    "compte/invitations/": Door("GET POST", PEOPLE),
    "compte/invitations/<int:pk>/renouveler/": Door("POST", PEOPLE, answered_for),
    "compte/invitations/<int:pk>/retirer/": Door("POST", PEOPLE, answered_for),
    "compte/comptes/<int:pk>/fermer/": Door("POST", PEOPLE, answered_for),
    "compte/comptes/<int:pk>/rouvrir/": Door("POST", PEOPLE, answered_for),
    "compte/comptes/<int:pk>/second-facteur/": Door("POST", PEOPLE, answered_for),
    "confidentialite/": Door("GET", EVERYBODY),
    "confidentialite/<slug:slug>/": Door("GET", EVERYBODY, present),
    "s/<str:token>/": Door("GET", EVERYBODY, present),
    "s/<str:token>/synthese.pdf": Door("GET", EVERYBODY, present),
    "s/<str:token>/synthese.xlsx": Door("GET", EVERYBODY, present),
    "s/<str:token>/synthese.csv": Door("GET", EVERYBODY, present),
    "r/<str:code>/": Door("GET", EVERYBODY, present),
    "r/<str:code>/affiche.pdf": Door("GET", EVERYBODY, present),
    "demandes/": Door("GET", frozenset({"partner"})),
    "demandes/<int:pk>/ouvrir/": Door("POST", frozenset({"partner"}), own),
    "d/<str:token>/": Door("GET POST", EVERYBODY, present),
    "d/<str:token>/engagement/": Door("POST", EVERYBODY, present),
    "d/<str:token>/engagement/<int:pk>/": Door("POST", EVERYBODY, present),
    "api/v1/themes/": Door("GET", SIGNED_IN, json=True),
    "api/v1/neighbourhoods/": Door("GET", SIGNED_IN, json=True),
    "api/v1/map/": Door("GET", REVIEW, json=True),
    "api/v1/syntheses/": Door("GET", READERS, json=True),
    "api/v1/syntheses/<int:pk>/": Door("GET", READERS, present, json=True),
    "api/v1/schema/": Door("GET", EVERYBODY, json=True),
}

# The phone's door decides by what is sent (tests/capture/test_door.py), an undo by what was done
# (tests/review/test_decide.py, tests/needs/test_views.py), a passage taken back by whose it is
# (tests/review/test_passages.py, tests/restitution/test_recognisable.py);
# what the API does not know is not found, whoever asks.
ELSEWHERE = {
    "saisie/<uuid:id>/",
    "relecture/annuler/<uuid:batch>/",
    "besoins/annuler/<uuid:batch>/",
    "relecture/<uuid:pk>/passage/<int:review>/reprendre/",
    "syntheses/<int:pk>/passage/<int:review>/reprendre/",
    "api/v1/<path:rest>",
}

# Signing in and out, one's own factors and invitation, by allauth: each asks for what it needs
# (tests/test_accounts.py, test_second_factor.py, test_invitations.py, test_devices.py).
SIGN_IN = (
    "compte/login/",
    "compte/logout/",
    "compte/inactive/",
    "compte/signup/",
    "compte/confirmer/",
    "compte/cles/",
    "compte/application/",
    "compte/secours/",
    "compte/invitation/",
    "compte/appareils/",
)
# Django's administration asks for `is_staff` at every page (tests/test_admin.py).
ADMINISTRATION = "admin/"


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """Every route that the project serves, as its pattern is written."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        elif isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
