"""WSGI entry point, served by granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nouveaux_accords.settings")
application = get_wsgi_application()

# After Django is ready: the guard reads the database.
from nouveaux_accords.guard import refuse_demonstration_accounts  # noqa: E402

refuse_demonstration_accounts()
