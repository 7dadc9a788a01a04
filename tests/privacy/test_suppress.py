import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observations.privacy.suppress import Part, Partition, partition

START = date(2026, 10, 1)


def part(key: str, n: int, days: int = 3, first: int = 0) -> Part:
    heard = range(min(n, days))
    return Part(key, n, frozenset(START + timedelta(days=first + d) for d in heard))


@st.composite
def tables(draw: st.DrawFn) -> list[Part]:
    keys = draw(st.lists(st.text("abcdefgh", min_size=1, max_size=2), unique=True, max_size=12))
    return [
        part(
            key,
            draw(st.integers(0, 14)),
            draw(st.integers(1, 4)),
            draw(st.integers(0, 5)),
        )
        for key in keys
    ]


@given(tables(), st.integers(5, 11), st.integers(2, 4))
def test_every_published_part_stands_on_its_own_and_they_add_up(
    table: list[Part], threshold: int, min_days: int
) -> None:
    found = partition(table, threshold=threshold, min_days=min_days)
    published = [*found.shown, *([found.rest] if found.rest else [])]
    assert all(p.n >= threshold and p.days >= min_days for p in published)
    if found.total is None:
        assert published == []
    else:
        assert sum(p.n for p in published) == found.total == sum(p.n for p in table)
    assert sorted([*found.merged_keys, *(p.key for p in found.shown)]) == sorted(p.key for p in table)


@given(tables())
def test_a_key_is_merged_if_and_only_if_there_is_a_rest_to_hide_in(
    table: list[Part],
) -> None:
    found = partition(table)
    if found.total is not None:
        assert bool(found.merged_keys) == (found.rest is not None)


@given(tables(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(table: list[Part], random) -> None:
    shuffled = random.sample(table, len(table))
    assert partition(table) == partition(shuffled)


@given(tables(), st.randoms())
def test_merged_keys_may_exchange_what_they_hold_and_the_table_stays(table: list[Part], random) -> None:
    """Hence a reader who knows the code and all sizes cannot tell which merged key has which."""
    found = partition(table)
    merged = [p for p in table if p.key in found.merged_keys]
    keys = random.sample([p.key for p in merged], len(merged))
    exchanged = [Part(key, p.n, p.dates) for key, p in zip(keys, merged, strict=True)]
    assert partition([*(p for p in table if p.key not in found.merged_keys), *exchanged]) == found


def worlds(found: Partition, keys: list[str]) -> list[dict[str, int]]:
    """Every way to fill the merged keys that gives this very table: what a reader of the code cannot exclude."""
    assert found.rest
    same = []
    for head in itertools.product(range(found.rest.n + 1), repeat=len(keys) - 1):
        if (last := found.rest.n - sum(head)) >= 0:
            guess = [part(key, n) for key, n in zip(keys, (*head, last), strict=True)]
            if partition([*found.shown, *guess]).merged_keys == found.merged_keys:
                same.append(dict(zip(keys, (*head, last), strict=True)))
    return same


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 7), min_size=2, max_size=5))
def test_who_knows_the_code_learns_no_group_below_the_threshold(sizes: list[int]) -> None:
    table = [part(key, n) for key, n in zip("abcde", sizes, strict=False)]
    found = partition(table)
    if found.total is None or not found.merged_keys or len(found.merged_keys) > 3:
        return
    true = {p.key: p.n for p in table}
    keys = list(found.merged_keys)
    possible = worlds(found, keys)
    for group in (g for size in range(1, len(keys)) for g in itertools.combinations(keys, size)):
        if sum(true[key] for key in group) < 5:
            assert len({sum(world[key] for key in group) for world in possible}) > 1, (true, group)


def test_parts_of_one_size_join_the_rest_together() -> None:
    found = partition([part("a", 12), part("b", 6), part("d", 6), part("c", 2)])
    assert [p.key for p in found.shown] == ["a"]
    assert found.merged_keys == ("b", "c", "d")


def test_one_large_part_joins_rather_than_many_small_ones() -> None:
    found = partition([part("a", 7), *(part(key, 6) for key in "bcde"), part("f", 2)])
    assert found.merged_keys == ("a", "f")


def test_a_rest_of_keys_all_alike_takes_more() -> None:
    """« 8 in two themes » would say four each to who knows that small ones hold one to four."""
    found = partition([part("a", 12), part("b", 7), part("c", 4), part("d", 4)])
    assert [p.key for p in found.shown] == ["a"]
    assert found.merged_keys == ("b", "c", "d")


def test_small_parts_go_to_the_rest() -> None:
    found = partition([part("logement", 12), part("bus", 3), part("lien", 4, first=1)])
    assert [p.key for p in found.shown] == ["logement"]
    assert found.rest and (found.rest.n, found.rest.days) == (7, 4)
    assert found.merged_keys == ("bus", "lien")


def test_a_rest_too_small_takes_the_smallest_shown_part() -> None:
    found = partition([part("a", 12), part("b", 6), part("c", 2)])
    assert [p.key for p in found.shown] == ["a"]
    assert found.rest and found.rest.n == 8
    assert found.merged_keys == ("b", "c")


def test_an_empty_key_alone_hides_behind_the_smallest_shown_part() -> None:
    found = partition([part("a", 12), part("b", 6), part("c", 0)])
    assert found.merged_keys == ("b", "c")
    assert found.rest and found.rest.n == 6


def test_many_observations_on_one_day_are_not_shown() -> None:
    found = partition([part("a", 12), part("fête", 30, days=1)])
    assert found.shown == ()
    assert found.rest and (found.rest.n, found.total) == (42, 42)


def test_nothing_is_shown_of_a_total_too_small() -> None:
    found = partition([part("a", 2), part("b", 2)])
    assert (found.shown, found.rest, found.total) == ((), None, None)
    assert partition([part("a", 9, days=1)]).total is None
    assert partition([]).total is None


def test_the_count_of_a_key_is_given_only_when_shown() -> None:
    found = partition([part("a", 12), part("b", 3), part("c", 3)])
    assert (found.n("a"), found.n("b"), found.n("unknown")) == (12, None, None)


@pytest.mark.parametrize("minimum", [{"threshold": 4}, {"threshold": 0}, {"min_days": 1}])
def test_the_threshold_is_never_lowered(minimum: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="cannot go under"):
        partition([], **minimum)


def test_impossible_parts_are_refused() -> None:
    for n, days in ((-1, 0), (1, 2), (3, 0)):
        with pytest.raises(ValueError, match="cannot have been heard"):
            Part("a", n, frozenset(START + timedelta(days=d) for d in range(days)))
    with pytest.raises(ValueError, match="twice"):
        partition([part("a", 5), part("a", 5)])
