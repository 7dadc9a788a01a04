"""The words sought in what is published: what each synthèse says of them, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from observations import words
from observations.models import Summary
from observations.models.summary import SummaryQuerySet
from observations.restitution.content import Content

SOUGHT_MAX = 100
# Of one synthèse; its page has the others.
SHOWN = 3


@dataclass(frozen=True)
class Answer:
    """A month, its passages that answer (at most `SHOWN`), and how many more it holds."""

    summary: Summary
    passages: list[list[words.Piece]]
    more: int


def answers(published: SummaryQuerySet, sought: str) -> list[Answer]:
    """Those of `published` whose texts hold all the words sought. One query."""
    wanted = words.query(sought)
    read = published.defer("pdf").order_by("-month") if wanted else published.none()
    found = ((summary, words.answers(texts(cast(Content, summary.content)), wanted)) for summary in read)
    return [
        Answer(summary, passages[:SHOWN], max(0, len(passages) - SHOWN))
        for summary, passages in found
        if passages
    ]


def texts(content: Content) -> Iterator[str]:
    """What was said and written; a withdrawn quote is not there any more."""
    yield content["introduction"]
    yield from (comment["text"] for comment in content["comments"])
    yield from (quote["text"] for quote in content["quotes"] if not quote["withdrawn"])
