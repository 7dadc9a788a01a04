"""A need leaves for a body and an answer comes back: a desk, then a partner's phone without an account."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from observations.actions import needs
from observations.models import Commitment, NeedRequest, Role, User
from tests import factories
from tests.browser.conftest import DESK, PHONE


@pytest.fixture
def cdsu(served: str, sign_in: Callable[[User], None]) -> User:
    user = factories.UserFactory(role=Role.CDSU, name="Claire Martin")
    sign_in(user)
    return user


def test_a_need_is_asked_answered_on_a_phone_and_committed_to(
    page: Page, browser: Browser, served: str, cdsu: User, console_errors: list[str]
) -> None:
    contact = factories.ContactFactory(name="Jean Gérant", body__name="Habitat du Littoral")
    need, _ = needs.make(
        by=cdsu, title="Les ascenseurs tombent en panne", theme=factories.theme("logement-ascenseurs")
    )
    soon = (timezone.localdate() + timedelta(days=15)).isoformat()
    page.set_viewport_size(DESK)
    page.goto(f"{served}/besoins/{need.pk}/")
    page.get_by_role("link", name="Demander à un organisme").click()
    page.get_by_label("À qui").select_option(str(contact.pk))
    page.get_by_label("Ce que vous demandez").fill("Dire aux locataires du 12 quand l’ascenseur remarchera.")
    page.get_by_label("Réponse attendue le").fill(soon)
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("heading", name="Le lien est parti à Jean Gérant")).to_be_visible()
    link = page.get_by_role("textbox", name="Le lien").input_value()

    # The partner: another browser, no account, a phone.
    away = browser.new_context(viewport=PHONE, locale="fr-FR")
    phone = away.new_page()
    phone.goto(link)
    expect(phone.get_by_text("Dire aux locataires du 12")).to_be_visible()
    phone.get_by_label("Nous le prenons en charge").check()
    phone.get_by_label("Ce que votre métier en sait").fill("La pièce vient d’Italie.")
    phone.get_by_role("button", name="Envoyer notre réponse").click()
    expect(phone.get_by_text("Merci. Votre réponse est arrivée.")).to_be_visible()
    phone.get_by_label("Ce qui sera fait").fill("Afficher la date dans le hall")
    phone.get_by_label("Pour quand").fill(soon)
    phone.get_by_role("button", name="Ajouter cet engagement").click()
    expect(phone.get_by_text("Engagement noté.")).to_be_visible()
    over = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0
    away.close()

    page.goto(f"{served}/besoins/{need.pk}/")
    expect(page.get_by_text("Prend en charge").first).to_be_visible()
    expect(page.get_by_text("La pièce vient d’Italie.")).to_be_visible()
    expect(page.get_by_text(re.compile("Afficher la date dans le hall"))).to_be_visible()
    page.get_by_role("link", name="Habitat du Littoral").click()
    page.get_by_text("Terminer").click()
    page.get_by_label("C’est fait").check()
    page.get_by_label("Ce qui le montre, ou pourquoi").fill("Affiché ce matin.")
    page.locator(".commitments").get_by_role("button", name="Noter").click()
    expect(page.get_by_text("Engagement tenu.")).to_be_visible()
    assert Commitment.objects.get().proof == "Affiché ce matin."
    assert NeedRequest.objects.for_reading().get().answer.kind == "prend"
    assert not console_errors
