"""The programme of the contrat de ville: funded actions, what is being imported, what residents say of them."""

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from observations.models.alliance import NAME_MAX
from observations.models.need import Need
from observations.models.observation import Observation
from observations.models.place import Neighbourhood, Theme

ACTION_MAX = 160
SUMMARY_MAX = 600
FIRST_YEAR, LAST_YEAR = 2015, 2100


class ActionQuerySet(models.QuerySet["Action"]):
    def for_listing(self) -> "ActionQuerySet":
        """With what a list says of each, in three queries."""
        places = Prefetch("neighbourhoods", Neighbourhood.objects.defer("boundary").order_by("name"))
        return self.prefetch_related(places, Prefetch("themes", Theme.objects.select_related("parent")))


class Action(models.Model):
    """One funded action of one year. Without neighbourhoods: the whole territory."""

    name = models.CharField("nom", max_length=ACTION_MAX)
    bearer = models.CharField("porteur", max_length=NAME_MAX)
    year = models.PositiveSmallIntegerField("année")
    summary = models.TextField("ce qu’elle fait", max_length=SUMMARY_MAX, blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, verbose_name="quartiers", blank=True)
    themes = models.ManyToManyField(Theme, verbose_name="thèmes", blank=True)
    needs = models.ManyToManyField(
        Need, verbose_name="besoins auxquels elle répond", related_name="actions", blank=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    # Its evaluation closes once: what residents said is then read as one whole. None: too few to say anything.
    closed_at = models.DateTimeField("évaluation close le", null=True, blank=True)
    results = models.JSONField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = "action financée"
        ordering = ["-year", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name", "bearer", "year"], name="action_once_a_year"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(results=None), name="action_results_once_closed"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="action_year_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ActionImport(models.Model):
    """A spreadsheet being imported: its rows as texts, the header first, until it is taken whole or dropped."""

    rows = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "import d’actions"

    def __str__(self) -> str:
        return f"import {self.pk}"


class Said(models.TextChoices):
    """A plain answer to a plain question."""

    YES = "oui", "oui"
    PARTLY = "un-peu", "un peu"
    NO = "non", "non"
    UNKNOWN = "ne-sait-pas", "ne sait pas"


# The three questions: the column, as it is asked, as its results are read.
QUESTIONS = {
    "known": ("Vous en aviez entendu parler ?", "En avaient entendu parler"),
    "useful": ("Est-ce que ça sert à quelque chose, pour vous ou autour de vous ?", "Disent que ça sert"),
    "again": ("Est-ce qu’il faut continuer ?", "Disent qu’il faut continuer"),
}


class Evaluation(models.Model):
    """What somebody says of an action: three answers, and their words, which are an observation like any other."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="evaluations", verbose_name="action")
    known = models.CharField(QUESTIONS["known"][0], max_length=12, choices=Said)
    useful = models.CharField(QUESTIONS["useful"][0], max_length=12, choices=Said)
    again = models.CharField(QUESTIONS["again"][0], max_length=12, choices=Said)
    # Erased, withdrawn: the answers go with the words.
    observation = models.OneToOneField(Observation, models.CASCADE, related_name="evaluation")

    class Meta:
        verbose_name = "évaluation d’une action"

    def __str__(self) -> str:
        return f"évaluation {self.pk}"
