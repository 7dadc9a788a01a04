"""What a body, a request, an answer and a commitment must hold, and what to say when they do not."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from observations.form_fields import day, line, prose, said
from observations.models import AnswerKind, Body, Contact, User
from observations.models.alliance import ASKED_MAX, WHAT_MAX, BodyKind, Channel
from observations.models.observation import NOTE_MAX
from observations.permissions import neighbourhoods_for
from observations.privacy.detect import blocking
from observations.typography import quoted


def _nobody_named(text: str) -> str:
    """`text`, if it lets nobody be recognised; what leaves the team says what is needed, not who said it."""
    if hits := blocking(text):
        passages = ", ".join(quoted(text[hit.start : hit.end]) for hit in hits)
        raise forms.ValidationError(
            f"Ce texte sort de l’équipe, et permet peut-être de reconnaître quelqu’un : {passages}. Dites-le autrement."
        )
    return text


class BodyForm(forms.Form):
    """An organisation, and what it is ordinarily in charge of."""

    name = line("Nom", required="Donnez le nom de cet organisme.")
    kind = forms.ChoiceField(
        label="Genre",
        choices=[("", "Choisir…"), *BodyKind.choices],
        widget=forms.Select(attrs={"class": "input"}),
        error_messages=said("Choisissez un genre de la liste."),
    )
    competences = prose(
        "Ce dont il est chargé d’ordinaire",
        ASKED_MAX,
        help_text="Son droit commun : « entretien des ascenseurs et des halls du patrimoine social ».",
    )
    active = forms.BooleanField(label="On peut encore lui demander", required=False, initial=True)

    def __init__(self, *args: Any, user: User, body: Body | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["neighbourhoods"] = forms.ModelMultipleChoiceField(
            neighbourhoods_for(user).defer("boundary"),
            to_field_name="code",
            required=False,
            label="Quartiers",
            help_text="Aucun coché : tout le territoire.",
            error_messages={"invalid_choice": "Choisissez parmi vos quartiers."},
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Body.objects.exclude(pk=self.body.pk) if self.body else Body.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError("Un organisme porte déjà ce nom.")
        return name


class ContactForm(forms.Form):
    """Somebody of its staff."""

    name = line("Nom", required="Donnez le nom de cette personne.")
    duty = line("Fonction", help_text="« chargée de secteur », « directeur de la régie »…")
    email = forms.EmailField(
        label="Courriel professionnel",
        widget=forms.EmailInput(attrs={"class": "input"}),
        error_messages=said("Écrivez une adresse comme prenom.nom@exemple.fr."),
    )
    active = forms.BooleanField(label="On peut encore lui écrire", required=False, initial=True)

    def __init__(self, *args: Any, body: Body, contact: Contact | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.contact = body, contact

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        there = self.body.contacts
        others = there.exclude(pk=self.contact.pk) if self.contact else there.all()
        if others.filter(email__iexact=email).exists():
            raise forms.ValidationError("Cet organisme a déjà un contact à cette adresse.")
        return email


class RequestForm(forms.Form):
    """What is asked, of whom, on what means, by when."""

    contact = forms.ModelChoiceField(
        Contact.objects.none(),
        label="À qui",
        error_messages=said("Choisissez à qui vous le demandez."),
    )
    channel = forms.ChoiceField(
        label="À quel titre",
        choices=Channel.choices,
        initial=Channel.ORDINARY,
        error_messages=said("Choisissez un titre de la liste."),
    )
    asked = prose(
        "Ce que vous demandez",
        ASKED_MAX,
        required="Écrivez ce que vous demandez.",
        help_text="Ce que la personne lira : ce qui se passe, où, ce qui aiderait. Rien qui désigne quelqu’un.",
    )
    due = day("Réponse attendue le", "Donnez le jour pour lequel vous attendez une réponse.")

    def __init__(self, *args: Any, contacts: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = contacts  # type: ignore[attr-defined]

    def clean_asked(self) -> str:
        return _nobody_named(self.cleaned_data["asked"])

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("Ce jour est passé : donnez-en un à venir.")
        return due


class AnswerForm(forms.Form):
    """What the body answers; all but « prend en charge » goes with a few words."""

    kind = forms.ChoiceField(
        choices=AnswerKind.choices, error_messages=said("Choisissez une des quatre réponses.")
    )
    words = prose(
        "En quelques mots",
        ASKED_MAX,
        help_text="Une rencontre : quand et où. Quelqu’un d’autre : qui. Ce n’est pas possible : pourquoi.",
    )
    expertise = prose(
        "Ce que votre métier en sait",
        ASKED_MAX,
        help_text="Ce qui se joue, ce qui a déjà été essayé, ce qui bloque : votre regard à côté de celui du quartier.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") in WORDS_NEEDED and not given.get("words"):
            self.add_error("words", WORDS_NEEDED[given["kind"]])
        return given


WORDS_NEEDED = {
    AnswerKind.MEETS: "Dites quand et où vous proposez de vous rencontrer.",
    AnswerKind.REDIRECTS: "Dites vers qui : un nom d’organisme ou de service suffit.",
    AnswerKind.DECLINES: "Dites pourquoi : les habitant·e·s l’entendront.",
}


class CommitmentForm(forms.Form):
    """What will be done, by whom, by when."""

    what = line("Ce qui sera fait", required="Écrivez ce qui sera fait.", limit=WHAT_MAX)
    owner = line(
        "Par qui", required="Dites qui s’en charge.", help_text="Un nom, ou une fonction si elle suffit."
    )
    due = day("Pour quand", "Donnez le jour pour lequel ce sera fait.")


class EndForm(forms.Form):
    """Kept, with what shows it; or given up, with why."""

    how = forms.ChoiceField(
        choices=[("tenu", "C’est fait"), ("abandonne", "Ce ne sera pas fait")],
        error_messages=said("Dites si c’est fait, ou si cela ne le sera pas."),
    )
    proof = prose(
        "Ce qui le montre, ou pourquoi", NOTE_MAX, required="Écrivez ce qui le montre, ou pourquoi."
    )
