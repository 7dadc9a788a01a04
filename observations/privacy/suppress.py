"""Small counts: a published table is a partition of its total into parts that each stand on their own.

The rule of `privacy.md`, "Publication": every part counts at least `threshold` observations heard over at least
`min_days` days; the small ones are merged into a rest, and there is never a number to subtract another from.
`docs/publication.md` says why, and what an attacker was seen not to find. Pure: no ORM, no clock.
"""

import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

MINIMUM_THRESHOLD = 5
MINIMUM_DAYS = 2


@dataclass(frozen=True)
class Part:
    """`n` observations of one key, and the dates on which they were heard."""

    key: str
    n: int
    dates: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if self.n < 0 or len(self.dates) > self.n or bool(self.n) != bool(self.dates):
            raise ValueError(f"{self.n} observations cannot have been heard on {len(self.dates)} days.")

    @property
    def days(self) -> int:
        """Number of distinct days."""
        return len(self.dates)

    def with_(self, other: "Part") -> "Part":
        """Both parts as one; a day that they share counts once."""
        return Part(self.key, self.n + other.n, self.dates | other.dates)


@dataclass(frozen=True)
class Partition:
    """What may be published of a table.

    `shown`: the parts that stand on their own, largest first. `rest`: all the others as one part (key ""), or None.
    `merged_keys`: the keys inside the rest, sorted, without any order of size. `total`: their sum, or None when
    even the total is too small to publish; then nothing is shown and every key is among `merged_keys`.
    """

    shown: tuple[Part, ...]
    merged_keys: tuple[str, ...]
    rest: Part | None
    total: int | None

    def n(self, key: str) -> int | None:
        """Count of a key that is shown; None for every other, empty or not."""
        return next((part.n for part in self.shown if part.key == key), None)


def partition(
    parts: Iterable[Part],
    *,
    threshold: int = MINIMUM_THRESHOLD,
    min_days: int = MINIMUM_DAYS,
) -> Partition:
    """Split a total into publishable parts and one rest.

    A key with nothing is treated as any small one: listing it, or leaving a rest out because it is empty, would
    say « zero » of it. So as soon as one key is too small the rest exists, and it must be sound, and not what it
    would be if each of its keys held one, or each one less than the threshold: those two sums tell each key to
    who believes that small ones hold something. While it is not so, shown parts of one size join it: the size
    that costs the fewest observations.

    Which keys are merged depends on sizes alone: parts of one size join together, no tie is broken by key.
    Whoever exchanges the contents of two merged keys gets the same table, hence: even a reader who knows this
    code, and every number in the rest, cannot tell which key has which.

    Raises ValueError when the threshold or the days are under 5 and 2 (a territory may
    raise them, never lower them), or when a key comes twice.
    """
    if threshold < MINIMUM_THRESHOLD or min_days < MINIMUM_DAYS:
        raise ValueError(
            f"The threshold cannot go under {MINIMUM_THRESHOLD} observations, {MINIMUM_DAYS} days."
        )
    ordered = sorted(parts, key=lambda part: (-part.n, part.key))
    if len({part.key for part in ordered}) != len(ordered):
        raise ValueError("A key comes twice in the same table.")

    def sound(part: Part) -> bool:
        return part.n >= threshold and part.days >= min_days

    def closed(merged: Sequence[Part]) -> bool:
        alike = {part.n for part in merged}
        return sound(_together(merged)) and alike not in ({1}, {threshold - 1})

    total = _together(ordered)
    if not sound(total):
        return Partition((), _keys(ordered), None, None)
    shown = [part for part in ordered if sound(part)]
    merged = [part for part in ordered if not sound(part)]
    while merged and shown and not closed(merged):
        joining = _cheapest_size(shown)
        merged += [part for part in shown if part.n == joining]
        shown = [part for part in shown if part.n != joining]
    rest = _together(merged) if merged else None
    return Partition(tuple(shown), _keys(merged), rest, total.n)


