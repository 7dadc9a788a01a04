"""Two observations that look like one scene written twice."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from observations.models.observation import Observation


class SeparateScenes(models.Model):
    """Somebody read both and says that they are two scenes: nobody is asked again.

    `first` has the smaller identifier.
    """

    first = models.ForeignKey(Observation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Observation, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "deux scènes distinctes"
        verbose_name_plural = verbose_name
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="separate_scenes_once")]
