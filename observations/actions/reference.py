"""Writes the reference data: quartiers taken from the official file, and the territory's own themes."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from observations import geo
from observations.anct import OfficialQuartier
from observations.models import Neighbourhood, Theme, User

logger = logging.getLogger(__name__)

# --- quartiers ----------------------------------------------------------------------------------------------

CONTENT = ("name", "communes", "generation", "boundary", "west", "south", "east", "north", "active")
"""What makes a row differ from its record. A new source alone changes nothing worth telling."""


@dataclass(frozen=True)
class ImportReport:
    """Codes by what became of them; `repaired` holds the records whose outline was not valid."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    unchanged: tuple[str, ...]
    repaired: tuple[OfficialQuartier, ...]


def import_neighbourhoods(
    *, records: Sequence[OfficialQuartier], source: str, dry_run: bool = False
) -> ImportReport:
    """Make `records` the list of quartiers of this territory: all or nothing, and the same twice.

    A code that left the list becomes inactive and keeps its observations; one that comes back is active again.
    With `dry_run` the report is that of the import, and nothing is written.
    """
    wanted = {record.code: _neighbourhood(record, source) for record in records}
    with transaction.atomic():
        known = {row.code: row for row in Neighbourhood.objects.select_for_update()}
        changed = [code for code in wanted if code in known and _differ(known[code], wanted[code])]
        report = ImportReport(
            added=tuple(code for code in wanted if code not in known),
            changed=tuple(changed),
            retired=tuple(sorted(code for code, row in known.items() if row.active and code not in wanted)),
            unchanged=tuple(code for code in wanted if code in known and code not in set(changed)),
            repaired=tuple(record for record in records if record.repaired),
        )
        if not dry_run:
            _write([wanted[code] for code in (*report.added, *report.changed)], report.retired)
    return report


def _write(rows: list[Neighbourhood], retired: Iterable[str]) -> None:
    Neighbourhood.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*CONTENT, "source", "updated_at"],
    )
    Neighbourhood.objects.filter(code__in=retired).update(active=False)


def _neighbourhood(record: OfficialQuartier, source: str) -> Neighbourhood:
    west, south, east, north = geo.bounds(record.geometry)
    return Neighbourhood(
        code=record.code,
        name=record.name,
        communes=[{"insee": insee, "name": name} for insee, name in record.communes],
        generation=record.generation,
        boundary=geo.to_geojson(record.geometry),
        west=west,
        south=south,
        east=east,
        north=north,
        source=source,
        active=True,
    )


def _differ(known: Neighbourhood, wanted: Neighbourhood) -> bool:
    return any(getattr(known, field) != getattr(wanted, field) for field in CONTENT)


# --- themes -------------------------------------------------------------------------------------------------

Direction = Literal["up", "down"]


@transaction.atomic
def create_theme(
    *,
    name: str,
    by: User,
    parent: Theme | None = None,
    short_name: str = "",
    colour: str = "",
    icon: str = "",
) -> Theme:
    """Add a theme, or a sub-theme that wears the colour and icon of its `parent`, at the end of its list.

    Its slug is made here once and for ever. Raises `ValidationError`.
    """
    if parent is not None:
        _check_parent(parent)
        colour, icon = parent.colour, parent.icon
    themes = _locked()
    theme = Theme(parent=parent, name=name.strip(), short_name=short_name.strip(), colour=colour, icon=icon)
    theme.slug = _free_slug(theme, {other.slug for other in themes})
    theme.rank = max((other.rank for other in themes), default=-1) + 1
    _check(theme, themes)
    theme.save(force_insert=True)
    renumber()
    logger.info("theme %s created by user %s", theme.pk, by.pk)
    theme.refresh_from_db()
    return theme


def rename_theme(*, theme: Theme, name: str, short_name: str, by: User) -> Theme:
    """Change the names only; the slug stays. Raises `ValidationError`."""
    return update_theme(
        theme=theme, name=name, short_name=short_name, colour=theme.colour, icon=theme.icon, by=by
    )


@transaction.atomic
def update_theme(*, theme: Theme, name: str, short_name: str, colour: str, icon: str, by: User) -> Theme:
    """Change names and look; the look of a theme is also that of its sub-themes. Raises `ValidationError`."""
    themes = _locked()
    theme.name, theme.short_name, theme.colour, theme.icon = name.strip(), short_name.strip(), colour, icon
    parent = next((other for other in themes if other.pk == theme.parent_id), None)
    if parent is not None:
        theme.colour, theme.icon = parent.colour, parent.icon
    _check(theme, themes)
    theme.save(update_fields=["name", "short_name", "colour", "icon"])
    theme.children.update(colour=theme.colour, icon=theme.icon)
    logger.info("theme %s updated by user %s", theme.pk, by.pk)
    return theme


