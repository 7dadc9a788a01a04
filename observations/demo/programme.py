"""The demonstration's programme: a few funded actions of the year, and what residents say of one."""

import uuid
from datetime import date, timedelta

from observations.actions import programme
from observations.actions.capture import Entry
from observations.models import Action, Agreement, Nature, Need, Neighbourhood, Theme, User

# Name, bearer, summary, themes, how many of the neighbourhoods (0: all), the beginning of the need it answers.
ACTIONS = [
    (
        "Réparons nos vélos",
        "Les Ateliers du canal",
        "Un atelier ouvert le samedi, au printemps et en été : chacun répare son vélo, on prête les outils.",
        ["mobilites", "ecologie"],
        2,
        "",
    ),
    (
        "Aide aux devoirs",
        "Maison de quartier",
        "Du lundi au jeudi, de 16 h 30 à 18 h, pour les enfants du CP au CM2.",
        ["enfance"],
        3,
        "",
    ),
    (
        "Café des voisines",
        "Café du marché",
        "Le jeudi matin : un café, des nouvelles, un coup de main pour les papiers.",
        ["lien", "droits"],
        1,
        "",
    ),
    (
        "Portage dans les tours",
        "Voisins solidaires",
        "Monter les courses quand l’ascenseur est en panne.",
        ["logement"],
        0,
        "Les ascenseurs",
    ),
]
SAID = [
    (
        "oui",
        "oui",
        "oui",
        Nature.STRENGTH,
        "On m’a montré comment changer une chambre à air. Maintenant je le fais seule.",
    ),
    (
        "non",
        "oui",
        "oui",
        Nature.IDEA,
        "Je ne savais pas que c’était ouvert à tout le monde. Mettez une affiche à l’arrêt de bus.",
    ),
    ("oui", "un-peu", "oui", Nature.CONCERN, "Le samedi je travaille. Un mercredi soir, je viendrais."),
]


def fund(by: User, workers: list[User], today: date) -> None:
    """Writes them where no action exists yet."""
    if Action.objects.exists():
        return
    places = list(Neighbourhood.objects.active().order_by("name"))
    themes = {theme.slug: theme for theme in Theme.objects.roots()}
    made = [
        programme.keep(
            action=None,
            name=name,
            bearer=bearer,
            year=today.year,
            summary=summary,
            neighbourhoods=places[:n],
            themes=[themes[slug] for slug in slugs if slug in themes],
            needs=Need.objects.filter(title__startswith=need) if need else [],
            by=by,
        )
        for name, bearer, summary, slugs, n, need in ACTIONS
    ]
    for i, (known, useful, again, nature, words) in enumerate(SAID):
        programme.evaluate(
            action=made[0],
            id=uuid.uuid5(uuid.NAMESPACE_URL, words),
            data=Entry(
                neighbourhood=places[0],
                theme=themes["mobilites"],
                nature=nature,
                agreement=Agreement.YES,
                observed_on=today - timedelta(days=i + 1),
                words=words,
            ),
            digest=f"{i:043d}=",
            answers={"known": known, "useful": useful, "again": again},
            by=workers[i % len(workers)],
        )
