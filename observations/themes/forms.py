"""What an editor types of a theme. The rules of a theme itself are in actions.reference."""

from django import forms

from observations.models import Colour, Icon


class SubThemeForm(forms.Form):
    """The names of a theme; a sub-theme has nothing else of its own."""

    name = forms.CharField(
        label="Nom", max_length=60, error_messages={"required": "Donnez un nom à ce thème."}
    )
    short_name = forms.CharField(
        label="Nom court",
        max_length=30,
        required=False,
        help_text="Pour les tuiles du téléphone, si le nom est long. 30 caractères au plus.",
    )


class ThemeForm(SubThemeForm):
    """A main theme has a look besides."""

    colour = forms.ChoiceField(
        label="Couleur",
        choices=Colour.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une couleur."},
    )
    icon = forms.ChoiceField(
        label="Icône",
        choices=Icon.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une icône."},
    )
