from datetime import date

import pytest
from django.template import Context, Engine
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.typography import (
    french,
    from_to,
    in_month,
    long_date,
    month_name,
    near_date,
    number,
    of_month,
    quoted,
    short_month,
)

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("raw", "set_right"),
    [
        ("Quoi ?", f"Quoi{N}?"),
        ("Quoi?!", f"Quoi{N}?!"),
        ("Oui ; non", f"Oui{N}; non"),
        ("« Bonjour »", f"«{N}Bonjour{N}»"),
        ("«Bonjour!»", f"«{N}Bonjour{N}!{N}»"),
        ("Ceci : cela", f"Ceci{B}: cela"),
        ("Ceci: cela", f"Ceci{B}: cela"),
        ("à 12:30, bus 5:20", "à 12:30, bus 5:20"),
        ("l'ascenseur d'en bas", "l’ascenseur d’en bas"),
        ("dire l'« école »", f"dire l’«{N}école{N}»"),
        ("attendre...", "attendre…"),
        ("(?) et a?b ;)", "(?) et a?b ;)"),
        ("(quoi?)", f"(quoi{N}?)"),
        ("à 200 m, 20 % ou 3 € de plus", f"à 200{B}m, 20{B}% ou 3{B}€ de plus"),
        ("le bus de 5 h 20 passe à 6 h", f"le bus de 5{B}h{B}20 passe à 6{B}h"),
        ("2 mots, 3 hommes et 4 m'ont dit", "2 mots, 3 hommes et 4 m’ont dit"),
        (
            "voir https://exemple.fr/a?b=1;c'd... ici",
            "voir https://exemple.fr/a?b=1;c'd... ici",
        ),
        ("", ""),
    ],
)
def test_french_sets_spaces_apostrophes_and_ellipses(raw: str, set_right: str) -> None:
    assert french(raw) == set_right


@settings(max_examples=400)
@given(st.text(alphabet=st.sampled_from("aé1h% '.:;!?«»“()\n\t\u00a0\u202fw/htps…-")))
def test_french_applied_twice_changes_nothing_more(text: str) -> None:
    assert french(french(text)) == french(text)


@given(st.text())
def test_french_never_loses_a_letter(text: str) -> None:
    def letters(value: str) -> str:
        return "".join(filter(str.isalnum, value))

    assert letters(french(text)) == letters(text)


def test_quoted_turns_inner_guillemets_into_double_quotes() -> None:
    assert quoted("Il a dit « non » !") == f"«{N}Il a dit “non”{N}!{N}»"
    assert quoted('Il a dit "non"') == f"«{N}Il a dit “non”{N}»"
    assert quoted(" « Déjà entre guillemets » ") == f"«{N}Déjà entre guillemets{N}»"


def test_numbers_take_narrow_groups_and_a_decimal_comma() -> None:
    assert number(1609) == f"1{N}609"
    assert number(12) == "12"
    assert number(17.333) == "17,3"
    assert number(17.0) == "17"
    assert number(1234567.25) == f"1{N}234{N}567,2"


def test_months_and_dates_are_french_whatever_the_locale() -> None:
    assert month_name(date(2026, 10, 1)) == "octobre 2026"
    assert [of_month(date(2026, m, 1)) for m in (4, 8, 9, 10)] == [
        "d’avril",
        "d’août",
        "de septembre",
        "d’octobre",
    ]
    assert in_month(date(2026, 10, 1)) == "en octobre"
    assert short_month(date(2026, 2, 1)) == "févr."
    assert long_date(date(2026, 11, 5)) == f"5{B}novembre 2026"
    assert long_date(date(2026, 11, 1)) == f"1er{B}novembre 2026"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 1), date(2026, 11, 28), f"du{B}1er au{B}28{B}novembre 2026"),
        (date(2026, 10, 5), date(2026, 11, 1), f"du{B}5{B}octobre au{B}1er{B}novembre 2026"),
        (date(2025, 11, 28), date(2026, 1, 2), f"du{B}28{B}novembre 2025 au{B}2{B}janvier 2026"),
        (date(2026, 10, 5), date(2026, 10, 5), f"le{B}5{B}octobre 2026"),
    ],
)
def test_two_days_are_said_without_saying_twice(first: date, last: date, said: str) -> None:
    assert from_to(first, last) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "aujourd’hui"),
        (date(2026, 11, 22), "hier"),
        (date(2026, 11, 19), "19\u00a0nov."),
        (date(2026, 11, 1), "1er\u00a0nov."),
        (date(2025, 12, 31), "31\u00a0déc.\u00a02025"),
        (date(2026, 11, 24), "24\u00a0nov."),
    ],
)
def test_a_near_date_is_said_as_people_say_it(day: date, said: str) -> None:
    assert near_date(day, date(2026, 11, 23)) == said


@pytest.mark.parametrize(("n", "shown"), [(0, "0 parole, a"), (1, "1 parole, a"), (2, "2 paroles, ont")])
def test_templates_count_as_french_does(n: int, shown: str) -> None:
    template = Engine.get_default().from_string('{{ n }} parole{{ n|pluralize }}, {{ n|pluralize:"a,ont" }}')
    assert template.render(Context({"n": n})) == shown
