"""What must hold before the application serves anybody."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from observations.actions.demonstration import DOMAIN
from observations.models import User


def refuse_demonstration_accounts() -> None:
    """Stops the start on a database that holds demonstration accounts, unless DEMO=1.

    Their password is public: on a real address they would be open doors.
    """
    if not settings.DEMO and User.objects.filter(email__endswith=f"@{DOMAIN}", is_active=True).exists():
        raise ImproperlyConfigured(
            f"This database holds demonstration accounts (@{DOMAIN}), whose password is public. "
            "Use another database (DATABASE_URL), or start the demonstration with `make demo`."
        )
