"""axe-core finds nothing, on every page, at both sizes, light and dark; and no page overflows its screen."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from observations.actions import alliances, diagnoses, programme, sharing
from observations.actions.invitations import invite
from observations.models import (
    Action,
    Diagnosis,
    GivingBack,
    Meeting,
    Need,
    Neighbourhood,
    Observation,
    Status,
    Summary,
    User,
)
from observations.models.diagnosis import PROSE
from tests.browser.conftest import DESK, PHONE, sign_in_context
from tests.factories import ContactFactory

# Every page of the application that a person opens: who opens it, and its address.
PAGES = {
    "sign-in": ("", "/compte/login/"),
    "sign-in by code": ("", "/compte/login/code/"),
    "account": ("agent", "/compte/"),
    "devices": ("agent", "/compte/appareils/"),
    "asked again": ("agent", "/compte/confirmer/mot-de-passe/"),
    "people": ("cdsu", "/compte/invitations/"),
    "invitation": ("", "/compte/invitation/{invitation}/"),
    "invitation that is over": ("", "/compte/invitation/rien/"),
    "no account": ("", "/compte/signup/"),
    "capture": ("agent", "/saisie/"),
    "shell": ("", "/saisie/hors-ligne/"),
    "no network": ("", "/hors-ligne/"),
    "capture from paper": ("cdsu", "/saisie/"),
    "own observations": ("agent", "/mes-observations/"),
    "mirror": ("agent", "/mes-observations/carnet/"),
    "nothing here": ("agent", "/rien/"),
    "not yours": ("agent", "/relecture/"),
    "review list": ("cdsu", "/relecture/"),
    "review, nothing found": ("cdsu", "/relecture/?q=introuvable"),
    "one observation": ("cdsu", "/relecture/{to_read}/"),
    "a decided one": ("cdsu", "/relecture/{accepted}/"),
    "erasing one": ("cdsu", "/relecture/{accepted}/effacer/?motif=danger"),
    "map": ("cdsu", "/relecture/carte/"),
    "two periods on the map": ("cdsu", "/relecture/carte/?face=avant"),
    "themes": ("cdsu", "/themes/"),
    "what comes back": ("cdsu", "/relecture/ce-qui-revient/"),
    "reading": ("cdsu", "/relecture/lire/"),
    "end of the reading": ("cdsu", "/relecture/lire/fin/?lecture=1&statut=a-relire"),
    "search": ("cdsu", "/relecture/?q=ascenseur"),
    "needs": ("cdsu", "/besoins/"),
    "needs by theme": ("cdsu", "/besoins/?vue=themes"),
    "no need with these filters": ("cdsu", "/besoins/?theme=egalite"),
    "new need": ("cdsu", "/besoins/nouveau/?choisie={accepted}"),
    "one need": ("cdsu", "/besoins/{need}/"),
    "editing a need": ("cdsu", "/besoins/{need}/modifier/"),
    "bodies": ("cdsu", "/besoins/organismes/"),
    "new body": ("cdsu", "/besoins/organismes/nouveau/"),
    "one body": ("cdsu", "/besoins/organismes/{body}/"),
    "new contact": ("cdsu", "/besoins/organismes/{body}/contacts/nouveau/"),
    "asking": ("cdsu", "/besoins/{need}/demander/"),
    "a request": ("cdsu", "/besoins/demandes/{request}/"),
    "a request, by its link": ("", "/d/{answered}/"),
    "a request to answer, by its link": ("", "/d/{to_answer}/"),
    "request that is over": ("", "/d/rien/"),
    "giving back, first words": ("cdsu", "/besoins/{untold}/retour/"),
    "giving back, a draft": ("cdsu", "/besoins/{need}/retour/"),
    "giving back, published": ("cdsu", "/besoins/{told_need}/retour/"),
    "what residents are told": ("", "/r/{told}/"),
    "no longer told": ("", "/r/rien/"),
    "course": ("agent", "/ecoute/"),
    "requests addressed": ("partenaire", "/demandes/"),
    "four doors": ("conseil", "/conseil/"),
    "charter": ("conseil", "/conseil/charte/"),
    "around me": ("conseil", "/conseil/autour-de-moi/"),
    "offering a hand": ("conseil", "/conseil/coups-de-pouce/"),
    "hands offered": ("cdsu", "/conseil/propositions/"),
    "cards": ("agent", "/retours/"),
    "cards without network": ("", "/retours/sur-ce-telephone/"),
    "did it change": ("agent", "/saisie/?retour={told}"),
    "neighbourhoods": ("", "/quartiers/"),
    "no diagnosis yet": ("", "/quartiers/{unwritten}/"),
    "a neighbourhood, living": ("cdsu", "/quartiers/{diagnosed}/"),
    "writing a diagnosis": ("cdsu", "/quartiers/{diagnosed}/diagnostic/"),
    "a draft to publish": ("cdsu", "/quartiers/{drafted}/diagnostic/"),
    "a diagnosis": ("", "/quartiers/{diagnosed}/1/"),
    "a diagnosis to add to": ("partenaire", "/quartiers/{diagnosed}/1/"),
    "meetings": ("cdsu", "/instances/"),
    "new meeting": ("cdsu", "/instances/nouvelle/"),
    "a meeting prepared": ("cdsu", "/instances/{coming}/"),
    "a meeting whose pack is sent": ("cdsu", "/instances/{sent}/"),
    "deciding": ("cdsu", "/instances/{sent}/decider/"),
    "who meets whom": ("cdsu", "/instances/qui-avec-qui/"),
    "dispositifs": ("cdsu", "/instances/dispositifs/"),
    "actions": ("cdsu", "/actions/"),
    "actions, nothing found": ("agent", "/actions/?q=introuvable"),
    "an action": ("conseil", "/actions/{action}/"),
    "an action to keep": ("cdsu", "/actions/{action}/"),
    "editing an action": ("cdsu", "/actions/{action}/modifier/"),
    "what somebody says of it": ("conseil", "/actions/{action}/evaluer/"),
    "importing": ("cdsu", "/actions/importer/"),
    "matching columns": ("cdsu", "/actions/importer/{begun}/"),
    "counts by neighbourhood": ("agent", "/carte/"),
    "published map": ("partenaire", "/carte/"),
    "summaries": ("cdsu", "/syntheses/"),
    "draft": ("cdsu", "/syntheses/{draft}/brouillon/"),
    "preview": ("cdsu", "/syntheses/{draft}/apercu/"),
    "links": ("cdsu", "/syntheses/{published}/liens/"),
    "tokens": ("cdsu", "/syntheses/jetons/"),
    "working paper": ("cdsu", "/syntheses/document-de-travail/"),
    "shared summary": ("", "/s/{link}/"),
    "link that is over": ("", "/s/rien/"),
    "export": ("cdsu", "/relecture/exporter/"),
    "nothing to export": ("cdsu", "/relecture/exporter/?q=introuvable"),
    "journal": ("cdsu", "/journal/"),
    "journal, nothing found": ("cdsu", "/journal/?quoi=purge"),
    "who sees what": ("agent", "/qui-voit-quoi/"),
    "who sees what, at the desk": ("cdsu", "/qui-voit-quoi/"),
    "papers": ("", "/confidentialite/"),
    "poster": ("", "/confidentialite/affiche/"),
    "retention table": ("", "/confidentialite/durees/"),
    "partner's summaries": ("partenaire", "/syntheses/"),
    "published summary": ("partenaire", "/syntheses/{published}/"),
}


# A map, or what the phone says of itself: they come after the page.
DRAWN_LATER = "[data-map], [data-waiting]"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def places(demonstration: None) -> dict[str, str]:
    """The demonstration, and the identifiers that the addresses above name."""
    published = Summary.objects.published().first()
    cdsu = User.objects.get(email="cdsu@demo.test")
    _, link = sharing.share(summary=published, label="Bailleur", days=30, by=cdsu)
    sharing.issue_token(label="Observatoire", days=365, by=cdsu)
    cdsu = User.objects.get(email="cdsu@demo.test")
    invite(role="agent", neighbourhoods=[], email="attendue@example.test", by=cdsu)
    need = Need.objects.get(title__startswith="Les ascenseurs")
    contact = ContactFactory()
    asking = {
        "need": need,
        "contact": contact,
        "channel": "droit-commun",
        "due": date(2099, 1, 1),
        "by": cdsu,
    }
    request, answered = alliances.ask(asked="Dire quand ce sera réparé.", **asking)
    _, to_answer = alliances.ask(asked="Afficher les dates de passage.", **asking)
    alliances.answer(
        request=request, kind="prend", words="C’est noté.", expertise="La pièce manque.", by=contact
    )
    alliances.commit(request=request, what="Réparer", owner="La régie", due=date(2099, 1, 1), by=contact)
    told = GivingBack.objects.open().get()
    diagnosed = Diagnosis.objects.published().get().neighbourhood
    others = list(Neighbourhood.objects.active().exclude(pk=diagnosed.pk)[:2])
    prose = dict.fromkeys(PROSE, "Ce que l’on en sait.")
    diagnoses.keep(neighbourhood=others[0], revision=0, prose=prose, needs=[], quotes=[], by=cdsu)
    return {
        "action": str(Action.objects.first().pk),
        "begun": str(
            programme.begin_import(rows=[["Nom", "Porteur", "Année"], ["Café", "", "2026"]], by=cdsu).pk
        ),
        "sent": str(Meeting.objects.sent().get().pk),
        "coming": str(Meeting.objects.get(sent_at=None).pk),
        "diagnosed": diagnosed.code,
        "drafted": others[0].code,
        "unwritten": others[1].code,
        "told": told.code,
        "told_need": str(told.need_id),
        "untold": str(Need.objects.filter(giving_back=None).first().pk),
        "body": str(contact.body_id),
        "request": str(request.pk),
        "answered": answered,
        "to_answer": to_answer,
        "need": str(need.pk),
        "invitation": invite(role="partenaire", neighbourhoods=[], email="", by=cdsu)[1],
        "to_read": str(Observation.objects.filter(status=Status.TO_READ).first().pk),
        "accepted": str(Observation.objects.quotable().first().pk),
        "draft": str(Summary.objects.exclude(status=Summary.Status.PUBLISHED).first().pk),
        "published": str(published.pk),
        "link": link,
    }


def problems(page: Page, scheme: str) -> list[str]:
    # Light or dark, the page is the same but for its colours.
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else None
    found = Axe().run(page, options=rules)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360", "1280"])
def test_no_page_has_a_fault_that_axe_can_see(
    browser: Browser, served: str, places: dict[str, str], size: dict[str, int]
) -> None:
    faults: dict[str, list[str]] = {}
    pages = {who: open_as(browser, served, who, size) for who in {who for who, _ in PAGES.values()}}
    for name, (who, path) in PAGES.items():
        page = pages[who]
        page.goto(served + path.format(**places))
        if page.locator(DRAWN_LATER).count():
            page.wait_for_load_state("networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if found := problems(page, scheme):
                faults[f"{name}, {scheme}"] = found
        if overflow := page.evaluate(OVERFLOW):
            faults[f"{name}, width"] = [f"{overflow} px wider than the screen"]
    assert faults == {}


def open_as(browser: Browser, served: str, who: str, size: dict[str, int]) -> Page:
    """A browser of that account's own (nobody's for ""); map tiles come from nowhere."""
    # Without motion: a colour half-way through its transition is no fault.
    context = browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce")
    if who:
        sign_in_context(context, served, User.objects.get(email=f"{who}@demo.test"))
    page = context.new_page()
    page.route("https://data.geopf.fr/**", lambda route: route.abort())
    return page
