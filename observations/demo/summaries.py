"""What the demonstration's CDSU writes in the synthèses: introductions and comments, true of any month.

They speak of what comes back in the corpus, never of a figure: figures come from the rows.
"""

from collections.abc import Sequence

# « de quoi on a parlé », by theme, as it stands in a sentence.
ABOUT = {
    "logement": "du logement",
    "cadre": "du cadre de vie",
    "tranquillite": "de la tranquillité",
    "lien": "de la vie entre voisins",
    "enfance": "des enfants et de l’école",
    "jeunesse": "de la jeunesse",
    "emploi": "du travail",
    "sante": "de la santé",
    "droits": "des démarches",
    "egalite": "de l’égalité",
    "commerces": "des commerces et des prix",
    "mobilites": "des trajets",
    "ecologie": "de la chaleur, du froid et de la nature en ville",
    "participation": "de la confiance",
}

# One seasonal sentence a month, January first.
SEASON = (
    "Le froid est entré dans les conversations, et avec lui les factures.",
    "Les bandes du carnaval ont fait descendre tout le monde, et l’on s’est beaucoup parlé dehors.",
    "Les premiers bancs au soleil ont délié les langues.",
    "Les jardins ont rouvert, et avec eux l’envie de faire ensemble.",
    "Les soirées s’allongent : on nous parle dehors, plus tard, plus longtemps.",
    "La fête des voisins et la fin de l’école ont rempli le mois.",
    "L’été vide une partie du quartier ; ceux qui restent le disent.",
    "La chaleur des étages a été de toutes les conversations.",
    "La rentrée a ramené les parents devant les écoles, et leurs questions avec eux.",
    "Les jours raccourcissent : l’éclairage et les trajets du matin reviennent.",
    "Le chauffage se rallume, et les premières buées avec lui.",
    "Les fins d’année disent à la fois l’isolement et l’entraide.",
)

COMMENTS = {
    "logement": "Une panne qui dure revient d’un hall à l’autre. Ce qui pèse n’est pas seulement l’attente : "
    "c’est de ne pas savoir. Là où une date a été affichée, on nous en parle moins.",
    "cadre": "Les mêmes coins reviennent, et souvent les mêmes gestes : on ramasse, on prévient, on recommence. "
    "Les plantations tenues par les habitants sont citées avec fierté.",
    "tranquillite": "Le soir et la nuit sont nommés plus que les lieux. Plusieurs voix demandent une présence, "
    "et distinguent bien la présence de la surveillance.",
    "lien": "Presque toutes ces observations sont des atouts : repas partagés, courses montées, enfants gardés. "
    "Une réserve revient : les lieux ferment quand les salariés sont en congé.",
    "enfance": "Les horaires de garde et ceux du travail ne se rencontrent pas. L’école reste le lieu où l’on "
    "se connaît, et la sortie de classe celui où l’on se parle.",
    "jeunesse": "Les jeunes demandent moins d’activités que de lieux où rester sans consommer. "
    "Quand un créneau ouvre, le bouche-à-oreille suffit à le remplir.",
    "emploi": "On nous parle des chemins autant que du travail : le premier bus, la garde, le papier qui manque. "
    "Des formations trouvées près de chez soi changent la suite.",
    "sante": "Trouver un rendez-vous est la première difficulté citée. Les ateliers de quartier servent aussi "
    "à oser en parler.",
    "droits": "Le numérique revient à chaque démarche. Ceux qui savent aident les autres, souvent au café, "
    "parfois au prix d’erreurs que personne ne répare.",
    "egalite": "Les mots sont prudents. Ce sont des scènes précises, une remarque, un refus, une marche de trop.",
    "commerces": "Les prix sont comparés d’une rue à l’autre. Le marché reste le lieu que l’on cite avec plaisir.",
    "mobilites": "Le premier bus de la semaine revient à des arrêts différents. Les personnes concernées "
    "travaillent tôt. Le prêt de vélos est cité comme ce qui a permis de tenir.",
    "ecologie": "L’été et l’hiver se répondent : les mêmes logements gardent la chaleur et laissent passer le "
    "froid. L’ombre et l’eau sont demandées simplement.",
    "participation": "On nous dit avoir déjà répondu. L’envie d’agir est là quand la suite est visible.",
}


def introduction(month_number: int, in_month: str, slugs: Sequence[str]) -> str:
    """Two sentences for a month (1 to 12): what was most spoken of (theme slugs, most first), and the season."""
    about = [ABOUT[slug] for slug in slugs[:2] if slug in ABOUT]
    subject = " et ".join(about) or "de tout un peu"
    return f"{in_month.capitalize()}, on a surtout parlé {subject}. {SEASON[month_number - 1]}"
