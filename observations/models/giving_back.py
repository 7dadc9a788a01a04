"""What residents are told of a need: what is done, what will not be, and why; and that they were told."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from observations.models.need import Need
from observations.models.place import Neighbourhood

HEADLINE_MAX = 80
# Of each part: what fits on a poster in letters that are read from two metres.
PART_MAX = 400
WHERE_MAX = 120
# Short enough to be typed from a poster; no vowel, and nothing that is read for something else.
CODE_LENGTH = 7
CODE_LETTERS = "bcdfghjkmnpqrstvwxz23456789"

# What is said, in the order in which it is read: the column, and its heading.
PARTS = {
    "heard": "Vous nous avez dit",
    "done": "Ce qui est fait",
    "coming": "Ce qui va se faire",
    "not_done": "Ce qui ne se fera pas, et pourquoi",
}
# One of these at least: having listened is no answer.
ANSWERS = ("done", "coming", "not_done")
# All that the page and the poster say.
SAID = ("headline", *PARTS, "where")


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Said(models.Model):
    """The words of a page for residents."""

    headline = models.CharField("en une ligne", max_length=HEADLINE_MAX)
    heard = models.TextField(PARTS["heard"], max_length=PART_MAX)
    done = models.TextField(PARTS["done"], max_length=PART_MAX, blank=True)
    coming = models.TextField(PARTS["coming"], max_length=PART_MAX, blank=True)
    not_done = models.TextField(PARTS["not_done"], max_length=PART_MAX, blank=True)
    where = models.CharField("où en parler", max_length=WHERE_MAX, blank=True)

    class Meta:
        abstract = True

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """(column, heading, text) of each part that says something."""
        return [(name, title, text) for name, title in PARTS.items() if (text := getattr(self, name))]


class GivingBackQuerySet(models.QuerySet["GivingBack"]):
    def open(self) -> "GivingBackQuerySet":
        """Those that residents can read now."""
        return self.filter(published_at__isnull=False, withdrawn_at=None)

    def about(self, neighbourhoods: "QuerySet[Neighbourhood]") -> "GivingBackQuerySet":
        """Of these neighbourhoods, or of the whole territory."""
        placed = Need.neighbourhoods.through.objects
        here = placed.filter(neighbourhood__in=neighbourhoods).values("need")
        return self.filter(Q(need__in=here) | ~Q(need__in=placed.values("need")))


class GivingBack(Said):
    """The one account given of a need: its draft, and the address under which its editions are read.

    The address is on walls: it is public, lasts as long as the poster, and opens nothing once withdrawn.
    """

    need = models.OneToOneField(Need, models.CASCADE, related_name="giving_back", verbose_name="besoin")
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    # Grows with every change: two people at once do not write over each other.
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Of the last edition.
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = GivingBackQuerySet.as_manager()

    class Meta:
        verbose_name = "retour aux habitant·e·s"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(published_at__isnull=False),
                name="giving_back_withdrawn_was_published",
            )
        ]

    def __str__(self) -> str:
        return f"retour {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class Edition(Said):
    """What residents read, frozen: a later edition replaces it, and an erasure alone changes it."""

    giving_back = models.ForeignKey(GivingBack, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField("édition")
    # Names of the neighbourhoods, as they were; none: the whole territory.
    places = models.JSONField(default=list)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField("publiée le", default=timezone.now)

    class Meta:
        verbose_name = "édition d’un retour"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["giving_back", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"retour {self.giving_back_id}, édition {self.number}"


class Telling(models.Model):
    """Residents were told, that day, that way. No word of what they answered: that is an observation."""

    class How(models.TextChoices):
        ALOUD = "voix", "de vive voix"
        POSTER = "affiche", "par l’affiche"
        MEETING = "reunion", "en réunion"
        OTHER = "autre", "autrement"

    giving_back = models.ForeignKey(GivingBack, models.CASCADE, related_name="tellings")
    told_on = models.DateField("redit aux habitant·e·s le")
    how = models.CharField("comment", max_length=8, choices=How, default=How.ALOUD)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quartier"
    )
    # To take it back; never shown, and counted nowhere.
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "redit aux habitant·e·s"
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return f"redit le {self.told_on:%Y-%m-%d}"
