"""What an action, an import and an evaluation must hold, and what to say when they do not."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from observations.actions.capture import Entry
from observations.form_fields import day, line, prose, said, select
from observations.models import (
    Action,
    Agreement,
    Nature,
    Neighbourhood,
    Precision,
    Said,
    Theme,
    User,
)
from observations.models.observation import TEXT_MAX
from observations.models.programme import ACTION_MAX, FIRST_YEAR, LAST_YEAR, QUESTIONS, SUMMARY_MAX
from observations.permissions import neighbourhoods_for, readable_needs
from observations.programme.columns import FIELDS
from observations.table_file import MAX_BYTES


class ActionForm(forms.Form):
    """A funded action, and the needs that it answers."""

    name = line("Nom de l’action", ACTION_MAX, required="Donnez le nom de cette action.")
    bearer = line("Porteur", required="Dites qui la porte.")
    year = forms.IntegerField(
        label="Année",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
        error_messages=said("Écrivez l’année ainsi : 2026."),
    )
    summary = prose(
        "Ce qu’elle fait",
        SUMMARY_MAX,
        help_text="Pour qui, où, quand : de quoi la raconter à un voisin.",
    )

    def __init__(self, *args: Any, user: User, action: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        ticks = forms.CheckboxSelectMultiple
        self.fields["neighbourhoods"] = forms.ModelMultipleChoiceField(
            Neighbourhood.objects.active().defer("boundary"), required=False, label="Quartiers", widget=ticks
        )
        self.fields["themes"] = forms.ModelMultipleChoiceField(
            Theme.objects.roots().filter(active=True), required=False, label="Thèmes", widget=ticks
        )
        needs = readable_needs(user).standing().in_reading_order()
        self.fields["needs"] = forms.ModelMultipleChoiceField(
            needs, required=False, label="Besoins auxquels elle répond", widget=ticks
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        others = Action.objects.exclude(pk=self.action.pk) if self.action else Action.objects.all()
        same = {name: data.get(name) for name in ("name", "bearer", "year")}
        if all(same.values()) and others.filter(**same).exists():
            self.add_error("name", "Cette action de ce porteur est déjà dans le programme de cette année.")
        return data


class FileForm(forms.Form):
    """The spreadsheet."""

    fichier = forms.FileField(
        label="Le tableau",
        help_text="XLSX ou CSV : une ligne par action, les titres de colonnes en haut.",
        widget=forms.FileInput(attrs={"class": "input", "accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
            "missing": "Choisissez un fichier.",
            "invalid": "Choisissez un fichier.",
        },
    )

    def clean_fichier(self) -> bytes:
        file = self.cleaned_data["fichier"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"Ce fichier est trop gros : {MAX_BYTES >> 20} Mo au plus.")
        return bytes(file.read())


class ColumnsForm(forms.Form):
    """Which column holds what."""

    def __init__(self, *args: Any, header: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(place), title or f"Colonne {place + 1}") for place, title in enumerate(header)]
        for name, (label, needed, _) in FIELDS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=[("", "Pas dans ce tableau"), *named],
                required=needed,
                coerce=int,
                empty_value=None,
                **select(f"Dites quelle colonne donne « {label} »."),
            )

    def columns(self) -> dict[str, int]:
        return {name: place for name, place in self.cleaned_data.items() if place is not None}


class EvaluationForm(forms.Form):
    """Three plain questions, and the words of whoever answers: never an answer alone."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    words = prose(
        "Avec les mots de la personne",
        TEXT_MAX,
        required="Écrivez ce qui a été dit : une réponse seule ne dit rien.",
        help_text="Ce qu’elle en dit, ni nom, ni étage, ni numéro.",
        rows=4,
        css="said",
    )
    nature = forms.ChoiceField(
        choices=Nature.choices,
        error_messages=said("Choisissez : un besoin, une préoccupation, un atout ou une proposition."),
    )
    agreement = forms.ChoiceField(
        choices=[(Agreement.YES, "Oui"), (Agreement.NO, "Non")],
        error_messages=said("Dites si la personne accepte d’être citée."),
    )
    observed_on = day("Quel jour", "Dites quel jour c’était.")

    def __init__(self, *args: Any, user: User, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        for name, (question, _) in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=question,
                choices=Said.choices,
                error_messages=said(f"Répondez à : « {question} »."),
            )
        places = neighbourhoods_for(user).defer("boundary")
        where = action.neighbourhoods.values("pk")
        if where.exists() and places.filter(pk__in=where).exists():
            places = places.filter(pk__in=where)
        self.fields["neighbourhood"] = forms.ModelChoiceField(
            places,
            to_field_name="code",
            label="Quartier",
            empty_label="Choisir…",
            **select("Choisissez le quartier."),
        )

    def clean_observed_on(self) -> date:
        observed_on: date = self.cleaned_data["observed_on"]
        if observed_on > timezone.localdate():
            raise forms.ValidationError("Ce jour n’est pas encore venu.")
        return observed_on

    def clean_words(self) -> str:
        return str(self.cleaned_data["words"]).replace("\r\n", "\n")

    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in QUESTIONS}

    def entry(self) -> Entry:
        """The observation that these words are; its theme is the action's first."""
        data: Mapping[str, Any] = self.cleaned_data
        theme = self.action.themes.order_by("rank").first() or Theme.objects.get(slug="participation")
        return Entry(
            neighbourhood=data["neighbourhood"],
            theme=theme,
            nature=data["nature"],
            agreement=data["agreement"],
            observed_on=data["observed_on"],
            words=data["words"],
            precision=Precision.NEIGHBOURHOOD,
        )


def blank(user: User) -> dict[str, Any]:
    """A new evaluation: today, and the neighbourhood of whoever has one only."""
    places = list(neighbourhoods_for(user)[:2])
    start: dict[str, Any] = {"id": uuid.uuid4(), "observed_on": timezone.localdate()}
    return start | ({"neighbourhood": places[0].code} if len(places) == 1 else {})
