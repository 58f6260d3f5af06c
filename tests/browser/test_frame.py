"""The frame of the administration: in reach of everybody, at every width, in both colours."""

from __future__ import annotations

import pytest

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_today_is_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "", width=width, dark=dark)
    assert page.title().startswith("Today")
    assert flaws(page) == []


def test_the_menu_of_a_small_screen_opens_by_keyboard(enter: Enter) -> None:
    page = enter("editor", "", width=360)
    page.focus(".bar-menu summary")
    page.keyboard.press("Enter")
    assert page.is_visible(".bar-menu nav a")
    page.keyboard.press("Escape")
    assert not page.is_visible(".bar-menu nav a")


def test_who_may_not_write_sees_no_articles(enter: Enter) -> None:
    page = enter("subscriber", "")
    assert page.locator("main h2").count() == 0
    assert "New post" not in page.inner_text("header")
