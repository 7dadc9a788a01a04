"""Texts with a passage to find, and clean ones: written by hand (tests/cases), and drawn here from a fixed seed.

tests/cases/detection_blind.json was written by somebody who had not seen the patterns. Never take a case out of it.
"""

# ruff: noqa: SIM905 - lists of words read better as a line

import json
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).resolve().parents[1] / "cases"
IDENTIFIERS = {"phone", "email", "plate", "nir", "iban"}
PASSAGES = {"name", "address", "flat"}
DRAWN = 1_200


class Case(NamedTuple):
    """`passage` is part of `text`; empty for a clean one."""

    text: str
    kind: str
    passage: str


def by_hand() -> list[Case]:
    return _read("detection.json")


def blind() -> list[Case]:
    return _read("detection_blind.json")


def _read(name: str) -> list[Case]:
    rows = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [Case(row["text"], row["kind"], row["passage"]) for row in rows]


# --- drawn ------------------------------------------------------------------------------------------------

FIRST_NAMES = (
    "Aïcha Amadou Bérénice Chloé Djamila Elżbieta Fatoumata Gaëlle Hervé Ibrahim Joëlle Karim Léa Mohamed Nadège"
    " Ousmane Patrick Quentin Rachid Soraya Thérèse Ugo Véronique Wassim Xavier Yasmine Zoé Kévin Samira Jean-Pierre"
    " Marie-Claude Mamadou Inès Hélène Théo Linh Mehmet Ayşe João Andreea Svetlana Priya Abdoulaye Nour Lucienne"
).split()
SURNAMES = "Vandamme Benali Lefebvre Diallo Nguyen Öztürk Ferreira Kowalski El-Amrani Dewaele Traoré Da-Silva".split()
KIN = (
    "ma voisine, mon voisin, son fils, sa fille, mon mari, ma femme, sa mère, mon père, sa copine,"
    " mon oncle, ma tante, sa sœur, notre gardien, la concierge, ma cousine, ma collègue, mon ex, leur bébé"
).split(", ")
CIVILITIES = "M. ,Mr ,Mme ,Mlle ,Monsieur ,Madame ,monsieur ,madame ,mme ,mr ,Dr ,docteur ".split(",")
STREETS = (
    "rue des Lilas, avenue Jean Jaurès, boulevard de la Mer, impasse du Moulin, place de la République, bd Carnot,"
    " allée des Peupliers, quai Vauban, av. du Général Leclerc, chemin Vert, rue Pasteur, square des Acacias"
).split(", ")
FLOORS = (
    "au 3e étage, au 4ème étage, 2eme etage, au troisième étage, étage 5, au 7 ème étage, 1er étage, 12è étage,"
    " appartement 12, appt 34, appart n° 7, apt 3B, logement 214, porte 8, porte C, porte de gauche, escalier B,"
    " esc. 2, cage d’escalier C, entrée 4, hall B, la dame du 5e, le voisin du rez-de-chaussée, mon mari du 2ème,"
    " elle habite au 6e, il vit au rez de chaussée, 3e gauche, 2ème à droite, appartement de droite, studio 12"
).split(", ")
AROUND = (
    "Hier {} m’a parlé du chauffage.",
    "{} attend une réponse depuis un mois",
    "On m’a dit que {}, et rien ne bouge.",
    "L’ascenseur est en panne, {} ne sort plus.",
    "bjr {} dit ke sa pu dans le couloir",
    "Il faut voir avec {} pour les clés.",
)
CLEAN = (
    "L’ascenseur est en panne depuis {n} jours.",
    "Il y a {n} personnes au café des parents, on a parlé de l’école Jean Jaurès.",
    "Un immeuble de {n} étages sans ascenseur, c’est dur avec une poussette.",
    "Le bus n° {n} ne passe plus après 20 h 30.",
    "Ma voisine m’aide pour les papiers, {n} fois ce mois-ci.",
    "Mon fils a {n} ans et pas de place au foot.",
    "Les jeunes du quartier demandent {n} bancs place de la Mairie.",
    "La dame a attendu {n} heures à l’accueil de la préfecture.",
    "Le loyer a pris {n} euros, la facture est passée de 120 à 245 euros.",
    "Ma mère dit que le marché du 14 juillet était plus beau avant.",
    "Rendez-vous le 12/03/2026 à 14 h 30 à la maison de quartier.",
    "Monsieur le maire est venu, il a promis {n} lampadaires.",
    "Le docteur part à la retraite, il faut {n} mois pour un rendez-vous.",
    "Un logement de {n} pièces pour six, on dort dans le salon.",
    "Elle a {n} enfants, elle cherche {n} places en crèche.",
    "Mes voisins sont gentils, on partage un potager de {n} mètres carrés.",
    "Madame, pourquoi les poubelles débordent depuis {n} semaines ?",
    "Il reste {n} place de parking pour tout l’immeuble.",
    "Le petit a eu peur du chien, on évite le square.",
    "On veut {n} cours de français par semaine, le soir si possible.",
)


