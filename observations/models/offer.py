"""A hand that a member of the residents' council offers to a project, and what is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from observations.models.programme import Action

OFFER_MAX = 400
# Waiting at once, of one member: more is a list that nobody answers.
OFFERS_WAITING = 5


class OfferState(models.TextChoices):
    WAITING = "attend", "en attente d’une réponse"
    TAKEN = "prise", "prise au mot"
    THANKED = "remerciee", "pas cette fois, merci"


class Offer(models.Model):
    """« Je peux… ». Its author is named to the CDSU who answers, and is told so before."""

    action = models.ForeignKey(
        Action,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name="pour quelle action",
    )
    text = models.CharField("ce que je peux faire", max_length=OFFER_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    answer = models.CharField("réponse", max_length=OFFER_MAX, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "coup de pouce"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="attend", answered_by=None, answered_at=None, answer="")
                | (
                    ~Q(state="attend")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="offer_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"coup de pouce {self.pk}"
