"""Reads the imports of the code and holds the layout: the flow goes one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "observations"

# Each layer may import those before it, and itself. Files that are alone at their level name themselves.
LAYERS = [
    {
        "geo",
        "privacy",
        "typography",
        "anct",
        "source_file",
        "modules",
        "spreadsheets",
        "qr",
        "recurrence",
        "words",
        "suggest",
        "similar",
        "typesetting",
        "plain",
        "requested",
        "table_file",
    },
    {"models"},
    {
        "permissions",
        "actions",
        "filters",
        "shapes",
        "clusters",
        "passages",
        "search",
        "gestures",
        "listening",
        "papers",
        "giving_back",
        "posters",
        "form_fields",
        "documents",
        "outgoing",
        "outside",
    },
    {
        "capture",
        "review",
        "needs",
        "themes",
        "restitution",
        "diagnosis",
        "meetings",
        "programme",
        "council",
        "oversight",
        "erasure",
        "api",
        "admin",
        "demo",
        "accounts",
        "views",
        "context",
        "templatetags",
    },
    {"management"},
]
STAGES = {
    "capture",
    "review",
    "needs",
    "themes",
    "restitution",
    "diagnosis",
    "meetings",
    "programme",
    "council",
    "oversight",
}
# Pure: neither ORM nor network framework.
PURE = [
    "geo.py",
    "typography.py",
    "words.py",
    "suggest.py",
    "similar.py",
    "spreadsheets.py",
    "privacy",
    "typesetting",
    "plain.py",
    "requested.py",
    "table_file.py",
    "programme/results.py",
    "programme/columns.py",
    "restitution/build.py",
    "restitution/choices.py",
    "restitution/charts.py",
    "restitution/paper.py",
    "restitution/sheets.py",
]


def modules() -> list[Path]:
    return [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]


def part(path: Path) -> str:
    """Layer member that a file belongs to: `capture` for capture/views.py, `geo` for geo.py."""
    relative = path.relative_to(ROOT)
    return relative.parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Dotted names that a file imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_used(path: Path) -> set[str]:
    names = (name.split(".") for name in imports(path))
    found = {name[1] for name in names if name[0] == "observations" and len(name) > 1}
    return {name for name in found if (ROOT / name).is_dir() or (ROOT / f"{name}.py").is_file()}


def level(name: str) -> int:
    return next((i for i, layer in enumerate(LAYERS) if name in layer), -1)


def test_every_file_belongs_to_a_layer() -> None:
    unknown = {part(path) for path in modules() if level(part(path)) < 0} - {"__init__", "apps"}
    assert not unknown


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    own = part(path)
    if own in {"__init__", "apps"}:
        pytest.fail("must import nothing of ours") if parts_used(path) else None
        return
    later = {used for used in parts_used(path) if level(used) > level(own)}
    assert not later, f"{own} imports {later}, which stand after it"


@pytest.mark.parametrize("path", [p for p in modules() if part(p) in STAGES], ids=str)
def test_stages_never_import_each_other(path: Path) -> None:
    assert not (parts_used(path) & STAGES) - {part(path)}


WRITING = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}


def writes(path: Path) -> Iterator[str]:
    """Calls of a method that writes rows: `file:line verb`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.func.attr}"


def test_only_actions_write() -> None:
    """Views, serializers and admin call an action. (Two files save a workbook, not a row.)"""
    books = {"sheets.py", "spreadsheets.py"}
    elsewhere = [p for p in modules() if part(p) not in {"actions", "models"} and p.name not in books]
    assert [line for path in elsewhere for line in writes(path)] == []


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_know_neither_the_orm_nor_a_request(name: str) -> None:
    files = [ROOT / name] if name.endswith(".py") else list((ROOT / name).rglob("*.py"))
    for path in files:
        assert not [
            used for used in imports(path) if used.split(".")[0] in {"django", "rest_framework", "urllib"}
        ]


def test_functions_stay_short() -> None:
    """Nine functions in ten under 30 lines: the measure of the houses we learn from."""
    lengths = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 30
