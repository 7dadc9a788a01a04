"""The one validation of an observation: for the plain form, and for the phone's door."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from observations import permissions
from observations.actions.capture import Entry
from observations.capture import offered
from observations.capture.fields import DAY_MISSING, TOO_LONG, Choice, Clock, Day, Degrees, Ready, Text
from observations.models import (
    Agreement,
    Changed,
    Nature,
    Observation,
    People,
    PlaceKind,
    Precision,
    Role,
    Theme,
    User,
)
from observations.models.giving_back import CODE_LENGTH
from observations.models.observation import NOTE_MAX, TEXT_MAX

FORM_VERSION = 1
# What is missing or contradicts itself; the phone says the same before sending (static/js/entry.js).
SENTENCES = {
    "words": "Écrivez ce qui a été dit, ou plus bas ce que vous avez vu.",
    "nature": "Choisissez : un besoin, une préoccupation, un atout ou une proposition.",
    "theme": "Choisissez un thème dans la grille.",
    "neighbourhood": "Choisissez le quartier.",
    "precision": "Touchez la carte pour placer le point, ou choisissez « Quartier ».",
    "observed_on": DAY_MISSING,
    "agreement": "Dites si la personne accepte d’être citée.",
    "agreement_said": "Une parole est notée : choisissez « Oui » ou « Non ».",
    "agreement_silent": "Aucune parole n’est notée : choisissez « Pas de parole ».",
    "changed": "Dites si ça a changé : oui, un peu, ou non.",
    "too_long": TOO_LONG,
}
# As a worker is asked, not as a list is read.
NATURES = [
    (Nature.NEED, "Un besoin"),
    (Nature.CONCERN, "Une préoccupation"),
    (Nature.STRENGTH, "Un atout"),
    (Nature.IDEA, "Une proposition"),
]
PRECISIONS = [
    (Precision.NEIGHBOURHOOD, "Quartier"),
    (Precision.SECTOR, "Secteur de 200\u00a0m"),
    (Precision.PLACE, "Lieu public"),
]
PEOPLE = [(People.ONE, "Une"), (People.SOME, "Quelques-unes"), (People.GROUP, "Un groupe")]
AGREEMENTS = [(Agreement.YES, "Oui"), (Agreement.NO, "Non"), (Agreement.NOTHING_SAID, "Pas de parole")]
LABEL_MAX = Observation._meta.get_field("place_label").max_length or 0


class ThemeChoice(forms.Form):
    """The themes offered, read once: the choices to validate against and the grid to draw."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = self._offered_themes()
        self.themes = self.offered.rows

    def _offered_themes(self) -> offered.Themes:
        return offered.themes()

    @property
    def theme_grid(self) -> list[tuple[Theme, list[Theme]]]:
        """Each theme with its sub-themes, in the territory's order."""
        children: dict[int, list[Theme]] = defaultdict(list)
        for theme in self.themes.values():
            if theme.parent_id:
                children[theme.parent_id].append(theme)
        return [(theme, children[theme.pk]) for theme in self.themes.values() if not theme.parent_id]


