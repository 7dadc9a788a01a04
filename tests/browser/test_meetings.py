"""From a month to a meeting: the pack at the desk, decisions on a phone around the table."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from observations.actions import needs
from observations.models import Commitment, Meeting, User
from tests import factories
from tests.browser.conftest import DESK, PHONE


def test_a_pack_is_sent_and_a_decision_becomes_a_commitment(
    page: Page, served: str, cdsu: User, sign_in: Callable[[User], None], console_errors: list[str]
) -> None:
    today = timezone.localdate()
    rows = [
        factories.ObservationFactory(
            accepted=True, public_text=f"Parole relue {i}.", observed_on=today - timedelta(days=i + 1)
        )
        for i in range(6)
    ]
    needs.make(by=cdsu, title="Les ascenseurs", theme=factories.theme(), observations=[r.pk for r in rows])
    contact = factories.ContactFactory(body__name="Habitat du Littoral")
    sign_in(cdsu)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/instances/")
    page.get_by_role("link", name="Préparer la première").click()
    page.get_by_label("Titre").fill("Comité de printemps")
    page.get_by_label("Jour").fill((today + timedelta(days=9)).isoformat())
    page.get_by_label("Habitat du Littoral").check()
    page.get_by_label("Programme").fill("9h | Accueil\n9h30 | Les ascenseurs | Claire")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("checkbox", name="Les ascenseurs").check()
    for box in page.get_by_role("checkbox", name="Parole relue").all():
        box.check()
    page.get_by_role("button", name="Garder ces choix").click()
    page.get_by_role("button", name="Arrêter le dossier").click()
    expect(page.get_by_text("Dossier arrêté, et parti à 1 personne.")).to_be_visible()
    meeting = Meeting.objects.sent().get()

    page.set_viewport_size(PHONE)
    page.goto(f"{served}/instances/{meeting.pk}/decider/")
    page.get_by_label("Les ascenseurs").check()
    expect(page.get_by_label("Qui s’engage")).to_be_hidden()
    page.get_by_label("Quelqu’un s’engage").check()
    page.get_by_label("Qui s’engage").select_option(str(contact.body_id))
    page.get_by_label("Ce qui sera fait").fill("Afficher la date")
    page.get_by_label("Par qui, dans cet organisme").fill("La régie")
    page.get_by_label("Pour quand").fill((today + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("Décision notée.")).to_be_visible()
    expect(page.get_by_text("Afficher la date, La régie")).to_be_visible()
    assert Commitment.objects.get().request.body == contact.body
    assert not console_errors