def _cheapest_size(parts: Sequence[Part]) -> int:
    """The size whose parts hold the fewest observations together."""
    sizes = Counter(part.n for part in parts)
    return min(sizes, key=lambda n: (n * sizes[n], n))


def _together(parts: Iterable[Part]) -> Part:
    rest = Part("", 0)
    for part in parts:
        rest = rest.with_(part)
    return rest


def _keys(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(sorted(part.key for part in parts))


MERGED = ""
"""The line of a cross-table in which the rows (or the columns) too small to stand alone are together."""


@dataclass(frozen=True)
class CrossPartition:
    """What may be shown of a table that crosses two splits of one total.

    `rows` and `columns`: the lines, the merged one (MERGED) last where there is one; `merged_rows` and
    `merged_columns`: what it holds. `shown`: the cells that stand on their own, by (row, column); all others are
    hidden, be they small, empty, or kept back so that no small one can be worked out.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    merged_rows: tuple[str, ...]
    merged_columns: tuple[str, ...]
    shown: Mapping[tuple[str, str], Part]


def cross_partition(
    heard: Iterable[tuple[str, str, date]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    threshold: int = MINIMUM_THRESHOLD,
    min_days: int = MINIMUM_DAYS,
) -> CrossPartition:
    """Cross two splits of the same observations, given as (row, column, day); `rows`, `columns`: every key.

    Lines are merged as `partition` merges them. Then cells are hidden until even a reader who knows the total of
    every line that is left works out nothing small: each group of hidden cells whose sum follows from those
    totals counts at least `threshold`, each line's hidden cells were heard over `min_days`, and no hidden cell is
    left with one possible value, be it known which cells are small. Rows and columns make a graph on which both
    are exact (after Gusfield, "A Graph Theoretic Approach to Statistical Data Security", 1988).
    Nothing is shown of a total too small. Raises ValueError as `partition` does.
    """
    known = list(heard)
    by_row = partition(
        _counted(((row, day) for row, _, day in known), rows), threshold=threshold, min_days=min_days
    )
    by_column = partition(
        _counted(((column, day) for _, column, day in known), columns), threshold=threshold, min_days=min_days
    )
    if by_row.total is None:
        return CrossPartition((), (), by_row.merged_keys, by_column.merged_keys, {})
    row_keys, column_keys = _lines(by_row, rows), _lines(by_column, columns)
    days: dict[Cell, list[date]] = {(row, column): [] for row in row_keys for column in column_keys}
    for row, column, day in known:
        days[row if row in row_keys else MERGED, column if column in column_keys else MERGED].append(day)
    table = _CrossTable(
        {cell: Part("", len(all_), frozenset(all_)) for cell, all_ in days.items()}, threshold, min_days
    )
    table.close()
    shown = {cell: part for cell, part in table.cells.items() if cell not in table.hidden}
    return CrossPartition(row_keys, column_keys, by_row.merged_keys, by_column.merged_keys, shown)


Cell = tuple[str, str]
Node = tuple[bool, str]
"""A row (True) or a column of the graph, by its key: MERGED is both."""
Way = list[tuple[Cell, bool]]
"""Cells followed one after the other, each with whether it gives (from row to column) or receives."""


def _counted(keyed: Iterable[tuple[str, date]], keys: Iterable[str]) -> list[Part]:
    days: dict[str, list[date]] = {key: [] for key in keys}
    for key, day in keyed:
        days[key].append(day)
    return [Part(key, len(all_days), frozenset(all_days)) for key, all_days in days.items()]


def _lines(table: Partition, keys: Sequence[str]) -> tuple[str, ...]:
    merged = set(table.merged_keys)
    return (*(key for key in keys if key not in merged), *([MERGED] if merged else []))


class _CrossTable:
    """Cells, those hidden so far, and the graph that says what can be worked out of them.

    Its nodes are rows and columns, its edges hidden cells. Followed from row to column a cell gives what it
    holds; from column to row it receives.
    """

    def __init__(self, cells: Mapping[Cell, Part], threshold: int, min_days: int) -> None:
        self.cells, self.threshold, self.min_days = cells, threshold, min_days
        self.hidden = {cell for cell in cells if not self._sound([cell])}
        # What an attacker may be told of a small cell: that it holds at most this, at least that.
        self._most = threshold - 1
        self._least = int(all(cells[cell].n for cell in self.hidden))
        self._beside: dict[Node, set[Node]] = {}
        for cell in self.hidden:
            self._link(cell)

    def close(self) -> None:
        """Hide more, the smallest first, until nothing small can be worked out. More hidden never says more."""
        waiting = sorted(self.hidden)
        while waiting:
            if self._is_safe(waiting[-1]):
                waiting.pop()
                continue
            more = self._next_to_hide(waiting[-1])
            if more is None:
                return
            self.hidden.add(more)
            self._link(more)
            waiting.insert(0, more)

    def _link(self, cell: Cell) -> None:
        row, column = (True, cell[0]), (False, cell[1])
        self._beside.setdefault(row, set()).add(column)
        self._beside.setdefault(column, set()).add(row)

    def _is_safe(self, cell: Cell) -> bool:
        row, column = cell
        lines = (
            [(row, other) for _, other in self._beside[True, row]],
            [(other, column) for _, other in self._beside[False, column]],
        )
        return (
            all(map(self._sound, lines)) and self._least_group(cell) >= self.threshold and self._moves(cell)
        )

    def _next_to_hide(self, cell: Cell) -> Cell | None:
        row, column = cell
        left = [other for other in self.cells if other not in self.hidden]
        beside = [other for other in left if other[0] == row or other[1] == column]
        return min(beside or left, key=lambda other: (self.cells[other].n, other), default=None)

    def _sound(self, cells: Iterable[Cell]) -> bool:
        whole = _together(self.cells[cell] for cell in cells)
        return whole.n >= self.threshold and whole.days >= self.min_days

    def _least_group(self, cell: Cell) -> int:
        """Size of the smallest group of hidden cells, with this one, that the totals tell; the threshold at most.

        It is the greatest flow from its row to its column, where what a cell gives is bounded by what it holds
        and what it receives is not.
        """
        room = {other: self.cells[other].n for other in self.hidden}
        flow = 0
        while flow < self.threshold:
            way = self._way(
                (True, cell[0]), (False, cell[1]), lambda other, gives: not gives or room[other] > 0
            )
            if way is None:
                break
            pushed = min([self.threshold - flow, *(room[other] for other, gives in way if gives)])
            for other, gives in way:
                room[other] += -pushed if gives else pushed
            flow += pushed
        return flow

    def _moves(self, cell: Cell) -> bool:
        """Whether the cell may hold one more or one less under the same totals, small cells staying small."""

        def may(other: Cell, gives: bool) -> bool:
            n = self.cells[other].n
            return n > self._least if gives else not n < self.threshold or n < self._most

        def passes(other: Cell, gives: bool) -> bool:
            return other != cell and may(other, gives)

        row, column = (True, cell[0]), (False, cell[1])
        more = may(cell, False) and self._way(row, column, passes) is not None
        return more or (may(cell, True) and self._way(column, row, passes) is not None)

    def _way(self, start: Node, end: Node, passes: Callable[[Cell, bool], bool]) -> Way | None:
        """A shortest way between two nodes over the cells that `passes` lets through; None when there is none."""
        came: dict[Node, Node] = {start: start}
        queue = deque([start])
        while queue and end not in came:
            node = queue.popleft()
            for beside in self._beside[node]:
                if beside not in came and passes(*_step(node, beside)):
                    came[beside] = node
                    queue.append(beside)
        if end not in came:
            return None
        nodes = [end]
        while nodes[-1] != start:
            nodes.append(came[nodes[-1]])
        nodes.reverse()
        return [_step(one, other) for one, other in itertools.pairwise(nodes)]


def _step(one: Node, other: Node) -> tuple[Cell, bool]:
    gives = one[0]
    return ((one[1], other[1]) if gives else (other[1], one[1])), gives
