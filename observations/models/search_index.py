"""The index of `Observation.stems`, as each database has it. A migration that changes the table of observations on
SQLite drops its triggers with it, and ends with `create` again; a test tells when it was forgotten."""

from typing import Any, Final

# The low 60 bits of the identifier, which SQLite keeps as 32 hexadecimal digits: a row's number in FTS5, so that
# its line is found without a scan. VACUUM may give the table's own row numbers to others.
_DIGIT = "((instr('0123456789abcdef', substr({{id}}, {place}, 1)) - 1) << {shift})"
ROW: Final = f"({' | '.join(_DIGIT.format(place=32 - i, shift=4 * i) for i in range(15))})"
OLD, NEW = ROW.format(id="old.id"), ROW.format(id="new.id")
TABLE: Final = "observations_observation"

STATEMENTS: Final = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS observation_search_insert",
        "DROP TRIGGER IF EXISTS observation_search_update",
        "DROP TRIGGER IF EXISTS observation_search_delete",
        "DROP TABLE IF EXISTS observation_search",
        "CREATE VIRTUAL TABLE observation_search USING fts5(id UNINDEXED, stems, tokenize = 'ascii')",
        # In the order of its numbers: FTS5 merges three times less.
        f"INSERT INTO observation_search(rowid, id, stems)"
        f" SELECT {ROW.format(id='id')}, id, stems FROM {TABLE} ORDER BY 1",
        f"CREATE TRIGGER observation_search_insert AFTER INSERT ON {TABLE} BEGIN"
        f" INSERT INTO observation_search(rowid, id, stems) VALUES ({NEW}, new.id, new.stems); END",
        f"CREATE TRIGGER observation_search_update AFTER UPDATE OF stems ON {TABLE} WHEN old.stems <> new.stems BEGIN"
        f" UPDATE observation_search SET stems = new.stems WHERE rowid = {NEW}; END",
        f"CREATE TRIGGER observation_search_delete AFTER DELETE ON {TABLE} BEGIN"
        f" DELETE FROM observation_search WHERE rowid = {OLD}; END",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS observation_search",
        f"CREATE INDEX observation_search ON {TABLE} USING gin (to_tsvector('simple', stems))",
    ],
}
REMOVAL: Final = {
    "sqlite": STATEMENTS["sqlite"][:4],
    "postgresql": STATEMENTS["postgresql"][:1],
}


def create(apps: Any, schema_editor: Any) -> None:
    """Builds the index anew from the column. For migrations."""
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in REMOVAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
