"""What a need must hold, and what to say when it does not."""

from typing import Any

from django import forms

from observations.form_fields import too_long
from observations.models import Need, NeedState, Theme, User
from observations.models.need import DESCRIPTION_MAX, TITLE_MAX, Priority
from observations.models.observation import NOTE_MAX
from observations.permissions import neighbourhoods_for


class NeedForm(forms.Form):
    """A need's own words, theme and places. A limited account names at least one of its neighbourhoods."""

    title = forms.CharField(
        label="Le besoin, en une ligne",
        max_length=TITLE_MAX,
        help_text="Comme on le dirait à un partenaire : « Les ascenseurs de la tour B tombent en panne ».",
        error_messages=too_long("Le titre", TITLE_MAX) | {"required": "Donnez un titre à ce besoin."},
    )
    description = forms.CharField(
        label="En quelques mots, ceux des habitant·e·s",
        max_length=DESCRIPTION_MAX,
        required=False,
        widget=forms.Textarea,
        help_text="Ce qui se dit, sans rien qui fasse reconnaître quelqu’un.",
        error_messages=too_long("Ce texte", DESCRIPTION_MAX),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.offered(),
        to_field_name="slug",
        label="Thème",
        error_messages={
            "required": "Choisissez un thème.",
            "invalid_choice": "Choisissez un thème de la liste.",
        },
    )
    priority = forms.TypedChoiceField(
        choices=Priority.choices,
        coerce=int,
        initial=Priority.NORMAL,
        label="Priorité",
        error_messages={"invalid_choice": "Choisissez une priorité de la liste."},
    )
    under_way = forms.CharField(
        label="Ce qui est déjà en cours",
        max_length=DESCRIPTION_MAX,
        required=False,
        widget=forms.Textarea,
        help_text="Une action, une demande, une réponse déjà donnée : pour ne pas demander deux fois.",
        error_messages=too_long("Ce texte", DESCRIPTION_MAX),
    )

    def __init__(self, *args: Any, user: User, need: Need | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limited = user.neighbourhoods.exists()
        self.fields["neighbourhoods"] = forms.ModelMultipleChoiceField(
            neighbourhoods_for(user).defer("boundary"),
            to_field_name="code",
            required=False,
            label="Quartiers",
            help_text="Ceux de ses observations y sont toujours.",
            error_messages={"invalid_choice": "Choisissez parmi vos quartiers."},
        )
        if need is not None:
            # What the page was opened on: somebody else's change since is not written over.
            self.fields["revision"] = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
        self.order_fields(["title", "description", "theme", "neighbourhoods", "priority", "under_way"])
        if need is not None and not need.theme.active:
            # A theme that is no longer offered stays what it is about.
            offered = Theme.objects.offered() | Theme.objects.filter(pk=need.theme_id)
            self.fields["theme"] = forms.ModelChoiceField(offered, to_field_name="slug", label="Thème")

    def clean_neighbourhoods(self) -> Any:
        places = self.cleaned_data["neighbourhoods"]
        if self.limited and not places:
            raise forms.ValidationError("Choisissez au moins un de vos quartiers.")
        return places

    def clean(self) -> dict[str, Any]:
        for name in ("description", "under_way"):
            # Browsers send the ends of lines as CRLF; the database holds LF.
            if name in self.cleaned_data:
                self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        return self.cleaned_data


class StateForm(forms.Form):
    """Another state, and a word about it: needed where nothing will be done."""

    revision = forms.IntegerField(min_value=1)
    state = forms.ChoiceField(
        choices=NeedState,
        error_messages={
            "required": "Choisissez un état.",
            "invalid_choice": "Choisissez un état de la liste.",
        },
    )
    reason = forms.CharField(max_length=NOTE_MAX, required=False, error_messages=too_long("Ce mot", NOTE_MAX))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if (
            chosen.get("state") == NeedState.DROPPED
            and not chosen.get("reason")
            and "reason" not in self.errors
        ):
            self.add_error(
                "reason", "Dites pourquoi il reste sans suite : celles et ceux qui ont parlé le liront."
            )
        return chosen
