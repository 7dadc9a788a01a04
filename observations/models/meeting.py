"""Meetings where the contrat de ville is steered: what is brought to them, frozen at sending, and what they decide."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from observations.models.alliance import NAME_MAX, Body, Commitment
from observations.models.need import Need, NeedState
from observations.models.observation import NOTE_MAX, Observation

SCHEME_MAX = 30
WORDING_MAX = 200
WORDS_AT_LEAST, WORDS_AT_MOST = 5, 8
SEQUENCES_MAX = 12


class Scheme(models.Model):
    """A *dispositif* that needs touch and bodies sit in: PRE, CLS, GUSP… Each territory has its own list."""

    short_name = models.CharField("sigle ou nom court", max_length=SCHEME_MAX, unique=True)
    name = models.CharField("nom entier", max_length=NAME_MAX, blank=True)
    active = models.BooleanField("en cours", default=True)
    needs = models.ManyToManyField(Need, related_name="schemes", blank=True)
    bodies = models.ManyToManyField(Body, related_name="schemes", blank=True)

    class Meta:
        verbose_name = "dispositif"
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name


class MeetingKind(models.TextChoices):
    STEERING = "copil", "COPIL"
    TECHNICAL = "cotech", "COTECH"
    GROUP = "groupe", "groupe de travail"
    DAY = "journee", "journée de territoire"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def sent(self) -> "MeetingQuerySet":
        return self.filter(sent_at__isnull=False)


class Meeting(models.Model):
    """One meeting. Sent, `pack` holds all that was brought, and does not change any more."""

    kind = models.CharField("genre", max_length=8, choices=MeetingKind)
    title = models.CharField("titre", max_length=NAME_MAX)
    held_on = models.DateField("jour")
    place = models.CharField("lieu", max_length=NAME_MAX, blank=True)
    schemes = models.ManyToManyField(
        Scheme, related_name="meetings", verbose_name="dispositifs croisés", blank=True
    )
    bodies = models.ManyToManyField(
        Body, related_name="meetings", verbose_name="organismes invités", blank=True
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    pack = models.JSONField(null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "instance"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, pack=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False, pack__isnull=False),
                name="meeting_sent_whole_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"instance {self.pk}"


class Sequence(models.Model):
    """A moment of the day's programme."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sequences")
    starts_at = models.TimeField("à")
    what = models.CharField("quoi", max_length=NAME_MAX)
    leader = models.CharField("qui anime", max_length=NAME_MAX, blank=True)

    class Meta:
        verbose_name = "séquence"
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}"


class MeetingNeed(models.Model):
    """A need brought to a meeting, said for who will be there."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="needs")
    need = models.ForeignKey(Need, models.CASCADE, related_name="+")
    wording = models.CharField("dit pour l’instance", max_length=WORDING_MAX)

    class Meta:
        verbose_name = "besoin porté à une instance"
        ordering = ["need__priority", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "need"], name="need_once_a_meeting")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.need_id}"


class MeetingQuote(models.Model):
    """Words chosen for a meeting; `position`: their place in the pack, to find them again."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="quotes")
    observation = models.ForeignKey(Observation, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "parole portée à une instance"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "observation"], name="quote_once_a_meeting")
        ]

    def __str__(self) -> str:
        return f"parole {self.position}"


class Decision(models.Model):
    """What a meeting decided of a need: somebody commits, or the need moves on."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    need = models.ForeignKey(Need, models.CASCADE, related_name="decisions")
    note = models.TextField("en quelques mots", max_length=NOTE_MAX, blank=True)
    # One of the two: what was committed to, or the gesture that moved the need on.
    commitment = models.ForeignKey(
        Commitment, models.CASCADE, null=True, blank=True, related_name="decisions"
    )
    batch = models.UUIDField(null=True, blank=True, default=None)
    state = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "décision d’une instance"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment=None, batch__isnull=False) | Q(commitment__isnull=False, batch=None),
                name="decision_commits_or_moves_on",
            )
        ]

    def __str__(self) -> str:
        return f"décision {self.pk}"

    @property
    def state_name(self) -> str:
        """Where the need moved, in words; empty for a commitment."""
        return str(NeedState(self.state).label) if self.state else ""
