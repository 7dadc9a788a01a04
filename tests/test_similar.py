"""What may say the same, and what may be one scene written twice: hand-made cases with known answers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from observations import words
from observations.similar import SHOWN, Text, alike, content

DAY = date(2026, 11, 10)
NOISE = [
    "Le bus du dimanche ne passe plus après dix-huit heures.",
    "On a fait une fête des voisins, quarante personnes.",
    "La cantine est trop chère pour les familles.",
    "Il fait froid dans les chambres, les fenêtres laissent passer l’air.",
]


def text(said: str, key: str = "autre", **other: object) -> Text:
    given_ = {"theme": "logement", "place": "QN1", "cell": (1, 1), "day": DAY} | other
    return Text(key, content(words.stems(said)), **given_)  # type: ignore[arg-type]


def noise() -> list[Text]:
    return [text(said, f"bruit {n}", theme="lien", cell=(9, n)) for n, said in enumerate(NOISE)]


PANNE = "L’ascenseur de la tour est en panne depuis trois semaines, ma voisine ne descend plus."
AGAIN = "Encore l’ascenseur de la tour en panne : la voisine ne peut plus descendre."


def test_the_same_thing_in_other_words_is_found_with_what_is_shared() -> None:
    found = alike(text(PANNE, "lu"), [text(AGAIN, "proche", cell=(5, 5), day=date(2026, 10, 1)), *noise()])
    assert [one.key for one in found] == ["proche"]
    assert {"ascenseur", "pann"} <= set(found[0].shared)
    assert (found[0].same_text, found[0].same_cell, found[0].same_scene) == (False, False, False)


def test_neighbours_who_speak_of_other_things_are_not_alike() -> None:
    here = text("La cour est pleine de voitures.", "voisin")
    assert alike(text(PANNE, "lu"), [here, *noise()]) == []


def test_what_is_near_in_time_place_and_words_may_be_one_scene() -> None:
    one = text(PANNE, "lu")
    twice = text(PANNE.replace("ma voisine", "une voisine"), "double", day=date(2026, 11, 11))
    found = alike(one, [twice, *noise()])
    assert (found[0].key, found[0].same_scene, found[0].same_text) == ("double", True, True)


def test_another_day_or_another_place_is_no_double() -> None:
    for other in ({"day": date(2026, 11, 12)}, {"cell": (7, 7)}):
        found = alike(text(PANNE, "lu"), [text(PANNE, "même texte", **other), *noise()])
        assert found[0].same_text
        assert not found[0].same_scene, other


def test_without_a_point_the_neighbourhood_is_the_place() -> None:
    found = alike(text(PANNE, "lu", cell=None), [text(PANNE, "double", cell=None), *noise()])
    assert found[0].same_scene
    far = alike(text(PANNE, "lu", cell=None), [text(PANNE, "loin", cell=None, place="QN2"), *noise()])
    assert not far[0].same_scene


TEXTS = st.lists(st.sampled_from(PANNE.split() + AGAIN.split()), max_size=12).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_likeness_is_mutual_bounded_and_never_with_nothing(said: list[str]) -> None:
    texts = [text(one, str(n)) for n, one in enumerate(said)]
    found = alike(texts[0], texts[1:])
    assert len(found) <= SHOWN
    assert all(0 < one.score <= 1 and one.shared for one in found)
    for one in found:
        other = texts[int(str(one.key))]
        back = {a.key: a.score for a in alike(other, [t for t in texts if t.key != other.key])}
        assert back.get("0", one.score) == one.score
