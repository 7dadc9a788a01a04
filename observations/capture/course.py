"""The posture d'écoute: ten cards of one idea, two exercises, and the hints that the form takes from them.

The idea comes from the programme: « initiation à l'approche qualitative » (Vitry-le-François), a posture borrowed
from social science, for a team that has neither time nor tools. Every observation here is invented.
"""

from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from observations import permissions


class Card(NamedTuple):
    """One idea; the same moment noted poorly, then well, and why it is better."""

    slug: str
    title: str
    idea: str
    poor: str
    good: str
    why: str


class Piece(NamedTuple):
    """A part of a text to be sorted, or to be judged; `right` is its answer, `why` what is said of it."""

    text: str
    right: str
    why: str


CARDS: Final = (
    Card(
        "questions",
        "Poser des questions ouvertes",
        "« Comment ça se passe ? » ouvre. « C’est bruyant, hein ? » ferme : la réponse est déjà dedans.",
        "Je demande si les bus sont en retard. Elle dit oui.",
        "Je demande : « Comment vous venez ici ? » Elle dit : « À pied. Le bus, je n’y compte plus. »",
        "La question n’a pas soufflé la réponse. On apprend autre chose que ce qu’on cherchait.",
    ),
    Card(
        "mots-exacts",
        "Garder les mots exacts",
        "Les mots de la personne disent plus que notre résumé. S’ils sont reconstruits, on le dit.",
        "Problème d’insécurité ressentie le soir.",
        "« Le soir, je fais le grand tour par la rue éclairée. »",
        "Le résumé met un mot que personne n’a dit. La phrase, elle, montre ce qui se fait vraiment.",
    ),
    Card(
        "vu-pense",
        "Ce que j’ai vu, à part de ce que j’en pense",
        "Vu : n’importe qui l’aurait vu. Pensé : cela m’appartient, et reste entre moi et la relecture.",
        "Des jeunes désœuvrés squattent le hall.",
        "Vu : quatre garçons assis dans le hall, il pleut. Compris : ils n’ont peut-être pas d’autre endroit au sec.",
        "« Désœuvrés » et « squattent » jugent. Séparer les deux laisse la place à une autre explication.",
    ),
    Card(
        "silence",
        "Laisser le silence",
        "Trois secondes sans parler, c’est long pour nous. C’est souvent là que vient le plus important.",
        "Il ne répond pas, je passe à la question suivante.",
        "Il ne répond pas. J’attends. Il dit : « En fait, c’est surtout pour ma mère que je m’inquiète. »",
        "Le silence n’est pas un refus. Le remplir, c’est parler à sa place.",
    ),
    Card(
        "accord",
        "Demander l’accord, simplement",
        "On dit à quoi cela sert, qui le lira, et qu’on peut dire non. Puis on respecte la réponse.",
        "Elle avait l’air d’accord, j’ai mis « oui ».",
        "« Je peux le noter, sans votre nom, pour le bailleur ? — Notez, ne le répétez pas. » J’ai mis « non ».",
        "« Non » compte quand même : l’observation est entendue, et ne sera jamais citée.",
    ),
    Card(
        "contradiction",
        "Accueillir ce qui contredit",
        "Deux personnes disent le contraire : les deux sont vraies pour elles. On note les deux.",
        "Tout le monde se plaint du city-stade.",
        "Elle : « Le ballon, jusqu’à onze heures, on n’en peut plus. » Lui : « Au moins ils sont là, on les voit. »",
        "« Tout le monde » n’existe pas. La nuance est ce qui aide à décider.",
    ),
    Card(
        "emotion",
        "Reconnaître ce que cela me fait",
        "La colère ou la peine que l’on ressent est une information sur nous. Elle va dans « ce que j’en comprends ».",
        "C’est scandaleux, il faut que le bailleur réagisse !",
        "Dit : « Trois hivers qu’on attend. » Compris : je suis en colère en l’écoutant, je connais cet immeuble.",
        "La colère, gardée à sa place, n’efface pas la phrase. Et qui relit sait d’où vous parlez.",
    ),
    Card(
        "bonnes-nouvelles",
        "Entendre aussi ce qui va bien",
        "Demander ce qui tient, qui aide, ce dont on est fier. Un quartier n’est pas une liste de problèmes.",
        "Rien à signaler au marché.",
        "« Le samedi, si je n’y vais pas, trois personnes m’appellent pour savoir si ça va. »",
        "C’est un atout, et une piste. Qui ne lit que des problèmes appelle cela un cliché.",
    ),
    Card(
        "danger",
        "Devant un danger : appeler, pas noter",
        "Le carnet n’alerte personne. Appelez le 15, 17, 18 ou 112 ; enfance 119 ; violences 39 19 ; abri 115.",
        "Noté : une enfant dit qu’elle a peur de rentrer chez elle.",
        "J’appelle le 119 avec ma responsable. Je n’écris rien ici.",
        "Cela part par son propre chemin, le jour même. Ici, ce serait lu trop tard, et par d’autres.",
    ),
    Card(
        "redire",
        "Revenir dire ce que c’est devenu",
        "« Le fait que ça ne s’améliore pas a pour conséquence une désillusion. » Revenir, même avec un non expliqué.",
        "On a transmis.",
        "« Vous m’aviez parlé de l’éclairage : c’est réparé côté école. Côté parking, non : ce n’est pas à la ville. »",
        "Un « non » avec sa raison vaut mieux qu’un silence. C’est ce qui donne envie de reparler.",
    ),
)

