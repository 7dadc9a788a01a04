"""What the list of synthèses holds, a line a month."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from observations.models import Observation, Summary, User
from observations.permissions import readable_summaries

# How far back a synthèse is proposed: the last twelve months, as lists and maps.
BACK = 12


@dataclass
class Line:
    """One month: the draft in progress, the version that partners read, those that it replaced."""

    month: date
    draft: Summary | None = None
    latest: Summary | None = None
    older: list[Summary] = field(default_factory=list)


def lines_for(user: User) -> list[Line]:
    """Months that hold something for this reader, the newest first."""
    lines: dict[date, Line] = {}
    for summary in readable_summaries(user).light().order_by("-month", "-version"):
        _place(lines.setdefault(summary.month, Line(summary.month)), summary)
    return list(lines.values())


def months_to_prepare(lines: Sequence[Line]) -> list[date]:
    """Months of the last twelve in which something was heard and that are not in `lines`, newest first."""
    now = timezone.localdate().replace(day=1)
    index = now.year * 12 + now.month - BACK
    first = date(index // 12, index % 12 + 1, 1)
    heard = Observation.objects.in_months(first, now).dates("observed_on", "month", order="DESC")
    taken = {line.month for line in lines}
    return [month for month in heard if month not in taken]


def _place(line: Line, summary: Summary) -> None:
    if not summary.is_published:
        line.draft = summary
    elif line.latest is None:
        line.latest = summary
    else:
        line.older.append(summary)
