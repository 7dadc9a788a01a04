"""Reference data and accounts; observations listed without their texts.

Registered here and nowhere else: autodiscovery would import `leaflet.admin`, which needs GDAL.
"""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from observations.actions import accounts, territory
from observations.models import Neighbourhood, Observation, Territory, Theme, User
from observations.privacy.fields import FIELDS, privacy_class

admin.site.site_header = "Nouveaux Accords"
admin.site.site_title = "Nouveaux Accords"
admin.site.index_title = "Administration"
admin.site.empty_value_display = "–"

# Internal fields that nobody reads.
MACHINERY = {"form_version", "revision"}
SHOWN = [name for name in FIELDS["observations.Observation"]["internal"].split() if name not in MACHINERY]


def _user(request: HttpRequest) -> User:
    """Whoever is signed in: the administration's pages open to nobody else."""
    return cast(User, request.user)


class CarefulAdmin(admin.ModelAdmin):
    """Nothing is deleted from here, and a query string cannot ask about a raw or secret field.

    Django filters by any local field that an address names: `?words__contains=…` would tell, row by row,
    what the pages never show.
    """

    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        name = lookup.split("__")[0]
        known = privacy_class(self.model._meta.label, name) in {"public", "internal"}
        if not known or lookup.endswith(("__regex", "__iregex")):  # a broken pattern is the database's error
            return False
        return super().lookup_allowed(lookup, value, cast(HttpRequest, request))


class ReadOnlyAdmin(CarefulAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Territory)
class TerritoryAdmin(CarefulAdmin):
    list_display = ["name", "siren", "threshold"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Territory, form: forms.ModelForm, change: bool) -> None:
        territory.update_territory(territory=obj, **form.cleaned_data, by=_user(request))


@admin.register(Neighbourhood)
class NeighbourhoodAdmin(CarefulAdmin):
    """Their list and outlines come from the official file (`manage.py import_quartiers`)."""

    list_display = ["code", "name", "commune_names", "generation", "active"]
    list_filter = ["active", "generation"]
    search_fields = ["code", "name"]
    readonly_fields = ["code", "name", "commune_names", "generation", "source", "outline", "updated_at"]
    fields = [*readonly_fields, "active"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Neighbourhood]:
        return super().get_queryset(request).defer("boundary")

    @admin.display(description="communes")
    def commune_names(self, neighbourhood: Neighbourhood) -> str:
        return neighbourhood.commune_names

    @admin.display(description="emprise du contour")
    def outline(self, neighbourhood: Neighbourhood) -> str:
        place = neighbourhood
        return f"{place.south:.4f} à {place.north:.4f} nord, {place.west:.4f} à {place.east:.4f} est"

    def save_model(
        self, request: HttpRequest, obj: Neighbourhood, form: forms.ModelForm, change: bool
    ) -> None:
        active = form.cleaned_data["active"]
        territory.set_neighbourhood_active(neighbourhood=obj, active=active, by=_user(request))


class AccountForm(forms.ModelForm):
    """`by` is who is signed in."""

    by: User

    class Meta:
        model = User
        fields = ["email", "name", "role", "neighbourhoods", "is_active"]
        widgets = {"neighbourhoods": forms.CheckboxSelectMultiple}

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        accounts.check_keeps_access(
            account=self.instance,
            role=data.get("role", ""),
            is_active=data.get("is_active", False),
            by=self.by,
        )
        return data


@admin.register(User)
class UserAdmin(CarefulAdmin):
    form = AccountForm
    list_display = ["email", "name", "role", "is_active"]
    list_filter = ["role", "is_active", "neighbourhoods"]
    search_fields = ["email", "name"]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        return type("AccountFormOfSomebody", (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if change:
            accounts.update_account(account=obj, **form.cleaned_data, by=_user(request))
        else:
            obj.pk = accounts.create_account(**form.cleaned_data, by=_user(request)).pk

    def save_related(self, *args: Any) -> None:
        """The action has written the neighbourhoods too."""


@admin.register(Theme)
class ThemeAdmin(ReadOnlyAdmin):
    """The CDSU edits them in the application, at /themes/."""

    list_display = ["name", "parent", "slug", "active"]
    list_filter = ["active"]
    list_select_related = ["parent"]


class MainThemeFilter(admin.SimpleListFilter):
    title = "thème"
    parameter_name = "theme"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(theme.slug, theme.name) for theme in Theme.objects.roots()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Observation]) -> QuerySet[Observation]:
        if not self.value():
            return queryset
        return queryset.filter(Q(theme__slug=self.value()) | Q(theme__parent__slug=self.value()))


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    """How many and of what kind: only fields that privacy/fields.py calls internal are even read."""

    list_display = ["observed_on", "main_theme", "sub_theme", "place", "nature", "status"]
    list_per_page = 50
    list_filter = [MainThemeFilter, "neighbourhood", "status", "nature"]
    list_select_related = ["theme__parent", "neighbourhood"]
    date_hierarchy = "observed_on"
    ordering = ["-observed_on", "-received_at", "pk"]
    fields = tuple(SHOWN)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Observation]:
        outlines = ["neighbourhood__code", "neighbourhood__name"]
        themes = ["theme__name", "theme__parent__name"]
        return super().get_queryset(request).only(*SHOWN, *outlines, *themes)

    @admin.display(description="thème", ordering="theme__rank")
    def main_theme(self, observation: Observation) -> str:
        return observation.theme.root.name

    @admin.display(description="sous-thème")
    def sub_theme(self, observation: Observation) -> str | None:
        return observation.theme.name if observation.theme.parent else None

    @admin.display(description="quartier", ordering="neighbourhood__name")
    def place(self, observation: Observation) -> str:
        return observation.neighbourhood.short_name
