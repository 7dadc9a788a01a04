"""Stems, what a question asks for, and the passage that answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations import words
from observations.words import Piece


@pytest.mark.parametrize(
    "family",
    [
        "loyer loyers",
        "cassé cassée cassées casser cassent cassaient CASSE",
        "ferme ferment fermer fermé fermés",
        "dort dorment dormir",
        "attend attendre attendent attendait",
        "travail travaux",
        "logement logements",
        "école ecole écoles ECOLES",
        "e\u0301cole école",
        "œil yeux oeil",
        "vient viennent venir venue",
        "animal animaux",
    ],
)
def test_forms_of_a_word_meet(family: str) -> None:
    assert len({words.stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["panne pain", "bruit bus", "eau école", "5e 5", "moi mur"])
def test_other_words_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert words.stem(one) != words.stem(other)


def test_elision_is_no_word() -> None:
    assert words.stems("L’ascenseur qu'il aujourd’hui") == [
        "ascenseur",
        *words.stems("il aujourd hui"),
    ]


def test_a_question_leaves_out_what_every_text_has() -> None:
    assert words.query("l’ascenseur de la “tour B”") == [("tour", "b"), ("ascenseur",)]
    assert words.query("de la") == [("de",), ("la",)]
    assert words.query("… !") == []


@given(st.text(max_size=300))
def test_the_column_holds_nothing_but_ascii_words(text: str) -> None:
    column = words.column([text, text])
    assert column.isascii()
    assert all(stem.isalnum() and len(stem) <= 260 for stem in column.split())
    assert column.split().count(words.BREAK) <= 1


@given(st.text(max_size=200), st.text(max_size=40))
def test_a_passage_is_a_run_of_the_text(text: str, asked: str) -> None:
    pieces = words.passage(text, words.query(asked), around=20)
    run = "".join(piece.text for piece in pieces)
    assert run.removeprefix("… ").removesuffix(" …") in text or run in text
    assert not pieces or any(piece.found for piece in pieces)


def test_a_passage_says_where_text_was_left_out() -> None:
    text = "Depuis des mois on demande et personne ne vient : l’ascenseur est en panne, voilà, encore et toujours."
    assert words.passage(text, words.query("ascenseurs"), around=16) == [
        Piece("… ne vient : l’", False),
        Piece("ascenseur", True),
        Piece(" est en …", False),
    ]


def test_a_phrase_is_marked_whole() -> None:
    assert words.passage("Il est en panne.", words.query("« en panne »")) == [
        Piece("Il est ", False),
        Piece("en panne", True),
        Piece(".", False),
    ]


def test_a_text_that_does_not_answer_has_no_passage() -> None:
    assert words.passage("Rien.", words.query("bus")) == []
