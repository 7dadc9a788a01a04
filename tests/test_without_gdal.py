"""The application runs on a machine that has no GDAL, and never asks for it on one that has."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

PROGRAM = """
import ctypes.util
ctypes.util.find_library = lambda name: None

import django
django.setup()

import sys
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

get_resolver().url_patterns
for address in ("/admin/login/", "/relecture/carte/", "/api/v1/schema/"):
    response = Client().get(address, headers={"host": "localhost"})
    assert response.status_code in (200, 302), (address, response.status_code)
from observations.models import User
client = Client(headers={"host": "localhost"})
client.force_login(User.objects.create_superuser("admin@example.test"))
for address in ("/admin/", "/admin/observations/observation/", "/admin/observations/neighbourhood/"):
    assert client.get(address).status_code == 200, address
assert "django.contrib.gis" not in sys.modules, "GeoDjango is imported"
print("without GDAL")
"""


def test_everything_loads_and_answers_without_gdal(tmp_path: Path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nouveaux_accords.settings",
        "VAR_DIR": str(tmp_path),
        # An administrator enters without a second factor.
        "DEMO": "1",
    }
    environment.pop("DATABASE_URL", None)
    root = Path(__file__).resolve().parent.parent
    (tmp_path / "static").symlink_to(settings.STATIC_ROOT)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=root, env=environment, check=True)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith("without GDAL\n"), done.stderr
