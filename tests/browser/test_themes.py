"""Themes in a browser: what each looks like, what is wrong with one, and the site in another; without script, too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS, served

HERE = "themes.php"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of this file's own, with a theme whose template is wrong and one that cannot be read."""
    folder = tmp_path_factory.mktemp("themes")
    with served(folder) as found:
        for name in ("evening", "morning"):
            command = [sys.executable, "-m", "wirepress", "--site", str(folder / "site"), "theme", "new", name]
            subprocess.run(command, check=True, capture_output=True)
        themes = folder / "site" / "themes"
        (themes / "evening" / "templates" / "front.html").write_text("{{ nothing")
        (themes / "morning" / "theme.toml").write_text("name = ")
        yield found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_themes_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", HERE, width=width, dark=dark)
    expect(page.locator(".themes > li")).to_have_count(4)
    assert flaws(page) == []
    page.get_by_role("link", name="Check Magazine").click()
    expect(page.get_by_role("region", name="Check of magazine")).to_contain_text("as it should be")
    assert flaws(page) == []
    page.get_by_role("link", name="Check Evening").click()
    expect(page.locator(".flaws")).to_contain_text("templates/front.html")
    assert flaws(page) == []


def test_a_theme_with_a_fault_says_so_and_the_site_stays_as_it_is(enter: Enter) -> None:
    page = enter("administrator", HERE, width=360)
    page.get_by_role("button", name="Activate Evening").click()
    expect(page.get_by_role("alert")).to_contain_text("something is wrong with it")
    expect(page.locator(".flaws")).to_contain_text("templates/front.html")
    expect(page.locator(".themes .is-active h2")).to_contain_text("Newspaper")
    assert flaws(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_the_site_is_shown_in_another_theme_by_the_keyboard(enter: Enter, script: bool) -> None:
    page = enter("administrator", HERE, script=script)
    for name, head in (("Magazine", "header.bar"), ("Newspaper", "header.masthead")):
        page.get_by_role("button", name=f"Activate {name}", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".themes .is-active h2")).to_contain_text(name)
        expect(page.get_by_role("status")).to_be_visible()
        page.goto("/")
        expect(page.locator(head)).to_have_count(1)
        page.goto(f"/wp-admin/{HERE}")


def test_nobody_else_finds_the_themes(enter: Enter) -> None:
    page = enter("editor")
    expect(page.locator("a[href$='themes.php']")).to_have_count(0)
    answer = page.goto(f"/wp-admin/{HERE}")
    assert answer is not None
    assert answer.status == 403
