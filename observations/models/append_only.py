"""What makes the journal append-only: the database itself refuses to change or remove a line.

Whoever may drop a trigger can still cheat: that is what the seals are for (actions.sealing), and
`verify_journal` says when the guard is missing.
"""

from typing import Any, Final

TABLE: Final = "observations_journalentry"
REFUSAL: Final = "the journal is append-only"
TRIGGERS: Final = {
    # REPLACE removes the old row without asking the DELETE trigger: an identifier in use is refused first.
    "sqlite": ("journal_no_update", "journal_no_delete", "journal_no_replace"),
    "postgresql": ("journal_append_only",),
}
GUARD: Final = {
    "sqlite": [
        f"CREATE TRIGGER journal_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER journal_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        "CREATE TRIGGER journal_no_replace BEFORE INSERT ON observations_journalentry"
        " WHEN EXISTS (SELECT 1 FROM observations_journalentry WHERE id = NEW.id)"
        " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        f"CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}"
        " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses()",
        # Also for a session that replays a replication stream, which ordinary triggers sit out.
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER journal_append_only",
    ],
}
LIFT: Final = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS["sqlite"]],
    "postgresql": [f"DROP TRIGGER IF EXISTS journal_append_only ON {TABLE}"],
}
_STANDING: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled = 'A'",
}


def statements(vendor: str) -> list[str]:
    """What puts the guard up anew, whether or not it stands. `vendor`: a connection's `vendor`."""
    return [*LIFT[vendor], *GUARD[vendor]]


def is_guarded(connection: Any) -> bool:
    """Whether every trigger stands in this database."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor], [TABLE])
        standing = {name for (name,) in cursor.fetchall()}
    return standing >= set(TRIGGERS[connection.vendor])
