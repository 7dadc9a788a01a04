"""Residents hear back: a CDSU publishes, a neighbour reads from the poster, a worker tells it and asks what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observations.actions import needs
from observations.models import NeedLink, Neighbourhood, Role, Telling, User
from tests import factories
from tests.browser.conftest import DESK, PHONE, sign_in_context

VOICES = """speechSynthesis.getVoices = () => [{ lang: "fr-FR", localService: LOCAL, name: "Voix" }];
window.spoken = [];
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
speechSynthesis.speak = (one) => window.spoken.push(one.text);"""


@pytest.fixture
def need(served: str, banc_vert: Neighbourhood, cdsu: User) -> int:
    days = [timezone.localdate() - timedelta(days=n) for n in range(1, 6)]
    rows = [
        factories.ObservationFactory(accepted=True, observed_on=day, neighbourhood=banc_vert) for day in days
    ]
    theme = factories.theme("logement-ascenseurs")
    return needs.make(by=cdsu, title="Les ascenseurs", theme=theme, observations=[r.pk for r in rows])[0].pk


def test_from_the_draft_to_the_poster_the_card_and_what_changed(
    page: Page,
    browser: Browser,
    context: BrowserContext,
    served: str,
    need: int,
    cdsu: User,
    console_errors: list[str],
) -> None:
    sign_in_context(context, served, cdsu)
    # The need's page has a map, whose tiles come from nowhere.
    page.route("https://data.geopf.fr/**", lambda route: route.fulfill(status=204))
    page.set_viewport_size(DESK)
    page.goto(f"{served}/besoins/{need}/")
    page.get_by_role("link", name="Écrire le retour").click()
    page.get_by_label("En une ligne").fill("Les ascenseurs : une date à chaque panne")
    page.get_by_label("Vous nous avez dit").fill("Les pannes durent trop longtemps.")
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("Dites au moins ce qui est fait")).to_be_visible()
    expect(page.get_by_role("button", name="Publier")).to_have_count(0)
    page.get_by_label("Ce qui ne se fera pas, et pourquoi").fill(
        "Pas d’ascenseur neuf : le prestataire dit non."
    )
    page.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(page.get_by_text("plutôt « l’entreprise »")).to_be_visible()
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("heading", name="Publié, édition 1")).to_be_visible()
    address = page.get_by_role("textbox", name="Le lien").input_value()

    # A neighbour, from the poster: no account, a phone that speaks French by itself.
    hall = browser.new_context(viewport=PHONE, locale="fr-FR")
    hall.add_init_script(VOICES.replace("LOCAL", "true"))
    phone = hall.new_page()
    phone.goto(address)
    expect(phone.get_by_role("heading", name="Ce qui ne se fera pas, et pourquoi")).to_be_visible()
    phone.get_by_role("button", name="Écouter").click()
    spoken = " ".join(phone.evaluate("window.spoken"))
    assert "Pas d’ascenseur neuf" in spoken
    assert "imprimer" not in spoken
    expect(phone.get_by_role("button", name="Arrêter")).to_be_visible()
    hall.close()

    # The worker tells it, then hears what changed.
    street = browser.new_context(viewport=PHONE, locale="fr-FR", service_workers="block")
    agent = factories.UserFactory(role=Role.AGENT)
    sign_in_context(street, served, agent)
    phone = street.new_page()
    phone.goto(f"{served}/retours/")
    phone.get_by_text("Je l’ai redit").click()
    phone.get_by_label("En réunion").check()
    phone.get_by_role("button", name="Noter").click()
    expect(phone.get_by_text("C’est noté.")).to_be_visible()
    assert Telling.objects.get().how == "reunion"
    phone.get_by_role("link", name="Est-ce que ça a changé ?").click()
    phone.locator("#observation[data-ready]").wait_for()
    expect(phone.get_by_text("Les ascenseurs : une date à chaque panne")).to_be_visible()
    phone.get_by_label("Ce que j’ai vu").fill("Une affiche dans le hall.")
    phone.get_by_label("Un atout").check()
    phone.get_by_label("Logement", exact=True).check()
    phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.get_by_role("link", name="Dites si ça a changé")).to_be_visible()
    phone.get_by_label("Un peu", exact=True).check()
    phone.get_by_role("combobox", name="Quartier").select_option("QN05961M")
    phone.get_by_role("button", name="Enregistrer").click()
    expect(phone.get_by_text("Reçue. Elle sera relue")).to_be_visible()
    street.close()
    assert NeedLink.objects.get(observation__author=agent).changed == "un-peu"

    page.goto(f"{served}/besoins/{need}/")
    expect(page.get_by_text("Ça a changé ? Un peu.")).to_be_visible()
    page.get_by_role("button", name="Noter « retour fait »").click()
    expect(page.locator(".need-head .state")).to_have_text("Retour fait")
    assert not console_errors


def test_a_voice_that_needs_the_network_is_not_offered(
    page: Page, served: str, need: int, cdsu: User
) -> None:
    told = factories.GivingBackFactory(need_id=need, written_by=cdsu)
    page.add_init_script(VOICES.replace("LOCAL", "false"))
    page.goto(f"{served}/r/{told.code}/")
    expect(page.get_by_role("heading", name="Les ascenseurs")).to_be_visible()
    expect(page.get_by_role("button", name="Écouter")).to_have_count(0)
