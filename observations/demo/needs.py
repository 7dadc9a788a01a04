"""The demonstration's needs: three that its observations carry, at three moments of their life."""

from observations.actions import needs
from observations.models import Nature, Need, NeedState, Observation, Stance, Theme, User
from observations.models.need import Priority

# Sub-theme, title, description, what is under way, priority, state and the word that goes with it.
NEEDS = [
    (
        "logement-ascenseurs",
        "Les ascenseurs en panne, et personne ne dit jusqu’à quand",
        "Des pannes qui durent, des personnes âgées et des familles qui ne descendent plus. Ce qui est demandé"
        " d’abord : un papier avec une date.",
        "Le bailleur a un contrat d’entretien, avec une intervention sous quatre heures.",
        Priority.HIGH,
        NeedState.SHARED,
        "Présenté au bailleur en réunion de quartier.",
    ),
    (
        "mobilites-bus",
        "Les bus du soir et du dimanche",
        "Le bus gratuit, on y tient. Mais le soir et le dimanche il passe trop peu, et l’abribus ne protège pas"
        " du vent.",
        "",
        Priority.NORMAL,
        NeedState.SPOTTED,
        "",
    ),
    (
        "cadre-encombrants",
        "Où et quand déposer les encombrants",
        "On ne sait plus quel jour sortir les meubles, alors ils restent au pied des entrées.",
        "La collecte passe chaque mois, l’affichage est à refaire.",
        Priority.NORMAL,
        NeedState.ANSWERED,
        "La collectivité affiche les dates dans chaque hall.",
    ),
]
STANCES = {Nature.STRENGTH: Stance.AGAINST, Nature.IDEA: Stance.NUANCE}


def make_needs(by: User) -> None:
    """Writes them where no need exists yet."""
    if Need.objects.exists():
        return
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for slug, title, description, under_way, priority, state, reason in NEEDS:
        heard = list(Observation.objects.accepted().filter(theme=themes[slug]).values_list("pk", "nature"))
        need, _ = needs.make(
            by=by,
            title=title,
            theme=themes[slug],
            description=description,
            under_way=under_way,
            priority=priority,
            observations=[pk for pk, _ in heard],
        )
        for nature, stance in STANCES.items():
            those = [pk for pk, said in heard if said == nature]
            needs.take_stance(need_id=need.pk, observations=those, stance=stance, by=by)
        if state != NeedState.SPOTTED:
            needs.move_on(need_id=need.pk, state=state, reason=reason, by=by)
