"""What the demonstration's residents were told of two needs, and what a worker has already told again."""

from datetime import date, timedelta

from observations.actions import giving_back
from observations.models import GivingBack, Need, User

# The beginning of a need's title, and the words of its page.
TOLD = [
    (
        "Où et quand",
        {
            "headline": "Les encombrants : la date est dans chaque entrée",
            "heard": "On ne sait plus quel jour sortir les meubles. Alors ils restent au pied des immeubles.",
            "done": "Une affiche est posée dans chaque entrée, avec les jours de collecte.",
            "coming": "",
            "not_done": "Il n’y aura pas de collecte en plus : la déchèterie est ouverte le samedi, et c’est gratuit.",
            "where": "À la maison de quartier, le mercredi après-midi",
        },
    ),
    (
        "Les ascenseurs",
        {
            "headline": "Les ascenseurs : une date à chaque panne",
            "heard": "Les ascenseurs tombent souvent en panne. Des gens ne peuvent plus descendre, et personne ne dit"
            " jusqu’à quand.",
            "done": "",
            "coming": "À chaque panne, le bailleur affichera dans le hall la date de remise en marche et un numéro"
            " à appeler.",
            "not_done": "Les pièces viennent d’un seul fabricant : il faut trois semaines. Le bailleur ne peut pas"
            " aller plus vite.",
            "where": "",
        },
    ),
]


def give_back(by: User, worker: User, today: date) -> None:
    """Publishes the first, leaves the second as a draft; nothing where one exists."""
    if GivingBack.objects.exists():
        return
    for place, (title, texts) in enumerate(TOLD):
        need = Need.objects.filter(title__startswith=title).first()
        if need is None:
            continue
        draft = giving_back.keep(need=need, revision=0, texts=texts, by=by)
        if place == 0:
            giving_back.publish(giving_back=draft, revision=draft.revision, confirmed=False, by=by)
            giving_back.tell(
                giving_back=draft,
                told_on=today - timedelta(days=2),
                how="voix",
                neighbourhood=None,
                by=worker,
            )
