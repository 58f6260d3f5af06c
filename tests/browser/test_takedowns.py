"""Take-downs in a browser: the form, the list, and lifting one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

HERE = "admin.php?page=takedowns"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", HERE, width=width, dark=dark)
    page.get_by_label("What", exact=True).fill(f"https://press.example/{width}/{dark}")
    page.get_by_label("Reason").fill("A court says so, at some length: " + "long" * 60)
    page.get_by_role("button", name="Take down").click()
    expect(page.locator(".notice")).to_contain_text("It is taken down.")
    expect(page.locator("table")).to_contain_text(f"https://press.example/{width}/{dark}")
    assert flaws(page) == []
    page.get_by_role("link", name="Lift…").first.click()
    expect(page.locator("main")).to_contain_text("sources may bring the article again")
    assert flaws(page) == []
    page.get_by_label("Why it is lifted").fill("Settled")
    page.get_by_role("button", name="Lift").click()
    expect(page.locator(".notice")).to_contain_text("lifted")
    assert flaws(page) == []


def test_without_script(enter: Enter) -> None:
    page = enter("editor", HERE, script=False)
    page.get_by_label("What", exact=True).fill("nothing-of-this-name")
    page.get_by_label("Reason").fill("Law")
    page.get_by_role("button", name="Take down").click()
    expect(page.locator("body")).to_contain_text("There is no such post.")
