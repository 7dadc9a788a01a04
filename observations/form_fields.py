"""The fields of the desk's forms: their look, and sentences in French that say what to do and that nothing is lost."""

from typing import Any

from django import forms

from observations.models.alliance import NAME_MAX


def too_long(what: str, limit: int) -> dict[str, str]:
    """The sentence of a text beyond `limit` characters; `what` names it (« Le titre »)."""
    return {
        "max_length": f"{what} est trop long : {limit} caractères au plus. Rien n’est perdu, raccourcissez-le ici."
    }


def said(sentence: str) -> dict[str, str]:
    """One sentence for whatever is missing or means nothing."""
    return dict.fromkeys(["required", "invalid_choice", "invalid", "min_value", "max_value"], sentence)


def prose(
    label: str, limit: int, *, required: str = "", help_text: str = "", rows: int = 3, css: str = ""
) -> forms.CharField:
    """Several lines; `required`: the sentence of an empty one, none: it may be empty."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(required),
        widget=forms.Textarea(attrs={"class": f"input lined {css}".strip(), "rows": rows}),
        help_text=help_text,
        error_messages=too_long("Ce texte", limit) | said(required),
    )


def line(label: str, limit: int = NAME_MAX, *, required: str = "", help_text: str = "") -> forms.CharField:
    """One line; `required` as `prose` takes it."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(required),
        widget=forms.TextInput(attrs={"class": "input"}),
        help_text=help_text,
        error_messages=too_long("Ce texte", limit) | said(required),
    )


def day(label: str, sentence: str, *, required: bool = True) -> forms.DateField:
    """A day; `sentence` when it is missing, or is none."""
    widget = forms.DateInput(attrs={"class": "input", "type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, error_messages=said(sentence))


def select(sentence: str = "") -> dict[str, Any]:
    """The look of a list to choose from, and the sentence of what is not in it."""
    return {"widget": forms.Select(attrs={"class": "input"}), "error_messages": said(sentence)}
