"""A refusal reaches who sends, however long the message: nobody takes it for a network that broke."""

from collections.abc import Callable
from http.client import HTTPConnection

from tests.proof.conftest import Server


def test_a_long_message_that_no_view_reads_gets_its_answer(server: Callable[..., Server]) -> None:
    """Without the page's token: a middleware refuses before any view."""
    served = server()
    served.migrate()
    served.start()
    for size in (200_000, 10_000_000):
        connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
        connection.request("PUT", "/saisie/1b671a64-40d5-491e-99b0-da01ff1f3341/", b"x" * size)
        assert connection.getresponse().status == 403
