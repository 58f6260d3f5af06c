"""The frame of the administration: in reach of everybody, at every width, in both colours."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_today_is_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "", width=width, dark=dark)
    expect(page).to_have_title(re.compile("^Today"))
    assert flaws(page) == []


def test_the_menu_of_a_small_screen_opens_by_keyboard(enter: Enter) -> None:
    page = enter("editor", "", width=360)
    page.focus(".bar-menu summary")
    page.keyboard.press("Enter")
    expect(page.locator(".bar-menu nav a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".bar-menu nav a").first).to_be_hidden()


def test_who_may_not_write_sees_no_articles(enter: Enter) -> None:
    page = enter("subscriber", "")
    expect(page.locator("main h2")).to_have_count(0)
    expect(page.locator("header.bar")).not_to_contain_text("New post")
