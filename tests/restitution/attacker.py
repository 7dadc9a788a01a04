"""An outsider who reads all that was ever published of a territory, in any format, and works out what was not.

What he reads: every number of every content (the page, the PDF, the sheets, the API and the links are drawn from it),
of all months and versions: totals, tables by theme, by neighbourhood and by nature, the month before, the mean of
three, the months of the small multiples, the map, the places named beside words. What he knows besides: the
threshold, the list of themes and of neighbourhoods, the theme that words speak of.

**Recovered** is a group of observations that he can name (a set of themes, or of neighbourhoods, or of natures, of
one month; or a crossing of two such sets; or what changed between two readings of the same number), whose true
count is under the threshold, zero included, and for which he finds the one value that it can have, the true one:

- by equalities: every subtraction between numbers read, whatever page or version they come from (`_reduced`);
- by beliefs: in the rest of a table that shows something, that each merged part holds 0 to 4, or 1 to 4, when
  that is true in this territory (a lucky guess from a false belief is no recovery);
- by crossing: bounds of each cell that two tables leave (Fréchet), and propagation when a place is named.

Days and places are counts of what is not named: they give no group that he could name, and are not read.
He is not told which observation was heard on which day. His limits are covered by `twins`: another
territory, different in what he wants, of which everything published is the same to the letter.
"""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from observations.privacy.suppress import CrossPartition
from observations.restitution.build import Choices, QuartierLabel, Quote, Row, ThemeLabel, build, nameable
from observations.restitution.choices import with_choices
from observations.restitution.content import Content
from observations.restitution.tables import NATURES

Atom = tuple[str, str, str]
"""Month, kind of table, key."""
Group = frozenset[Atom]
KINDS = ("theme", "place", "nature")
BY_LABEL = {label: nature for nature, label in NATURES.items()}


@dataclass
class Territory:
    """`rows` were accepted when their month was published, `late` afterwards."""

    seed: int
    threshold: int
    themes: list[ThemeLabel]
    places: list[QuartierLabel]
    rows: dict[date, list[Row]]
    late: dict[date, list[Row]]

    def keys(self, kind: str) -> list[str]:
        return {
            "theme": [theme.slug for theme in self.themes],
            "place": [place.code for place in self.places],
            "nature": list(NATURES),
        }[kind]

    def count(self, group: Group) -> int:
        """The true size of a group."""
        return sum(self._counts[atom] for atom in group)

    def __post_init__(self) -> None:
        self._counts: Counter[Atom] = Counter()
        for month, rows in self.rows.items():
            for row in rows:
                for kind, key in zip(KINDS, (row.theme, row.neighbourhood, row.nature), strict=True):
                    self._counts[f"{month:%Y-%m}", kind, key] += 1


@dataclass
class Publication:
    """One version, and how to publish other rows in exactly its circumstances."""

    month: date
    content: Content
    again: Callable[[list[Row]], Content]


def territory(seed: int) -> Territory:
    """Large or tiny, even or skewed, heard often or hardly, with months that were read late."""
    rng = random.Random(seed)
    themes = [
        ThemeLabel(f"t{i:02}", f"Thème {i:02}", "", "logement", "logement", i)
        for i in range(rng.randint(3, 14))
    ]
    places = [QuartierLabel(f"q{i:02}", f"Quartier {i:02}", "") for i in range(rng.randint(2, 10))]
    months = [date(2026, month, 1) for month in range(1, 1 + rng.randint(3, 6))]
    size = rng.choice((3, 8, 15, 30, 60, 120))
    weights = {
        kind: _skewed(rng, n) for kind, n in (("t", len(themes)), ("q", len(places)), ("n", len(NATURES)))
    }
    outings = rng.randint(1, 20)

    def heard(month: date, count: int) -> list[Row]:
        days = [month + timedelta(days=rng.randrange(28)) for _ in range(outings)]
        return [
            Row(
                rng.choices(themes, weights["t"])[0].slug,
                rng.choices(list(NATURES), weights["n"])[0],
                rng.choices(places, weights["q"])[0].code,
                rng.choice(days),
                rng.choice((None, (rng.randrange(9), rng.randrange(9)))),
            )
            for _ in range(count)
        ]

    rows = {month: heard(month, round(size * rng.uniform(0.3, 1.7))) for month in months}
    late = {month: heard(month, rng.choice((0, 0, 1, 2))) for month in months}
    return Territory(seed, rng.choice((5, 5, 5, 7, 11)), themes, places, rows, late)


