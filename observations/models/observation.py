"""An observation, what happened to it, and what is left of one that was deleted."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from observations import words
from observations.models.place import Neighbourhood, Theme

# Lengths that a text may have: far above what is typed in a minute, far below what hurts.
TEXT_MAX = 5_000
NOTE_MAX = 1_000
# Texts that the search reads, in the order in which a result shows them.
SEARCHED = ("words", "seen", "reading", "public_text", "place_label")
# What stands for texts that reached their term.
TEXTS_GONE = "Textes effacés à leur terme."
# How long authors may correct or withdraw what they have just sent.
CORRECTION_DELAY = timedelta(minutes=20)


class Nature(models.TextChoices):
    NEED = "besoin", "besoin"
    CONCERN = "preoccupation", "préoccupation"
    STRENGTH = "atout", "atout"
    IDEA = "proposition", "proposition"


class Precision(models.TextChoices):
    PLACE = "lieu", "lieu public"
    SECTOR = "secteur", "secteur de 200 m"
    NEIGHBOURHOOD = "quartier", "quartier"


class PlaceKind(models.TextChoices):
    PUBLIC_SPACE = "espace_public", "espace public"
    HALL = "hall_residence", "hall ou résidence"
    COMMUNITY_CENTRE = "maison_de_quartier", "maison de quartier"
    SCHOOL = "ecole", "école"
    SHOP = "commerce", "commerce"
    DESK = "permanence", "permanence"
    EVENT = "evenement", "évènement"
    HOME = "domicile", "domicile"
    OTHER = "autre", "autre"


class People(models.TextChoices):
    ONE = "une", "une personne"
    SOME = "quelques", "quelques-unes"
    GROUP = "groupe", "un groupe"


class Agreement(models.TextChoices):
    YES = "oui", "oui"
    NO = "non", "non"
    NOTHING_SAID = "sans_objet", "pas de parole"


class Status(models.TextChoices):
    TO_READ = "a-relire", "à relire"
    TO_COMPLETE = "a-preciser", "à préciser"
    ACCEPTED = "retenue", "retenue"
    SET_ASIDE = "ecartee", "écartée"


# What holds, and what could: the other half of a neighbourhood than its problems.
GOOD_NEWS = (Nature.STRENGTH, Nature.IDEA)


class ObservationQuerySet(models.QuerySet["Observation"]):
    def accepted(self) -> "ObservationQuerySet":
        return self.filter(status=Status.ACCEPTED)

    def quotable(self) -> "ObservationQuerySet":
        """Reviewed words whose speaker agreed to be quoted."""
        return self.accepted().filter(agreement=Agreement.YES).exclude(public_text="")

    def in_month(self, month: date) -> "ObservationQuerySet":
        """Heard in that month, named by its first day."""
        return self.in_months(month, month)

    def in_months(self, first: date, last: date) -> "ObservationQuerySet":
        """Heard from the month `first` to the month `last` (their first days), both included."""
        after = (last + timedelta(days=31)).replace(day=1)
        return self.filter(observed_on__gte=first, observed_on__lt=after)

    def in_reading_order(self) -> "ObservationQuerySet":
        """By theme and sub-theme as the territory orders them, newest first; total order."""
        return self.order_by("theme__rank", "-observed_on", "-received_at", "pk")

    def in_order(self, keys: Iterable[uuid.UUID]) -> "list[Observation]":
        """Those of these keys that are among them, in the order given; one query."""
        wanted = list(keys)
        found = {row.pk: row for row in self.filter(pk__in=wanted)}
        return [found[key] for key in wanted if key in found]

    def for_reading(self) -> "ObservationQuerySet":
        """With what a list or a page says of each observation, in one query."""
        return self.select_related("theme__parent", "neighbourhood")


class Observation(models.Model):
    """What a worker heard or saw. Three texts kept apart, one place, one decision.

    The identifier is made on the phone when the form opens and never changes: it is what
    makes sending twice harmless.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, verbose_name="quartier")
    theme = models.ForeignKey(Theme, models.PROTECT, verbose_name="thème")
    nature = models.CharField("nature", max_length=15, choices=Nature)

    words = models.TextField("ce qui a été dit", blank=True, max_length=TEXT_MAX)
    words_exact = models.BooleanField("mots exacts", default=False)
    seen = models.TextField("ce que j’ai vu", blank=True, max_length=TEXT_MAX)
    reading = models.TextField("ce que j’en comprends", blank=True, max_length=TEXT_MAX)
    public_text = models.TextField("texte pour les partenaires", blank=True, max_length=TEXT_MAX)

    # Stems of the texts, for the search (search.py); `restem` keeps it true.
    stems = models.TextField(blank=True, editable=False)

    place_kind = models.CharField("genre de lieu", max_length=20, choices=PlaceKind, blank=True)
    precision = models.CharField(
        "précision du lieu", max_length=10, choices=Precision, default=Precision.NEIGHBOURHOOD
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    place_label = models.CharField("nom du lieu", max_length=120, blank=True)
    # Derived from the point by actions.capture, never typed: web-mercator tile at geo.TILE_ZOOM
    # for the map's clusters, 200 m cell for « n lieux ».
    tile_x = models.IntegerField(null=True, editable=False)
    tile_y = models.IntegerField(null=True, editable=False)
    cell_row = models.IntegerField(null=True, editable=False)
    cell_col = models.IntegerField(null=True, editable=False)

    people = models.CharField("combien de personnes", max_length=10, choices=People, blank=True)
    agreement = models.CharField("accord pour être cité·e", max_length=10, choices=Agreement)
    observed_on = models.DateField("jour")
    captured_at = models.DateTimeField("écrite le", help_text="D’après l’horloge du téléphone")
    received_at = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observations", verbose_name="écrite par"
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="noted_observations",
        verbose_name="noté sur papier par",
    )
    form_version = models.PositiveSmallIntegerField(default=1, editable=False)
    digest = models.CharField(
        max_length=44, editable=False, help_text="SHA-256 du corps reçu, en base 64 (RFC 9530)"
    )

    status = models.CharField("état", max_length=12, choices=Status, default=Status.TO_READ)
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    status_at = models.DateTimeField("décidée le", null=True, blank=True)
    status_reason = models.TextField("motif ou question", blank=True, max_length=NOTE_MAX)
    # Grows with every change: a page opened before somebody else's decision is told so.
    revision = models.PositiveIntegerField(default=1, editable=False)
    # Life of the data (privacy/retention.py): when reviewers were reminded of a passage, when the texts went.
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    emptied_on = models.DateField("textes effacés le", null=True, blank=True, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = "observation"
        indexes = [
            models.Index(fields=["theme", "-observed_on", "-received_at"], name="observation_theme_day"),
            models.Index(fields=["status", "observed_on"], name="observation_status_day"),
            models.Index(fields=["neighbourhood", "observed_on"], name="observation_place_day"),
            models.Index(fields=["observed_on"], name="observation_day"),
            models.Index(fields=["author", "-received_at"], name="observation_author"),
            models.Index(fields=["tile_x", "tile_y"], name="observation_tile"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(agreement=Agreement.NOTHING_SAID) | Q(words=""),
                name="observation_no_agreement_asked_without_words",
            ),
            models.CheckConstraint(
                condition=~Q(agreement=Agreement.NO) | Q(public_text=""),
                name="observation_refusal_is_never_quotable",
            ),
            models.CheckConstraint(
                condition=Q(precision=Precision.NEIGHBOURHOOD, latitude=None, longitude=None)
                | (
                    ~Q(precision=Precision.NEIGHBOURHOOD)
                    & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180)
                ),
                name="observation_point_fits_precision",
            ),
            models.CheckConstraint(
                condition=~Q(place_kind=PlaceKind.HOME) | Q(precision=Precision.NEIGHBOURHOOD),
                name="observation_home_is_never_a_point",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, tile_x=None, tile_y=None, cell_row=None, cell_col=None)
                | Q(
                    latitude__isnull=False,
                    tile_x__isnull=False,
                    tile_y__isnull=False,
                    cell_row__isnull=False,
                    cell_col__isnull=False,
                ),
                name="observation_tiles_follow_point",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.TO_READ, status_by=None, status_at=None, status_reason="")
                | (~Q(status=Status.TO_READ) & Q(status_by__isnull=False, status_at__isnull=False)),
                name="observation_decision_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.TO_READ, Status.ACCEPTED]) | ~Q(status_reason=""),
                name="observation_question_or_set_aside_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(emptied_on=None)
                | Q(words="", seen="", reading="", place_label="", digest="", latitude=None),
                name="observation_emptied_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"

    def restem(self) -> None:
        """Brings `stems` in line with the texts; called by every action that changes one."""
        self.stems = words.column(getattr(self, name) for name in SEARCHED)

    @property
    def correctable_until(self) -> datetime:
        return self.received_at + CORRECTION_DELAY

    @property
    def is_correctable(self) -> bool:
        """Still unread by anybody, and sent less than 20 minutes ago."""
        unread = self.status == Status.TO_READ and not self.public_text
        return unread and timezone.now() < self.correctable_until

    @property
    def has_odd_date(self) -> bool:
        """Dated after it was received: a wrong clock, kept and shown rather than refused."""
        return self.observed_on > timezone.localdate(self.received_at)

    @property
    def excerpt(self) -> str:
        """What a list shows: what was said, else what was seen."""
        return self.words or self.seen or (TEXTS_GONE if self.emptied_on else "")


class Change(models.Model):
    """One line of an observation's history; what was before it makes it reversible.

    Corrections by the author keep no earlier text: what slipped in by mistake is gone.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "décision"
        THEME = "theme", "thème"
        NEIGHBOURHOOD = "quartier", "quartier"
        PUBLIC_TEXT = "texte", "texte pour les partenaires"
        ANSWER = "reponse", "réponse"
        CORRECTION = "correction", "correction"

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Changes made by one gesture share a batch, and are undone together.
    batch = models.UUIDField(db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True, max_length=NOTE_MAX)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "changement"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=F("at")), name="change_undone_after_done"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"


class Tombstone(models.Model):
    """What is left of a deleted observation: a late phone cannot bring it back."""

    class Reason(models.TextChoices):
        WITHDRAWN = "retiree", "retirée par son auteur"
        ERASED = "effacee", "effacée par la relecture"

    id = models.UUIDField(primary_key=True, editable=False)
    reason = models.CharField(max_length=10, choices=Reason)
    deleted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "observation supprimée"

    def __str__(self) -> str:
        return str(self.pk)
