"""The journal: who did what to which row. Identifiers only, and lines are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from observations.models.place import Neighbourhood

SUBJECT_MAX = 80
# What a line may be about when it is about one observation: itself, or what is left of it.
ABOUT_OBSERVATIONS = ("observation", "tombstone")


class AuthorReason(models.TextChoices):
    """Why a reviewer asks who wrote an observation."""

    ASK = "precision", "demander une précision de vive voix"
    RIGHTS = "droits", "répondre à une personne qui exerce ses droits (accès, effacement)"
    SAFETY = "securite", "la sécurité d’une personne est en jeu"
    ORDER = "requisition", "réquisition d’un juge ou de la police"


class ExportReason(models.TextChoices):
    """Why raw words leave the application."""

    ANALYSIS = "analyse", "travail d’analyse de l’équipe, qui reste dans l’équipe"
    RIGHTS = "droits", "répondre à une personne qui exerce son droit d’accès"
    ORDER = "requisition", "réquisition d’un juge ou de la police"
    MOVE = "changement", "passage à un autre outil"


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    def about_observations(self) -> "JournalEntryQuerySet":
        about = models.Q()
        for name in ABOUT_OBSERVATIONS:
            about |= models.Q(subject__startswith=f"{name} ")
        return self.filter(about)


class JournalEntry(models.Model):
    """One act that somebody may have to answer for.

    No line for a capture: the row is its own record, and nothing counts what a worker writes.
    """

    class Verb(models.TextChoices):
        DECIDED = "decision", "a décidé d’une observation"
        REWORDED = "texte", "a écrit le texte pour les partenaires"
        SORTED = "classement", "a changé le thème ou le quartier"
        UNDONE = "annulation", "a annulé un geste de relecture"
        HIT_CLEARED = "passage", "a confirmé qu’un passage ne désigne personne"
        AUTHOR_SHOWN = "auteur", "a demandé qui a écrit une observation"
        ERASED = "effacement", "a effacé une observation"
        NEED_CREATED = "besoin", "a créé un besoin"
        NEED_CHANGED = "besoin-change", "a changé un besoin"
        BODY_CHANGED = "organisme", "a changé un organisme ou un contact"
        REQUEST_SENT = "demande", "a adressé une demande"
        REQUEST_WITHDRAWN = "demande-retiree", "a retiré une demande"
        REQUEST_ANSWERED = "reponse", "a répondu à une demande"
        COMMITMENT_CHANGED = "engagement", "a changé un engagement"
        NEED_LINKED = "besoin-observations", "a rattaché ou détaché des observations"
        GIVEN_BACK = "retour", "a publié un retour aux habitant·e·s"
        GIVING_BACK_WITHDRAWN = "retour-retire", "a retiré un retour aux habitant·e·s"
        DIAGNOSIS_PUBLISHED = "diagnostic", "a publié un diagnostic partagé"
        CONTRIBUTION_DECIDED = "contribution", "a décidé d’une contribution à un diagnostic"
        SCHEME_CHANGED = "dispositif", "a changé un dispositif"
        PACK_SENT = "instance", "a arrêté ce qui est porté à une instance"
        MEETING_DECIDED = "instance-decision", "a noté une décision d’instance"
        ACTION_CHANGED = "action", "a changé une action du programme"
        EVALUATION_CLOSED = "evaluation", "a clos l’évaluation d’une action"
        ACTIONS_IMPORTED = "actions-import", "a importé des actions"
        PUBLISHED = "publication", "a publié une synthèse"
        CORRECTED = "correction", "a ouvert une nouvelle version d’une synthèse"
        EXPORTED = "export", "a exporté des observations"
        LINK_SHARED = "lien", "a créé un lien de partage"
        LINK_REVOKED = "lien-retire", "a retiré un lien de partage"
        TOKEN_ISSUED = "jeton", "a créé un jeton d’accès"
        TOKEN_REVOKED = "jeton-retire", "a retiré un jeton d’accès"
        CHARTER_ACCEPTED = "charte", "a accepté la charte"
        OFFER_ANSWERED = "coup-de-pouce", "a répondu à un coup de pouce"
        INVITED = "invitation", "a invité quelqu’un"
        INVITATION_REVOKED = "invitation-retiree", "a retiré une invitation"
        JOINED = "arrivee", "a ouvert son compte"
        ACCOUNT_CHANGED = "compte", "a changé un compte"
        ACCOUNT_CLOSED = "compte-ferme", "a fermé un compte"
        FACTOR_RESET = "second-facteur", "a remis à zéro un second facteur"
        RULES_CHANGED = "reglages", "a changé le seuil ou les durées"
        PURGED = "purge", "a effacé ce qui était arrivé à son terme"
        BACKED_UP = "sauvegarde", "a sauvegardé la base"
        RESTORED = "restauration", "a restauré une sauvegarde"

    at = models.DateTimeField("quand", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Vide : une commande du serveur, ou quelqu’un sans compte",
    )
    verb = models.CharField("quoi", max_length=30, choices=Verb)
    subject = models.CharField("sur quoi", max_length=SUBJECT_MAX, blank=True, help_text="« modèle clé »")
    # Who reviews some neighbourhoods only reads the lines about those.
    neighbourhood = models.ForeignKey(
        Neighbourhood,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="quartier",
        help_text="Où se trouvait l’observation dont parle la ligne",
    )
    # A code from a list, never free text: a reason typed in could quote somebody.
    reason = models.CharField("motif", max_length=30, blank=True)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject"], name="journal_subject"),
            models.Index(fields=["-at", "-id"], name="journal_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"

    @property
    def subject_key(self) -> tuple[str, str]:
        """The subject's model and key, ("", "") for none."""
        name, _, key = self.subject.partition(" ")
        return name, key

    @property
    def is_about_observation(self) -> bool:
        return self.subject_key[0] in ABOUT_OBSERVATIONS
