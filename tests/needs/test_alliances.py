"""From a need to a body and back: asked, answered by a link, committed to, kept; silence dated."""

import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from observations.actions import alliances, needs, reminders
from observations.models import (
    Answer,
    Body,
    Commitment,
    Contact,
    JournalEntry,
    Need,
    NeedRequest,
    NeedState,
    Reminder,
    RequestLink,
    User,
)
from tests.factories import BodyFactory, ContactFactory, ObservationFactory, UserFactory, theme

pytestmark = pytest.mark.django_db
CANARY = "zyglophase"
SOON = timezone.localdate() + timedelta(days=20)


@pytest.fixture
def need(cdsu: User) -> Need:
    row = ObservationFactory(words=f"On dort mal, {CANARY}.")
    return needs.make(
        by=cdsu,
        title=f"Titre {CANARY}",
        description=f"Les habitants disent {CANARY}.",
        theme=theme("logement-ascenseurs"),
        observations=[row.pk],
    )[0]


@pytest.fixture
def contact(db: None) -> Contact:
    return ContactFactory(name="Mme Contact", body__name="Habitat du Littoral")


@pytest.fixture
def asked(need: Need, contact: Contact, cdsu: User) -> tuple[NeedRequest, str]:
    return alliances.ask(
        need=need,
        contact=contact,
        channel="droit-commun",
        asked="Dire quand l’ascenseur du 12 sera réparé.",
        due=SOON,
        by=cdsu,
    )


def to(name: str, *args: object) -> str:
    return reverse(name, args=args)


def page(client: Client, name: str, *args: object) -> str:
    return client.get(to(name, *args)).content.decode()


# --- bodies and contacts ------------------------------------------------------------------------------------


def test_a_body_and_its_contact_are_added_changed_and_left_aside(signed_in, cdsu: User, banc_vert) -> None:
    client = signed_in(cdsu)
    assert "Aucun organisme encore" in page(client, "bodies")
    sent = {"name": "Habitat", "kind": "bailleur", "neighbourhoods": [banc_vert.code], "active": "on"}
    assert client.post(to("body_new"), sent).status_code == 302
    body = Body.objects.get()
    assert list(body.neighbourhoods.all()) == [banc_vert]
    person = {"name": "Mme Contact", "duty": "gérante", "email": "Mme@Habitat.example", "active": "on"}
    client.post(to("contact_new", body.pk), person)
    assert Contact.objects.get().email == "mme@habitat.example"
    shown = page(client, "body", body.pk)
    assert "Mme Contact" in shown
    assert "Rien ne lui a encore été demandé" in shown
    # Once more, in other letters: refused, and nothing is lost.
    again = client.post(to("body_new"), sent | {"name": "HABITAT"})
    assert again.status_code == 422
    assert "porte déjà ce nom" in again.content.decode()
    assert 'value="HABITAT"' in again.content.decode()
    assert client.post(to("contact_new", body.pk), person).status_code == 422
    assert client.post(to("body_edit", body.pk), sent | {"active": ""}).status_code == 302
    body.refresh_from_db()
    assert not body.active