def drawn() -> list[Case]:
    """The same cases each time."""
    chance = random.Random(20261125)
    makers: list[Callable[[random.Random], tuple[str, str]]] = [
        _phone, _email, _plate, _nir, _iban, _name, _name, _name, _address, _address, _flat, _flat,
    ]  # fmt: skip
    cases = [_placed(chance, *makers[i % len(makers)](chance)) for i in range(DRAWN)]
    for i in range(DRAWN // 4):
        text = CLEAN[i % len(CLEAN)].format(n=chance.randint(2, 30))
        cases.append(Case(_written(chance, text), "clean", ""))
    return cases


def _placed(chance: random.Random, kind: str, passage: str) -> Case:
    written = passage if kind in {"email", "iban"} else _written(chance, passage)
    return Case(chance.choice(AROUND).format(written), kind, written)


def _written(chance: random.Random, text: str) -> str:
    """As people type: accents left out, capitals left out or everywhere, no-break spaces, accents in two characters."""
    ways: list[Callable[[str], str]] = [
        str,
        str,
        str.lower,
        str.upper,
        _plain,
        lambda t: _plain(t).lower(),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: t.replace("’", "'"),
    ]
    return chance.choice(ways)(text)


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _phone(chance: random.Random) -> tuple[str, str]:
    prefix = chance.choice(["0", "0", "0", "+33", "+33 ", "0033 ", "+33 (0)"])
    rest = chance.choice("1234567") + _digits(chance, 8)
    separator = chance.choice([" ", ".", "-", "", "\u00a0", "/", "  ", " - "])
    if prefix == "0":
        pairs = ["0" + rest[0], *(rest[i : i + 2] for i in range(1, 9, 2))]
        return "phone", separator.join(pairs)
    return "phone", prefix + separator.join([rest[0], *(rest[i : i + 2] for i in range(1, 9, 2))])


def _email(chance: random.Random) -> tuple[str, str]:
    first, last = (_plain(chance.choice(names)).lower() for names in (FIRST_NAMES, SURNAMES))
    local = chance.choice(
        [f"{first}.{last}", f"{first}{_digits(chance, 2)}", f"{last}_{first[0]}", f"{first}-{last}"]
    )
    sign = chance.choice(["@", "@", "@", " @ ", " arobase ", "(at)", " [at] "])
    return "email", f"{local}{sign}exemple.{chance.choice(['fr', 'com', 'org', 'net'])}"


def _plate(chance: random.Random) -> tuple[str, str]:
    letters = "ABCDFGHJKLMNPQRSTVWXZ"
    two = [chance.choice(letters) + chance.choice("BCFGHJKLQWXZ") for _ in range(2)]
    separator = chance.choice(["-", " ", "", "."])
    if chance.random() < 0.3:
        return "plate", separator.join(
            [str(chance.randint(100, 9999)), two[0], f"{chance.randint(1, 95):02d}"]
        )
    return "plate", separator.join([two[0], f"{chance.randint(1, 999):03d}", two[1]])


def _nir(chance: random.Random) -> tuple[str, str]:
    department = chance.choice(["59", "62", "75", "13", "2A", "2B", "99"])
    parts = [chance.choice("12"), _digits(chance, 2), f"{chance.randint(1, 12):02d}", department]
    parts += [f"{chance.randint(1, 990):03d}", f"{chance.randint(1, 999):03d}"]
    number = int("".join(parts).replace("2A", "19").replace("2B", "18"))
    parts.append(f"{97 - number % 97:02d}")
    return "nir", chance.choice([" ", "", "-", "."]).join(parts)


def _iban(chance: random.Random) -> tuple[str, str]:
    country, length = chance.choice([("FR", 27), ("FR", 27), ("BE", 16), ("DE", 22), ("PT", 25)])
    account = _digits(chance, length - 4)
    number = account + "".join(str(int(c, 36)) for c in country) + "00"
    code = f"{country}{98 - int(number) % 97:02d}{account}"
    shown = chance.choice([code, " ".join(code[i : i + 4] for i in range(0, length, 4))])
    return "iban", chance.choice([shown, shown.lower()])


def _name(chance: random.Random) -> tuple[str, str]:
    first, last = chance.choice(FIRST_NAMES), chance.choice(SURNAMES)
    kin, civility = chance.choice(KIN), chance.choice(CIVILITIES)
    return "name", chance.choice(
        [
            f"{kin} {first}",
            f"{kin}, {first},",
            f"{kin} {first} {last}",
            f"{kin} ({first})",
            f"{kin} qui s’appelle {first}",
            f"{civility}{first}",
            f"{civility}{first} {last}",
            f"{civility}{last}",
            f"{first}, {kin},",
        ]
    )


def _address(chance: random.Random) -> tuple[str, str]:
    street, number = chance.choice(STREETS), chance.randint(1, 250)
    more = chance.choice(["", "", "", " bis", " ter", "B"])
    return "address", chance.choice(
        [
            f"{number}{more} {street}",
            f"{number}{more}, {street}",
            f"n° {number} {street}",
            f"au {number} {street}",
        ]
    )


def _flat(chance: random.Random) -> tuple[str, str]:
    return "flat", chance.choice(FLOORS)


# --- measured ------------------------------------------------------------------------------------------------

SAME_MARK = {"address": "place", "flat": "place"}
"""An address and a flat are dealt with alike: either mark will do."""


def is_right(case: Case, hits: Iterable[tuple[str, str, int]]) -> bool:
    """Whether `hits` (kind, passage, start) hold half of the passage's letters, or nothing for a clean text."""
    if case.kind == "clean":
        return not any(kind in IDENTIFIERS | PASSAGES for kind, _, _ in hits)
    first = case.text.index(case.passage)
    wanted = {first + i for i, c in enumerate(case.passage) if c.isalnum()}
    right = [hit for hit in hits if SAME_MARK.get(hit[0], hit[0]) == SAME_MARK.get(case.kind, case.kind)]
    found = {i for _, passage, start in right for i in range(start, start + len(passage))}
    return 2 * len(wanted & found) >= len(wanted)


def shares(rows: Iterable[tuple[Case, bool]]) -> dict[str, tuple[int, int]]:
    """How many are right, of how many, by kind."""
    rows = list(rows)
    right = Counter(case.kind for case, good in rows if good)
    return {kind: (right[kind], count) for kind, count in Counter(case.kind for case, _ in rows).items()}


def share(counts: dict[str, tuple[int, int]], kinds: set[str]) -> float:
    right, count = (sum(counts.get(kind, (0, 0))[i] for kind in kinds) for i in (0, 1))
    return right / count
