"""The door, the monitor, the errors, what every answer carries."""

import re
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError
from django.templatetags.static import static
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_unknown_visitor_is_sent_to_the_sign_in_page(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/compte/login/?next=/"


def test_the_monitor_gets_200_when_database_and_disk_answer(client: Client) -> None:
    answer = client.get("/sante/")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "disk": True})


def test_the_monitor_gets_503_naming_what_is_away(client: Client) -> None:
    with mock.patch("observations.views.connection.cursor", side_effect=DatabaseError):
        answer = client.get("/sante/")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "disk": True})


def test_every_page_forbids_inline_scripts_and_strangers(client: Client) -> None:
    policy = client.get("/compte/login/code/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    origins = {word for word in policy.replace(";", " ").split() if word.startswith("http")}
    assert origins == {"https://data.geopf.fr"}


@pytest.mark.parametrize("path", ["/compte/inactive/", "/rien/", "/api/v1/schema/"])
def test_an_answer_that_says_nothing_of_caches_is_its_reader_s_alone(client: Client, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, no-cache"


def test_a_message_too_large_is_refused_in_french(client: Client) -> None:
    answer = client.post("/compte/login/code/", {"email": "a" * 1_100_000})
    assert answer.status_code == 400
    assert "trop long" in answer.content.decode()


def test_comments_of_our_own_files_do_not_travel() -> None:
    for name in ("js/capture.js", "js/queue.js", "css/capture.css"):
        with staticfiles_storage.open(static(name).removeprefix(settings.STATIC_URL)) as file:
            served = file.read().decode().splitlines()
        assert len(served) > 10
        assert not [line for line in served if line.lstrip().startswith(("//", "/*", "* "))]


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([a-z-]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text()))
    named = {
        (path.name, name)
        for path in Path(settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text())
    }
    assert [each for each in sorted(named) if each[1] not in drawn] == []