def test_what_a_body_must_hold_is_said(signed_in, cdsu: User) -> None:
    client = signed_in(cdsu)
    for sent, said in (
        ({"kind": "bailleur"}, "Donnez le nom"),
        ({"name": "X", "kind": "chapeau"}, "Choisissez un genre"),
        ({"name": "X" * 121, "kind": "bailleur"}, "trop long"),
    ):
        answer = client.post(to("body_new"), sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Body.objects.exists()


def test_a_limited_account_keeps_the_places_that_are_not_theirs(signed_in, banc_vert, soubise) -> None:
    body = BodyFactory()
    body.neighbourhoods.set([banc_vert, soubise])
    limited = signed_in(UserFactory(role="cdsu", neighbourhoods=[soubise]))
    limited.post(to("body_edit", body.pk), {"name": body.name, "kind": "bailleur", "active": "on"})
    assert list(body.neighbourhoods.all()) == [banc_vert]


# --- asking -------------------------------------------------------------------------------------------------


def test_a_request_leaves_by_mail_without_a_word_of_the_need(signed_in, cdsu, need, contact) -> None:
    client = signed_in(cdsu)
    sent = {
        "contact": contact.pk,
        "channel": "droit-commun",
        "asked": "Dire quand ce sera réparé.",
        "due": SOON.isoformat(),
    }
    answer = client.post(to("need_ask", need.pk), sent)
    asked = NeedRequest.objects.get()
    letter = mail.outbox[0]
    assert letter.to == [contact.email]
    assert letter.reply_to == [cdsu.email]
    address = re.search(r"http://testserver(/d/\S+/)", letter.body).group(1)
    assert "réparé" not in letter.subject + letter.body
    assert CANARY not in letter.subject + letter.body
    assert address in answer.content.decode()
    # Shown once: the request's own page no longer has it, and the database never had.
    assert address not in page(client, "request", asked.pk)
    assert address.split("/")[2] not in str(list(RequestLink.objects.values()))
    need.refresh_from_db()
    assert need.state == NeedState.SHARED
    assert [entry.verb for entry in JournalEntry.objects.filter(subject=f"needrequest {asked.pk}")] == [
        JournalEntry.Verb.REQUEST_SENT
    ]


def test_a_mail_that_cannot_leave_says_so_and_shows_the_link(
    signed_in, cdsu, need, contact, monkeypatch
) -> None:
    def refuse(self: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("observations.actions.alliances.EmailMultiAlternatives.send", refuse)
    sent = {"contact": contact.pk, "channel": "credits", "asked": "Réparer.", "due": SOON.isoformat()}
    answer = signed_in(cdsu).post(to("need_ask", need.pk), sent).content.decode()
    assert "Le courriel n’a pas pu partir" in answer
    assert "/d/" in answer


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact": ""}, "Choisissez à qui"),
        ({"contact": "987654"}, "Choisissez à qui"),
        ({"asked": ""}, "Écrivez ce que vous demandez"),
        ({"asked": "x" * 2001}, "trop long"),
        ({"asked": "Appelez le 06 12 34 56 78."}, "permet peut-être de reconnaître quelqu’un"),
        ({"due": ""}, "Donnez le jour"),
        ({"due": "2020-01-01"}, "Ce jour est passé"),
        ({"channel": "autre"}, "Choisissez un titre"),
    ],
)
def test_what_a_request_must_hold_is_said_and_nothing_is_lost(
    changes: dict[str, str], said: str, signed_in, cdsu, need, contact
) -> None:
    sent = {
        "contact": contact.pk,
        "channel": "droit-commun",
        "asked": "Réparer l’ascenseur.",
        "due": SOON.isoformat(),
    }
    answer = signed_in(cdsu).post(to("need_ask", need.pk), sent | changes)
    assert answer.status_code == 422
    shown = answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert said in shown
    assert (sent | changes)["asked"][:1500] in shown
    assert not NeedRequest.objects.exists()
    assert not mail.outbox


def test_nobody_is_asked_who_left_and_an_empty_list_says_what_to_do(signed_in, cdsu, need, contact) -> None:
    client = signed_in(cdsu)
    alliances.keep_contact(
        body=contact.body, contact=contact, name="X", duty="", email="x@x.example", active=False, by=cdsu
    )
    assert "Aucun organisme à qui écrire" in page(client, "need_ask", need.pk)


# --- answering by the link ----------------------------------------------------------------------------------


def test_the_contact_reads_what_is_asked_and_nothing_else(asked, client: Client) -> None:
    _, token = asked
    for method in (client.get, client.head):
        answer = method(to("request_answer", token))
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
    shown = page(client, "request_answer", token)
    assert "ascenseur du 12" in shown
    assert CANARY not in shown
    assert str(asked[0].created_by) not in shown
    # Reading, again and again, changes nothing but the hour it was opened.
    assert not Answer.objects.exists()
    assert RequestLink.objects.get().opened_at is not None


