"""A member of the residents' council goes through the charter and the four doors, on a phone."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from observations.actions import programme
from observations.models import Evaluation, Nature, Observation, Offer, Role, User
from tests import factories


def test_the_charter_then_the_four_doors(
    page: Page,
    served: str,
    cdsu: User,
    banc_vert,
    sign_in: Callable[[User], None],
    console_errors: list[str],
) -> None:
    programme.keep(
        action=None,
        name="Café des voisines",
        bearer="Café du marché",
        year=timezone.localdate().year,
        summary="Le jeudi matin.",
        neighbourhoods=[banc_vert],
        themes=[factories.theme("lien")],
        needs=[],
        by=cdsu,
    )
    member = factories.UserFactory(role=Role.COUNCIL, charter_on=None, neighbourhoods=[banc_vert])
    sign_in(member)
    page.goto(served)
    expect(page.get_by_role("heading", name="Charte des membres du conseil citoyen")).to_be_visible()
    page.get_by_label("J’ai lu cette charte").check()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Quatre portes")).to_be_visible()

    # Radar: a strength, already chosen.
    page.get_by_role("link", name="Radar de proximité").click()
    page.locator("#observation[data-ready]").wait_for()
    expect(page.get_by_label("Un atout")).to_be_checked()
    page.get_by_label("Ce que j’ai vu").fill("Une bourse aux plantes au pied de la tour.")
    page.get_by_label("Lien social", exact=False).first.check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Reçue. Elle sera relue")).to_be_visible()
    assert Observation.objects.get(author=member).nature == Nature.STRENGTH

    # Porte-voix opens the same form, on nothing.
    page.goto(f"{served}/conseil/")
    page.get_by_role("link", name="Porte-voix").click()
    page.locator("#observation[data-ready]").wait_for()
    expect(page.get_by_label("Un atout")).not_to_be_checked()

    # Amplificateur: what is near me, and how it goes.
    page.goto(f"{served}/conseil/")
    page.get_by_role("link", name="Amplificateur").click()
    page.get_by_role("link", name="Dire comment ça se passe").click()
    for question in page.get_by_role("group", name="Est-ce qu").all():
        question.get_by_label("Oui", exact=True).check()
    page.get_by_role("group", name="Vous en aviez entendu parler").get_by_label("Non", exact=True).check()
    page.get_by_label("Avec les mots de la personne").fill("On s’y sent moins seule.")
    page.get_by_role("group", name="C’est plutôt").get_by_label("Atout").check()
    page.get_by_role("group", name="accepte d’être citée").get_by_label("Oui").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est noté. Les mots seront relus")).to_be_visible()
    assert Evaluation.objects.get().known == "non"

    # Coup de pouce.
    page.goto(f"{served}/conseil/")
    page.get_by_role("link", name="Coup de pouce").click()
    page.get_by_label("Pour quelle action").select_option(label="Café des voisines")
    page.get_by_label("Ce que je peux faire").fill("Porter les tables")
    page.get_by_role("button", name="Proposer").click()
    expect(page.get_by_text("C’est envoyé. La réponse viendra ici.")).to_be_visible()
    assert Offer.objects.get().by == member
    page.goto(f"{served}/conseil/")
    expect(page.get_by_text("En attente d’une réponse")).to_be_visible()
    expect(page.get_by_role("link", name="2 observations")).to_be_visible()
    assert not console_errors
