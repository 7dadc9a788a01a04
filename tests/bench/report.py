"""From what was measured to docs/performance.md. No figure is written here: bars alone are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench import served

Results = dict[str, Any]
NOT_THERE = "not measured"
WHY = served.ROOT / "tests" / "bench" / "why.md"


@dataclass(frozen=True)
class Bar:
    """`pick` finds the figure in one territory's results (None: not measured); `most` False: at least."""

    name: str
    unit: str
    bar: float
    pick: Callable[[Results], float | None]
    most: bool = True

    def line(self, figures: list[float | None], judged: float | None) -> str:
        shown = [NOT_THERE if figure is None else f"{figure:,.0f}" for figure in figures]
        sign = "≤" if self.most else "≥"
        return f"| {self.name} | {sign} {self.bar:,.0f} {self.unit} | {' | '.join(shown)} | {self.verdict(judged)} |"

    def verdict(self, figure: float | None) -> str:
        if figure is None:
            return NOT_THERE
        if figure <= self.bar if self.most else figure >= self.bar:
            return "met"
        times = figure / self.bar if self.most else self.bar / figure
        return f"**missed: {times:.1f} times** {'over' if self.most else 'under'}"


def read(name: str, what: str = "p95", readers: int = 8) -> Callable[[Results], float | None]:
    def pick(found: Results) -> float | None:
        samples = found["reads"].get(name, {}).get(str(readers))
        return None if samples is None else samples[what]

    return pick


def of(*path: str, times: float = 1) -> Callable[[Results], float | None]:
    def pick(found: Results) -> float | None:
        for name in path:
            if name not in found:
                return None
            found = found[name]
        return times * float(found)  # type: ignore[arg-type]

    return pick


def largest_map(found: Results) -> float:
    maps = ("map", "map, all years")
    return max(found["reads"][name][readers]["largest"] for name in maps for readers in ("1", "8")) / 1000


def exported_rate(kind: str) -> Callable[[Results], float | None]:
    def pick(found: Results) -> float | None:
        return found["rows"] / found["export"][kind]["seconds"] if "export" in found else None

    return pick


def export_memory(found: Results) -> float | None:
    return max(kind["risen"] for kind in found["export"].values()) if "export" in found else None


BARS = [
    Bar("loading", "rows/s", 10_000, of("loaded", "rate"), most=False),
    Bar("`PUT /saisie/<uuid>/`, 8 clients", "/s", 450, of("put", "rate"), most=False),
    Bar("the same, p95", "ms", 40, of("put", "p95")),
    Bar("list by theme, 12 months, p95", "ms", 150, read("list")),
    Bar("map data, 12 months, p95", "ms", 120, read("map")),
    Bar("map data, all years, p95", "ms", 300, read("map, all years")),
    Bar("map data, a shape drawn, all years, p95", "ms", 300, read("map, a shape, all years")),
    Bar("map data, compressed", "kB", 60, largest_map),
    Bar("search, two words, p95", "ms", 200, read("search")),
    Bar("what comes back, its cross-table, 24 months of seasons, p95", "ms", 300, read("returning")),
    Bar("a synthèse's month, built", "ms", 500, of("summary", "build", times=1000)),
    Bar("a synthèse's page, p95", "ms", 50, read("synthèse, page")),
    Bar("a synthèse's PDF", "ms", 2_000, of("summary", "pdf", times=1000)),
    Bar("export, CSV", "rows/s", 50_000, exported_rate("csv"), most=False),
    Bar("export, GeoJSON", "rows/s", 50_000, exported_rate("geojson"), most=False),
    Bar("export, memory above idle", "MB", 60, export_memory),
    Bar("memory of all processes under load (PSS)", "MB", 330, of("memory")),
]
READS = {
    "list": "list by theme, 12 months",
    "map": "map data, 12 months",
    "map, all years": "map data, all years",
    "map, a shape, all years": "map data, a shape drawn, all years",
    "search": "search, two words",
    "returning": "what comes back",
    "synthèse, page": "a synthèse's page",
}


def written(results: Results) -> str:
    """The whole page."""
    found = {name: results[name] for name in results if name != "steady"}
    parts = [
        _head(results),
        _table(found, results.get("steady")),
        _chromium(found),
        _alone(found),
        _ratios(found),
        *_deep(found),
    ]
    if WHY.exists():
        parts.insert(2, WHY.read_text(encoding="utf-8").strip())
    return "\n\n".join(filter(None, parts)) + "\n"


def _head(results: Results) -> str:
    commits = sorted({one["commit"] for one in results.values()})
    days = sorted({one["day"] for one in results.values()})
    return f"""# Performance

Written by `make bench` ({days[-1]}, at {", ".join(commits)}): every figure in its tables was measured, none typed.

The application is served by granian as in production (two workers, four threads each, no demonstration mode), on two
cores that it shares with the database and with the clients that measure it. Observations are drawn from the
demonstration's language over ten years, and nothing is emptied at its term: more text than a real territory keeps. Each
reader asks again as soon as it is answered, without pausing as people do; 20 observations a second arrive meanwhile.
« p95 » is with 8 such readers, unless said otherwise."""


