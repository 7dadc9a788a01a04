"""Nobody's words in a log line."""

import logging

from nouveaux_accords.logs import QuietFormatter

CANARY = "ma voisine du neuvième"


def record(message: str, exc_info=None) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, None, exc_info)


def test_an_exception_says_what_and_where_but_not_its_value() -> None:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        line = QuietFormatter().format(
            record("Internal Server Error: /saisie/", (ValueError, error, error.__traceback__))
        )
    assert CANARY not in line
    assert "ValueError" in line
    assert "test_logs.py" in line


def test_a_query_string_is_cut() -> None:
    line = QuietFormatter().format(record(f"Not Found: /relecture/?q={CANARY}"))
    assert CANARY not in line
    assert "/relecture/" in line


def test_a_link_s_key_is_not_written() -> None:
    line = QuietFormatter().format(record("Not Found: /s/zq-secret_token/synthese.pdf"))
    assert "zq-secret_token" not in line
    assert "/s/…/synthese.pdf" in line
