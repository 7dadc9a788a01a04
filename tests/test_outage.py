"""A database away, a full disk: 503 and when to come back; reading goes on where nothing is written."""

import errno
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, connection
from django.urls import reverse

from nouveaux_accords.logs import QuietFormatter
from nouveaux_accords.outage import is_outage
from observations.gestures import KEY
from tests import factories
from tests.capture.wire import patch, payload, put

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def sqlite_error(path: Path, sql: str, uri: str = "", before: str = "") -> sqlite3.Error:
    """What SQLite really raises for `sql`, after `before`, on a database of one table that holds one row."""
    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1);")
    with closing(sqlite3.connect(uri or path, uri=bool(uri), timeout=0)) as opened:
        opened.executescript(before)
        with pytest.raises(sqlite3.Error) as caught:
            opened.execute(sql)
    return caught.value


def as_django_raises(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    error = kind(str(cause))
    error.__cause__ = cause
    return error


def locked(path: Path) -> sqlite3.Error:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with closing(sqlite3.connect(path, timeout=0)) as late, pytest.raises(sqlite3.Error) as caught:
            late.execute("BEGIN IMMEDIATE")
    return caught.value


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(locked, id="locked"),
        pytest.param(
            lambda path: sqlite_error(
                path, "INSERT INTO t VALUES (zeroblob(100000))", before="PRAGMA max_page_count=2"
            ),
            id="full",
        ),
        pytest.param(
            lambda path: sqlite_error(path, "INSERT INTO t VALUES (2)", uri=f"file:{path}?mode=ro"),
            id="read only",
        ),
    ],
)
def test_what_sqlite_cannot_do_for_now_is_an_outage(tmp_path: Path, trouble) -> None:
    assert is_outage(as_django_raises(trouble(tmp_path / "db")))


@pytest.mark.parametrize("sql", ["SELECT x FROM nothing", "SELECT nothing FROM t", "SELEKT"])
def test_a_mistake_in_a_query_is_not(tmp_path: Path, sql: str) -> None:
    assert not is_outage(as_django_raises(sqlite_error(tmp_path / "db", sql)))


def test_a_postgresql_that_does_not_answer_is_an_outage() -> None:
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect("postgres://nobody@127.0.0.1:1/none", connect_timeout=2)
    assert is_outage(as_django_raises(caught.value))
    assert is_outage(as_django_raises(psycopg.InterfaceError("the connection is closed"), InterfaceError))


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_full_disk_is_an_outage(code: int) -> None:
    assert is_outage(OSError(code, "no"))


@pytest.mark.parametrize("error", [None, OSError(errno.ENOENT, "no"), ValueError(), DataError()])
def test_anything_else_is_not(error: Exception | None) -> None:
    assert not is_outage(error)


def test_an_outage_is_found_behind_the_exception_that_it_caused() -> None:
    error = ValueError()
    error.__context__ = OperationalError()
    assert is_outage(error)


@pytest.fixture
def client(client):
    """Sees the answer to an exception, as a browser does."""
    client.raise_request_exception = False
    return client


def away(execute, sql, params, many, context):
    raise OperationalError("server closed the connection: CANARI")


def full(execute, sql, params, many, context):
    if not sql.lstrip().upper().startswith("SELECT"):
        raise OperationalError("database or disk is full: CANARI")
    return execute(sql, params, many, context)


def session_refused(execute, sql, params, many, context):
    if sql.startswith("UPDATE") and "django_session" in sql:
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


SENDINGS = {
    "PUT": put,
    "PATCH": patch,
    "token": lambda client: client.get(reverse("token"), headers={"Accept": "*/*"}),
    "map": lambda client: client.get("/api/v1/quartiers/", headers={"Accept": "application/json"}),
}


@pytest.mark.parametrize("send", SENDINGS.values(), ids=SENDINGS)
def test_a_script_is_told_in_json_when_to_come_back(agent, signed_in, send) -> None:
    phone = signed_in(agent)
    with connection.execute_wrapper(away):
        answer = send(phone)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert answer.json()["errors"]["__all__"]


@pytest.mark.parametrize("path", ["/", "/saisie/", "/mes-observations/", "/compte/login/code/", "/rien/"])
def test_a_person_is_told_on_a_page_that_needs_no_database(agent, signed_in, path: str) -> None:
    browser = signed_in(agent)
    with connection.execute_wrapper(away):
        answer = browser.get(path, headers=PAGE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "indisponible un instant" in answer.content.decode()


@pytest.mark.django_db
def test_the_monitor_is_answered_during_an_outage(client) -> None:
    with connection.execute_wrapper(away):
        answer = client.get("/sante/")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_a_disk_that_is_full_refuses_a_sending_and_serves_what_is_read(agent, signed_in, banc_vert) -> None:
    key = uuid.uuid4()
    phone = signed_in(agent)
    put(phone, id=key)
    with connection.execute_wrapper(full):
        assert put(phone, payload(words="Autre.")).status_code == 503
        assert put(phone, id=key).status_code == 200
        assert phone.get(reverse("token")).status_code == 200
        assert "ascenseur" in phone.get("/mes-observations/", headers=PAGE).content.decode()


def test_a_page_is_served_when_its_session_cannot_be_written(cdsu, signed_in) -> None:
    browser = signed_in(cdsu)
    observation = factories.ObservationFactory()
    session = browser.session
    session[KEY] = {"batch": str(uuid.uuid4()), "says": "Une observation retenue."}
    session.save()
    with connection.execute_wrapper(full):
        answer = browser.get("/relecture/", headers=PAGE)
    assert answer.status_code == 200
    assert observation.words[:10] in answer.content.decode()


def test_a_gesture_whose_session_cannot_be_written_says_so(cdsu, signed_in) -> None:
    browser = signed_in(cdsu)
    decide = reverse("review_decide", args=[factories.ObservationFactory().pk])
    with connection.execute_wrapper(session_refused):
        answer = browser.post(decide, {"revision": 1, "status": "retenue"}, headers=PAGE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_bug_is_not_an_outage(agent, signed_in, monkeypatch) -> None:
    monkeypatch.setattr("observations.capture.views.blank", lambda *_: 1 / 0)
    answer = signed_in(agent).get("/saisie/", headers=PAGE)
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


def test_an_outage_leaves_no_word_in_the_logs(agent, signed_in, caplog) -> None:
    phone = signed_in(agent)
    with connection.execute_wrapper(away):
        put(phone, payload(words="CANARI"))
    assert caplog.records
    assert "CANARI" not in "".join(QuietFormatter().format(record) for record in caplog.records)
