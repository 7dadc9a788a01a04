"""What each synthèse reads once an observation is erased: « parole retirée », and everything else as it was.

The words chosen for a synthèse are found by their place in it. Those that its writer copied into an
introduction or a comment are found by their text, if it is long enough to be nobody else's.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import cast

from observations.actions import erasure
from observations.actions.erasure import Paper
from observations.models import Observation, Summary, SummaryQuote, User
from observations.restitution import pdf
from observations.restitution.choices import withdraw
from observations.restitution.content import WITHDRAWN, Content
from observations.typography import french, printable

LONG_ENOUGH = 15
"""Characters: « C’est cher. » may be anybody's words, and stays in a comment."""
ATTEMPTS = 3


class Erasable:
    """One observation and the synthèses that hold its words, counted for who is about to erase."""

    def __init__(self, observation: Observation) -> None:
        self.observation = observation
        self.seen = erasure.moments()
        texts = (observation.words, observation.seen, observation.reading, observation.public_text)
        self.needles = _needles(texts)
        self.places = _places(observation)
        self.papers = [paper for summary in _summaries() if (paper := self._paper(summary))]

    @property
    def published(self) -> int:
        """How many published versions change."""
        return sum(paper.content is not None for paper in self.papers)

    @property
    def drafts(self) -> int:
        """How many drafts lose a quote or a passage."""
        quoting = SummaryQuote.objects.filter(observation=self.observation, summary__published_at=None)
        changed = {paper.summary_id for paper in self.papers if paper.content is None}
        return len(changed | set(quoting.values_list("summary_id", flat=True)))

    def with_pdfs(self) -> list[Paper]:
        """The papers, each published one set again. Raises PdfError."""
        return [
            replace(paper, pdf=pdf.render(cast(Content, paper.content))) if paper.content else paper
            for paper in self.papers
        ]

    def _paper(self, summary: Summary) -> Paper | None:
        """The synthèse without these words, or None when it holds none of them."""
        content = cast(Content, summary.content) if summary.content else None
        lighter = self._content(content, self.places.get(summary.pk, ())) if content else None
        paper = Paper(
            summary.pk,
            introduction=self.without(summary.introduction),
            comments={slug: self.without(text) for slug, text in summary.comments.items()},
            reason=self.without(summary.reason),
            content=lighter,
        )
        before = (summary.introduction, summary.comments, summary.reason, content)
        return paper if (paper.introduction, paper.comments, paper.reason, lighter) != before else None

    def _content(self, content: Content, places: "tuple[int, ...] | list[int]") -> Content:
        for place in places:
            content = withdraw(content, place)
        prose = {"introduction": self.without(content["introduction"])}
        prose["correction"] = self.without(content["correction"])
        comments = [{**comment, "text": self.without(comment["text"])} for comment in content["comments"]]
        return cast(Content, {**content, **prose, "comments": comments})

    def without(self, text: str) -> str:
        """The text with « parole retirée » in place of its words."""
        for needle in self.needles:
            text = needle.sub(WITHDRAWN, text)
        return text


def erase(*, observation: Observation, reason: str, by: User) -> None:
    """Erases it everywhere. Raises erasure.Gone, PdfError, and erasure.Stale while synthèses keep being saved."""
    for attempt in range(1, ATTEMPTS + 1):
        found = Erasable(observation)
        try:
            erasure.erase(
                observation_id=observation.pk,
                reason=reason,
                papers=found.with_pdfs(),
                seen=found.seen,
                without=found.without,
                by=by,
            )
        except erasure.Stale:
            if attempt == ATTEMPTS:
                raise
        else:
            return


def erase_again(identifier: uuid.UUID, tombstone: str, at: datetime | None) -> bool:
    """After an older backup came back: the erasure holds. Whether the backup still had the words."""
    observation = Observation.objects.filter(pk=identifier).first()
    if observation is None:
        erasure.lay_tombstone(identifier, tombstone, at)
        return False
    found = Erasable(observation)
    erasure.erase(
        observation_id=identifier,
        reason=erasure.AFTER_RESTORE,
        papers=found.with_pdfs(),
        seen=found.seen,
        without=found.without,
        by=None,
        tombstone=tombstone,
        at=at,
    )
    return True


def _summaries() -> Iterator[Summary]:
    return Summary.objects.order_by("pk").defer("pdf").iterator()


def _places(observation: Observation) -> dict[int, list[int]]:
    """Where each published version quotes it: its rank among the quotes, from 0, by summary."""
    published = Summary.objects.published().filter(quotes__observation=observation)
    places: dict[int, list[int]] = {}
    ranks: dict[int, int] = {}
    for quote in SummaryQuote.objects.filter(summary__in=published.values("pk")).order_by(
        "summary", "position"
    ):
        rank = ranks[quote.summary_id] = ranks.get(quote.summary_id, -1) + 1
        if quote.observation_id == observation.pk:
            places.setdefault(quote.summary_id, []).append(rank)
    return places


def _needles(texts: "tuple[str, ...]") -> list[re.Pattern[str]]:
    """Each text as it was typed and as the house prints it, whatever its spaces and its capitals."""
    forms = {form for text in texts for form in (text.strip(), french(text.strip()), printable(text))}
    long = sorted((form for form in forms if len(form) >= LONG_ENOUGH), key=len, reverse=True)
    return [re.compile(r"\s+".join(map(re.escape, form.split())), re.IGNORECASE) for form in long]
