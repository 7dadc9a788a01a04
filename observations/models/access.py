"""What guards the door: invitations, devices, shared counters."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.utils import timezone

from observations.models.people import Role
from observations.models.place import Neighbourhood


class SharedCache(models.Model):
    """The table of Django's DatabaseCache (settings, CACHES), made by a migration like every other."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shared_cache"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Neither taken up nor withdrawn; perhaps too old by now."""
        return self.filter(accepted_at=None, revoked_at=None)

    def open(self) -> "InvitationQuerySet":
        """Those whose link still opens an account; whoever invited must still be here."""
        return self.waiting().filter(expires_at__gt=timezone.now(), invited_by__is_active=True)


class Invitation(models.Model):
    """An account offered to somebody who holds a link. The link itself is nowhere: its hash is."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(
        "adresse électronique", blank=True, help_text="Vide : qui tient le lien donne la sienne."
    )
    role = models.CharField("rôle", max_length=12, choices=Role)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, blank=True, verbose_name="quartiers", related_name="+"
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_taken_or_withdrawn"
            )
        ]

    @property
    def expired(self) -> bool:
        return self.expires_at <= timezone.now()


class Device(models.Model):
    """A session, as its owner recognises it. No address, no hour, nothing of what was done there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="devices")
    session = models.OneToOneField(Session, models.CASCADE)
    label = models.CharField(max_length=60)
    shared = models.BooleanField(default=False)
    since = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-since", "-pk"]
