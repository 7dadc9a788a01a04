"""`make demo` as a newcomer meets it: from nothing, served for real, started again."""

import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import datetime
from http.cookiejar import CookieJar
from zoneinfo import ZoneInfo

from tests.proof.conftest import Server

PASSWORD = "demo-nouveaux-accords"


class Visitor:
    """A browser without JavaScript: cookies, pages, forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        return self.opener.open(self.address + path, timeout=30).read().decode()

    def post(self, path: str, page: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, "the page holds no form"
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self.opener.open(self.address + path, body, timeout=30).read().decode()

    def sign_in(self, local: str) -> str:
        page = self.get("/compte/login/")
        return self.post("/compte/login/", page, login=f"{local}@demo.test", password=PASSWORD)


def demonstration(server: Callable[..., Server]) -> Server:
    demo = server(DEMO="1")
    assert demo.manage("migrate", "--verbosity", "0").returncode == 0
    loaded = demo.manage("demo")
    assert PASSWORD in loaded.stdout
    demo.start()
    return demo


def count(demo: Server) -> int:
    code = "from observations.models import Observation; print(Observation.objects.count())"
    return int(demo.manage("shell", "--no-imports", "-c", code).stdout)


def test_each_account_enters_by_its_password_and_finds_its_work(server: Callable[..., Server]) -> None:
    demo = demonstration(server)
    expected = {
        "agent": "Nouvelle observation",
        "agent2": "Nouvelle observation",
        "cdsu": "Relecture",
        "partenaire": "Synthèses",
        "conseil": "Quatre portes",
        "admin": "Administration",
    }
    for local, title in expected.items():
        assert title in Visitor(demo.address).sign_in(local), local


def test_a_second_start_keeps_what_was_entered(server: Callable[..., Server]) -> None:
    demo = demonstration(server)
    before = count(demo)
    assert before > 500
    visitor = Visitor(demo.address)
    page = visitor.sign_in("agent")
    identifier = re.search(r'name="id" value="([0-9a-f-]{36})"', page)
    assert identifier
    visitor.post(
        "/saisie/",
        page,
        id=identifier[1],
        words="Le banc de la place est réparé, on s’y assoit de nouveau.",
        nature="atout",
        theme="cadre",
        neighbourhood="QN05961M",
        agreement="oui",
        observed_on=f"{datetime.now(ZoneInfo('Europe/Paris')):%Y-%m-%d}",
    )
    demo.stop()
    assert demo.manage("demo").returncode == 0
    demo.start()
    assert count(demo) == before + 1
    assert "Le banc de la place" in visitor.get("/mes-observations/")


def test_without_demo_the_application_refuses_to_serve_demonstration_accounts(
    server: Callable[..., Server],
) -> None:
    demonstration(server).stop()
    real = server()
    refused = real.manage("shell", "--no-imports", "-c", "import nouveaux_accords.wsgi")
    assert refused.returncode != 0
    assert "demonstration accounts" in refused.stderr


def test_production_refuses_to_start_without_a_secret(server: Callable[..., Server]) -> None:
    refused = server(ALLOWED_HOSTS="accords.example.org", SECRET_KEY="").manage("check")
    assert refused.returncode != 0
    assert "SECRET_KEY" in refused.stderr
