"""From a month to a meeting and back: a pack that is frozen, decisions that become commitments or states."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from observations.actions import alliances, meetings, needs
from observations.actions.erasure import Reason
from observations.erasure import papers
from observations.meetings.crossing import crossing
from observations.meetings.forms import _time
from observations.meetings.pack import compose
from observations.models import (
    Body,
    Commitment,
    Decision,
    Meeting,
    MeetingNeed,
    Need,
    NeedRequest,
    NeedState,
    Observation,
    Scheme,
    User,
)
from tests.factories import BodyFactory, ContactFactory, ObservationFactory, theme

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=10)
RAW = "Des mots bruts que personne autour de la table ne doit lire"


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


def heard(n: int, **changes: Any) -> list[Observation]:
    today = timezone.localdate()
    return [
        ObservationFactory(
            **{
                "accepted": True,
                "words": RAW,
                "public_text": f"Une parole relue numéro {i}.",
                "observed_on": today - timedelta(days=i + 1),
                **changes,
            }
        )
        for i in range(n)
    ]


@pytest.fixture
def need(cdsu: User) -> Need:
    keys = [row.pk for row in heard(6)]
    return needs.make(by=cdsu, title="Titre interne", theme=theme(), observations=keys)[0]


def hold(by: User, **changes: Any) -> Meeting:
    fields = {
        "meeting": None,
        "revision": 0,
        "kind": "copil",
        "title": "Comité de printemps",
        "held_on": SOON,
        "place": "",
        "schemes": [],
        "bodies": [],
        "moments": [],
        "by": by,
    }
    return meetings.keep(**{**fields, **changes})


def choose(
    client: Any, meeting: Meeting, need: Need, said: str = "Que les ascenseurs marchent", words: int = 6
) -> Any:
    quotes = Observation.objects.quotable()[:words]
    meeting.refresh_from_db()
    return client.post(
        to("meeting_choose", meeting.pk),
        {
            "revision": meeting.revision,
            "besoin": [need.pk],
            f"dit-{need.pk}": said,
            "parole": [str(row.pk) for row in quotes],
        },
        follow=True,
    )


def send(client: Any, meeting: Meeting, **extra: str) -> Any:
    meeting.refresh_from_db()
    return client.post(to("meeting_send", meeting.pk), {"revision": meeting.revision, **extra}, follow=True)


# --- preparing -------------------------------------------------------------------------------------------------


def test_a_meeting_is_prepared_with_its_programme(signed_in: Any, cdsu: User) -> None:
    client = signed_in(cdsu)
    assert "Aucune instance encore" in client.get(to("meetings")).content.decode()
    sent = {
        "kind": "journee",
        "title": "Journée",
        "held_on": SOON.isoformat(),
        "programme": "9h | Accueil\n9h30|Trois tables|Claire\n\n14:00 | Ce que chacun prend",
        "revision": "0",
    }
    page = client.post(to("meeting_new"), sent, follow=True).content.decode()
    assert "Un dossier est proposé" in page
    [one] = Meeting.objects.all()
    assert [f"{m.starts_at:%H:%M} {m.what} {m.leader}".strip() for m in one.sequences.all()] == [
        "09:00 Accueil",
        "09:30 Trois tables Claire",
        "14:00 Ce que chacun prend",
    ]
    form = client.get(to("meeting_edit", one.pk)).content.decode()
    assert "09h30 | Trois tables | Claire" in form


@pytest.mark.parametrize(
    "line", ["demain | quoi", "25h | quoi", "9h", "9h |  | Claire", "9h | a | b | c", "²h | x"]
)
def test_a_line_of_the_programme_that_is_not_understood_is_named(
    line: str, signed_in: Any, cdsu: User
) -> None:
    sent = {
        "kind": "copil",
        "title": "Gardé",
        "held_on": SOON.isoformat(),
        "programme": f"9h | Accueil\n{line}",
        "revision": "0",
    }
    answer = signed_in(cdsu).post(to("meeting_new"), sent)
    assert answer.status_code == 422
    assert "La ligne 2 du programme" in answer.content.decode()
    assert "Gardé" in answer.content.decode()


def test_a_pack_is_proposed_at_once_from_its_dispositifs(signed_in: Any, cdsu: User, need: Need) -> None:
    other = needs.make(by=cdsu, title="Autre", theme=theme(), observations=[row.pk for row in heard(6)])[0]
    scheme = Scheme.objects.first()
    scheme.needs.set([need])
    sent = {"kind": "copil", "title": "Comité", "held_on": SOON.isoformat(), "revision": "0"}
    client = signed_in(cdsu)
    client.post(to("meeting_new"), sent | {"schemes": [scheme.pk]})
    crossed = Meeting.objects.get()
    assert [row.need_id for row in crossed.needs.all()] == [need.pk]
    assert crossed.quotes.count() == 6
    assert compose(crossed)[1] == []
    assert "Dossier arrêté" in send(client, crossed).content.decode()
    client.post(to("meeting_new"), sent)
    assert {row.need_id for row in Meeting.objects.first().needs.all()} == {need.pk, other.pk}


def test_hours_are_read_as_people_write_them() -> None:
    assert [f"{_time(text):%H:%M}" for text in ("9h", "9h30", "9:30", "14 h 05")] == [
        "09:00",
        "09:30",
        "09:30",
        "14:05",
    ]


# --- the pack ----------------------------------------------------------------------------------------------------


def test_the_pack_is_sent_frozen_and_mailed_to_who_is_invited(signed_in: Any, cdsu: User, need: Need) -> None:
    contact = ContactFactory(email="jean@bailleur.example")
    meeting, client = hold(cdsu, bodies=[contact.body]), signed_in(cdsu)
    choose(client, meeting, need)
    assert "parti à 1 personne" in send(client, meeting, courriel="oui").content.decode()
    [letter] = mail.outbox
    assert letter.to == ["jean@bailleur.example"]
    _, pdf, kind = letter.attachments[0]
    assert (kind, pdf[:4]) == ("application/pdf", b"%PDF")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Que les ascenseurs marchent" in text
    assert "Titre interne" not in text + letter.body + letter.subject
    assert RAW not in text
    needs.edit(
        need_id=need.pk,
        revision=Need.objects.get(pk=need.pk).revision,
        by=cdsu,
        title="Autre",
        theme=need.theme,
        neighbourhoods=[],
        description="",
        priority=1,
        under_way="",
    )
    needs.move_on(need_id=need.pk, state=NeedState.ANSWERED, by=cdsu)
    meeting.refresh_from_db()
    assert meeting.pack["needs"][0]["state"] == "repéré"
    assert client.get(to("meeting_edit", meeting.pk)).status_code == 302
    with pytest.raises(meetings.Stale):
        meetings.choose(meeting=meeting, revision=meeting.revision, wordings={}, quotes=[])


def test_the_pdf_is_tagged_and_a_meeting_without_anything_has_one(signed_in: Any, cdsu: User) -> None:
    answer = signed_in(cdsu).get(to("meeting_pack", hold(cdsu).pk))
    assert PdfReader(io.BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("no need", "au moins un besoin"),
        ("raw words", "sont ceux d’une observation"),
        ("too few words", "de 5 à 8 paroles"),
        ("no longer quotable", "ne peut plus être citée"),
    ],
)
def test_nothing_is_sent_while_something_is_to_be_settled(
    how: str, says: str, signed_in: Any, cdsu: User, need: Need
) -> None:
    meeting, client = hold(cdsu), signed_in(cdsu)
    if how != "no need":
        said = RAW if how == "raw words" else "Que ça marche"
        choose(client, meeting, need, said=said, words=3 if how == "too few words" else 6)
    if how == "no longer quotable":
        Observation.objects.filter(pk=meeting.quotes.first().observation_id).update(public_text="")
    page = send(client, meeting, confirme="oui").content.decode()
    assert "Rien n’est parti" in page
    assert says in page
    assert not Meeting.objects.sent().exists()


def test_a_need_of_too_few_is_not_brought(signed_in: Any, cdsu: User) -> None:
    keys = [row.pk for row in heard(4)]
    small, _ = needs.make(by=cdsu, title="Petit", theme=theme(), observations=keys)
    meeting, client = hold(cdsu), signed_in(cdsu)
    choose(client, meeting, small)
    assert not meeting.needs.exists()
    assert "Trop peu pour sortir" in client.get(to("meeting", meeting.pk)).content.decode()


def test_the_next_pack_says_what_changed(signed_in: Any, cdsu: User, need: Need) -> None:
    first, client = hold(cdsu), signed_in(cdsu)
    choose(client, first, need)
    send(client, first)
    body = ContactFactory(body__name="Habitat").body
    needs.move_on(need_id=need.pk, state=NeedState.SHARED, by=cdsu)
    meetings.decide_commitment(
        meeting=first, need=need, body=body, what="Afficher", owner="La régie", due=SOON, note="", by=cdsu
    )
    second = hold(cdsu)
    choose(client, second, need)
    pack, _ = compose(second)
    said = " ".join(pack["changes"]).replace("\u202f", " ").replace("\u00a0", " ")
    assert "Besoin 1 : partagé" in said
    assert "Besoin 1 : Habitat s’engage (Afficher)" in said
    assert [one["body"] for one in pack["commitments"]] == ["Habitat"]
    assert "La régie" not in str(pack)


def test_an_erasure_takes_the_words_out_of_a_sent_pack(signed_in: Any, cdsu: User, need: Need) -> None:
    meeting, client = hold(cdsu), signed_in(cdsu)
    choose(client, meeting, need)
    send(client, meeting)
    meeting.refresh_from_db()
    row = meeting.quotes.get(position=2).observation
    papers.erase(observation=row, reason=Reason.ASKED, by=cdsu)
    meeting.refresh_from_db()
    assert [one["text"] for one in meeting.pack["quotes"] if one["withdrawn"]] == ["parole retirée"]
    assert row.public_text not in str(meeting.pack)
    assert client.get(to("meeting_pack", meeting.pk)).status_code == 200


# --- decisions -------------------------------------------------------------------------------------------------------


@pytest.fixture
def brought(cdsu: User, need: Need) -> Meeting:
    meeting = hold(cdsu)
    return meetings.choose(meeting=meeting, revision=meeting.revision, wordings={need.pk: "Dit"}, quotes=[])


def test_a_commitment_taken_at_the_table_is_followed_and_undone(
    signed_in: Any, cdsu: User, need: Need, brought: Meeting
) -> None:
    body, client = ContactFactory().body, signed_in(cdsu)
    sent = {
        "need": need.pk,
        "what_kind": "engagement",
        "body": body.pk,
        "what": "Afficher les dates",
        "owner": "La régie",
        "due": SOON.isoformat(),
    }
    assert (
        "Décision notée" in client.post(to("meeting_decide", brought.pk), sent, follow=True).content.decode()
    )
    [made] = Commitment.objects.all()
    assert (made.request.body, made.request.answer.kind) == (body, "prend")
    assert "Afficher les dates" in client.get(to("body", body.pk)).content.decode()
    client.post(to("meeting_decide", brought.pk), sent | {"what": "Encore"})
    assert NeedRequest.objects.count() == 1
    client.post(to("decision_undo", Decision.objects.first().pk))
    assert [one.what for one in Commitment.objects.all()] == ["Encore"]


def test_a_commitment_that_was_kept_since_is_not_undone(cdsu: User, need: Need, brought: Meeting) -> None:
    made = meetings.decide_commitment(
        meeting=brought,
        need=need,
        body=ContactFactory().body,
        what="Afficher",
        owner="La régie",
        due=SOON,
        note="",
        by=cdsu,
    )
    alliances.end(commitment=made.commitment, kept=True, on=timezone.localdate(), proof="Vu.", by=cdsu)
    with pytest.raises(needs.NothingToUndo):
        meetings.undo(decision=made, by=cdsu)


def test_a_state_decided_moves_the_need_and_back(
    signed_in: Any, cdsu: User, need: Need, brought: Meeting
) -> None:
    client = signed_in(cdsu)
    sent = {"need": need.pk, "what_kind": "etat", "state": "sans-suite", "note": ""}
    refused = client.post(to("meeting_decide", brought.pk), sent)
    assert refused.status_code == 422
    assert "Dites pourquoi" in refused.content.decode()
    client.post(to("meeting_decide", brought.pk), sent | {"note": "Hors de notre portée."})
    need.refresh_from_db()
    assert (need.state, need.state_reason) == ("sans-suite", "Hors de notre portée.")
    client.post(to("decision_undo", Decision.objects.get().pk))
    need.refresh_from_db()
    assert need.state == "repere"


def test_a_body_without_a_contact_is_told_before_anything_is_noted(
    signed_in: Any, cdsu: User, need: Need, brought: Meeting
) -> None:
    body = BodyFactory()
    sent = {
        "need": need.pk,
        "what_kind": "engagement",
        "body": body.pk,
        "what": "Gardé ici",
        "owner": "Elle",
        "due": SOON.isoformat(),
    }
    answer = signed_in(cdsu).post(to("meeting_decide", brought.pk), sent)
    assert answer.status_code == 422
    assert "ajoutez un contact" in answer.content.decode()
    assert "Gardé ici" in answer.content.decode()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("missing", ["need", "what_kind", "body", "what", "owner", "due"])
def test_a_decision_without_an_owner_or_a_date_is_none(
    missing: str, signed_in: Any, cdsu: User, need: Need, brought: Meeting
) -> None:
    sent = {
        "need": need.pk,
        "what_kind": "engagement",
        "body": ContactFactory().body.pk,
        "what": "Afficher",
        "owner": "La régie",
        "due": SOON.isoformat(),
    }
    del sent[missing]
    assert signed_in(cdsu).post(to("meeting_decide", brought.pk), sent).status_code == 422
    assert not Decision.objects.exists()


# --- who meets whom


def test_meetings_that_could_be_one_are_those_of_the_same_people_on_the_same_needs(
    signed_in: Any, cdsu: User, need: Need
) -> None:
    bodies = BodyFactory.create_batch(2)
    one, other, apart = Scheme.objects.all()[:3]
    for scheme in (one, other):
        scheme.bodies.set(bodies)
        scheme.needs.set([need])
    apart.bodies.set(bodies)
    found = crossing()
    assert [pair.schemes for pair in found.pairs] == [(one, other)]
    page = signed_in(cdsu).get(to("meetings_together")).content.decode()
    assert "pourraient n’en faire qu’une" in page
    needs.move_on(need_id=need.pk, state=NeedState.TOLD, by=cdsu)
    assert crossing().pairs == []


def test_a_dispositif_is_added_and_changed_and_has_one_name(signed_in: Any, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    body = BodyFactory()
    client.post(
        to("schemes"), {"short_name": "CLSPD", "active": "on", "needs": [need.pk], "bodies": [body.pk]}
    )
    kept = Scheme.objects.get(short_name="CLSPD")
    assert (list(kept.needs.all()), list(kept.bodies.all())) == ([need], [body])
    again = client.post(to("schemes"), {"short_name": "clspd", "active": "on"})
    assert "porte déjà ce nom" in again.content.decode()
    client.post(to("scheme", kept.pk), {"short_name": "CLSPD", "name": "Conseil local"})
    kept.refresh_from_db()
    assert (kept.name, kept.active) == ("Conseil local", False)


def test_queries_do_not_grow_with_needs(signed_in: Any, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    meeting = hold(cdsu)
    page = to("meeting", meeting.pk)
    MeetingNeed.objects.create(meeting=meeting, need=need, wording="Dit")
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for n in range(4):
        keys = [row.pk for row in heard(5)]
        made, _ = needs.make(by=cdsu, title=f"Besoin {n}", theme=theme(), observations=keys)
        MeetingNeed.objects.create(meeting=meeting, need=made, wording=f"Besoin {n}")
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)
    for body in Body.objects.all():
        assert client.get(to("body", body.pk)).status_code == 200


def test_a_need_is_tagged_from_its_own_page(signed_in: Any, cdsu: User, need: Need) -> None:
    client = signed_in(cdsu)
    one, other, over = Scheme.objects.all()[:3]
    over.needs.add(need)
    Scheme.objects.filter(pk=over.pk).update(active=False)
    client.post(to("need_tag", need.pk), {"dispositif": [one.pk, "rien", "9" * 30]})
    assert set(need.schemes.all()) == {one, over}
    page = client.post(to("need_tag", need.pk), {"dispositif": [other.pk]}, follow=True).content.decode()
    assert set(need.schemes.all()) == {other, over}
    assert other.short_name in page
