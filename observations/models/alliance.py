"""Who can act on a need: bodies and the people there, what is asked of them, what they answer and commit to."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from observations.models.need import Need
from observations.models.observation import NOTE_MAX
from observations.models.place import Neighbourhood
from observations.models.sharing import Key

NAME_MAX = 120
ASKED_MAX = 2_000
WHAT_MAX = 300
# Of answers, and of commitments, to one request: a link that leaked fills no disk.
LINES_MAX = 50
# How long the link that goes with a request opens: past its date, somebody late can still answer.
REQUEST_LINK_DAYS = 90


class BodyKind(models.TextChoices):
    LANDLORD = "bailleur", "bailleur"
    TOWN = "ville", "service de la ville"
    INTERCOMMUNAL = "interco", "service de l’intercommunalité"
    DEPARTMENT = "departement", "service du département ou de la région"
    STATE = "etat", "service de l’État"
    SOCIAL = "social", "organisme de protection sociale (CAF, CPAM…)"
    SCHOOL = "education", "éducation nationale"
    HEALTH = "sante", "santé (ARS, hôpital, centre de santé…)"
    OPERATOR = "operateur", "transport, énergie, eau, déchets"
    ASSOCIATION = "association", "association"
    OTHER = "autre", "autre"


class BodyQuerySet(models.QuerySet["Body"]):
    def for_listing(self) -> "BodyQuerySet":
        """With what a list says of each, in three queries."""
        places = Prefetch("neighbourhoods", Neighbourhood.objects.defer("boundary").order_by("name"))
        return self.prefetch_related(places, Prefetch("contacts", Contact.objects.order_by("name", "pk")))


class Body(models.Model):
    """An organisation of the *droit commun*, or one that works beside it. Without neighbourhoods: everywhere."""

    name = models.CharField("nom", max_length=NAME_MAX, unique=True)
    kind = models.CharField("genre", max_length=12, choices=BodyKind)
    competences = models.TextField("ce dont il est chargé d’ordinaire", max_length=ASKED_MAX, blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, verbose_name="quartiers", blank=True)
    # One that is no longer asked anything keeps what it was asked.
    active = models.BooleanField("à qui l’on peut demander", default=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """Somebody of a body's staff, for what their work is."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="contacts", verbose_name="organisme")
    name = models.CharField("nom", max_length=NAME_MAX)
    duty = models.CharField("fonction", max_length=NAME_MAX, blank=True)
    email = models.EmailField("courriel")
    active = models.BooleanField("à qui l’on peut écrire", default=True)

    class Meta:
        verbose_name = "contact d’un organisme"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "email"], name="contact_once_in_a_body")]

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    """On what means the answer would draw."""

    ORDINARY = "droit-commun", "droit commun"
    SPECIFIC = "credits", "crédits spécifiques"


class NeedRequestQuerySet(models.QuerySet["NeedRequest"]):
    def standing(self) -> "NeedRequestQuerySet":
        return self.filter(withdrawn_at=None)

    def for_reading(self) -> "NeedRequestQuerySet":
        """With all that is said of each: four queries."""
        return self.select_related("need", "body", "contact", "created_by").prefetch_related(
            Prefetch("answers", Answer.objects.select_related("by_contact", "by_user").order_by("at", "pk")),
            Prefetch("commitments", Commitment.objects.order_by("due", "pk")),
            Prefetch("links", RequestLink.objects.order_by("-created_at", "-pk")),
        )


class NeedRequest(models.Model):
    """What one body is asked for one need. Read `answers` and `commitments` prefetched (`for_reading`)."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="requests", verbose_name="besoin")
    body = models.ForeignKey(Body, models.PROTECT, related_name="requests", verbose_name="organisme")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="requests", verbose_name="contact")
    channel = models.CharField("à quel titre", max_length=12, choices=Channel, default=Channel.ORDINARY)
    asked = models.TextField("ce qui est demandé", max_length=ASKED_MAX)
    due = models.DateField("réponse attendue le")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("demandé le", default=timezone.now)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = NeedRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"demande {self.pk}"

    @property
    def answer(self) -> "Answer | None":
        """The last, which stands."""
        return max(self.answers.all(), key=lambda answer: (answer.at, answer.pk), default=None)

    @property
    def silent_since(self) -> date | None:
        """The day since which nothing came back, once the date has passed: silence is an answer too."""
        waits = self.withdrawn_at is None and self.answer is None
        return self.due if waits and self.due < timezone.localdate() else None


class AnswerKind(models.TextChoices):
    TAKES = "prend", "prend en charge"
    MEETS = "rencontre", "propose une rencontre"
    REDIRECTS = "oriente", "oriente vers un autre"
    DECLINES = "decline", "ne peut pas"


class Answer(models.Model):
    """What the body says. A later one replaces it; none is lost."""

    request = models.ForeignKey(NeedRequest, models.CASCADE, related_name="answers")
    kind = models.CharField("réponse", max_length=12, choices=AnswerKind)
    words = models.TextField("en quelques mots", max_length=ASKED_MAX, blank=True)
    # What the trade knows of it, beside what the neighbourhood knows.
    expertise = models.TextField("ce que votre métier en sait", max_length=ASKED_MAX, blank=True)
    at = models.DateTimeField(default=timezone.now)
    # Through the link, or noted by the CDSU after a call.
    by_contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "réponse à une demande"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_contact=None, by_user__isnull=False)
                | Q(by_contact__isnull=False, by_user=None),
                name="answer_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind=AnswerKind.TAKES) | ~Q(words=""), name="answer_says_why_or_where"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class Commitment(models.Model):
    """Something that somebody will do, by a day; kept with its proof, or given up with its reason."""

    request = models.ForeignKey(NeedRequest, models.CASCADE, related_name="commitments")
    what = models.CharField("ce qui sera fait", max_length=WHAT_MAX)
    owner = models.CharField("par qui", max_length=NAME_MAX)
    due = models.DateField("pour quand")
    created_at = models.DateTimeField(default=timezone.now)
    kept_on = models.DateField("fait le", null=True, blank=True)
    given_up_on = models.DateField("abandonné le", null=True, blank=True)
    # What shows that it was done, or why it will not be.
    proof = models.TextField("ce qui le montre", max_length=NOTE_MAX, blank=True)

    class Meta:
        verbose_name = "engagement"
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_on=None) | Q(given_up_on=None), name="commitment_kept_or_given_up"
            ),
            models.CheckConstraint(
                condition=Q(kept_on=None, given_up_on=None) | ~Q(proof=""), name="commitment_ends_with_words"
            ),
        ]

    def __str__(self) -> str:
        return f"engagement {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.given_up_on is None

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due < timezone.localdate()


class Reminder(models.Model):
    """One body was written to in the week that begins on this Monday: claimed before the letters leave."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="reminders")
    week = models.DateField()

    class Meta:
        verbose_name = "rappel"
        constraints = [models.UniqueConstraint(fields=["body", "week"], name="reminder_once_a_week")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.week:%Y-%m-%d}"


class RequestLink(Key):
    """Opens one request to the contact whom it was sent to, to answer it."""

    request = models.ForeignKey(NeedRequest, models.CASCADE, related_name="links", verbose_name="demande")

    class Meta(Key.Meta):
        verbose_name = "lien de réponse"
