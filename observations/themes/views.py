"""The territory's themes, edited by the CDSU: names, look, order, what is offered. Nothing is ever deleted."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from observations.actions import reference
from observations.models import Theme, User
from observations.permissions import can_edit_themes, require
from observations.themes.forms import SubThemeForm, ThemeForm
from observations.typography import french


@require(can_edit_themes)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Both levels in order, each with how many observations use it: two queries whatever the rows."""
    # Ordered again: Django leaves a model's own order out of a query that counts.
    themes = Theme.objects.select_related("parent").annotate(n=Count("observation")).order_by("rank")
    children: dict[int, list[Theme]] = {}
    for theme in themes:
        children.setdefault(theme.parent_id or 0, []).append(theme)
    branches = [_Branch(theme, children.get(theme.pk, [])) for theme in children.get(0, [])]
    return render(request, "themes/list.html", {"branches": branches, "section": "themes"})


class _Branch:
    """A main theme, its sub-themes, and the observations of both."""

    def __init__(self, theme: Any, children: list[Any]) -> None:
        self.theme = theme
        self.children = children
        self.n = theme.n + sum(child.n for child in children)


@require(can_edit_themes)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, parent: int | None = None) -> HttpResponse:
    """A theme, or a sub-theme of `parent`."""
    within = get_object_or_404(Theme.objects.roots(), pk=parent) if parent else None
    form = (SubThemeForm if within else ThemeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            theme = reference.create_theme(**form.cleaned_data, parent=within, by=_editor(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, theme, f"« {theme.name} » est ajouté, et proposé à la saisie.")
    return _form_page(request, form, {"parent": within})


@require(can_edit_themes)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Names and look; what was typed is kept when it is refused."""
    theme = _theme(pk)
    names = {"name": theme.name, "short_name": theme.short_name}
    look = {"colour": theme.colour, "icon": theme.icon}
    kind = SubThemeForm if theme.parent else ThemeForm
    form = kind(request.POST or None, initial=names | look)
    if request.method == "POST" and form.is_valid():
        try:
            reference.update_theme(theme=theme, **(look | form.cleaned_data), by=_editor(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _back(request, theme, f"« {theme.name} » est enregistré.")
    return _form_page(request, form, {"theme": _theme(pk), "used": _used(theme)})


def _used(theme: Theme) -> int:
    branch = [theme.pk, *theme.children.values_list("pk", flat=True)]
    return Theme.objects.filter(pk__in=branch).aggregate(n=Count("observation"))["n"]


def _form_page(request: HttpRequest, form: SubThemeForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "themes/form.html", {**context, "form": form, "section": "themes"}, status=status)


@require(can_edit_themes)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """`up` or `down` holds the theme to move: one form for the whole list, without JavaScript."""
    direction: reference.Direction = "up" if "up" in request.POST else "down"
    key = request.POST.get(direction, "")
    theme = _theme(int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0)
    reference.move_theme(theme=theme, direction=direction, by=_editor(request))
    return redirect(f"{reverse('themes')}#theme-{theme.pk}")


@require(can_edit_themes)
@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    theme = _theme(pk)
    try:
        reference.retire_theme(theme=theme, by=_editor(request))
    except ValidationError as error:
        messages.error(request, french(error.messages[0]))
        return redirect("theme", pk)
    return _back(
        request,
        theme,
        f"« {theme.name} » n’est plus proposé à la saisie. Il reste dans l’historique ; "
        "« Rétablir » le remet comme avant.",
    )


@require(can_edit_themes)
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    theme = reference.restore_theme(theme=_theme(pk), by=_editor(request))
    return _back(request, theme, f"« {theme.name} » est de nouveau proposé à la saisie.")


def _editor(request: HttpRequest) -> User:
    """Whoever is signed in: these pages open to nobody else."""
    return cast(User, request.user)


def _theme(pk: int) -> Theme:
    return get_object_or_404(Theme.objects.select_related("parent"), pk=pk)


def _back(request: HttpRequest, theme: Theme, message: str) -> HttpResponse:
    messages.success(request, french(message))
    return redirect(f"{reverse('themes')}#theme-{theme.pk}")