@pytest.mark.parametrize("kind", ["prend", "rencontre", "oriente", "decline"])
def test_each_answer_comes_back_to_the_need(kind: str, asked, client: Client, signed_in, cdsu, need) -> None:
    request, token = asked
    sent = {"kind": kind, "words": "Mardi, à la maison de quartier.", "expertise": "La pièce manque."}
    answer = client.post(to("request_answer", token), sent, follow=True)
    assert "Votre réponse est arrivée" in answer.content.decode()
    given = Answer.objects.get()
    assert (given.kind, given.by_contact, given.by_user) == (kind, request.contact, None)
    shown = page(signed_in(cdsu), "need", need.pk)
    assert given.get_kind_display().capitalize() in shown
    # The quartier's knowledge and the trade's, side by side.
    assert "Ce que le quartier en sait" in shown
    assert "La pièce manque." in shown


@pytest.mark.parametrize("kind", ["rencontre", "oriente", "decline"])
def test_an_answer_that_says_no_more_is_asked_for_more(kind: str, asked, client: Client) -> None:
    answer = client.post(to("request_answer", asked[1]), {"kind": kind, "expertise": "Gardé ici."})
    assert answer.status_code == 422
    assert "Gardé ici." in answer.content.decode()
    assert not Answer.objects.exists()
    assert client.post(to("request_answer", asked[1]), {"kind": "peut-être"}).status_code == 422


def test_a_later_answer_replaces_the_first_and_both_are_kept(asked, client: Client) -> None:
    _, token = asked
    client.post(to("request_answer", token), {"kind": "decline", "words": "Pas de budget."})
    client.post(to("request_answer", token), {"kind": "prend"})
    read = NeedRequest.objects.for_reading().get()
    assert read.answer.kind == "prend"
    assert len(read.answers.all()) == 2


def test_what_is_committed_to_is_kept_with_its_proof(asked, client: Client, signed_in, cdsu) -> None:
    _, token = asked
    client.post(to("request_answer", token), {"kind": "prend"})
    wrong = client.post(
        to("request_answer_commit", token), {"what": "", "owner": "La régie", "due": "demain"}
    )
    assert wrong.status_code == 422
    assert "Écrivez ce qui sera fait" in wrong.content.decode()
    client.post(
        to("request_answer_commit", token), {"what": "Réparer", "owner": "La régie", "due": SOON.isoformat()}
    )
    commitment = Commitment.objects.get()
    ending = to("request_answer_end", token, commitment.pk)
    assert client.post(ending, {"how": "tenu", "proof": ""}).status_code == 422
    client.post(ending, {"how": "tenu", "proof": "Remis en marche le 3."})
    commitment.refresh_from_db()
    assert (commitment.kept_on, commitment.proof) == (timezone.localdate(), "Remis en marche le 3.")
    # Ended once; the CDSU alone opens it again.
    client.post(ending, {"how": "abandonne", "proof": "Non."})
    commitment.refresh_from_db()
    assert commitment.given_up_on is None
    signed_in(cdsu).post(to("commitment_end", commitment.pk), {"geste": "rouvrir"})
    commitment.refresh_from_db()
    assert commitment.is_open


def test_a_link_opens_its_own_request_alone(asked, need, cdsu, client: Client) -> None:
    other, _ = alliances.ask(
        need=need, contact=ContactFactory(), channel="credits", asked="Autre.", due=SOON, by=cdsu
    )
    theirs = alliances.commit(request=other, what="X", owner="Y", due=SOON, by=cdsu)
    answer = client.post(to("request_answer_end", asked[1], theirs.pk), {"how": "tenu", "proof": "Z"})
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.is_open


