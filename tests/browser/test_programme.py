"""Two hundred actions come in by a spreadsheet, once its faulty rows are mended."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from observations.models import Action, User
from tests.browser.conftest import DESK
from tests.programme.test_programme import HEADER, book, line


def test_two_hundred_actions_with_faulty_rows(
    page: Page,
    served: str,
    cdsu: User,
    banc_vert,
    sign_in: Callable[[User], None],
    tmp_path: Path,
    console_errors: list[str],
) -> None:
    rows = [HEADER, *(line(n) for n in range(200))]
    file = tmp_path / "programmation.xlsx"
    file.write_bytes(book([*rows[:50], line(49, year="bientôt"), *rows[51:]]))
    sign_in(cdsu)
    page.set_viewport_size(DESK)
    page.goto(f"{served}/actions/")
    page.get_by_role("link", name="Importer un tableau").first.click()
    page.get_by_label("Le tableau").set_input_files(file)
    page.get_by_role("button", name="Lire ce tableau").click()
    expect(page.get_by_role("heading", name="Quelle colonne dit quoi")).to_be_visible()
    expect(page.get_by_text("1 ligne à revoir")).to_be_visible()
    expect(page.get_by_role("row", name="51 Action 49")).to_contain_text("L’année n’est pas lue")
    expect(page.get_by_role("button", name="Importer")).to_have_count(0)
    file.write_bytes(book(rows))
    page.get_by_role("link", name="Un autre fichier").click()
    page.get_by_label("Le tableau").set_input_files(file)
    page.get_by_role("button", name="Lire ce tableau").click()
    page.get_by_role("button", name="Importer 200 actions").click()
    expect(page.get_by_text("200 nouvelles actions.")).to_be_visible()
    assert Action.objects.count() == 200
    assert [error for error in console_errors if "422" not in error] == []
