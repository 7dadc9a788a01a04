"""Every number that the papers give, from the code that applies it. A paper writes no figure of its own."""

from datetime import timedelta

from django.conf import settings

from observations.geo import CELL_DEGREES
from observations.models import Territory
from observations.models.observation import CORRECTION_DELAY
from observations.models.sharing import LINK_DAYS, LINK_DAYS_MAX, TOKEN_DAYS, TOKEN_DAYS_MAX
from observations.privacy.retention import PERIODS
from observations.privacy.suppress import MINIMUM_DAYS

METRES_A_DEGREE = 111_320
# After which a shared phone locks itself: the constant IDLE of static/js/phone.js.
IDLE_MINUTES = 5


def numbers(territory: Territory) -> dict[str, int]:
    """By the name that the papers use: days, months, minutes, metres, counts."""
    return {
        **{name: getattr(territory, name) for name in PERIODS},
        "threshold": territory.threshold,
        "min_days": MINIMUM_DAYS,
        "grid_metres": int(round(CELL_DEGREES * METRES_A_DEGREE, -1)),
        "correction_minutes": CORRECTION_DELAY // timedelta(minutes=1),
        "idle_minutes": IDLE_MINUTES,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "invitation_days": 7,
        "link_days": LINK_DAYS,
        "link_days_max": LINK_DAYS_MAX,
        "token_days": TOKEN_DAYS,
        "token_days_max": TOKEN_DAYS_MAX,
    }


def bounds() -> dict[str, str]:
    """« 3 à 24 mois »: what a territory may choose, by period."""
    return {name: f"{each.minimum} à {each.maximum} {each.unit}" for name, each in PERIODS.items()}
