"""What a meeting, its programme, a dispositif and a decision must hold."""

from datetime import time
from typing import Any

from django import forms

from observations.actions.meetings import MomentSaid
from observations.form_fields import day, line, prose, select
from observations.models import Body, Meeting, MeetingKind, MeetingNeed, Need, NeedState, Scheme
from observations.models.alliance import NAME_MAX, WHAT_MAX
from observations.models.meeting import SCHEME_MAX, SEQUENCES_MAX
from observations.models.observation import NOTE_MAX


class MeetingForm(forms.Form):
    """When, what for, with whom; its programme is written one sequence a line."""

    kind = forms.ChoiceField(
        label="Genre",
        choices=MeetingKind.choices,
        **select("Choisissez un genre de la liste."),
    )
    title = line("Titre", required="Donnez un titre à cette instance.")
    held_on = day("Jour", "Donnez le jour de cette instance.")
    place = line("Lieu")
    schemes = forms.ModelMultipleChoiceField(
        Scheme.objects.filter(active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Dispositifs qu’elle croise",
        error_messages={"invalid_choice": "Choisissez parmi les dispositifs."},
    )
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.filter(active=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Organismes invités",
        error_messages={"invalid_choice": "Choisissez parmi les organismes."},
    )
    programme = forms.CharField(
        label="Programme",
        required=False,
        widget=forms.Textarea(attrs={"class": "input lined", "rows": 6}),
        help_text="Une séquence par ligne : « 9h30 | Ce que les habitant·e·s disent | Claire ».",
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_programme(self) -> list[MomentSaid]:
        lines = [text for text in self.cleaned_data["programme"].splitlines() if text.strip()]
        if len(lines) > SEQUENCES_MAX:
            raise forms.ValidationError(f"{SEQUENCES_MAX} séquences au plus : une journée a une fin.")
        return [_moment(place, text) for place, text in enumerate(lines, start=1)]


def _moment(place: int, text: str) -> MomentSaid:
    parts = [part.strip() for part in text.split("|")]
    when = _time(parts[0])
    if when is None or len(parts) < 2 or not parts[1] or len(parts) > 3:
        raise forms.ValidationError(
            f"La ligne {place} du programme n’est pas comprise : écrivez « 9h30 | quoi | qui anime »."
        )
    leader = parts[2] if len(parts) > 2 else ""
    if max(len(parts[1]), len(leader)) > NAME_MAX:
        raise forms.ValidationError(
            f"La ligne {place} du programme est trop longue : {NAME_MAX} caractères au plus."
        )
    return MomentSaid(when, parts[1], leader)


def _time(text: str) -> time | None:
    """« 9h », « 9h30 », « 9:30 »."""
    hours, _, minutes = text.lower().replace("h", ":").replace(" ", "").partition(":")
    if not (
        hours.isascii() and hours.isdigit() and (minutes or "0").isascii() and (minutes or "0").isdigit()
    ):
        return None
    try:
        return time(int(hours[:3]), int((minutes or "0")[:3]))
    except ValueError:
        return None


def initial(meeting: Meeting) -> dict[str, Any]:
    lines = [
        " | ".join(filter(None, [f"{one.starts_at:%Hh%M}", one.what, one.leader]))
        for one in meeting.sequences.all()
    ]
    return {
        **{name: getattr(meeting, name) for name in ("kind", "title", "held_on", "place", "revision")},
        "schemes": list(meeting.schemes.all()),
        "bodies": list(meeting.bodies.all()),
        "programme": "\n".join(lines),
    }


class SchemeForm(forms.Form):
    """A dispositif, the needs that it touches, the bodies that sit in it."""

    short_name = line(
        "Sigle ou nom court", SCHEME_MAX, required="Donnez le sigle ou le nom court de ce dispositif."
    )
    name = line("Nom entier")
    active = forms.BooleanField(label="En cours", required=False, initial=True)
    bodies = forms.ModelMultipleChoiceField(
        Body.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Organismes qui y siègent",
    )
    needs = forms.ModelMultipleChoiceField(
        Need.objects.filter(merged_into=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Besoins qui le touchent",
    )

    def __init__(self, *args: Any, scheme: Scheme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme

    def clean_short_name(self) -> str:
        name: str = self.cleaned_data["short_name"]
        others = Scheme.objects.exclude(pk=self.scheme.pk) if self.scheme else Scheme.objects.all()
        if others.filter(short_name__iexact=name).exists():
            raise forms.ValidationError("Un dispositif porte déjà ce nom.")
        return name


class DecisionForm(forms.Form):
    """Of a need brought to the meeting: a body commits, or it moves on."""

    need = forms.ModelChoiceField(
        Need.objects.none(),
        label="Sur quel besoin",
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choisissez le besoin dont il s’agit."),
    )
    what_kind = forms.ChoiceField(
        choices=[("engagement", "Quelqu’un s’engage"), ("etat", "Le besoin change d’état")],
        error_messages=dict.fromkeys(
            ["required", "invalid_choice"], "Dites si quelqu’un s’engage, ou si le besoin change d’état."
        ),
    )
    body = forms.ModelChoiceField(
        Body.objects.filter(active=True),
        required=False,
        label="Qui s’engage",
        empty_label="Choisir…",
        **select("Choisissez un organisme de la liste."),
    )
    what = line("Ce qui sera fait", WHAT_MAX)
    owner = line("Par qui, dans cet organisme")
    due = day("Pour quand", "Écrivez un jour.", required=False)
    state = forms.ChoiceField(
        label="Nouvel état",
        choices=[("", "Choisir…"), *NeedState.choices],
        required=False,
        **select("Choisissez un état de la liste."),
    )
    note = prose("Un mot là-dessus", NOTE_MAX, rows=2)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brought = MeetingNeed.objects.filter(meeting=meeting).values("need")
        needs = Need.objects.filter(pk__in=brought, merged_into=None)
        self.fields["need"].queryset = needs.in_reading_order()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what_kind") == "engagement":
            for name, says in {
                "body": "Choisissez qui s’engage.",
                "what": "Écrivez ce qui sera fait.",
                "owner": "Dites qui s’en charge : un nom, ou une fonction.",
                "due": "Donnez le jour pour lequel ce sera fait.",
            }.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, says)
        elif data.get("what_kind") == "etat":
            if not data.get("state"):
                self.add_error("state", "Choisissez l’état où il passe.")
            elif data["state"] == NeedState.DROPPED and not data.get("note"):
                self.add_error(
                    "note", "Dites pourquoi il reste sans suite : celles et ceux qui ont parlé le liront."
                )
        return data
