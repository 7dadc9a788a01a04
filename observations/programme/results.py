"""What residents' answers about an action may say in public. Pure: no ORM, no clock.

Answers come in one by one, and a page that moved with each would tell each. So an action's evaluation is closed
once, and what is shown is one partition of all its answers (privacy.suppress), frozen then.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from observations.privacy.suppress import Part, partition


class Results(TypedDict):
    """Of one question: `shown`: [answer, how many], in the order of the choices; `rest`: the others together."""

    shown: list[tuple[str, int]]
    rest: int


def results(
    answers: Mapping[str, Iterable[tuple[date, str]]], choices: Sequence[str], *, threshold: int
) -> dict[str, Results] | None:
    """By question, of its (day, answer); None when they are too few for anything to be said.

    Raises ValueError for a threshold under 5.
    """
    tables = {
        name: partition([_part(choice, list(given)) for choice in choices], threshold=threshold)
        for name, given in ((name, tuple(rows)) for name, rows in answers.items())
    }
    if any(table.total is None for table in tables.values()):
        return None
    return {
        name: {
            "shown": [(choice, n) for choice in choices if (n := table.n(choice))],
            "rest": table.rest.n if table.rest else 0,
        }
        for name, table in tables.items()
    }


def _part(choice: str, answers: Sequence[tuple[date, str]]) -> Part:
    days = [day for day, answer in answers if answer == choice]
    return Part(choice, len(days), frozenset(days))
