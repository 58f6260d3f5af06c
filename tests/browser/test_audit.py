"""The log of changes in a browser."""

from __future__ import annotations

import pytest

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_log_is_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", "admin.php?page=audit", width=width, dark=dark)
    assert "user.login" in page.inner_text("main")
    assert flaws(page) == []
