"""The one validation of what a CDSU writes in a synthèse."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from observations.models.sharing import (
    LABEL_MAX,
    LINK_DAYS,
    LINK_DAYS_MAX,
    TOKEN_DAYS,
    TOKEN_DAYS_MAX,
)
from observations.models.summary import COMMENT_MAX, INTRODUCTION_MAX, REASON_MAX, Summary

COMMENT = "commentaire-"
TOO_LONG = "Ce texte est trop long\u00a0: %(limit_value)d caractères au plus, il en compte %(show_value)d."


class MonthForm(forms.Form):
    """The month of a new draft, « 2026-10 »."""

    month = forms.DateField(
        input_formats=["%Y-%m"],
        error_messages={"required": "Choisissez un mois.", "invalid": "Choisissez un mois de la liste."},
    )


class WordsField(forms.Field):
    """Identifiers of observations, in the order of the page; what is not one is left out."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID]:
        kept = []
        for text in value or []:
            try:
                kept.append(uuid.UUID(str(text)))
            except ValueError:
                continue
        return list(dict.fromkeys(kept))


def _prose(label: str, limit: int, rows: int, initial: str = "") -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=False,
        initial=initial,
        max_length=limit,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"class": "input lined", "rows": rows}),
    )
    # With this attribute a browser would cut a pasted text in silence: better an error that keeps it.
    field.widget.attrs.pop("maxlength", None)
    return field


class DraftForm(forms.Form):
    """Introduction, comments, words in reading order, and the draft as it was read (`seen`).

    `move` is « up:<id> » or « down:<id> »: the button that shifts one of the words.
    """

    seen = forms.DateTimeField(widget=forms.HiddenInput)
    quotes = WordsField(required=False)
    move = forms.RegexField(r"^(up|down):[0-9a-f-]{36}$", required=False)

    def __init__(self, data: Any = None, *, draft: Summary, themes: Iterable[tuple[str, str]]) -> None:
        ids = [quote.observation_id for quote in draft.quotes.all() if quote.observation_id]
        super().__init__(data, initial={"seen": draft.updated_at.isoformat(), "quotes": ids})
        self.fields["introduction"] = _prose("Introduction", INTRODUCTION_MAX, 4, draft.introduction)
        for slug, name in themes:
            self.fields[COMMENT + slug] = _prose(name, COMMENT_MAX, 3, draft.comments.get(slug, ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if step := cleaned.get("move"):
            cleaned["quotes"] = _moved(cleaned.get("quotes", []), *step.split(":"))
        return cleaned

    @property
    def comments(self) -> dict[str, str]:
        """Comment by theme slug, once valid."""
        return {
            name.removeprefix(COMMENT): text
            for name, text in self.cleaned_data.items()
            if name.startswith(COMMENT)
        }

    def comment_fields(self) -> dict[str, BoundField]:
        """Field by theme slug."""
        return {name.removeprefix(COMMENT): self[name] for name in self.fields if name.startswith(COMMENT)}

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The words chosen, as the page should show them, valid or not."""
        return WordsField().to_python(self["quotes"].value())


class ReasonForm(forms.Form):
    """Why a published synthèse is corrected."""

    reason = _prose("Ce qui change, et pourquoi", REASON_MAX, 3)


class KeyForm(forms.Form):
    """Who a key is for, and how many days it opens."""

    label = forms.CharField(
        label="Pour qui",
        max_length=LABEL_MAX,
        strip=True,
        error_messages={
            "required": "Dites pour qui : vous le retrouverez dans la liste.",
            "max_length": TOO_LONG,
        },
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label="Pendant", coerce=int, error_messages={"invalid_choice": "Choisissez une durée de la liste."}
    )
    # Days offered, and the one chosen at first.
    offered: tuple[tuple[int, str], ...] = ()
    usual = 0

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"days": self.usual})
        days = cast(forms.TypedChoiceField, self.fields["days"])
        days.choices = list(self.offered)
        days.widget.attrs["class"] = "input"
        self.fields["label"].widget.attrs.pop("maxlength", None)


class LinkForm(KeyForm):
    offered = ((7, "7 jours"), (LINK_DAYS, "30 jours"), (90, "3 mois"), (LINK_DAYS_MAX, "6 mois"))
    usual = LINK_DAYS


class TokenForm(KeyForm):
    offered = ((90, "3 mois"), (TOKEN_DAYS, "1 an"), (TOKEN_DAYS_MAX, "2 ans"))
    usual = TOKEN_DAYS


def commented(data: Iterable[str]) -> set[str]:
    """Slugs of the themes that the names of what was sent comment on."""
    return {name.removeprefix(COMMENT) for name in data if name.startswith(COMMENT)}


def _moved(ids: list[uuid.UUID], way: str, text: str) -> list[uuid.UUID]:
    """`ids` with one of them a place up or down; as they are at the ends, or when it is not there."""
    moved = uuid.UUID(text)
    if moved not in ids:
        return ids
    at = ids.index(moved)
    to = max(0, at - 1) if way == "up" else at + 1
    ids.insert(to, ids.pop(at))
    return ids
