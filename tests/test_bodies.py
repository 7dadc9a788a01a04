"""What no view read is read all the same: an unread message breaks the connection, and the answer with it."""

from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from nouveaux_accords import bodies


def sent(size: int) -> tuple[HttpResponse, BytesIO]:
    wire = BytesIO(b"x" * size)
    request = RequestFactory().generic("PUT", "/", CONTENT_LENGTH=str(size), **{"wsgi.input": wire})
    return bodies.read_to_the_end(lambda request: HttpResponse(status=401))(request), wire


@pytest.mark.parametrize("size", [0, 1, bodies.CHUNK, 3 * bodies.CHUNK + 1])
def test_a_refused_message_is_read_to_its_end(size: int) -> None:
    answer, wire = sent(size)
    assert (answer.status_code, wire.tell()) == (401, size)


def test_an_endless_message_is_not() -> None:
    _, wire = sent(bodies.READ_MAX + bodies.CHUNK)
    assert wire.tell() == bodies.READ_MAX


def test_a_client_that_leaves_breaks_nothing() -> None:
    class Gone(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError

    request = RequestFactory().generic("PUT", "/", CONTENT_LENGTH="9", **{"wsgi.input": Gone()})
    assert bodies.read_to_the_end(lambda request: HttpResponse())(request).status_code == 200


def test_what_a_view_read_stays_readable_for_it() -> None:
    request = RequestFactory().put("/", b"abc", content_type="text/plain")
    assert bodies.read_to_the_end(lambda request: HttpResponse(request.body))(request).content == b"abc"
