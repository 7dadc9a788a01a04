"""The A4 poster of a hall: what residents said, and what comes of it, in letters read from two metres."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from observations.typesetting.setting import all_drawable, typeset
from observations.typography import french, long_date

TEMPLATE = Path(__file__).with_name("poster.typ")


def poster(
    *,
    headline: str,
    parts: Sequence[tuple[str, str, str]],
    places: Sequence[str],
    where: str,
    territory: str,
    address: str,
    code: str,
    published: datetime,
) -> bytes:
    """The PDF (PDF/UA-1), one page. Raises PdfError.

    `parts`: (name, heading, text); `address`: as it is typed; `code`: the same as an SVG to scan.
    """
    day = long_date(published.date())
    data = {
        "headline": french(headline),
        "parts": [
            {"name": name, "title": french(title), "text": french(text)} for name, title, text in parts
        ],
        "places": ", ".join(places),
        "where": french(where),
        "footer": french(f"{territory}. {day[0].upper()}{day[1:]}."),
        "address": address,
        "address_label": french("Pour écouter ou relire cette page :"),
    }
    stamp = int(published.replace(tzinfo=published.tzinfo or UTC).timestamp())
    return typeset(TEMPLATE, {**all_drawable(data), "code": code}, timestamp=stamp)