SORTS: Final = (("dit", "Dit"), ("vu", "Vu"), ("compris", "Compris"))
# A text cut in pieces, to be sorted.
SORTING: Final = (
    (
        Piece(
            "Trois sacs d’ordures sont posés à côté du conteneur,", "vu", "N’importe qui, là, l’aurait vu."
        ),
        Piece(
            "parce que les gens s’en fichent.", "compris", "Cela explique, et juge : ce n’est ni vu ni dit."
        ),
        Piece(
            "Un voisin dit : « Le couvercle est trop lourd pour ma femme. »",
            "dit",
            "Ses mots, entre guillemets.",
        ),
    ),
    (
        Piece(
            "« Au guichet, on m’a renvoyée chez moi avec un site internet. »", "dit", "Ses mots, tels quels."
        ),
        Piece("Elle tient la feuille pliée en quatre.", "vu", "Un geste que l’on voit."),
        Piece(
            "Elle n’osera pas y retourner.",
            "compris",
            "C’est vous qui l’imaginez : peut-être y retournera-t-elle.",
        ),
    ),
    (
        Piece("Les garçons ont balayé le terrain avant de jouer.", "vu", "Cela s’est passé sous vos yeux."),
        Piece(
            "Ils en prennent soin plus qu’on ne croit.", "compris", "Une idée juste, peut-être ; la vôtre."
        ),
        Piece(
            "« On le fait parce que les petits tombent sur les cailloux. »",
            "dit",
            "Leurs mots, et leur raison.",
        ),
    ),
)
JUDGES: Final = (("reste", "Peut rester"), ("designe", "Fait reconnaître"))
# A text cut in pieces: which of them let somebody be recognised.
FINDING: Final = (
    (
        Piece(
            "La dame du 4e gauche, escalier B,", "designe", "Un étage et un escalier : il n’y a qu’une porte."
        ),
        Piece("dit que l’ascenseur est en panne depuis lundi,", "reste", "Tout l’immeuble le vit."),
        Piece(
            "et que son fils autiste ne peut plus sortir.",
            "designe",
            "Un enfant, sa santé : on le nommerait.",
        ),
    ),
    (
        Piece("À la pharmacie de la place,", "reste", "Un lieu public, où tout le monde passe."),
        Piece("Mme Lambert", "designe", "Un nom. Dites « une habitante »."),
        Piece(
            "explique qu’elle attend ses papiers depuis huit mois.",
            "reste",
            "Sans le nom, c’est beaucoup de gens.",
        ),
    ),
    (
        Piece(
            "Le seul boulanger du quartier",
            "designe",
            "Il n’y en a qu’un : c’est lui. Dites « un commerçant ».",
        ),
        Piece("pense à fermer plus tôt,", "reste", "Cela dit quelque chose du quartier."),
        Piece(
            "depuis que sa femme est partie en mars.",
            "designe",
            "Sa vie, une date : cela n’aide personne.",
        ),
    ),
)
# What the form says under a field, while one writes in it: the card, and a few words of it.
HINTS: Final = {
    "words": ("mots-exacts", "Ses mots, même maladroits."),
    "seen": ("vu-pense", "Ce que n’importe qui aurait vu, là."),
    "reading": ("emotion", "Votre idée, votre doute."),
}


def content() -> dict[str, Any]:
    """What the page shows, the same for everybody."""
    return {
        "cards": CARDS,
        "exercises": [
            ("trier", "Dit, vu, ou compris ?", "Rangez chaque morceau.", SORTS, SORTING),
            (
                "reconnaitre",
                "Qu’est-ce qui fait reconnaître quelqu’un ?",
                "Pour chaque morceau, dites s’il peut rester.",
                JUDGES,
                FINDING,
            ),
        ],
    }


@permissions.require(permissions.can_capture)
@never_cache
@require_safe
def opened(request: permissions.SignedInRequest) -> HttpResponse:
    """The cards, then the exercises."""
    return render(request, "capture/course.html", content())
