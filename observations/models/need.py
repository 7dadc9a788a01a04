"""A need: what several observations say together, who links them, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Max, Q
from django.utils import timezone

from observations.models.observation import NOTE_MAX, Observation
from observations.models.place import Neighbourhood, Theme

TITLE_MAX = 120
DESCRIPTION_MAX = 2_000


# Texts of a need, which may say what somebody said.
WORDED = ("title", "description", "under_way")


class Priority(models.IntegerChoices):
    HIGH = 1, "haute"
    NORMAL = 2, "normale"
    LOW = 3, "basse"


class NeedState(models.TextChoices):
    """From what was heard to what residents are told, in that order; each of them dated by its change."""

    SPOTTED = "repere", "repéré"
    SHARED = "partage", "partagé"
    TAKEN_ON = "pris-en-charge", "pris en charge"
    ANSWERED = "repondu", "répondu"
    TOLD = "retour-fait", "retour fait"
    DROPPED = "sans-suite", "sans suite"


# Nothing more is expected of these.
ENDED = (NeedState.TOLD, NeedState.DROPPED)


class Stance(models.TextChoices):
    """What an observation says beside the others of its need."""

    SAME = "meme", "dit la même chose"
    NUANCE = "nuance", "nuance"
    AGAINST = "contraire", "dit le contraire"


class Changed(models.TextChoices):
    """« Est-ce que ça a changé ? », asked once residents were told."""

    YES = "oui", "oui"
    PARTLY = "un-peu", "un peu"
    NO = "non", "non"


class NeedQuerySet(models.QuerySet["Need"]):
    def standing(self) -> "NeedQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def open(self) -> "NeedQuerySet":
        """Those that observations can still join."""
        return self.standing().exclude(state__in=ENDED)

    def in_reading_order(self) -> "NeedQuerySet":
        return self.order_by("priority", "title", "pk")

    def with_counts(self) -> "NeedQuerySet":
        """`n` observations, and the day of the last."""
        linked = Q(links__unlinked_at=None)
        return self.annotate(
            n=Count("links", filter=linked),
            last_heard=Max("links__observation__observed_on", filter=linked),
        )

    def for_listing(self) -> "NeedQuerySet":
        """With what a list says of each, in three queries."""
        places = models.Prefetch("neighbourhoods", Neighbourhood.objects.defer("boundary").order_by("name"))
        return self.with_counts().select_related("theme__parent").prefetch_related(places)


class Need(models.Model):
    """What a CDSU brings to those who can act. Its neighbourhoods are at least those of its observations."""

    title = models.CharField("titre", max_length=TITLE_MAX)
    description = models.TextField(
        "en quelques mots, ceux des habitant·e·s", max_length=DESCRIPTION_MAX, blank=True
    )
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thème")
    neighbourhoods = models.ManyToManyField(Neighbourhood, verbose_name="quartiers", blank=True)
    priority = models.PositiveSmallIntegerField("priorité", choices=Priority, default=Priority.NORMAL)
    under_way = models.TextField("ce qui est déjà en cours", max_length=DESCRIPTION_MAX, blank=True)
    state = models.CharField("état", max_length=16, choices=NeedState, default=NeedState.SPOTTED)
    state_reason = models.TextField("pourquoi", max_length=NOTE_MAX, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("créé le", default=timezone.now)
    changed_at = models.DateTimeField("changé le", default=timezone.now)
    # Grows with every change: a page opened before somebody else's gesture is told so.
    revision = models.PositiveIntegerField(default=1, editable=False)
    observations: Any = models.ManyToManyField(Observation, through="NeedLink", related_name="needs")

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=NeedState.DROPPED) | ~Q(state_reason=""),
                name="need_dropped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NeedLink(models.Model):
    """An observation in a need: who put it there and when, who took it out and when."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="links")
    observation = models.ForeignKey(Observation, models.CASCADE, related_name="need_links")
    stance = models.CharField("ce qu’elle en dit", max_length=10, choices=Stance, default=Stance.SAME)
    # Heard after residents were told: whether it changed. Whoever wrote it linked it by asking.
    changed = models.CharField("est-ce que ça a changé", max_length=6, choices=Changed, blank=True)
    # Empty for those: the link must not tell who wrote.
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    linked_at = models.DateTimeField(default=timezone.now)
    unlinked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlinked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "observation d’un besoin"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "observation"],
                condition=Q(unlinked_at=None),
                name="need_link_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(unlinked_at=None, unlinked_by=None)
                | Q(unlinked_at__isnull=False, unlinked_by__isnull=False),
                name="need_link_taken_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(linked_by__isnull=False) | ~Q(changed=""), name="need_link_made_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.observation_id}"


class NeedChange(models.Model):
    """One line of a need's history; what was before it makes it reversible.

    `before` and `after` hold columns by name (`neighbourhoods`: primary keys); for a stance, its value.
    """

    class Kind(models.TextChoices):
        CREATED = "creation", "création"
        EDITED = "texte", "texte"
        STATE = "etat", "état"
        LINKED = "rattachement", "rattachement"
        UNLINKED = "detachement", "détachement"
        STANCE = "sens", "nuance ou contradiction"
        MERGED = "fusion", "fusion"

    need = models.ForeignKey(Need, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Changes made by one gesture share a batch, and are undone together.
    batch = models.UUIDField(db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # Primary keys of the links that were made, taken back, or given a stance.
    links = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "changement d’un besoin"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
