"""The monthly summary: a draft, then frozen content and its PDF."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from observations.models.observation import Observation

INTRODUCTION_MAX = 3_000
COMMENT_MAX = 1_500
REASON_MAX = 500


class SummaryQuerySet(models.QuerySet["Summary"]):
    def published(self) -> "SummaryQuerySet":
        return self.filter(status=Summary.Status.PUBLISHED)

    def latest_versions(self) -> "SummaryQuerySet":
        """Of each month, the highest of these versions."""
        later = self.filter(month=OuterRef("month"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def light(self) -> "SummaryQuerySet":
        """Without the content and the PDF, for lists."""
        return self.defer("content", "pdf")


class Summary(models.Model):
    """One version of one month's synthèse.

    A published version never changes: `content` holds every figure, label and word that
    readers see, with its format number; a correction is the next version.
    """

    class Status(models.TextChoices):
        DRAFT = "brouillon", "brouillon"
        PUBLISHED = "publiee", "publiée"

    month = models.DateField("mois", help_text="Premier jour du mois")
    version = models.PositiveSmallIntegerField("version", default=1)
    status = models.CharField("état", max_length=10, choices=Status, default=Status.DRAFT)
    reason = models.TextField("motif de la correction", blank=True, max_length=REASON_MAX)
    introduction = models.TextField("introduction", blank=True, max_length=INTRODUCTION_MAX)
    comments = models.JSONField("commentaires", default=dict, help_text="{thème: texte}")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "synthèse"
        ordering = ["-month", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["month", "version"], name="summary_month_version"),
            models.UniqueConstraint(
                fields=["month"], condition=Q(status="brouillon"), name="summary_one_draft_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="summary_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="summary_correction_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="brouillon", published_by=None, published_at=None, content=None, pdf=None)
                | Q(
                    status="publiee",
                    published_by__isnull=False,
                    published_at__isnull=False,
                    content__isnull=False,
                    pdf__isnull=False,
                ),
                name="summary_published_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"synthèse {self.month:%Y-%m} v{self.version}"

    @property
    def is_published(self) -> bool:
        return self.status == Summary.Status.PUBLISHED


class SummaryQuote(models.Model):
    """Reviewed words chosen for a summary, in order. Kept after publication to find them again."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="quotes")
    observation = models.ForeignKey(Observation, models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "parole choisie"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["summary", "observation"], name="quote_once_a_summary"),
        ]

    def __str__(self) -> str:
        return f"parole {self.position}"
