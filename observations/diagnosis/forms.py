"""What a draft of the diagnosis holds, and what an association adds."""

from collections.abc import Sequence
from typing import Any

from django import forms

from observations.actions.diagnoses import NeedSaid
from observations.diagnosis.heard import NeedHeard
from observations.form_fields import line, prose, said, select
from observations.models import Contribution, Diagnosis
from observations.models.diagnosis import (
    ADDED_MAX,
    EXISTS_MAX,
    PROSE,
    PROSE_MAX,
    SIGNATURE_MAX,
    WORDING_MAX,
)

QUOTES_MAX = 12


class DiagnosisForm(forms.Form):
    """Four texts, and for each need that stands here: whether it is in, how it is said, what exists already."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs: Sequence[NeedHeard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = [one for one in needs if one.sound]
        for name, (title, help_text) in PROSE.items():
            self.fields[name] = prose(title, PROSE_MAX, help_text=help_text, rows=4)
        for one in self.needs:
            self._need_fields(one.need.pk)

    def _need_fields(self, key: int) -> None:
        self.fields[f"in-{key}"] = forms.BooleanField(required=False)
        self.fields[f"wording-{key}"] = line("Dit pour tout le monde", WORDING_MAX)
        self.fields[f"exists-{key}"] = line("Ce qui existe déjà", EXISTS_MAX)

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in PROSE]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each need with its three fields."""
        return [
            {
                "heard": one,
                **{name: self[f"{name}-{one.need.pk}"] for name in ("in", "wording", "exists")},
            }
            for one in self.needs
        ]

    def clean(self) -> dict[str, Any]:
        for one in self.needs:
            key = one.need.pk
            if self.cleaned_data.get(f"in-{key}") and not self.cleaned_data.get(f"wording-{key}"):
                self.add_error(
                    f"wording-{key}", "Dites ce besoin pour des personnes qui ne l’ont pas entendu."
                )
        for name in PROSE:
            if name in self.cleaned_data:
                self.cleaned_data[name] = self.cleaned_data[name].replace("\r\n", "\n")
        return self.cleaned_data

    def needs_said(self) -> list[NeedSaid]:
        data = self.cleaned_data
        keys = [one.need.pk for one in self.needs if data[f"in-{one.need.pk}"]]
        return [NeedSaid(key, data[f"wording-{key}"], data[f"exists-{key}"]) for key in keys]


def initial(draft: Diagnosis | None, before: Diagnosis | None, needs: Sequence[NeedHeard]) -> dict[str, Any]:
    """What the form opens on: the draft; for a first one of its number, the texts of the one before."""
    source = draft or before
    values: dict[str, Any] = {name: getattr(source, name) if source else "" for name in PROSE}
    values["revision"] = draft.revision if draft else 0
    said = {row.need_id: row for row in source.needs.all()} if source else {}
    for one in needs:
        row = said.get(one.need.pk)
        values[f"in-{one.need.pk}"] = row is not None
        values[f"wording-{one.need.pk}"] = row.wording if row else one.need.title
        values[f"exists-{one.need.pk}"] = row.exists if row else ""
    return values


class ContributionForm(forms.Form):
    """An association's own view, under its name."""

    about = forms.TypedChoiceField(
        label="Sur quoi",
        coerce=lambda value: int(value) if value else None,
        empty_value=None,
        required=False,
        **select("Choisissez un besoin de la liste, ou l’ensemble."),
    )
    stance = forms.ChoiceField(
        choices=Contribution.Stance.choices,
        error_messages=said("Dites si vous le voyez aussi, ou autrement."),
    )
    text = prose(
        "Ce que vous en voyez",
        ADDED_MAX,
        required="Écrivez ce que vous voyez.",
        help_text="D’où vous le voyez, ce que vous ajouteriez. Rien qui fasse reconnaître quelqu’un.",
        rows=4,
    )
    signature = line(
        "Au nom de",
        SIGNATURE_MAX,
        required="Signez : une contribution est publiée avec son nom.",
        help_text="Le nom de l’association ou du service, qui sera publié.",
    )

    def __init__(self, *args: Any, diagnosis: Diagnosis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs = (diagnosis.content or {}).get("needs", [])
        named = [(str(place), one["wording"]) for place, one in enumerate(needs)]
        self.fields["about"].choices = [("", "L’ensemble du diagnostic"), *named]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
