"""The demonstration's meetings: a technical committee whose pack was sent, and a day being prepared."""

from datetime import date, time, timedelta

from observations.actions import meetings
from observations.actions.meetings import MomentSaid
from observations.meetings.pack import compose, proposed
from observations.models import Body, Meeting, Need, Scheme, User
from observations.outgoing import settled

# The dispositif, the beginnings of the titles of its needs, the bodies that sit in it.
SCHEMES = {
    "GUSP": (["Les ascenseurs", "Où et quand"], ["Habitat des Dunes", "Régie des déchets"]),
    "CLS": (["Les ascenseurs", "Les bus"], ["Habitat des Dunes", "Service des mobilités"]),
    "Cité de l’emploi": (["Les bus"], ["Service des mobilités", "Habitat des Dunes"]),
}
DAY = [
    MomentSaid(time(9, 30), "Ce que les habitant·e·s disent", "Équipe de liaison"),
    MomentSaid(time(10, 30), "Trois besoins, trois tables", ""),
    MomentSaid(time(14, 0), "Ce que chacun prend", "Claire"),
]


def hold_meetings(by: User, today: date) -> None:
    """Writes them where no meeting exists yet."""
    if Meeting.objects.exists():
        return
    _tag(by)
    schemes = list(Scheme.objects.filter(short_name__in=SCHEMES))
    bodies = list(Body.objects.all())
    past = meetings.keep(
        meeting=None,
        revision=0,
        kind="cotech",
        title="Comité technique d’automne",
        held_on=today - timedelta(days=20),
        place="Maison de quartier",
        schemes=schemes,
        bodies=bodies,
        moments=[],
        by=by,
    )
    _send(_proposed(past), by)
    day = meetings.keep(
        meeting=None,
        revision=0,
        kind="journee",
        title="Journée de territoire",
        held_on=today + timedelta(days=12),
        place="Halle du marché",
        schemes=schemes,
        bodies=bodies,
        moments=DAY,
        by=by,
    )
    _proposed(day)


def _tag(by: User) -> None:
    for name, (titles, bodies) in SCHEMES.items():
        scheme = Scheme.objects.filter(short_name=name).first()
        if scheme is not None:
            needs = [need for title in titles for need in Need.objects.filter(title__startswith=title)]
            meetings.keep_scheme(
                scheme=scheme,
                short_name=name,
                name=scheme.name,
                active=True,
                needs=needs,
                bodies=Body.objects.filter(name__in=bodies),
                by=by,
            )


def _proposed(meeting: Meeting) -> Meeting:
    needs, words = proposed(meeting)
    return meetings.choose(meeting=meeting, revision=meeting.revision, wordings=needs, quotes=words)


def _send(meeting: Meeting, by: User) -> None:
    """As long as nothing in it is to be settled."""
    pack, to_settle = compose(meeting)
    if settled(to_settle, confirmed=True):
        meetings.send(meeting=meeting, revision=meeting.revision, pack=pack, by=by)
