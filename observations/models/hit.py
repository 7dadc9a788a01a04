"""What a reviewer said of a passage that seemed to let somebody be recognised."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from observations.models.observation import Observation
from observations.models.summary import Summary

FIELD_MAX = 60


class HitReview(models.Model):
    """A passage of one text confirmed as pointing to nobody, by whom and when.

    The passage is known by a keyed hash of it and of what surrounds it, never by its words: a change there, and the
    confirmation says nothing any more. `field` is public_text, introduction, reason, or a theme's slug for its comment.
    """

    observation = models.ForeignKey(
        Observation, models.CASCADE, null=True, blank=True, related_name="hit_reviews"
    )
    summary = models.ForeignKey(Summary, models.CASCADE, null=True, blank=True, related_name="hit_reviews")
    field = models.CharField("texte", max_length=FIELD_MAX)
    kind = models.CharField("genre", max_length=10)
    fingerprint = models.CharField("empreinte", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("quand", default=timezone.now)
    undone_at = models.DateTimeField("repris le", null=True, blank=True)

    class Meta:
        verbose_name = "passage confirmé"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(observation=None, summary__isnull=False)
                | Q(observation__isnull=False, summary=None),
                name="hit_review_of_one_text",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="hit_review_undone_after_done"
            ),
            models.UniqueConstraint(
                fields=["observation", "field", "fingerprint"],
                condition=Q(undone_at=None, observation__isnull=False),
                name="hit_review_once_an_observation",
            ),
            models.UniqueConstraint(
                fields=["summary", "field", "fingerprint"],
                condition=Q(undone_at=None, summary__isnull=False),
                name="hit_review_once_a_summary",
            ),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk}"