def test_links_that_are_over_open_nothing_and_are_not_told_apart(asked, client: Client, cdsu) -> None:
    request, token = asked
    unknown = client.get(to("request_answer", "rien"))

    def closed() -> None:
        for answer in (
            client.get(to("request_answer", token)),
            client.post(to("request_answer", token), {"kind": "prend"}),
            client.post(to("request_answer_commit", token), {"what": "a", "owner": "b", "due": "2099-01-01"}),
        ):
            assert answer.status_code == 404
            assert answer.content == unknown.content
        assert not Answer.objects.exists()

    now = timezone.now()
    RequestLink.objects.update(created_at=now - timedelta(days=100), expires_at=now - timedelta(seconds=1))
    closed()
    token = alliances.renew_link(request=request, by=cdsu)
    assert client.get(to("request_answer", token)).status_code == 200
    first, token = token, alliances.renew_link(request=request, by=cdsu)
    assert client.get(to("request_answer", first)).status_code == 404
    alliances.withdraw(request=request, by=cdsu)
    closed()


def test_who_left_opens_no_request_any_more(asked, contact, client: Client, cdsu) -> None:
    alliances.keep_contact(
        body=contact.body, contact=contact, name="X", duty="", email="x@x.example", active=False, by=cdsu
    )
    assert client.get(to("request_answer", asked[1])).status_code == 404


def test_what_a_contact_types_is_never_read_as_html(asked, client: Client, signed_in, cdsu, need) -> None:
    request, token = asked
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    client.post(to("request_answer", token), {"kind": "prend", "words": evil, "expertise": evil})
    sent = {"what": evil, "owner": evil, "due": SOON.isoformat()}
    client.post(to("request_answer_commit", token), sent)
    ending = to("request_answer_end", token, Commitment.objects.get().pk)
    client.post(ending, {"how": "tenu", "proof": evil})
    assert Commitment.objects.get().proof == evil
    reviewer = signed_in(cdsu)
    shown = [page(client, "request_answer", token)]
    for name, pk in (("need", need.pk), ("request", request.pk), ("body", request.body_id)):
        shown.append(page(reviewer, name, pk))
    for text in shown:
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_link_that_leaked_does_not_fill_the_disk(asked, client: Client, monkeypatch) -> None:
    monkeypatch.setattr(alliances, "LINES_MAX", 2)
    _, token = asked
    due = {"what": "X", "owner": "Y", "due": SOON.isoformat()}
    answers = [client.post(to("request_answer", token), {"kind": "prend"}).status_code for _ in range(3)]
    assert answers == [302, 302, 409]
    commitments = [client.post(to("request_answer_commit", token), due) for _ in range(3)]
    assert [answer.status_code for answer in commitments] == [302, 302, 409]
    # What was typed is given back.
    assert 'value="Y"' in commitments[-1].content.decode()
    assert (Answer.objects.count(), Commitment.objects.count()) == (2, 2)


# --- what the CDSU follows ----------------------------------------------------------------------------------


def test_silence_is_dated(asked, signed_in, cdsu, need) -> None:
    request, _ = asked
    passed = timezone.localdate() - timedelta(days=3)
    NeedRequest.objects.update(due=passed)
    client = signed_in(cdsu)
    assert NeedRequest.objects.for_reading().get().silent_since == passed
    for name, pk in (("need", need.pk), ("request", request.pk), ("body", request.body_id)):
        assert "Sans réponse" in page(client, name, pk)
    assert "1 demande sans réponse" in page(client, "bodies").replace("\u00a0", " ")
    client.post(to("request_note", request.pk), {"kind": "prend"})
    assert NeedRequest.objects.for_reading().get().silent_since is None
    assert Answer.objects.get().by_user == cdsu


def test_a_withdrawn_request_stays_written_and_takes_nothing_more(asked, signed_in, cdsu) -> None:
    request, _ = asked
    client = signed_in(cdsu)
    client.post(to("request_withdraw", request.pk))
    assert "Retirée" in page(client, "request", request.pk)
    for name, sent in (
        ("request_withdraw", {}),
        ("request_renew", {}),
        ("request_note", {"kind": "prend"}),
        ("request_commit", {"what": "a", "owner": "b", "due": SOON.isoformat()}),
    ):
        answer = client.post(to(name, request.pk), sent, follow=True)
        assert "Rien n’a été enregistré" in answer.content.decode(), name
    assert not Answer.objects.exists()