def _table(found: Results, steady: Results | None) -> str:
    names = list(found)
    lines = [
        "## The bars",
        "",
        "The last column judges PostgreSQL with 100,000 observations (SQLite where there was no PostgreSQL).",
        "",
        f"| what | bar | {' | '.join(map(_titled, names))} | |",
        f"|---|---|{'---|' * len(names)}---|",
    ]
    judge = found.get("PostgreSQL 100000") or found.get("SQLite 100000")
    for bar in BARS:
        figures = [bar.pick(found[name]) for name in names]
        lines.append(bar.line(figures, bar.pick(judge) if judge else None))
    errors = sum(
        one["put"]["errors"]
        + sum(samples["errors"] for each in one["reads"].values() for samples in each.values())
        for one in found.values()
    )
    lines += ["", f"Answers that were errors, in all these measures: {errors}."]
    if steady:
        verdict = Bar("", "", 25, of("p95")).verdict(steady["p95"])
        lines += [
            "",
            f"`PUT` at 50 a second for {steady['seconds']:.0f} s (PostgreSQL, 100,000; timed from when each was due): "
            f"{steady['n']:,} stored, {steady['errors']} errors, p50 {steady['p50']} ms, p95 {steady['p95']} ms; "
            f"bar 25 ms, no error: {verdict}.",
        ]
    return "\n".join(lines)


def _titled(name: str) -> str:
    kind, _, count = name.partition(" ")
    return f"{kind}, {int(count):,}"


CHROMIUM = [
    ("from navigation to points shown", "seconds", Bar("", "s", 0.6, lambda _: None), 1.0, "2f"),
    ("the same, processor ÷ 4, 9 Mbit/s, 85 ms", "slowed", Bar("", "s", 1.8, lambda _: None), 1.0, "2f"),
    ("page, as it came", "bytes", Bar("", "kB", 200, lambda _: None), 0.001, "0f"),
    ("requests", "requests", Bar("", "", 15, lambda _: None), 1.0, "0f"),
]


def _chromium(found: Results) -> str:
    """The map's page as a reviewer's browser opens it."""
    seen = {name: one["chromium"] for name, one in found.items() if "chromium" in one}
    if not seen:
        return ""
    lines = [
        "## The map in Chromium",
        "",
        "10,000 observations over ten years, nothing kept from an earlier visit, without the ground's tiles; "
        "medians of five visits.",
        "",
        f"| what | bar | {' | '.join(map(_titled, seen))} | |",
        f"|---|---|{'---|' * len(seen)}---|",
    ]
    for title, key, bar, times, digits in CHROMIUM:
        figures = [times * one[key] for one in seen.values()]
        shown = " | ".join(f"{figure:.{digits}}" for figure in figures)
        lines.append(f"| {title} | ≤ {bar.bar:g} {bar.unit} | {shown} | {bar.verdict(figures[-1])} |")
    return "\n".join(lines)


def _alone(found: Results) -> str:
    """One reader: what an answer costs when nobody queues before it."""
    lines = [
        "## With one reader",
        "",
        "The same with one reader and the same 20 writes a second: p50 / p95, in ms.",
        "",
        f"| what | {' | '.join(map(_titled, found))} |",
        f"|---|{'---|' * len(found)}",
    ]
    for name, title in READS.items():
        cells = [read(name, "p50", 1), read(name, "p95", 1)]
        shown = [[pick(one) for pick in cells] for one in found.values()]
        told = [NOT_THERE if p50 is None else f"{p50:.0f} / {p95:.0f}" for p50, p95 in shown]
        lines.append(f"| {title} | {' | '.join(told)} |")
    return "\n".join(lines)


def _ratios(found: Results) -> str:
    lines = [
        "## Ten times the rows",
        "",
        "Time with 100,000 over time with 10,000 (p50 of one reader / p95 of eight). The list's bar is 1.5.",
        "",
    ]
    kinds = [k for k in ("SQLite", "PostgreSQL") if {f"{k} 10000", f"{k} 100000"} <= found.keys()]
    lines += [f"| what | {' | '.join(kinds)} |", f"|---|{'---|' * len(kinds)}"]
    for name, title in READS.items():
        cells = []
        for kind in kinds:
            small, large = found[f"{kind} 10000"], found[f"{kind} 100000"]
            ratios = [_ratio(pick(large), pick(small)) for pick in (read(name, "p50", 1), read(name))]
            cells.append(" / ".join(ratios))
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines) if kinds else ""


def _ratio(above: float | None, below: float | None) -> str:
    return f"{above / below:.1f}" if above and below else NOT_THERE


def _deep(found: Results) -> list[str]:
    """The profile of a sending, and the plans of the hottest queries."""
    parts = []
    for name, one in found.items():
        if "profile" not in one:
            continue
        sent = one["profile"]
        lines = [
            f"## Where a sending's time goes ({_titled(name)})",
            "",
            f"In one process, without network: {sent['ms']:.1f} ms. Under cProfile, the share of each part "
            "(parts may hold others: the account's holds the session's):",
            "",
            "| part | share |",
            "|---|---|",
            *(f"| {part} | {share:.0f} % |" for part, share in sent["shares"].items()),
            "",
            f"Its {len(sent['queries'])} queries:",
            "",
            "```sql",
            *sent["queries"],
            "```",
        ]
        lines += ["", f"## Plans of the hottest queries ({_titled(name)})"]
        for page, plan in one["plans"].items():
            lines += [
                "",
                f"{page}, the longest of its {plan['queries']} queries:",
                "",
                "```",
                *plan["lines"],
                "```",
            ]
        parts.append("\n".join(lines))
    return parts
