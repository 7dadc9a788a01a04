"""Form fields that take what phones and browsers really send, and explain themselves in French."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.dateparse import parse_datetime

# A day or a clock outside these years is not a wrong clock but a wrong value.
FIRST_YEAR, LAST_YEAR = 1900, 2100
# A flat battery brings a phone back to 1970; beyond, conversions between time zones break.
FIRST_CLOCK_YEAR = 1970
DAY_MISSING = "Dites quel jour c’était."
TOO_LONG = "Ce texte est trop long de {over} caractères. Faites-en deux observations."


def refuse_unwritable(text: str) -> None:
    """Refuses control characters (but tab and line ends) and lone surrogates, which databases refuse too."""
    if any(c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise ValidationError("Ce texte contient un caractère illisible. Retapez-le, ou effacez-le.")


class Text(forms.CharField):
    """Words typed by hand: trimmed, with one kind of line end."""

    def __init__(self, max_length: int, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, required=False, **kwargs)
        # In place of Django's own two, whose sentences overlap with these.
        self.validators = [refuse_unwritable, self._refuse_too_long]

    def to_python(self, value: Any) -> str:
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(text) or ""

    def _refuse_too_long(self, text: str) -> None:
        over = len(text) - (self.max_length or 0)
        if over > 0:
            raise ValidationError(TOO_LONG.format(over=over))


class Ready(BaseChoiceIterator):
    """Choices that every form shares. Django reads a list anew, twice, for each form: a quarter of a sending's time."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def __deepcopy__(self, memo: dict[int, Any]) -> "Ready":
        return self


class Choice(forms.ChoiceField):
    """One of a few values; the sentence says what to do and never repeats what was sent."""

    def __init__(self, sentence: str, *, choices: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        messages = {"required": sentence, "invalid_choice": sentence}
        super().__init__(choices=Ready(choices), error_messages=messages, **kwargs)


class Degrees(forms.FloatField):
    """A latitude or a longitude, or nothing."""

    def __init__(self, limit: float) -> None:
        sentence = "Ce point n’est pas sur la carte. Touchez-la de nouveau, ou choisissez « Quartier »."
        messages = dict.fromkeys(["invalid", "min_value", "max_value"], sentence)
        super().__init__(
            required=False,
            min_value=-limit,
            max_value=limit,
            error_messages=messages,
            widget=forms.HiddenInput,
        )


class Day(forms.DateField):
    """A day as browsers send it, or as people type it. The future is kept: it is a wrong clock."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = "Écrivez le jour ainsi : 22/11/2026."
        messages = {"required": DAY_MISSING, "invalid": sentence}
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError("Vérifiez l’année.")
        return day


class Clock(forms.CharField):
    """The phone's time in ISO 8601. Without a zone, or out of any century of ours: None, the server's stands."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError("L’heure du téléphone n’est pas lisible.")
        if moment.tzinfo is None or not FIRST_CLOCK_YEAR <= moment.year <= LAST_YEAR:
            return None
        return moment.astimezone(UTC)
