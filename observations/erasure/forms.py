"""What an erasure must say before it is done."""

from typing import Any

from django import forms

from observations.actions.erasure import ELSEWHERE, Reason


class ErasureForm(forms.Form):
    """Why; and, for what belongs to another service, that this service knows."""

    reason = forms.ChoiceField(
        choices=Reason,
        error_messages={
            "required": "Choisissez la raison : elle reste au journal, sans aucun mot de l’observation.",
            "invalid_choice": "Cette raison n’existe pas : choisissez-en une de la liste.",
        },
    )
    passed_on = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        if chosen.get("reason") in ELSEWHERE and not chosen.get("passed_on"):
            self.add_error(
                "passed_on",
                "Transmettez d’abord par le bon canal, puis cochez cette case : une fois effacés, "
                "les mots ne se retrouvent pas.",
            )
        return chosen
