"""Filters that a reviewer comes back to."""

from django.conf import settings
from django.db import models

NAME_MAX = 60
QUERY_MAX = 1_000
# As many as a page can list; nobody finds a hundred-and-first.
SAVED_MAX = 30


class SavedFilter(models.Model):
    """A selection of the review under a name, for the one person who keeps it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField("nom", max_length=NAME_MAX)
    query = models.CharField(
        "filtres", max_length=QUERY_MAX, help_text="« ?… », comme dans l’adresse de la liste"
    )

    class Meta:
        verbose_name = "filtre gardé"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_one_of_each_name")]

    def __str__(self) -> str:
        return self.name