def _skewed(rng: random.Random, n: int) -> list[float]:
    steepness = rng.choice((0, 0.5, 1, 2))
    weights = [1 / (i + 1) ** steepness for i in range(n)]
    rng.shuffle(weights)
    return weights


def publish(known: Territory) -> list[Publication]:
    """Every month by the real builder, some after later ones, some corrected once late rows are there."""
    rng = random.Random(known.seed)
    order = sorted(known.rows, key=lambda month: (rng.random() < 0.15, month))
    published: dict[date, Content] = {}
    out = []
    for month in order:
        rows = known.rows[month]
        said = rng.sample(rows, min(len(rows), 4))
        quotes = [Quote("Une parole.", row.nature, row.theme, row.neighbourhood, "oui") for row in said]
        out.append(_first(known, month, Choices(quotes=quotes), dict(published)))
        published[month] = out[-1].content
        if rng.random() < 0.3:
            content = with_choices(
                published[month], Choices(), version=2, reason="Un mot.", published_on=month
            )
            out.append(Publication(month, content, lambda _, same=content: same))
            published[month] = content
    return out


def _first(known: Territory, month: date, choices: Choices, before: dict[date, Content]) -> Publication:
    def again(rows: list[Row]) -> Content:
        options: dict[str, Any] = {"territory": "Ici", "threshold": known.threshold, "published": before}
        return build(month, rows, known.themes, known.places, choices, published_on=month, **options)

    return Publication(month, again(known.rows[month]), again)


# --- What he reads


def statements(known: Territory, publications: Iterable[Publication]) -> list[tuple[Group, int]]:
    """Every number published, as « this group holds that many »."""
    return [said for publication in publications for said in _said(known, publication.content)]


def _said(known: Territory, content: Content) -> Iterator[tuple[Group, int]]:
    month, heard, themes = content["month"], content["heard"], content["themes"]
    slugs = {theme.name: theme.slug for theme in known.themes}
    codes = {place.name: place.code for place in known.places}
    months = [label["key"] for label in content["neighbourhoods"]["months"]]

    def group(when: str, kind: str, keys: Iterable[str]) -> Group:
        return frozenset((when, kind, key) for key in keys)

    def whole(when: str, n: int) -> Iterator[tuple[Group, int]]:
        return ((group(when, kind, known.keys(kind)), n) for kind in KINDS)

    if heard:
        yield from whole(month, heard["n"])
        if heard["previous"] is not None:
            yield from whole(months[-2], heard["previous"])
        for nature in heard["natures"]:
            yield (
                group(month, "nature", [BY_LABEL[label] for label in nature["label"].split(" ou ")]),
                nature["n"],
            )
    for row in themes["rows"]:
        yield group(month, "theme", [row["slug"]]), row["n"]
        if row["previous"] is not None:
            yield group(months[-2], "theme", [row["slug"]]), row["previous"]
        if row["usual"] is not None:
            three = frozenset((when, "theme", row["slug"]) for when in months[-5:-2])
            yield three, round(3 * row["usual"])
    if themes["rest"]:
        yield group(month, "theme", [slugs[name] for name in themes["rest"]["names"]]), themes["rest"]["n"]
    table = content["neighbourhoods"]
    for i, when in enumerate(months):
        values = {row["code"]: row["values"][i] for row in table["rows"]}
        shown = {code: n for code, n in values.items() if n is not None}
        for code, n in shown.items():
            yield group(when, "place", [code]), n
        if table["rest"] and (n := table["rest"]["values"][i]) is not None:
            yield group(when, "place", set(known.keys("place")) - shown.keys()), n
    if table["rest"] and (n := table["rest"]["values"][-1]) is not None:
        yield group(month, "place", [codes[name] for name in table["rest"]["names"]]), n
    for shape in content["map"]["shapes"]:
        if shape["n"] is not None:
            yield group(month, "place", [shape["code"]]), shape["n"]


