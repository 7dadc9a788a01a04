"""The territory, its neighbourhoods and its themes."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from observations.privacy.retention import PERIODS, Periods
from observations.privacy.suppress import MINIMUM_THRESHOLD


def period(name: str, label: str, what: str) -> models.PositiveSmallIntegerField:
    """How long something is kept, within the bounds of privacy/retention.py."""
    bounds = PERIODS[name]
    return models.PositiveSmallIntegerField(
        label,
        default=bounds.default,
        validators=[MinValueValidator(bounds.minimum), MaxValueValidator(bounds.maximum)],
        help_text=f"{what} De {bounds.minimum} à {bounds.maximum} {bounds.unit}.",
    )


def within_bounds(name: str) -> models.CheckConstraint:
    bounds = PERIODS[name]
    return models.CheckConstraint(
        condition=Q(**{f"{name}__gte": bounds.minimum, f"{name}__lte": bounds.maximum}),
        name=f"territory_{name}_within_bounds",
    )


class Territory(models.Model):
    """The contrat de ville that this database holds: one row, made by the first migration."""

    name = models.CharField("nom", max_length=120)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    threshold = models.PositiveSmallIntegerField(
        "seuil de publication",
        default=MINIMUM_THRESHOLD,
        validators=[MinValueValidator(MINIMUM_THRESHOLD)],
        help_text="Nombre d’observations sous lequel un chiffre n’est jamais publié : 5 ou plus.",
    )
    banner = models.CharField("bandeau", max_length=200, blank=True)
    controller = models.CharField(
        "responsable du traitement",
        max_length=200,
        blank=True,
        help_text="Qui répond des données, tel que les textes de confidentialité le nomment.",
    )
    dpo = models.CharField(
        "délégué·e à la protection des données",
        max_length=200,
        blank=True,
        help_text="Une adresse où écrire, jamais le nom d’une personne.",
    )
    texts_months = period(
        "texts_months",
        "textes gardés (mois)",
        "Après leur réception : ensuite les textes et le point sont effacés, les nombres restent.",
    )
    flagged_days = period(
        "flagged_days",
        "passage à revoir : rappel (jours)",
        "Texte non relu où quelqu’un est peut-être reconnaissable : un rappel part à la relecture.",
    )
    flagged_grace_days = period(
        "flagged_grace_days",
        "passage à revoir : masquage (jours après le rappel)",
        "Sans relecture après le rappel, le passage est masqué.",
    )
    account_warning_months = period(
        "account_warning_months",
        "compte sans usage : avertissement (mois)",
        "Un courriel prévient la personne.",
    )
    account_closing_months = period(
        "account_closing_months", "compte sans usage : fermeture (mois)", "Après l’avertissement."
    )
    account_forgetting_months = period(
        "account_forgetting_months",
        "compte sans usage : sans nom (mois)",
        "Le nom et l’adresse sont effacés, ce que la personne a écrit reste.",
    )
    corrections_months = period(
        "corrections_months",
        "correction de synthèse laissée en brouillon (mois)",
        "Sans modification, le brouillon est supprimé ; la version publiée reste.",
    )
    ended_keys_days = period(
        "ended_keys_days", "lien, jeton ou invitation terminés (jours)", "Gardés ensuite, puis supprimés."
    )

    class Meta:
        verbose_name = "territoire"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="territory_single_row"),
            models.CheckConstraint(
                condition=Q(threshold__gte=MINIMUM_THRESHOLD), name="territory_threshold_never_lowered"
            ),
            *(within_bounds(name) for name in PERIODS),
            models.CheckConstraint(
                condition=Q(account_warning_months__lt=F("account_closing_months"))
                & Q(account_closing_months__lt=F("account_forgetting_months")),
                name="territory_account_steps_in_order",
                violation_error_message=(
                    "Un compte est d’abord averti, puis fermé, puis rendu sans nom : ces durées doivent se suivre."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Territory":
        """The one row."""
        return cls.objects.get(id=1)

    @property
    def periods(self) -> Periods:
        """How long things are kept here."""
        return Periods(**{name: getattr(self, name) for name in PERIODS})


class NeighbourhoodQuerySet(models.QuerySet["Neighbourhood"]):
    def active(self) -> "NeighbourhoodQuerySet":
        return self.filter(active=True)


class Neighbourhood(models.Model):
    """A QPV: a legally drawn neighbourhood, known for ever by its official code."""

    code = models.CharField("code", max_length=12, unique=True)
    name = models.CharField("nom", max_length=200)
    communes = models.JSONField("communes", default=list, help_text="[{insee, name}]")
    generation = models.PositiveSmallIntegerField("génération", default=2024)
    boundary = models.JSONField("contour", help_text="Géométrie GeoJSON, WGS84")
    west = models.FloatField("ouest")
    south = models.FloatField("sud")
    east = models.FloatField("est")
    north = models.FloatField("nord")
    source = models.CharField("source du contour", max_length=200)
    active = models.BooleanField("actif", default=True)
    updated_at = models.DateTimeField("mis à jour le", auto_now=True)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = "quartier"
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """First part of a compound official name: « Banc Vert », for maps and lists."""
        return self.name.split(" – ")[0].split(" - ")[0]

    @property
    def commune_names(self) -> str:
        return ", ".join(commune["name"] for commune in self.communes)


class Colour(models.TextChoices):
    """The 14 fills that survive colour blindness (static/css/tokens.css)."""

    LOGEMENT = "logement", "brique"
    CADRE = "cadre", "tilleul"
    TRANQUILLITE = "tranquillite", "bleu nuit"
    LIEN = "lien", "rose"
    ENFANCE = "enfance", "moutarde"
    JEUNESSE = "jeunesse", "prune grise"
    EMPLOI = "emploi", "terre"
    SANTE = "sante", "lie-de-vin"
    DROITS = "droits", "bleu ciel"
    EGALITE = "egalite", "lilas"
    COMMERCES = "commerces", "sable rosé"
    MOBILITES = "mobilites", "pétrole"
    ECOLOGIE = "ecologie", "sapin"
    PARTICIPATION = "participation", "turquoise"


class Icon(models.TextChoices):
    """The theme icons of static/img/icons.svg."""

    LOGEMENT = "logement", "immeuble"
    CADRE = "cadre", "lampadaire et banc"
    TRANQUILLITE = "tranquillite", "lune"
    LIEN = "lien", "deux personnes"
    ENFANCE = "enfance", "livre ouvert"
    JEUNESSE = "jeunesse", "ballon"
    EMPLOI = "emploi", "mallette"
    SANTE = "sante", "cœur"
    DROITS = "droits", "document"
    EGALITE = "egalite", "balance"
    COMMERCES = "commerces", "panier"
    MOBILITES = "mobilites", "bus"
    ECOLOGIE = "ecologie", "feuille"
    PARTICIPATION = "participation", "porte-voix"


class ThemeQuerySet(models.QuerySet["Theme"]):
    def roots(self) -> "ThemeQuerySet":
        return self.filter(parent=None)

    def offered(self) -> "ThemeQuerySet":
        """Themes that the form proposes: active, and not under a retired parent."""
        return self.filter(active=True).exclude(parent__active=False)


class Theme(models.Model):
    """A theme or, under one, a sub-theme. The slug never changes: phones and exports hold it."""

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    name = models.CharField("nom", max_length=60)
    short_name = models.CharField("nom court", max_length=30, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thème"
    )
    colour = models.CharField("couleur", max_length=20, choices=Colour)
    icon = models.CharField("icône", max_length=20, choices=Icon)
    rank = models.PositiveSmallIntegerField(
        "rang", help_text="Place dans la liste entière, sous-thèmes compris."
    )
    active = models.BooleanField("proposé à la saisie", default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "thème"
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Name that fits a tile."""
        return self.short_name or self.name

    @property
    def root(self) -> "Theme":
        return self.parent or self

    def as_choice(self) -> dict[str, Any]:
        """What the phone needs to offer this theme."""
        return {"slug": self.slug, "name": self.name, "colour": self.colour, "icon": self.icon}