def test_the_roadmap_counts_what_was_asked_kept_and_late(asked, signed_in, cdsu) -> None:
    request, _ = asked
    late = timezone.localdate() - timedelta(days=1)
    kept = alliances.commit(request=request, what="Réparer", owner="La régie", due=SOON, by=cdsu)
    alliances.end(commitment=kept, kept=True, on=late, proof="Fait.", by=cdsu)
    alliances.commit(request=request, what="Afficher", owner="La gérante", due=late, by=cdsu)
    shown = page(signed_in(cdsu), "body", request.body_id).replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 demande ; 1 engagement tenu, 1 en cours, dont 1 en retard." in shown


def test_a_need_of_which_something_was_asked_is_not_undone(asked, need, cdsu) -> None:
    batch = need.changes.order_by("pk").first().batch
    with pytest.raises(needs.NothingToUndo):
        needs.undo(batch=batch, by=cdsu)
    assert Need.objects.filter(pk=need.pk).exists()


def test_a_merged_need_brings_its_requests(asked, need, cdsu, signed_in) -> None:
    into = needs.make(by=cdsu, title="Le grand besoin", theme=theme("logement"))[0]
    needs.merge(need_id=need.pk, into=into.pk, by=cdsu)
    client = signed_in(cdsu)
    assert "Habitat du Littoral" in page(client, "need", into.pk)
    # It asks for nothing more in its own name.
    sent = {"contact": asked[0].contact_id, "channel": "credits", "asked": "X", "due": SOON.isoformat()}
    refused = client.post(to("need_ask", need.pk), sent, follow=True).content.decode()
    assert "réuni à un autre" in refused
    assert NeedRequest.objects.count() == 1


def test_a_limited_account_reads_only_requests_of_its_needs(asked, soubise, signed_in) -> None:
    limited = signed_in(UserFactory(role="cdsu", neighbourhoods=[soubise]))
    assert limited.get(to("request", asked[0].pk)).status_code == 404
    assert "Habitat du Littoral" in page(limited, "bodies")
    assert "ascenseur" not in page(limited, "body", asked[0].body_id)


def test_queries_do_not_grow_with_requests(asked, need, cdsu, signed_in, client: Client) -> None:
    reviewer: Any = signed_in(cdsu)
    paths = [to("need", need.pk), to("bodies"), to("body", asked[0].body_id)]

    def cost() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert reviewer.get(path).status_code == 200
            found.append(len(queries))
        return found

    few = cost()
    for _ in range(4):
        one, _token = alliances.ask(
            need=need, contact=asked[0].contact, channel="credits", asked="Autre.", due=SOON, by=cdsu
        )
        alliances.answer(request=one, kind="prend", expertise="Oui.", by=one.contact)
        alliances.commit(request=one, what="X", owner="Y", due=SOON, by=cdsu)
        ContactFactory()
    assert cost() == few


# --- reminders ----------------------------------------------------------------------------------------------


@pytest.fixture
def overdue(asked) -> NeedRequest:
    sent = timezone.now() - timedelta(days=20)
    NeedRequest.objects.update(due=timezone.localdate() - timedelta(days=2), created_at=sent)
    return asked[0]


def remind(day: date) -> int:
    return reminders.remind(today=day, site="https://accords.example")


