"""Accounts and their roles."""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from observations.models.place import Neighbourhood

# Address of an account made nameless: a domain that can never exist (RFC 2606).
NAMELESS = "sans-nom.invalid"


def this_month() -> date:
    return timezone.localdate().replace(day=1)


class Role(models.TextChoices):
    AGENT = "agent", "équipe de liaison"
    CDSU = "cdsu", "chef·fe de projet DSU"
    PARTNER = "partenaire", "partenaire"
    COUNCIL = "conseil", "conseil citoyen"
    ADMIN = "admin", "administration"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Called by Django's `createsuperuser`: an administrator, who reads no words and has no use for a password."""
        user = self.model(email=email.lower(), role=Role.ADMIN, is_staff=True, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. One role; some are limited to a few neighbourhoods."""

    email = models.EmailField("adresse électronique", unique=True)
    name = models.CharField("nom affiché", max_length=80, blank=True)
    role = models.CharField("rôle", max_length=12, choices=Role)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood,
        blank=True,
        verbose_name="quartiers",
        help_text="Aucun : tout le territoire.",
    )
    is_active = models.BooleanField("compte ouvert", default=True)
    is_staff = models.BooleanField("administration", default=False, editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    # Of a member of the residents' council: nothing opens before.
    charter_on = models.DateField("charte acceptée le", null=True, blank=True, editable=False)
    # The month and no more: enough to close what nobody uses, too little to measure anybody.
    last_used_month = models.DateField("dernier mois d’usage", default=this_month, editable=False)
    warned_on = models.DateField("prévenu de la fermeture le", null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.ADMIN, is_staff=True) | (~Q(role=Role.ADMIN) & Q(is_staff=False)),
                name="user_staff_is_admin_role",
            ),
            models.CheckConstraint(condition=Q(last_used_month__day=1), name="user_last_use_is_a_month"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    # What django.contrib.admin asks of an account: here, administrators and nobody else.
    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff
