"""Template tags known to every template (settings, TEMPLATES builtins)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from observations import passages, search, typography
from observations.models import Observation
from observations.privacy.detect import detect

register = template.Library()

register.filter("french", typography.french)
register.filter("quoted", typography.quoted)
register.filter("number", typography.number)
register.filter("of_month", typography.of_month)
register.filter("long_date", typography.long_date)


@register.filter
def pluralize(n: float, forms: str = "s") -> str:
    """Django's, as French counts: « 0 observation », « 1,5 observation », « 2 observations »."""
    singular, plural = forms.split(",") if "," in forms else ("", forms)
    return plural if n >= 2 else singular


@register.filter
def marked(text: str) -> SafeString:
    """A text with its passages that may let somebody be recognised, each named for the ear and on hover."""
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html(
                    '<mark class="passage{}" title="{}">{}<span class="vh"> ({})</span></mark>',
                    "" if hit.blocks else " passage-quiet",
                    passages.LABELS[hit.kind],
                    piece,
                    passages.LABELS[hit.kind],
                )
                if hit
                else piece,
            )
            for piece, hit in passages.pieces(text, detect(text))
        ),
    )


@register.filter
def is_marked(observation: Observation) -> bool:
    """Whether a passage of it may let somebody be recognised. Its `hit_reviews` are to be prefetched."""
    return passages.is_marked(observation)


# What stands before a passage that is not somebody's words.
SOURCES = {
    "seen": "Vu :",
    "reading": "Compris :",
    "public_text": "Texte pour les partenaires :",
    "place_label": "Lieu :",
}


@register.inclusion_tag("components/found.html")
def found(observation: Observation, wanted: list[tuple[str, ...]]) -> dict[str, Any]:
    """The passage that answers a search, what was sought marked; else the beginning of its text."""
    where = search.found_in(observation, wanted)
    return {"where": where, "source": where and SOURCES.get(where.name), "observation": observation}


@register.filter
def near_date(day: date) -> str:
    """« aujourd’hui », « hier », « 19 nov. »."""
    return typography.near_date(day, timezone.localdate())


@register.filter
def near_moment(moment: datetime) -> str:
    """« aujourd’hui à 10 h 12 », in the territory's time."""
    local = timezone.localtime(moment)
    return f"{near_date(local.date())} à {typography.clock(local)}"


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One symbol of icons.svg, for the eye only: a word always stands beside it."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        extra,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
@cache
def stylesheet(name: str) -> SafeString:
    """A stylesheet's text, for a page that cannot wait for one more answer of the network."""
    with staticfiles_storage.open(static(name).removeprefix(settings.STATIC_URL)) as file:
        return SafeString(file.read().decode())  # nosec B703 - our own file


@register.inclusion_tag("components/mark.html")
def mark(theme: Any, small: bool = False) -> dict[str, Any]:
    """The mark of a theme (object or dict with colour and icon): fill, icon, edge."""
    return {"theme": theme, "small": small}


# A column of the small year, and the tallest, in pixels.
COLUMN, TALLEST = 8, 32


@register.inclusion_tag("components/year.html")
def year(months: Sequence[tuple[date, int]], tallest: int = 0, name: str = "Mois par mois") -> dict[str, Any]:
    """Counts of months as small columns, said in words too. `tallest` where several compare."""
    scale = max(tallest, *(n for _, n in months), 1)
    heights = [round(TALLEST * n / scale) for _, n in months]
    said = ", ".join(f"{typography.short_month(month)} {n}" for month, n in months)
    return {
        "bars": [(COLUMN * i, TALLEST + 1 - height, height) for i, height in enumerate(heights)],
        "width": COLUMN * len(months),
        "label": typography.french(f"{name} : {said}"),
    }


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """The page's query string with some values changed; None removes one: `{% query page=2 %}`."""
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"
