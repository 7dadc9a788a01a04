"""The demonstration's shared diagnosis: one neighbourhood, its first number, and what an association adds."""

from datetime import date

from observations.actions import diagnoses
from observations.actions.diagnoses import NeedSaid
from observations.diagnosis.build import compose
from observations.diagnosis.heard import Heard, NeedHeard
from observations.models import Diagnosis, Neighbourhood, User
from observations.outgoing import settled

PROSE = {
    "introduction": "Un quartier de barres et de jardins, entre le canal et le marché. On s’y connaît, on s’y aide ;"
    " on y attend aussi depuis longtemps que ce qui est cassé se répare.",
    "strengths": "Le marché du samedi, où tout le monde se croise. Les jardins partagés. Des voisines qui portent les"
    " courses de celles qui ne descendent plus.",
    "funded": "L’aide aux devoirs de la maison de quartier. Un atelier de réparation de vélos, au printemps.",
    "blind_spots": "L’équipe passe surtout l’après-midi : celles et ceux qui travaillent tôt ou la nuit ne sont pas"
    " rencontrés. Les jeunes hommes parlent peu devant un carnet.",
}
EXISTS = "Une réponse du service concerné est affichée dans les halls."


def diagnose(by: User, partner: User, today: date) -> None:
    """Publishes it for the neighbourhood where the most can be said; nothing where one exists."""
    if Diagnosis.objects.exists():
        return
    places = [Heard(place, today) for place in Neighbourhood.objects.active()]
    heard = max(places, key=lambda one: len(_sound(one, by)), default=None)
    if heard is None or not _sound(heard, by):
        return
    draft = diagnoses.keep(
        neighbourhood=heard.neighbourhood,
        revision=0,
        prose=PROSE,
        needs=[NeedSaid(one.need.pk, one.need.title, EXISTS) for one in _sound(heard, by)],
        quotes=[row.pk for row in heard.quotable()[:6]],
        by=by,
    )
    content, to_settle = compose(draft, heard, heard.needs(by))
    if not settled(to_settle, confirmed=True):
        return
    published = diagnoses.publish(diagnosis=draft, revision=draft.revision, content=content, by=by)
    added = diagnoses.add(
        diagnosis=published,
        about=0,
        stance="autrement",
        text="À notre permanence, on nous en parle surtout le soir, et ce sont des parents seuls. L’horaire compte"
        " autant que la panne.",
        signature="Les Ateliers du canal",
        by=partner,
    )
    diagnoses.decide(contribution=added, shown=True, reason="", by=by)
    diagnoses.add(
        diagnosis=published,
        about=None,
        stance="aussi",
        text="Nous tenons un café le jeudi : nous y entendons la même chose, et beaucoup d’envie d’aider.",
        signature="Café du marché",
        by=partner,
    )


def _sound(heard: Heard, by: User) -> list[NeedHeard]:
    return [one for one in heard.needs(by) if one.sound]
