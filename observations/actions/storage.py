"""What was erased leaves the database's own files too, as far as the database can.

A deleted row stays readable in a file until its bytes are written over. SQLite writes over them at once
(`secure_delete`, in the settings); older pages still stand in its write-ahead log until it is emptied, and
VACUUM writes the whole file anew. PostgreSQL's VACUUM FULL rewrites each table. Neither reaches disks' own
copies, nor PostgreSQL's log of the last minutes, nor backups: docs/deploy.md says so.
"""

import logging

from django.db import OperationalError, connection, models

from observations.models import (
    Change,
    Need,
    NeedChange,
    Observation,
    SavedFilter,
    Summary,
    SummaryQuote,
    User,
)

logger = logging.getLogger(__name__)

# Tables that hold, or held, somebody's words or name.
TABLES: list[type[models.Model]] = [
    Observation,
    Change,
    Need,
    NeedChange,
    SavedFilter,
    Summary,
    SummaryQuote,
    User,
]
# SQLite. The words' index only marks what was deleted, until its parts are written anew.
OPTIMIZE = "INSERT INTO observation_search(observation_search) VALUES('optimize')"
CUT_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
BRIEFLY = 2_000  # milliseconds to wait for readers: nobody's page hangs on this


def empty_log() -> bool:
    """After an erasure: the search's index is written anew, the write-ahead log goes back into the file and is cut.

    False where readers hold them.
    """
    return connection.vendor != "sqlite" or _cut_log(OPTIMIZE)


def _cut_log(*before: str) -> bool:
    """Runs the statements `before`, then cuts the log; False where readers hold either longer than `BRIEFLY`."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {BRIEFLY}")
        try:
            for statement in before:
                cursor.execute(statement)
            cursor.execute(CUT_LOG)
            return bool(cursor.fetchone()[0] == 0)
        except OperationalError as error:
            logger.warning("write-ahead log not emptied: %s", type(error).__name__)
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def rewrite_files() -> bool:
    """Writes the files anew without what was erased; False where somebody held them, to be done next time."""
    if connection.in_atomic_block:  # a file is not rewritten in the middle of a transaction
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(OPTIMIZE)
                cursor.execute("VACUUM")
            else:
                cursor.execute(f"SET lock_timeout = {5 * BRIEFLY}")
                for model in TABLES:
                    cursor.execute(
                        f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(model._meta.db_table)}"
                    )
                cursor.execute("RESET lock_timeout")
    except OperationalError as error:
        logger.warning("files not rewritten: %s", type(error).__name__)
        return False
    return connection.vendor != "sqlite" or _cut_log()
