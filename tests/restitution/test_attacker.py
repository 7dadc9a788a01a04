"""An outsider reads all that is published of forty territories; `make proof` gives him a thousand."""

import random
from collections import Counter
from collections.abc import Iterable

import pytest

from observations.privacy.suppress import CrossPartition, Partition, cross_partition
from observations.restitution import build, tables
from observations.restitution.content import Content
from observations.restitution.sheets import tables as sheets_of
from observations.restitution.territory import map_text
from tests.restitution import attacker
from tests.restitution.attacker import Publication, Territory, publish, recovered, territory, twins

FEW = range(40)


def naive_partition(parts: Iterable[tables.Part], *, threshold: int, min_days: int = 2) -> Partition:
    """What people do first: leave the small numbers out, keep the total."""
    ordered = sorted(parts, key=lambda part: (-part.n, part.key))
    shown = tuple(part for part in ordered if part.n >= threshold and part.days >= min_days)
    small = tuple(sorted(part.key for part in ordered if part not in shown))
    total = sum(part.n for part in ordered)
    return Partition(shown, small, None, total if total >= threshold else None)


def naive_cross(rows: list[tables.Row], known: Territory) -> CrossPartition:
    """The same for a cross-table."""
    keys, codes = tuple(known.keys("theme")), tuple(known.keys("place"))
    cells = {
        (row, column): [r for r in rows if (r.theme, r.neighbourhood) == (row, column)]
        for row in keys
        for column in codes
    }
    shown = {
        cell: tables.Part("", len(held), frozenset(r.observed_on for r in held))
        for cell, held in cells.items()
        if len(held) >= known.threshold
    }
    return CrossPartition(keys, codes, (), (), shown)


def crossed(known: Territory) -> tuple[list[tables.Row], CrossPartition]:
    rows = [row for month in sorted(known.rows)[:3] for row in known.rows[month]]
    heard = [(row.theme, row.neighbourhood, row.observed_on) for row in rows]
    keys, codes = known.keys("theme"), known.keys("place")
    return rows, cross_partition(heard, keys, codes, threshold=known.threshold)


@pytest.mark.parametrize("seed", FEW)
def test_nothing_small_is_recovered(seed: int) -> None:
    known = territory(seed)
    publications = publish(known)
    assert recovered(known, publications) == []
    assert twins(known, publications, random.Random(seed)).different == []


@pytest.mark.parametrize("seed", FEW)
def test_nothing_small_is_recovered_from_the_working_paper(seed: int) -> None:
    known = territory(seed)
    assert attacker.recovered_from_paper(*crossed(known), known.threshold) == []


def test_the_same_attacker_recovers_much_from_a_naive_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "partition", naive_partition)
    broken = [seed for seed in FEW if recovered(territory(seed), publish(territory(seed)))]
    assert len(broken) > len(FEW) / 2


def test_and_from_a_naive_working_paper() -> None:
    broken = 0
    for seed in FEW:
        known = territory(seed)
        rows, _ = crossed(known)
        broken += bool(attacker.recovered_from_paper(rows, naive_cross(rows, known), known.threshold))
    assert broken > len(FEW) / 4


def test_he_finds_the_late_rows_of_versions_counted_again() -> None:
    found = 0
    for seed in FEW:
        known = territory(seed)
        versions = [p for p in publish(known) if p.content["version"] == 1]
        again = [
            Publication(p.month, p.again([*known.rows[p.month], *known.late[p.month]]), p.again)
            for p in versions
        ]
        found += any(line.startswith("late rows") for line in recovered(known, [*versions, *again]))
    assert found > 5


def test_he_finds_what_a_looser_naming_of_places_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Naming a place as soon as its crossing reaches the threshold, whatever is left beside it."""

    def loose(rows: list[tables.Row], content: Content, threshold: int) -> dict[tuple[str, str], str]:
        sizes = Counter((row.theme, row.neighbourhood) for row in rows)
        themes = {row["slug"] for row in content["themes"]["rows"]}
        places = {shape["code"]: shape["short_name"] for shape in content["map"]["shapes"] if shape["n"]}
        return {
            (theme, code): places[code]
            for (theme, code), n in sizes.items()
            if n >= threshold and theme in themes and code in places
        }

    for module in (build, attacker):
        monkeypatch.setattr(module, "nameable", loose)
    found = [line for seed in FEW for line in recovered(territory(seed), publish(territory(seed)))]
    assert any(line.startswith("by a named place") for line in found)


@pytest.mark.parametrize("seed", range(8))
def test_no_format_holds_a_number_that_he_did_not_read(seed: int) -> None:
    """Sheets and map sentence, against what the content says (days and places included)."""
    for publication in publish(territory(seed)):
        content = publication.content
        read = {n for _, n in attacker._said(territory(seed), content)}
        heard, themes = content["heard"], content["themes"]
        counted = [
            *themes["rows"],
            *([themes["rest"]] if themes["rest"] else []),
            *([heard] if heard else []),
        ]
        read |= {row[measure] for row in counted for measure in ("days", "places")}
        read |= {row["usual"] for row in themes["rows"]}
        for table in sheets_of(content):
            if table.name in {"Écoute", "Thèmes", "Quartiers"}:
                numbers = {value for row in table.rows for value in row[1:] if isinstance(value, int | float)}
                assert numbers <= read, table.name
        words = map_text(content["map"]).replace(",", " ").replace(".", " ").split()
        names = {word for place in content["map"]["shapes"] for word in place["name"].split()}
        assert {int(word) for word in words if word.isdigit() and word not in names} <= read
