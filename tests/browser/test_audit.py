"""The log of changes in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_log_is_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", "admin.php?page=audit", width=width, dark=dark)
    expect(page.locator("main")).to_contain_text("user.login")
    assert flaws(page) == []
