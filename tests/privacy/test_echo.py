"""Raw words are recognised in what goes out, whatever their accents; five in a row are anybody's."""

from hypothesis import given
from hypothesis import strategies as st

from observations.privacy.echo import RUN, echoes

SAID = "Mon ascenseur est en panne depuis trois semaines, personne ne dit rien"


def test_six_words_in_a_row_are_somebodys_sentence() -> None:
    assert echoes("Ici : ASCENSEUR EST EN PANNE DEPUIS TROIS jours", [SAID]) == [
        "ASCENSEUR EST EN PANNE DEPUIS TROIS"
    ]
    assert echoes("L’ascenseur est en panne depuis longtemps", [SAID]) == []


def test_accents_and_punctuation_hide_nothing() -> None:
    assert echoes("depuis trois semaines… personne, né dit « rien »", [SAID]) == [
        "depuis trois semaines… personne, né dit « rien"
    ]


def test_what_a_reviewer_wrote_for_others_may_be_said() -> None:
    assert echoes(SAID, [SAID], allowed=[SAID]) == []


@given(st.text(), st.text())
def test_a_passage_is_always_in_the_text(text: str, said: str) -> None:
    assert all(passage in text for passage in echoes(text, [said, text]))


@given(st.lists(st.sampled_from(["un", "deux", "trois", "quatre", "cinq", "six"]), min_size=RUN))
def test_a_text_repeats_itself(words: list[str]) -> None:
    text = " ".join(words)
    assert echoes(text, [text]) == [text]
