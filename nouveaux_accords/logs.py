"""Log lines without anybody's words."""

import logging
import re
import traceback
from types import TracebackType

# Whoever reads an address that holds a key holds the key.
KEYS = re.compile(r"(/(?:s|d|invitation)/)[^/\s]+")


class QuietFormatter(logging.Formatter):
    """Names an error and where it happened, never the values it carried.

    A database error quotes the row it refused, a template error its context: both can
    hold what a resident said. Query strings can hold searched words, a link's address its key.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = KEYS.sub(r"\1…", record.message.split("?", 1)[0])
        return super().formatMessage(record)

    def formatException(  # noqa: N802 - logging's name
        self, ei: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]
    ) -> str:
        frames = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(ei[2])]
        name = ei[0].__name__ if ei[0] else "Exception"
        return "\n".join([*frames, name])
