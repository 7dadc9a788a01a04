"""Keys that open published synthèses without an account: links for people, tokens for systems."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from observations.models.summary import Summary

LABEL_MAX = 80
# How long a key opens, at most and unless told otherwise.
LINK_DAYS, LINK_DAYS_MAX = 30, 180
TOKEN_DAYS, TOKEN_DAYS_MAX = 365, 730
# How closely « last opened » follows: a write an hour, whoever reads and reloads.
OPENED_GRAIN = timedelta(hours=1)


def new_token() -> str:
    """256 bits that nobody guesses, safe in an address."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. SHA-256 alone: there is no dictionary of 256 random bits to try."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def usable() -> Q:
    """Keys that still open: neither revoked nor expired."""
    return Q(revoked_at=None, expires_at__gt=timezone.now())


class Key(models.Model):
    """One key, known here by its hash: the token itself is shown once, to who makes it."""

    label = models.CharField("pour qui", max_length=LABEL_MAX)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField("créé le", default=timezone.now)
    expires_at = models.DateTimeField("valable jusqu’au")
    revoked_at = models.DateTimeField("retiré le", null=True, blank=True)
    # When, to the hour; never by whom nor from where.
    opened_at = models.DateTimeField("ouvert la dernière fois", null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="%(class)s_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at


class ShareLink(Key):
    """Opens one month's published synthèse, in its latest version, to whoever holds the address."""

    summary = models.ForeignKey(Summary, models.CASCADE, related_name="links", verbose_name="synthèse")

    class Meta(Key.Meta):
        verbose_name = "lien de partage"


class ApiToken(Key):
    """Lets a partner's system read the published synthèses, and nothing else."""

    class Meta(Key.Meta):
        verbose_name = "jeton d’accès"
