"""What a reviewer's gesture must hold, and what to say when it does not."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from observations.models import Neighbourhood, Status, Theme
from observations.models.journal import AuthorReason, ExportReason
from observations.models.observation import NOTE_MAX, TEXT_MAX

MISSING = {
    Status.TO_COMPLETE: ("question", "Écrivez votre question : elle sera lue par la personne qui a écrit."),
    Status.SET_ASIDE: ("reason", "Dites pourquoi vous l’écartez : la personne qui a écrit le lira."),
}
# Offered beside the field; anything else may be written.
ALREADY_NOTED = "Déjà notée dans une autre observation"
USUAL_REASONS = [
    ALREADY_NOTED,
    "Ne parle pas du quartier",
    "Relève d’un suivi individuel : orientée vers le bon service",
    "Trop imprécise, sans réponse à notre question",
    "Contient des détails qui font reconnaître quelqu’un",
]


def text_field(limit: int, what: str) -> forms.CharField:
    too_long = f"{what} est trop long : {limit} caractères au plus. Rien n’est perdu, raccourcissez-le ici."
    return forms.CharField(required=False, max_length=limit, error_messages={"max_length": too_long})


def day_field(what: str) -> forms.DateField:
    wrong = f"{what} s’écrit comme 23/11/2026."
    return forms.DateField(error_messages={"required": wrong, "invalid": wrong})


class NoteForm(forms.Form):
    """A status with the question or the motive that goes with it."""

    question = text_field(NOTE_MAX, "La question")
    reason = text_field(NOTE_MAX, "Le motif")

    def note(self, status: str) -> str:
        """The question or motive that this status wants, if any."""
        return self.cleaned_data.get(MISSING[Status(status)][0], "") if status in MISSING else ""

    def require_note(self, status: str) -> None:
        if status in MISSING:
            name, message = MISSING[Status(status)]
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, message)


class TextForm(forms.Form):
    """The text for partners, as written beside the original. `revision` is what the page was opened on."""

    revision = forms.IntegerField(min_value=1)
    text = text_field(TEXT_MAX, "Le texte")

    def clean_text(self) -> str:
        # Browsers send the ends of lines as CRLF; phones and the database hold LF.
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class DecisionForm(TextForm, NoteForm):
    """A decision on one observation, with the text that stood beside it."""

    status = forms.ChoiceField(choices=Status)

    def clean(self) -> dict[str, Any]:
        self.require_note(self.cleaned_data.get("status", ""))
        return self.cleaned_data


class SortForm(TextForm):
    """Another theme, another neighbourhood, or both; empty leaves it where it is."""

    theme = forms.ModelChoiceField(Theme.objects.offered(), required=False, to_field_name="slug")

    def __init__(self, data: QueryDict, *, places: QuerySet[Neighbourhood]) -> None:
        super().__init__(data)
        self.fields["neighbourhood"] = forms.ModelChoiceField(places, required=False, to_field_name="code")

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if not self.errors and not chosen.get("theme") and not chosen.get("neighbourhood"):
            self.add_error("theme", "Choisissez un autre thème ou un autre quartier.")
        return chosen


class AuthorForm(TextForm):
    """Why the author's name is asked for; the text beside comes along, so that none is lost."""

    why = forms.ChoiceField(
        choices=AuthorReason,
        error_messages={
            "required": "Choisissez le motif pour lequel vous demandez ce nom.",
            "invalid_choice": "Choisissez un motif de la liste.",
        },
    )


class DaysForm(forms.Form):
    """The days that the filters' period is set against, both included."""

    du2 = day_field("La date « du »")
    au2 = day_field("La date « au »")

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("du2"), self.cleaned_data.get("au2")
        if first and last and last < first:
            self.add_error("au2", "La date « au » précède la date « du ».")
        return self.cleaned_data


class ExportForm(forms.Form):
    """Why raw words leave, and as what."""

    why = forms.ChoiceField(
        choices=ExportReason,
        error_messages={
            "required": "Choisissez le motif de cet export.",
            "invalid_choice": "Choisissez un motif de la liste.",
        },
    )
    kind = forms.ChoiceField(
        choices=[("xlsx", "Classeur (XLSX)"), ("csv", "Texte (CSV)"), ("geojson", "Carte (GeoJSON)")],
        error_messages={
            "required": "Choisissez un format.",
            "invalid_choice": "Choisissez un des trois formats.",
        },
    )


class BatchForm(NoteForm):
    """One gesture for the observations ticked in the list: a status, or a theme."""

    SORT = "theme"

    gesture = forms.ChoiceField(choices=[*Status.choices, (SORT, "thème")])
    theme = forms.ModelChoiceField(Theme.objects.offered(), required=False, to_field_name="slug")

    def clean(self) -> dict[str, Any]:
        gesture = self.cleaned_data.get("gesture", "")
        self.require_note(gesture)
        if gesture == self.SORT and not self.cleaned_data.get("theme") and "theme" not in self.errors:
            self.add_error("theme", "Choisissez le thème où les ranger.")
        return self.cleaned_data
