"""The desk's suggestion of a theme: what it reads, what carried it, when it is shown."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from observations.suggest import Learned, Suggestion, differs, lexicon, telling

LEXICON = lexicon((Path(__file__).parent.parent / "static" / "js" / "lexicon.js").read_text())


def test_the_phone_s_lexicon_is_read_whole() -> None:
    assert len(LEXICON) == 14
    assert LEXICON["logement"]["ascenseur"] == 18
    assert LEXICON["logement"]["cafard"] == 12


def test_the_words_that_carried_it_are_said_as_they_were_written() -> None:
    found = Learned.start(LEXICON).suggest("De la MOISISSURE partout dans l’appartement, c’est humide.")
    assert found
    assert found.theme == "logement"
    assert {"moisissure", "humide"} & set(found.words)


def test_what_reviewers_accept_is_learnt_and_can_be_taken_back() -> None:
    learned = Learned.start(LEXICON)
    assert learned.suggest("zibeline") is None
    for _ in range(30):
        learned.read("sante", telling("La zibeline encore."))
    found = learned.suggest("Une zibeline.")
    assert found
    assert (found.theme, found.words[0]) == ("sante", "zibeline")
    for _ in range(30):
        learned.read("sante", telling("La zibeline encore."), times=-1)
    assert learned.suggest("zibeline") is None


def test_it_is_shown_only_when_sure_and_other_than_chosen() -> None:
    assert differs(Suggestion("sante", 0.96, ["médecin"]), "logement")
    assert not differs(Suggestion("sante", 0.96, ["médecin"]), "sante")
    assert not differs(Suggestion("sante", 0.9, ["médecin"]), "logement")
    assert not differs(Suggestion("sante", 0.99, []), "logement")
    assert not differs(None, "logement")


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = Learned.start(LEXICON).suggest(text)
    assert found is None or (0 < found.probability <= 1.000001 and len(found.words) <= 3)
