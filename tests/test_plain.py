"""Advice for a plainer text: long sentences, jargon, initials."""

from hypothesis import given
from hypothesis import strategies as st

from observations.plain import LONG, advice


def said(text: str) -> list[str]:
    return [each.passage for each in advice(text)]


def test_a_plain_text_gets_none() -> None:
    assert advice("L’ascenseur est réparé. Une affiche donne la date, à chaque panne.") == []


def test_a_sentence_that_is_read_twice_is_pointed_at() -> None:
    assert said("mot " * LONG) == []
    assert len(said("mot " * (LONG + 1))) == 1


def test_jargon_is_told_with_plain_words_instead() -> None:
    assert said("Suite à la réunion du COPIL, la mise en œuvre du dispositif est engagée.") == [
        "COPIL",
        "dispositif",
        "mise en œuvre",
        "suite à",
    ]


def test_initials_are_to_be_said_in_full() -> None:
    assert said("Allez voir la CAF.") == ["CAF"]


@given(st.text(max_size=400))
def test_any_text_is_taken(text: str) -> None:
    advice(text)
