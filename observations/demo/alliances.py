"""Whom the demonstration's needs are asked of, and what comes back: an answer, a silence, a date that is near."""

from datetime import date, timedelta

from observations.actions import alliances
from observations.models import Body, Contact, Need, NeedRequest, User

# Name, kind, what it is ordinarily in charge of, contact (name, duty).
BODIES = [
    (
        "Habitat des Dunes",
        "bailleur",
        "Entretien des immeubles, des halls et des ascenseurs de son patrimoine ; relation avec ses locataires.",
        ("Mme Vasseur", "responsable de secteur"),
    ),
    (
        "Régie des déchets",
        "interco",
        "Collecte des encombrants, bacs, affichage des jours de passage.",
        ("M. Lefebvre", "chargé de relation aux quartiers"),
    ),
    (
        "Service des mobilités",
        "interco",
        "Horaires, arrêts et abris du réseau de bus.",
        ("Mme Dubois", "cheffe de service"),
    ),
]
# The beginning of a need's title, the body, what is asked, days from today to the answer.
REQUESTS = [
    (
        "Les ascenseurs",
        "Habitat des Dunes",
        "Afficher dans le hall, à chaque panne, la date de remise en marche et un numéro à appeler. Prévoir une"
        " aide au portage pour les personnes qui ne descendent plus.",
        10,
    ),
    (
        "Où et quand",
        "Régie des déchets",
        "Afficher les jours de collecte dans chaque entrée, et dire où déposer entre deux passages.",
        -20,
    ),
    (
        "Les bus du soir",
        "Service des mobilités",
        "Dire ce qui est prévu le soir et le dimanche, et si un abri fermé est possible à l’arrêt du centre.",
        -5,
    ),
]


def make_alliances(by: User, today: date) -> None:
    """Writes them where no body exists yet. Addresses are of a domain that nobody owns."""
    if Body.objects.exists():
        return
    contacts: dict[str, Contact] = {}
    for name, kind, competences, (person, duty) in BODIES:
        body = alliances.keep_body(
            body=None, name=name, kind=kind, competences=competences, neighbourhoods=[], by=by
        )
        contacts[name] = alliances.keep_contact(
            body=body,
            contact=None,
            name=person,
            duty=duty,
            # The first is the demonstration's partner, who answers with an account.
            email=f"contact{len(contacts) + 1}@partenaire.example" if contacts else "partenaire@demo.test",
            by=by,
        )
    asked = {}
    for title, body_name, text, days in REQUESTS:
        need = Need.objects.filter(title__startswith=title).first()
        if need is not None:
            asked[title], _ = alliances.ask(
                need=need,
                contact=contacts[body_name],
                channel="droit-commun",
                asked=text,
                due=today + timedelta(days=days),
                by=by,
            )
    _answer(asked, today)


def _answer(asked: dict[str, NeedRequest], today: date) -> None:
    """The landlord takes it on, the waste service has already kept its word; nothing came back about the buses."""
    if lifts := asked.get("Les ascenseurs"):
        alliances.answer(
            request=lifts,
            kind="prend",
            words="Oui pour l’affichage. Le portage se fera avec le service d’aide à domicile.",
            expertise="Les pièces de ce modèle viennent d’un seul fabricant : trois semaines de délai, que nous"
            " n’annoncions pas.",
            by=lifts.contact,
        )
        alliances.commit(
            request=lifts,
            what="Afficher la date de remise en marche à chaque panne",
            owner="Mme Vasseur",
            due=today + timedelta(days=21),
            by=lifts.contact,
        )
    if bulky := asked.get("Où et quand"):
        alliances.answer(request=bulky, kind="prend", words="Affiches refaites.", by=bulky.contact)
        done = alliances.commit(
            request=bulky,
            what="Poser une affiche par entrée",
            owner="M. Lefebvre",
            due=today - timedelta(days=10),
            by=bulky.contact,
        )
        alliances.end(
            commitment=done,
            kept=True,
            on=today - timedelta(days=12),
            proof="Quarante-deux affiches posées, liste des entrées envoyée.",
            by=bulky.contact,
        )
