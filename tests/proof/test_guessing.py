"""Somebody who guesses codes, and programs that open links, against several processes at the same time."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.proof.conftest import Server

PROCESSES = 3
GUESSES = 50
EVALUATED_AT_MOST = 10
CODE_PAGE = "/compte/login/code/"
CONFIRM_PAGE = "/compte/login/code/confirm/"

# Loaded by each process before the application: one line for each code compared with the one expected.
WITNESS = """
import os
from allauth.core.internal import cryptokit
compare = cryptokit.compare_user_code
def witnessed(*, actual, expected):
    descriptor = os.open({path!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, b"1\\n")
    os.close(descriptor)
    return compare(actual=actual, expected=expected)
cryptokit.compare_user_code = witnessed
"""
OPEN_ACCOUNT = """
from observations.models import User
user = User(email="agent@example.test", role="agent")
user.set_unusable_password()
user.save()
"""
CODES = """
import json
from django.contrib.sessions.models import Session
found = {}
for session in Session.objects.all():
    data = session.get_decoded()
    pending = data.get("account_login", {}).get("state", {}).get("stages", {}).get("login_by_code", {})
    code = pending.get("data", {}).get("code") or data.get("code_by_email", {}).get("code")
    if code:
        found[session.pk] = code
print(json.dumps(found))
"""
INVITE = """
from observations.actions.invitations import invite
from observations.models import User
by = User.objects.create_superuser("admin@example.test")
print(invite(role="agent", neighbourhoods=[], email="", by=by)[1])
"""
COUNTS = """
import json
from observations.models import Device, Invitation, User
print(json.dumps([
    User.objects.filter(role="agent").count(),
    Device.objects.filter(user__role="agent").count(),
    Invitation.objects.filter(accepted_at=None).count(),
]))
"""


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


class Visitor:
    """A browser without JavaScript that claims another address at each request."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self.asked = 0

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, where it leads, page."""
        self.asked += 1
        forged = f"198.51.100.{self.asked % 250}, 203.0.113.{self.asked % 199}"
        headers |= {"X-Forwarded-For": forged, "Accept": "text/html"}
        request = urllib.request.Request(self.address + path, body, headers)  # noqa: S310 - this machine
        opener = urllib.request.build_opener(Stay, urllib.request.HTTPCookieProcessor(self.jar))
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def form(self, path: str) -> str:
        """The token that the form of this page carries."""
        page = self.ask(path)[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        return token[1]

    def send(self, path: str, token: str, **fields: str) -> tuple[int, str, str]:
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self.ask(path, body)

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        return self.send(path, self.form(path), **fields)

    def cookie(self, name: str) -> str:
        return next(cookie.value or "" for cookie in self.jar if cookie.name == name)

    def at_once(self, path: str, bodies: list[dict[str, str]]) -> list[tuple[int, str, str]]:
        """All these forms sent together, in this one session."""
        token = self.form(path)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

        def send(fields: dict[str, str]) -> tuple[int, str, str]:
            body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
            alone = Visitor(self.address)
            alone.asked = int(fields.get("n", "0"))
            return alone.ask(path, body, Cookie=cookies)

        with ThreadPoolExecutor(len(bodies)) as pool:
            return list(pool.map(send, bodies))


def ran(server: Server, code: str) -> str:
    done = server.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def witness(tmp_path: Path) -> Path:
    return tmp_path / "compared"


@pytest.fixture
def door(server: Callable[..., Server], tmp_path: Path, witness: Path) -> Server:
    """Three processes, one account, no demonstration."""
    folder = tmp_path / "witness"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(WITNESS.format(path=str(witness)))
    one = server(
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend", DEMO="0", PYTHONPATH=str(folder)
    )
    one.migrate()
    ran(one, OPEN_ACCOUNT)
    one.start(workers=PROCESSES)
    return one


def compared(witness: Path) -> int:
    return len(witness.read_bytes().split()) if witness.exists() else 0


def waiting(door: Server, email: str = "agent@example.test") -> tuple[Visitor, str]:
    """A visitor for whom a code was sent, and that code."""
    visitor = Visitor(door.address)
    assert visitor.post(CODE_PAGE, email=email)[:2] == (302, CONFIRM_PAGE)
    return visitor, json.loads(ran(door, CODES))[visitor.cookie("sessionid")]


def test_fifty_guesses_at_once_from_rotating_addresses_are_hardly_looked_at(
    door: Server, witness: Path
) -> None:
    stranger, right = waiting(door)
    guesses = [{"code": f"BCDF-{letter}{other}BB", "n": str(n)} for n, (letter, other) in enumerate(PAIRS)]
    stranger.at_once(CONFIRM_PAGE, guesses)
    assert 0 < compared(witness) <= EVALUATED_AT_MOST
    # The code itself opens nothing any more,
    stranger.at_once(CONFIRM_PAGE if stranger.ask(CONFIRM_PAGE)[0] == 200 else CODE_PAGE, [{"code": right}])
    assert stranger.ask("/compte/")[0] == 302
    # and whose account it is gets in, at once, from the same network.
    owner, fresh = waiting(door)
    assert owner.post(CONFIRM_PAGE, code=fresh)[:2] == (302, "/")
    assert owner.ask("/compte/")[0] == 200


PAIRS = [(a, b) for a in "BCDFGHJKLM" for b in "BCDFG"]


def test_a_right_code_sent_many_times_at_once_opens_one_session(door: Server) -> None:
    visitor, right = waiting(door)
    answers = visitor.at_once(CONFIRM_PAGE, [{"code": right, "n": str(n)} for n in range(GUESSES)])
    assert [answer[:2] for answer in answers].count((302, "/")) == 1
    assert json.loads(ran(door, COUNTS))[1] == 1
    assert visitor.ask("/compte/")[0] == 302, "the session that was waiting is not the one that was opened"


def test_programs_that_open_links_use_up_no_invitation(door: Server) -> None:
    path = f"/compte/invitation/{ran(door, INVITE)}/"

    def look(n: int) -> int:
        request = urllib.request.Request(  # noqa: S310 - this machine
            door.address + path, method="HEAD" if n % 2 else "GET", headers={"Sec-Purpose": "prefetch"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(look, range(200))) == {200}
    assert json.loads(ran(door, COUNTS)) == [1, 0, 1]
    person = Visitor(door.address)
    assert person.post(path, name="Nouvelle", email="nouvelle@example.test")[0] == 302
    code = json.loads(ran(door, CODES))[person.cookie("sessionid")]
    assert person.post(path, code=code)[:2] == (302, "/")
    assert json.loads(ran(door, COUNTS)) == [2, 1, 0]
    assert Visitor(door.address).ask(path)[0] == 404


def test_ten_people_with_one_link_at_the_same_moment_open_one_account(door: Server) -> None:
    path = f"/compte/invitation/{ran(door, INVITE)}/"
    people = [Visitor(door.address) for _ in range(10)]
    for n, person in enumerate(people):
        assert person.post(path, name=f"Personne {n}", email=f"personne{n}@example.test")[0] == 302
    codes = json.loads(ran(door, CODES))
    # Each has the page open before the first sends: to whoever opens it later, the link says that it was used.
    tokens = [person.form(path) for person in people]
    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(
            pool.map(
                lambda one, token: one.send(path, token, code=codes[one.cookie("sessionid")]), people, tokens
            )
        )
    assert sorted(answer[0] for answer in answers) == [302] + 9 * [404]
    assert json.loads(ran(door, COUNTS)) == [2, 1, 0]