class ObservationForm(ThemeChoice):
    """What a worker heard or saw, in the names of the wire contract.

    `theme` takes either level. The plain form has no script to join its two questions: it
    adds `sub`, or `sub_list` where the browser cannot fold the sub-themes.
    """

    words = Text(TEXT_MAX)
    words_exact = forms.BooleanField(required=False)
    seen = Text(TEXT_MAX)
    reading = Text(TEXT_MAX)
    nature = Choice(SENTENCES["nature"], choices=NATURES)
    theme = Choice(SENTENCES["theme"])
    sub = Choice("Choisissez un sous-thème de la liste, ou aucun.", required=False)
    sub_list = Choice("Choisissez un sous-thème de la liste, ou aucun.", required=False)
    neighbourhood = Choice(SENTENCES["neighbourhood"])
    place_kind = Choice(
        "Choisissez un genre de lieu, ou aucun.",
        required=False,
        choices=[("", "Non précisé"), *PlaceKind.choices],
    )
    precision = Choice("Choisissez la précision du lieu.", required=False, choices=[("", ""), *PRECISIONS])
    latitude = Degrees(90)
    longitude = Degrees(180)
    place_label = Text(LABEL_MAX)
    people = Choice("Choisissez combien de personnes, ou rien.", required=False, choices=[("", ""), *PEOPLE])
    agreement = Choice("Choisissez une des trois réponses.", required=False, choices=AGREEMENTS)
    observed_on = Day()
    captured_at = Clock(required=False, max_length=40)
    form = forms.IntegerField(required=False, min_value=1, max_value=1_000)
    # What residents were told, asked after: « est-ce que ça a changé ? ».
    follows = forms.CharField(required=False)
    # Its first line, for the page to show again; nothing is done with it.
    told = forms.CharField(required=False)
    changed = Choice(SENTENCES["changed"], required=False, choices=[("", ""), *Changed.choices])
    noted_by = Choice("Choisissez une personne de la liste.", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User | None, **kwargs: Any) -> None:
        """`user` None: the blank form of the phone's shell, the same for everybody."""
        super().__init__(data, **kwargs)
        from_paper = user is not None and permissions.can_review(user)
        places = self._offered_places(user)
        self.neighbourhoods = places.rows
        self.on_paper = note_takers() if from_paper else {}
        self._choices("neighbourhood", places.choices)
        self._choices("theme", self.offered.choices)
        self._choices("sub", self.offered.subs)
        self._choices("sub_list", self.offered.subs)
        if from_paper:
            takers = ((pk, str(user)) for pk, user in self.on_paper.items())
            self._choices("noted_by", Ready([("", "Moi"), *takers]))
        else:
            del self.fields["noted_by"]

    def _offered_places(self, user: User | None) -> offered.Places:
        return offered.places(user)

    def _choices(self, name: str, choices: Ready) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._clean_theme(data)
        self._clean_words(data)
        self._clean_place(data)
        # A code that is none of ours is left aside with its answer: the observation is worth more than the link.
        data["follows"] = data.get("follows", "") if len(data.get("follows", "")) == CODE_LENGTH else ""
        if data["follows"] and not data.get("changed") and "changed" not in self.errors:
            self.add_error("changed", SENTENCES["changed"])
        return data

    def _clean_theme(self, data: dict[str, Any]) -> None:
        """Joins theme and sub-theme. A radio left checked under another theme was out of sight: it counts
        for nothing."""
        chosen = self.themes.get(data.get("theme", ""))
        listed = self.themes.get(data.get("sub_list", ""))
        if chosen and listed and listed.parent_id != chosen.pk:
            self.add_error("theme", f"« {listed.name} » est un sous-thème de « {listed.root.name} ».")
        sub = listed or self.themes.get(data.get("sub", ""))
        data["theme"] = sub if chosen and sub and sub.parent_id == chosen.pk else chosen

    def _clean_words(self, data: dict[str, Any]) -> None:
        if {"words", "seen"} & self.errors.keys():
            return
        said = bool(data["words"])
        data["words_exact"] = said and data["words_exact"]
        if "agreement" not in self.errors:
            self._clean_agreement(data, said)
        if not said and not data["seen"]:
            self.add_error("words", SENTENCES["words"])

    def _clean_agreement(self, data: dict[str, Any], said: bool) -> None:
        agreement = data["agreement"]
        if not agreement and self._may_infer_silence and not said:
            data["agreement"] = Agreement.NOTHING_SAID
        elif not agreement:
            self.add_error("agreement", SENTENCES["agreement"])
        elif said and agreement == Agreement.NOTHING_SAID:
            self.add_error("agreement", SENTENCES["agreement_said"])
        elif not said and agreement != Agreement.NOTHING_SAID:
            self.add_error("agreement", SENTENCES["agreement_silent"])

    # The phone says it outright; the plain form may leave the question blank when nothing was said.
    _may_infer_silence = True

    def _clean_place(self, data: dict[str, Any]) -> None:
        """A home keeps nothing but its neighbourhood; a neighbourhood has no point."""
        if data.get("place_kind") == PlaceKind.HOME:
            data["precision"], data["place_label"] = Precision.NEIGHBOURHOOD, ""
        data["precision"] = data.get("precision") or Precision.NEIGHBOURHOOD
        if data["precision"] == Precision.NEIGHBOURHOOD:
            data["latitude"] = data["longitude"] = None
        elif data.get("latitude") is None or data.get("longitude") is None:
            self.add_error("precision", SENTENCES["precision"])

    def entry(self) -> Entry:
        """What was validated, for actions.capture."""
        data = self.cleaned_data
        copied = (
            "nature agreement observed_on words words_exact seen reading place_kind precision"
            " latitude longitude place_label people captured_at theme follows changed"
        )
        return Entry(
            **{name: data[name] for name in copied.split()},
            neighbourhood=self.neighbourhoods[data["neighbourhood"]],
            noted_by=self.on_paper.get(data.get("noted_by", "")),
            form_version=data["form"] or FORM_VERSION,
        )


class PhoneForm(ObservationForm):
    """The same, as a phone sends it: nothing is left to be guessed. What it may name is remembered a moment."""

    _may_infer_silence = False

    def _offered_themes(self) -> offered.Themes:
        return offered.recent_themes()

    def _offered_places(self, user: User | None) -> offered.Places:
        return offered.recent_places(user) if user else offered.places(None)


class AnswerForm(forms.Form):
    """The author's answer to a reviewer's question."""

    text = Text(NOTE_MAX)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text:
            raise forms.ValidationError("Écrivez votre réponse.")
        return text


def note_takers() -> dict[str, User]:
    """Who may have noted on paper what a CDSU types in, by key."""
    people = User.objects.filter(Q(role=Role.AGENT) | Q(role=Role.COUNCIL), is_active=True)
    return {str(user.pk): user for user in people}


def blank(user: User, here: Observation | None) -> dict[str, Any]:
    """Initial values of a new form: today, and the place of `here` or else the last neighbourhood used."""
    start: dict[str, Any] = {"observed_on": timezone.localdate(), "precision": Precision.NEIGHBOURHOOD}
    if here is not None:
        return start | place_of(here)
    neighbourhoods = list(permissions.neighbourhoods_for(user)[:2])
    last = permissions.own_observations(user).filter(author=user).order_by("-received_at")
    code = last.values_list("neighbourhood__code", flat=True).first()
    if code is None and len(neighbourhoods) == 1:
        code = neighbourhoods[0].code
    return start | {"neighbourhood": code}


def place_of(observation: Observation) -> dict[str, Any]:
    names = ("place_kind", "precision", "latitude", "longitude", "place_label")
    place = {name: getattr(observation, name) for name in names}
    return place | {"neighbourhood": observation.neighbourhood.code}


def filled(observation: Observation) -> dict[str, Any]:
    """Initial values of the form that corrects an observation."""
    names = ["words", "words_exact", "seen", "reading", "nature", "people", "agreement", "observed_on"]
    return place_of(observation) | {
        **{name: getattr(observation, name) for name in names},
        "theme": observation.theme.root.slug,
        "sub": observation.theme.slug if observation.theme.parent_id else "",
        "noted_by": str(observation.noted_by_id or ""),
    }