def test_a_body_is_reminded_of_all_that_waits_in_one_letter_a_week(overdue, need, cdsu, client) -> None:
    today = reminders.monday(timezone.localdate()) + timedelta(days=7)
    NeedRequest.objects.update(due=today)
    other, _ = alliances.ask(
        need=need, contact=overdue.contact, channel="credits", asked="Autre.", due=today, by=cdsu
    )
    NeedRequest.objects.update(created_at=timezone.now() - timedelta(days=20))
    late = alliances.commit(request=overdue, what="X", owner="Y", due=today - timedelta(days=1), by=cdsu)
    links = RequestLink.objects.count()
    assert remind(today) == 1
    assert RequestLink.objects.count() == links + 2
    letter = mail.outbox[0]
    assert letter.to == [overdue.contact.email]
    assert "2 demandes attendent" in letter.body.replace("\u00a0", " ")
    assert "1 engagement est en retard" in letter.body.replace("\u00a0", " ")
    assert CANARY not in letter.subject + letter.body
    for address in re.findall(r"https://accords\.example(/d/\S+)", letter.body):
        assert client.get(address).status_code == 200
    # Once a week, however often it runs.
    assert [remind(today), remind(today + timedelta(days=4))] == [0, 0]
    assert remind(today + timedelta(days=7)) == 1
    alliances.end(commitment=late, kept=True, on=today, proof="Fait.", by=cdsu)
    for one in (overdue, other):
        alliances.answer(request=one, kind="prend", by=cdsu)
    assert remind(today + timedelta(days=14)) == 0


def test_a_request_is_not_recalled_in_the_week_of_its_own_letter(asked, cdsu) -> None:
    today = timezone.localdate()
    NeedRequest.objects.update(due=today + timedelta(days=1))
    assert reminders.due(today + timedelta(days=6)) == {}
    assert set(reminders.due(today + timedelta(days=7))) == {asked[0].body_id}


def test_nothing_is_recalled_too_early_nor_to_who_left(asked, cdsu) -> None:
    request, _ = asked
    assert remind(request.due - timedelta(days=8)) == 0
    assert set(reminders.due(request.due - timedelta(days=7))) == {request.body_id}
    alliances.keep_contact(
        body=request.body,
        contact=request.contact,
        name="X",
        duty="",
        email="x@x.example",
        active=False,
        by=cdsu,
    )
    assert remind(request.due) == 0


def test_a_letter_that_cannot_leave_gives_the_week_back(overdue, monkeypatch) -> None:
    def refuse(*args: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(reminders, "send_mail", refuse)
        assert remind(timezone.localdate()) == 0
    assert remind(timezone.localdate()) == 1


def test_a_week_claimed_by_another_run_is_left_to_it(overdue, monkeypatch) -> None:
    today = timezone.localdate()
    found = reminders.due(today)
    Reminder.objects.create(body=overdue.body, week=reminders.monday(today))
    monkeypatch.setattr(reminders, "due", lambda day: found)
    assert remind(today) == 0
    assert not mail.outbox


def test_the_command_says_before_it_does(overdue) -> None:
    def run(*arguments: str) -> str:
        out = StringIO()
        call_command("remind", *arguments, stdout=out)
        return out.getvalue().replace("\u00a0", " ")

    assert "Personnes à qui écrire : 1" in run()
    assert not mail.outbox
    assert "Rappels partis : 1" in run("--apply")
    assert "Rappels partis : 0" in run("--apply")
    assert len(mail.outbox) == 1


# --- with an account -------------------------------------------------------------------------------------------


def test_a_partner_with_the_contact_s_address_answers_signed_in(
    signed_in: Any, need: Need, cdsu: User, partner: User
) -> None:
    contact = ContactFactory(email=partner.email.upper())
    fields = {"need": need, "channel": "droit-commun", "due": SOON, "by": cdsu}
    request, _ = alliances.ask(contact=contact, asked="Dire quand ce sera réparé.", **fields)
    other, _ = alliances.ask(contact=ContactFactory(), asked="À quelqu’un d’autre.", **fields)
    client = signed_in(partner)
    listed = page(client, "addressed")
    assert "Dire quand ce sera réparé." in listed
    assert "À quelqu’un d’autre." not in listed
    assert CANARY not in listed
    assert client.post(to("request_open", other.pk)).status_code == 404
    opened = client.post(to("request_open", request.pk))
    client.post(opened["Location"], {"kind": "prend", "words": "Oui."})
    assert Answer.objects.get().by_contact == contact
    alliances.withdraw(request=request, by=cdsu)
    assert "Dire quand ce sera réparé." not in page(client, "addressed")
