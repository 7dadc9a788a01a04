"""Takes the README's pictures from a running demonstration: `make demo`, then `make screenshots`.

French pages, light, at the two sizes that the application is designed for.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PASSWORD = "demo-nouveaux-accords"  # noqa: S105 - the demonstration's, printed at its start
FOLDER = Path(__file__).parent / "screenshots"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def signed_in(browser: Browser, address: str, who: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, locale="fr-FR", timezone_id="Europe/Paris").new_page()
    page.goto(f"{address}/compte/login/")
    page.fill("[name=login]", f"{who}@demo.test")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state("networkidle")
    return page


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def without_network(page: Page, address: str) -> None:
    """An observation saved where there is no network: the form comes from the phone, and keeps it there."""
    page.goto(f"{address}/saisie/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.goto(f"{address}/saisie/")
    page.get_by_label("Ce qui a été dit").fill("L’ascenseur est encore en panne, ma mère ne descend plus.")
    page.get_by_label("Une préoccupation").check()
    page.get_by_label("Logement", exact=True).check()
    page.get_by_label("ascenseurs").check()
    page.locator("#id_neighbourhood").select_option(index=1)
    page.get_by_role("radio", name="Oui").check()
    page.get_by_role("button", name="Garder sur ce téléphone").click()
    page.get_by_text("Elle partira dès le retour du réseau.").wait_for()
    page.mouse.move(0, 0)


def main(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    # Else an emulated cut of the network ends with the document (tests/browser/conftest.py).
    flags.append("--enable-features=RenderDocument:level/subframe")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        phone = signed_in(browser, address, "agent", PHONE)
        take(phone, "saisie")
        without_network(phone, address)
        take(phone, "hors-ligne")
        desk = signed_in(browser, address, "cdsu", DESK)
        take(desk, "relecture")
        desk.goto(f"{address}/relecture/?statut=a-relire")
        desk.click("main ul .voice a")
        take(desk, "observation")
        desk.goto(f"{address}/relecture/carte/")
        take(desk, "carte")
        desk.goto(f"{address}/besoins/")
        desk.get_by_role("link", name="Les ascenseurs en panne").click()
        take(desk, "besoin")
        desk.goto(f"{address}/quartiers/QN05961M/1/")
        take(desk, "diagnostic")
        worker = signed_in(browser, address, "agent", PHONE)
        worker.goto(f"{address}/retours/")
        take(worker, "a-redire")
        worker.get_by_role("link", name="La page à montrer").first.click()
        take(worker, "retour")
        member = signed_in(browser, address, "conseil", PHONE)
        take(member, "conseil")
        partner = signed_in(browser, address, "partenaire", DESK)
        partner.click("main a[href^='/syntheses/']")
        take(partner, "synthese")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
