"""Where observations are, counted by the database: the clusters of a map's view, the counts of its outlines.

Reads the integer tile columns only (`geo.TILE_ZOOM`), so that SQLite and PostgreSQL give the same answer, and
answers are bounded by the view, never by the number of rows. Never a text, never an author.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Max, Min, Q, Sum
from django.db.models.functions import Cast, Coalesce

from observations import geo
from observations.models import Neighbourhood, Theme
from observations.models.observation import ObservationQuerySet

# A map's tile is 256 px a side: cells two zooms deeper are 64 px, about the size of a cluster.
CELL_ZOOMS = 2
ZOOM_MAX = geo.TILE_ZOOM - CELL_ZOOMS
# A screen of 1920 × 1080 px holds 510 cells; a larger view gets larger cells.
CELLS_MAX = 600
# Clusters nearer than this, in cells, are one: 45 px, a disc's width.
APART = 0.7
LEVELS = 4

ROOT_SLUG = Coalesce("theme__parent__slug", "theme__slug")
ROOT_ID = Coalesce("theme__parent", "theme")


@dataclass(frozen=True)
class View:
    """What a map shows: a box in degrees, west < east and south < north, and a zoom from 0 to `ZOOM_MAX`."""

    west: float
    south: float
    east: float
    north: float
    zoom: int

    def grid(self) -> "Grid":
        """The cells that cover the view: 64 px at this zoom, doubled until they are at most `CELLS_MAX`."""
        left, top = geo.tile(self.north, self.west)
        right, bottom = geo.tile(self.south, self.east)
        grid = Grid(ZOOM_MAX - self.zoom, left, top, right, bottom)
        while grid.cells > CELLS_MAX:
            grid = Grid(grid.shift + 1, left, top, right, bottom)
        return grid


@dataclass(frozen=True)
class Grid:
    """Cells of 2**shift tiles a side, from tile (left, top) to tile (right, bottom), both included."""

    shift: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def cells(self) -> int:
        columns = (self.right >> self.shift) - (self.left >> self.shift) + 1
        return columns * ((self.bottom >> self.shift) - (self.top >> self.shift) + 1)

    def whole(self) -> Q:
        """Observations of every cell that the view touches: a cluster on the edge is not cut in two."""
        x = ((self.left >> self.shift) << self.shift, (((self.right >> self.shift) + 1) << self.shift) - 1)
        y = ((self.top >> self.shift) << self.shift, (((self.bottom >> self.shift) + 1) << self.shift) - 1)
        return Q(tile_x__range=x, tile_y__range=y)


@dataclass
class Cluster:
    """Observations close together: how many, around where, of which root themes; the id when one is alone."""

    n: int = 0
    # Sums of tile columns and rows, to tell how far clusters stand from each other.
    tiles_x: int = 0
    tiles_y: int = 0
    latitude: float = 0
    longitude: float = 0
    box: list[float] = field(default_factory=lambda: [math.inf, math.inf, -math.inf, -math.inf])
    themes: dict[str, int] = field(default_factory=dict)
    id: UUID | None = None

    def add(self, row: dict[str, Any]) -> None:
        """One row of `_cells`: the observations of one root theme in one cell. Positions are sums here."""
        self.merge(
            Cluster(
                n=row["n"],
                tiles_x=row["tiles_x"],
                tiles_y=row["tiles_y"],
                latitude=row["latitudes"],
                longitude=row["longitudes"],
                box=[row["west"], row["south"], row["east"], row["north"]],
                themes={row["root"]: row["n"]},
                id=UUID(row["first"]),
            )
        )

    def merge(self, other: "Cluster") -> None:
        self.id = other.id if self.n == 0 and other.n == 1 else None
        self.n += other.n
        self.tiles_x += other.tiles_x
        self.tiles_y += other.tiles_y
        self.latitude += other.latitude
        self.longitude += other.longitude
        edges = zip((min, min, max, max), self.box, other.box, strict=True)
        self.box = [pick(mine, theirs) for pick, mine, theirs in edges]
        for slug, n in other.themes.items():
            self.themes[slug] = self.themes.get(slug, 0) + n

    def centre(self, side: int) -> tuple[float, float]:
        """Where it stands, in cells of `side` tiles."""
        return self.tiles_x / self.n / side, self.tiles_y / self.n / side

    def settle(self) -> "Cluster":
        """Turns the sums into the mean position, to about a metre."""
        self.latitude = round(self.latitude / self.n, 5)
        self.longitude = round(self.longitude / self.n, 5)
        return self


def clusters(observations: ObservationQuerySet, view: View) -> list[Cluster]:
    """The view's clusters, largest first: one query, at most `CELLS_MAX` of them."""
    grid = view.grid()
    cells: defaultdict[tuple[int, int], Cluster] = defaultdict(Cluster)
    for row in _cells(observations, grid):
        cells[row["line"], row["column"]].add(row)
    apart = _apart(sorted(cells.values(), key=lambda cell: -cell.n), 2**grid.shift)
    return sorted((cluster.settle() for cluster in apart), key=lambda cluster: -cluster.n)