@transaction.atomic
def retire_theme(*, theme: Theme, by: User) -> Theme:
    """Stop offering a theme, and with it its sub-themes, whose own state is kept; observations keep it.

    Raises `ValidationError` on the last active theme: the form needs one.
    """
    others = [other for other in _locked() if other.parent_id is None and other.active and other != theme]
    if theme.parent_id is None and not others:
        raise ValidationError("Gardez au moins un thème proposé à la saisie.", code="last")
    return _set_active(theme, False, by)


@transaction.atomic
def restore_theme(*, theme: Theme, by: User) -> Theme:
    """Offer a retired theme again; its sub-themes come back as they were."""
    return _set_active(theme, True, by)


@transaction.atomic
def move_theme(*, theme: Theme, direction: Direction, by: User) -> Theme:
    """Swap with the theme before (`up`) or after (`down`) under the same parent; at the end, nothing moves.

    Raises `ValidationError` for another direction.
    """
    if direction not in ("up", "down"):
        raise ValidationError("Ce déplacement n’existe pas : vers le haut ou vers le bas.", code="direction")
    siblings = [other for other in _locked() if other.parent_id == theme.parent_id]
    here = siblings.index(theme)
    there = here + (1 if direction == "down" else -1)
    if 0 <= there < len(siblings):
        moved, passed = siblings[here], siblings[there]
        moved.rank, passed.rank = passed.rank, moved.rank
        Theme.objects.bulk_update([moved, passed], ["rank"])
        renumber()
        logger.info("theme %s moved by user %s", theme.pk, by.pk)
    theme.refresh_from_db()
    return theme


def renumber() -> None:
    """Set every rank to its place in the whole list, each parent before its children: 0, 1, 2…

    The only place that computes ranks; among siblings the order is that of the ranks found.
    """
    themes = list(Theme.objects.order_by("rank", "pk"))
    children: dict[int | None, list[Theme]] = {}
    for theme in themes:
        children.setdefault(theme.parent_id, []).append(theme)
    ordered = [theme for root in children.get(None, []) for theme in (root, *children.get(root.pk, []))]
    misplaced = [theme for rank, theme in enumerate(ordered) if theme.rank != rank]
    for rank, theme in enumerate(ordered):
        theme.rank = rank
    Theme.objects.bulk_update(misplaced, ["rank"])


def _locked() -> list[Theme]:
    """All themes in order, held until the end of the transaction: two editors do not cross."""
    return list(Theme.objects.select_for_update().order_by("rank", "pk"))


def _set_active(theme: Theme, active: bool, by: User) -> Theme:
    theme.active = active
    theme.save(update_fields=["active"])
    logger.info("theme %s %s by user %s", theme.pk, "restored" if active else "retired", by.pk)
    return theme


def _check_parent(parent: Theme) -> None:
    if parent.parent_id is not None:
        raise ValidationError("Un sous-thème ne peut pas en contenir d’autres.", code="depth")
    if not parent.active:
        raise ValidationError(
            "Ce thème est retiré. Rétablissez-le avant d’y ajouter un sous-thème.", code="retired"
        )


def _check(theme: Theme, themes: Iterable[Theme]) -> None:
    """Field rules of the model, and one name once under the same parent."""
    if not theme.name:
        raise ValidationError({"name": "Donnez un nom à ce thème."})
    theme.full_clean(exclude=["slug", "parent", "rank"], validate_unique=False)
    same = theme.name.casefold()
    if any(
        other.parent_id == theme.parent_id and other.name.casefold() == same and other.pk != theme.pk
        for other in themes
    ):
        raise ValidationError({"name": "Un autre thème porte déjà ce nom ici."})


def _free_slug(theme: Theme, taken: set[str]) -> str:
    """A slug made of the names, numbered from 2 when it is taken: « mobilites-bus », « mobilites-bus-2 »."""
    own = slugify(theme.name.replace("œ", "oe").replace("Œ", "Oe")) or "theme"
    base = (f"{theme.parent.slug}-{own}" if theme.parent else own)[:55].rstrip("-")
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
