"""The shared diagnosis of a neighbourhood: a draft, then a numbered text that can be cited; what others add."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from observations.models.need import Need
from observations.models.observation import NOTE_MAX, Observation
from observations.models.place import Neighbourhood

PROSE_MAX = 2_000
WORDING_MAX = 200
EXISTS_MAX = 300
ADDED_MAX = 800
SIGNATURE_MAX = 120
# Of contributions by one account to one diagnosis: a quarrel fills no page.
ADDED_TIMES = 10

# What its author writes: the column, its heading, and what helps.
PROSE = {
    "introduction": (
        "Le quartier",
        "En quelques lignes : ce qu’on y vit, ce qui compte pour ses habitant·e·s.",
    ),
    "strengths": (
        "Ce qui tient, ce qui se fait",
        "Les forces, les initiatives, les lieux où l’on se retrouve.",
    ),
    "funded": ("Ce qui existe déjà", "Les actions financées, les services présents : pour ne pas refaire."),
    "blind_spots": (
        "Ce que nous n’avons pas su entendre",
        "Qui l’équipe ne rencontre pas, quand, où. Ce silence n’est pas un bon signe.",
    ),
}


class DiagnosisQuerySet(models.QuerySet["Diagnosis"]):
    def published(self) -> "DiagnosisQuerySet":
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "DiagnosisQuerySet":
        return self.filter(published_at=None)


class Diagnosis(models.Model):
    """One number of one neighbourhood's diagnosis. Published, `content` holds all that is read, and never changes."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="diagnoses", verbose_name="quartier"
    )
    number = models.PositiveSmallIntegerField("numéro")
    introduction = models.TextField(PROSE["introduction"][0], max_length=PROSE_MAX, blank=True)
    strengths = models.TextField(PROSE["strengths"][0], max_length=PROSE_MAX, blank=True)
    funded = models.TextField(PROSE["funded"][0], max_length=PROSE_MAX, blank=True)
    blind_spots = models.TextField(PROSE["blind_spots"][0], max_length=PROSE_MAX, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    content = models.JSONField(null=True, blank=True)

    objects = DiagnosisQuerySet.as_manager()

    class Meta:
        verbose_name = "diagnostic partagé"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["neighbourhood", "number"], name="diagnosis_number_once"),
            models.UniqueConstraint(
                fields=["neighbourhood"], condition=Q(published_at=None), name="diagnosis_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None, content=None)
                | Q(published_at__isnull=False, published_by__isnull=False, content__isnull=False),
                name="diagnosis_published_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"diagnostic {self.neighbourhood_id} n° {self.number}"


class DiagnosisNeed(models.Model):
    """A need of the diagnosis, said for readers outside."""

    diagnosis = models.ForeignKey(Diagnosis, models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    wording = models.CharField("dit pour tout le monde", max_length=WORDING_MAX)
    exists = models.CharField("ce qui existe déjà", max_length=EXISTS_MAX, blank=True)

    class Meta:
        verbose_name = "besoin d’un diagnostic"
        ordering = ["need__priority", "pk"]
        constraints = [models.UniqueConstraint(fields=["diagnosis", "need"], name="need_once_a_diagnosis")]

    def __str__(self) -> str:
        return f"{self.diagnosis_id} {self.need_id}"


class DiagnosisQuote(models.Model):
    """Words chosen for it; `position`: their place in the published content, to find them again."""

    diagnosis = models.ForeignKey(Diagnosis, models.CASCADE, related_name="quotes")
    observation = models.ForeignKey(Observation, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "parole d’un diagnostic"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "observation"], name="quote_once_a_diagnosis")
        ]

    def __str__(self) -> str:
        return f"parole {self.position}"


class Contribution(models.Model):
    """What an association adds to a published diagnosis: signed, marked as theirs, read before it shows."""

    class Stance(models.TextChoices):
        TOO = "aussi", "Nous le voyons aussi"
        OTHERWISE = "autrement", "Nous le voyons autrement"

    class State(models.TextChoices):
        TO_READ = "a-lire", "à lire"
        SHOWN = "publiee", "publiée"
        REFUSED = "refusee", "refusée"

    diagnosis = models.ForeignKey(Diagnosis, models.CASCADE, related_name="contributions")
    # The place, in the content, of the need that it speaks of; none: of the whole.
    about = models.PositiveSmallIntegerField(null=True, blank=True)
    stance = models.CharField("sens", max_length=10, choices=Stance)
    text = models.TextField("texte", max_length=ADDED_MAX)
    signature = models.CharField("au nom de", max_length=SIGNATURE_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.TO_READ)
    reason = models.TextField("motif", max_length=NOTE_MAX, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "contribution à un diagnostic"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="a-lire", decided_by=None, decided_at=None)
                | (~Q(state="a-lire") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="contribution_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refusee") | ~Q(reason=""), name="contribution_refused_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.pk}"
