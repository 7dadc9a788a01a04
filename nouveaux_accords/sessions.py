"""Sessions in the database, shorter on a shared phone."""

from django.conf import settings
from django.contrib.sessions.backends import db

# A day in the field. The browser forgets its cookie when it closes, but many reopen where they were.
SHARED_AGE = 12 * 3600


class SessionStore(db.SessionStore):
    def get_session_cookie_age(self) -> int:
        """Seconds: thirty days on one's own phone, one working day where several people sign in."""
        return SHARED_AGE if self.get_expire_at_browser_close() else settings.SESSION_COOKIE_AGE