def _reduced(said: Iterable[tuple[Group, int]]) -> tuple[dict[Group, int], list[int]]:
    """Disjoint groups, by subtracting each from all that hold it; and what two readings of one number differ by."""
    known: dict[Group, int] = {}
    differences = []
    waiting = sorted(said, key=lambda item: len(item[0]))
    while waiting:
        group, n = waiting.pop(0)
        for inner in [inner for inner in known if inner <= group]:
            if inner <= group:
                group, n = group - inner, n - known[inner]
        if not group:
            differences += [abs(n)] if n else []
            continue
        for outer in [outer for outer in known if outer > group]:
            waiting.append((outer - group, known.pop(outer) - n))
        known[group] = n
    return known, differences


# --- What he works out


def recovered(known: Territory, publications: Sequence[Publication]) -> list[str]:
    """Each group recovered, in words (empty: none)."""
    groups, differences = _reduced(statements(known, publications))
    found = [f"late rows: {n}" for n in differences if n < known.threshold]
    for group, n in groups.items():
        if n < known.threshold and n == known.count(group):
            found.append(f"by subtraction: {sorted(group)} = {n}")
        found += _by_belief(known, group, n, groups)
    found += [line for publication in publications for line in _by_crossing(known, publication, groups)]
    return found


def _by_belief(known: Territory, group: Group, n: int, groups: dict[Group, int]) -> Iterator[str]:
    (month, kind, _), k = min(group), len(group)
    if len({(atom[0], atom[1]) for atom in group}) > 1 or k == len(known.keys(kind)):
        return
    most = known.threshold - 1
    sizes = sorted(known.count(frozenset([atom])) for atom in group)
    for least in (0, 1):
        if sizes[0] < least or sizes[-1] > most:
            continue
        for g in range(1, k):
            low = max(g * least, n - (k - g) * most)
            high = min(g * most, n - (k - g) * least)
            if low == high < known.threshold:
                yield f"by belief {least} to {most}: {g} of {k} {kind}s of {month} = {low}"


def _by_crossing(known: Territory, publication: Publication, groups: dict[Group, int]) -> Iterator[str]:
    content = publication.content
    month, heard = content["month"], content["heard"]
    if heard is None:
        return
    blocks = {
        kind: [(group, n) for group, n in groups.items() if {(month, kind)} == {atom[:2] for atom in group}]
        for kind in KINDS
    }
    for one, other in itertools.combinations(KINDS, 2):
        if len(blocks[one]) < 2 or len(blocks[other]) < 2:
            continue
        for (_, a), (_, b) in itertools.product(blocks[one], blocks[other]):
            if max(0, a + b - heard["n"]) == min(a, b) < known.threshold:
                yield f"by crossing {one} and {other} of {month}: {a}, {b} of {heard['n']}"
    yield from _by_named_places(known, publication, blocks)


def _by_named_places(
    known: Territory, publication: Publication, blocks: dict[str, list[tuple[Group, int]]]
) -> Iterator[str]:
    """A place beside words says that their theme reached the threshold there: bounds of all the crossings follow."""
    month, content = publication.content["month"], publication.content
    rows = [(atom[2], n) for group, n in blocks["theme"] for atom in [min(group)] if len(group) == 1]
    columns = [(atom[2], n) for group, n in blocks["place"] for atom in [min(group)] if len(group) == 1]
    named = _named(known, publication)
    for lines, at in ((rows, 0), (columns, 1)):
        for key, n in lines:
            inside = [pair for pair in named if pair[at] == key]
            others = {0: dict(columns), 1: dict(rows)}[at]
            tops = [
                min(n, others.get(pair[1 - at], n)) - known.threshold * (_alike(named, pair, 1 - at))
                for pair in inside
            ]
            low = max(0, n - sum(tops)) if inside else 0
            high = n - known.threshold * len(inside)
            if inside and low >= high and high < known.threshold:
                yield f"by a named place of {content['month']}: the rest of {key} = {high} in {month}"


def _alike(named: Iterable[tuple[str, str]], pair: tuple[str, str], at: int) -> int:
    """How many other named crossings share the line of `pair`: each takes a threshold of it."""
    return sum(other[at] == pair[at] and other != pair for other in named)


def _named(known: Territory, publication: Publication) -> set[tuple[str, str]]:
    """All the crossings that words could name that month: more than he would see."""
    return set(nameable(known.rows[publication.month], publication.content, known.threshold))


# --- What he cannot work out, whatever he knows


@dataclass
class Twins:
    """How many other territories were published alike, and those that were not."""

    alike: int = 0
    different: list[str] = field(default_factory=list)