def _cells(observations: ObservationQuerySet, grid: Grid) -> list[dict[str, Any]]:
    """Counts and sums of each cell by root theme, in an order that does not depend on the database."""
    rows = (
        observations.filter(grid.whole())
        .annotate(
            column=F("tile_x").bitrightshift(grid.shift),
            line=F("tile_y").bitrightshift(grid.shift),
            root=ROOT_SLUG,
        )
        .order_by()
        .values("column", "line", "root")
        .annotate(
            n=Count("pk"),
            tiles_x=Sum("tile_x"),
            tiles_y=Sum("tile_y"),
            latitudes=Sum("latitude"),
            longitudes=Sum("longitude"),
            west=Min("longitude"),
            south=Min("latitude"),
            east=Max("longitude"),
            north=Max("latitude"),
            # As text: PostgreSQL before 18 has no min(uuid).
            first=Min(Cast("pk", CharField())),
        )
    )
    return sorted(rows, key=lambda row: (row["line"], row["column"], row["root"]))


def _apart(cells: Iterable[Cluster], side: int) -> list[Cluster]:
    """Joins to a larger neighbour what would be drawn over it: a border between cells parts nobody."""
    kept: dict[tuple[int, int], list[Cluster]] = defaultdict(list)
    for cell in cells:
        x, y = cell.centre(side)
        column, line = int(x), int(y)
        around = (kept[column + i, line + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
        near = next((other for others in around for other in others if _near(other, x, y, side)), None)
        if near:
            near.merge(cell)
        else:
            kept[column, line].append(cell)
    return [cluster for others in kept.values() for cluster in others]


def _near(cluster: Cluster, x: float, y: float, side: int) -> bool:
    return math.dist(cluster.centre(side), (x, y)) < APART


@dataclass(frozen=True)
class Level:
    """One shade of the outlines: counts from `at_least` to `at_most` (None: and more)."""

    level: int
    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class Shading:
    """Equal steps from 1 to the largest count, in `LEVELS` shades: a large quartier does not hide the others."""

    largest: int

    @property
    def step(self) -> int:
        return max(1, math.ceil(self.largest / LEVELS))

    def level(self, n: int) -> int:
        """Shade of a count: 0 for none, then 1 to `LEVELS`."""
        return min(LEVELS, math.ceil(n / self.step))

    def levels(self) -> list[Level]:
        """The shades in use, for the legend."""
        used = self.level(self.largest)
        return [
            Level(i, (i - 1) * self.step + 1, i * self.step if i < LEVELS else None)
            for i in range(1, used + 1)
        ]


def by_neighbourhood(observations: ObservationQuerySet) -> list[dict[str, Any]]:
    """`code`, `n` and `without_point` for each neighbourhood that holds an observation: one query."""
    return list(
        observations.order_by()
        .values(code=F("neighbourhood__code"))
        .annotate(n=Count("pk"), without_point=Count("pk", filter=Q(latitude=None)))
        .order_by("-n", "code")
    )


@dataclass(frozen=True)
class Line:
    """One row of the table: a neighbourhood, its counts in the order of the table's themes, its sums."""

    neighbourhood: Neighbourhood
    counts: list[int]
    n: int
    without_point: int


@dataclass(frozen=True)
class Table:
    """What the map shows, in figures: neighbourhoods by root themes."""

    themes: list[Theme]
    lines: list[Line]
    totals: list[int]
    n: int
    without_point: int


def table(observations: ObservationQuerySet, neighbourhoods: Iterable[Neighbourhood]) -> Table:
    """The map's twin: the given neighbourhoods even when empty, and any other that holds an observation."""
    rows = list(
        observations.order_by()
        .values("neighbourhood_id", root=ROOT_ID)
        .annotate(n=Count("pk"), without_point=Count("pk", filter=Q(latitude=None)))
    )
    counted = {(row["neighbourhood_id"], row["root"]): row for row in rows}
    themes = list(Theme.objects.filter(pk__in={row["root"] for row in rows}))
    places = {place.pk: place for place in neighbourhoods}
    missing = {row["neighbourhood_id"] for row in rows} - places.keys()
    # Always asked, even for nobody: the number of queries does not depend on the rows.
    places |= Neighbourhood.objects.defer("boundary").in_bulk(missing or {0})
    lines = [_line(place, themes, counted) for place in sorted(places.values(), key=lambda p: p.name)]
    return Table(
        themes=themes,
        lines=lines,
        totals=[sum(line.counts[i] for line in lines) for i in range(len(themes))],
        n=sum(line.n for line in lines),
        without_point=sum(line.without_point for line in lines),
    )


def _line(place: Neighbourhood, themes: list[Theme], counted: dict[tuple[int, int], dict[str, Any]]) -> Line:
    rows = [counted.get((place.pk, theme.pk)) for theme in themes]
    counts = [row["n"] if row else 0 for row in rows]
    return Line(place, counts, sum(counts), sum(row["without_point"] for row in rows if row))
