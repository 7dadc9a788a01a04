"""The cross-table of the working paper, against readers who know more than it says."""

import itertools
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observations.privacy.suppress import MERGED, CrossPartition, cross_partition

START = date(2026, 7, 1)
Heard = list[tuple[str, str, date]]
Cell = tuple[str, str]


def heard(counts: dict[Cell, int]) -> Heard:
    """Each cell's observations, on days of their own."""
    return [
        (row, column, START + timedelta(days=(7 * i + len(row)) % 90))
        for (row, column), n in counts.items()
        for i in range(n)
    ]


def table(lines: list[list[int]]) -> tuple[CrossPartition, dict[Cell, int]]:
    """Cross-table of counts given line by line: rows A, B, C…, columns x, y, z…"""
    rows, columns = "ABCDEFG"[: len(lines)], "xyzuvw"[: len(lines[0])]
    counts = {
        (row, column): n
        for row, line in zip(rows, lines, strict=True)
        for column, n in zip(columns, line, strict=True)
    }
    return cross_partition(heard(counts), rows, columns), counts


def true_cells(found: CrossPartition, counts: dict[Cell, int]) -> dict[Cell, int]:
    """What each cell of the table holds, once its lines are merged."""
    true: Counter[Cell] = Counter(dict.fromkeys(itertools.product(found.rows, found.columns), 0))
    for (row, column), n in counts.items():
        true[row if row in found.rows else MERGED, column if column in found.columns else MERGED] += n
    return dict(true)


def possible(found: CrossPartition, true: dict[Cell, int]) -> list[dict[Cell, int]]:
    """Every way to fill the hidden cells that leaves the total of each line: by trying them all."""
    hidden = [cell for cell in true if cell not in found.shown]
    left = Counter[tuple[bool, str]]()
    for row, column in hidden:
        left[True, row] += true[row, column]
        left[False, column] += true[row, column]
    ways: list[dict[Cell, int]] = []

    def fill(i: int, filled: dict[Cell, int]) -> None:
        if i == len(hidden):
            if not any(left.values()):
                ways.append(dict(filled))
            return
        row, column = hidden[i]
        for n in range(min(left[True, row], left[False, column]) + 1):
            left[True, row] -= n
            left[False, column] -= n
            filled[row, column] = n
            fill(i + 1, filled)
            left[True, row] += n
            left[False, column] += n

    fill(0, {})
    return ways


small_tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 7]), min_size=width, max_size=width),
        min_size=2,
        max_size=3,
    )
)


@settings(deadline=None, max_examples=60)
@example([[7, 1, 5, 4], [9, 7, 0, 4]])
@given(small_tables)
def test_who_knows_every_total_works_out_no_group_below_the_threshold(lines: list[list[int]]) -> None:
    """All hidden groups of all possible tables: a slow and sure reader, who shares nothing with the code."""
    found, counts = table(lines)
    true = true_cells(found, counts)
    hidden = [cell for cell in true if cell not in found.shown]
    if len(hidden) > 7 or sum(true[cell] for cell in hidden) > 24 or not found.shown:
        return
    ways = possible(found, true)
    believed = [way for way in ways if all(way[cell] < 5 for cell in hidden if true[cell] < 5)]
    for group in (g for size in range(1, len(hidden) + 1) for g in itertools.combinations(hidden, size)):
        if sum(true[cell] for cell in group) < 5:
            for known in (ways, believed):
                assert len({sum(way[cell] for cell in group) for way in known}) > 1, (lines, group)


@given(small_tables)
def test_every_cell_shown_stands_on_its_own_and_is_true(lines: list[list[int]]) -> None:
    found, counts = table(lines)
    true = true_cells(found, counts)
    for cell, part in found.shown.items():
        assert part.n == true[cell] >= 5
        assert part.days >= 2


def test_a_small_cell_hides_with_others_of_its_line_and_column() -> None:
    """3 alone would be its line's total less the two others."""
    found, _ = table([[9, 8, 3], [9, 9, 9], [9, 9, 9]])
    assert ("A", "z") not in found.shown
    hidden = set(itertools.product(found.rows, found.columns)) - found.shown.keys()
    for line in ([cell for cell in hidden if cell[0] == "A"], [cell for cell in hidden if cell[1] == "z"]):
        assert len(line) >= 2


def test_a_group_told_by_lines_and_columns_together_is_hidden_too() -> None:
    """Hiding the small cells alone would leave each line five or more, yet A + B - x = 5 + 5 - 6 = (A, y) + (B, z)."""
    found, counts = table([[3, 2, 6, 6], [3, 6, 2, 6], [6, 3, 6, 3], [6, 6, 3, 3]])
    true = true_cells(found, counts)
    assert len({way["A", "y"] + way["B", "z"] for way in possible(found, true)}) > 1


def test_lines_too_small_are_merged_and_named() -> None:
    found, _ = table([[9, 9, 9], [1, 1, 0], [2, 0, 1], [9, 9, 9]])
    assert found.rows == ("A", "D", MERGED)
    assert found.merged_rows == ("B", "C")


def test_many_heard_on_one_day_are_not_shown() -> None:
    one_day = [("A", "x", START)] * 30
    spread = heard({("A", "y"): 9, ("B", "x"): 9, ("B", "y"): 9})
    assert ("A", "x") not in cross_partition(one_day + spread, "AB", "xy").shown


@pytest.mark.parametrize("n", [0, 1, 4])
def test_a_quarter_almost_silent_shows_nothing(n: int) -> None:
    found = cross_partition(heard({("A", "x"): n}), "AB", "xy")
    assert (found.rows, found.columns, found.shown) == ((), (), {})
    assert found.merged_rows == ("A", "B")


def test_the_order_of_what_was_heard_changes_nothing() -> None:
    counts = {("A", "x"): 9, ("A", "y"): 3, ("B", "x"): 6, ("B", "y"): 6}
    assert cross_partition(heard(counts), "AB", "xy") == cross_partition(heard(counts)[::-1], "AB", "xy")


def test_the_threshold_is_never_lowered() -> None:
    with pytest.raises(ValueError, match="cannot go under"):
        cross_partition([], "A", "x", threshold=4)