def twins(known: Territory, publications: Sequence[Publication], rng: random.Random) -> Twins:
    """For each table, exchange two merged parts (or pass one observation between two of one size), and publish again.

    When what comes out is the same to the letter, no reader, were he to know the code and all the rest,
    tells the two apart.
    """
    seen = Twins()
    for publication in publications:
        rows = known.rows[publication.month]
        for kind, keys in _merged(known, publication.content).items():
            for one, other in itertools.pairwise(rng.sample(keys, min(len(keys), 3))):
                changed = _exchanged(rows, kind, one, other, known.threshold)
                if changed is None:
                    continue
                if publication.again(changed) == publication.content:
                    seen.alike += 1
                else:
                    seen.different.append(f"{known.seed} {publication.month:%Y-%m} {kind} {one} {other}")
    return seen


def _merged(known: Territory, content: Content) -> dict[str, list[str]]:
    """The parts that each table put together."""
    slugs = {theme.name: theme.slug for theme in known.themes}
    codes = {place.name: place.code for place in known.places}
    rest, places = content["themes"]["rest"], content["neighbourhoods"]["rest"]
    natures = [nature["label"] for nature in content["heard"]["natures"]] if content["heard"] else []
    return {
        "theme": [slugs[name] for name in rest["names"]] if rest else [],
        "neighbourhood": [codes[name] for name in places["names"]] if places else [],
        "nature": [
            BY_LABEL[label] for labels in natures if " ou " in labels for label in labels.split(" ou ")
        ],
    }


def _exchanged(rows: list[Row], kind: str, one: str, other: str, threshold: int) -> list[Row] | None:
    """The rows of another territory; None when the two parts are both empty, or as full as small ones can be."""
    sizes = Counter(getattr(row, kind) for row in rows)
    if sizes[one] != sizes[other]:
        to = {one: other, other: one}
        return [replace(row, **{kind: to.get(getattr(row, kind), getattr(row, kind))}) for row in rows]
    if not 0 < sizes[one] < threshold - 1:
        return None
    moved = next(i for i, row in enumerate(rows) if getattr(row, kind) == one)
    return [replace(row, **{kind: other}) if i == moved else row for i, row in enumerate(rows)]


# --- The working paper


def recovered_from_paper(rows: Sequence[Row], found: CrossPartition, threshold: int) -> list[str]:
    """Groups of hidden cells under the threshold that follow from the totals of all lines, known to him.

    Exact for equalities: a group so told is what a set of rows leaves of a set of columns, and all sets of columns are
    tried. Then by propagation of bounds, once told which hidden cells are small.
    """
    cells: Counter[tuple[str, str]] = Counter(dict.fromkeys(itertools.product(found.rows, found.columns), 0))
    for row in rows:
        cells[
            row.theme if row.theme in found.rows else "",
            row.neighbourhood if row.neighbourhood in found.columns else "",
        ] += 1
    hidden = {cell: n for cell, n in cells.items() if cell not in found.shown}
    if not found.shown:
        return []
    out = []
    for size in range(len(found.columns) + 1):
        for columns in itertools.combinations(found.columns, size):
            touched = {row for row, column in hidden if column in columns} or set(found.rows)
            for lines in [touched] if columns else [{row} for row in found.rows]:
                group = [cell for cell in hidden if cell[0] in lines and cell[1] not in columns]
                if group and sum(hidden[cell] for cell in group) < threshold:
                    out.append(f"by lines: {sorted(group)}")
    return out + _by_propagation(hidden, threshold)


def _by_propagation(hidden: dict[tuple[str, str], int], threshold: int) -> list[str]:
    most = max(hidden.values(), default=0) + threshold
    bounds = {cell: (0, threshold - 1 if n < threshold else most) for cell, n in hidden.items()}
    lines = [
        [cell for cell in hidden if cell[at] == key] for at in (0, 1) for key in {cell[at] for cell in hidden}
    ]
    changed = True
    while changed:
        changed = False
        for line in lines:
            total = sum(hidden[cell] for cell in line)
            for cell in line:
                low, high = bounds[cell]
                tight = (
                    max(low, total - sum(bounds[other][1] for other in line if other != cell)),
                    min(high, total - sum(bounds[other][0] for other in line if other != cell)),
                )
                if tight != (low, high):
                    bounds[cell], changed = tight, True
    return [
        f"by bounds: {cell} = {hidden[cell]}"
        for cell, (low, high) in bounds.items()
        if low == high < threshold
    ]
