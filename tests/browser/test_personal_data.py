"""Requests for personal data in a browser: asking, the list, an erasure before it is done."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

EXPORT, ERASE = "export-personal-data.php", "erase-personal-data.php"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    for path in (EXPORT, ERASE):
        page = enter("administrator", path, width=width, dark=dark)
        who = f"ann-{'and-everybody' * 4}-{width}-{dark}@{path[:3]}.example".lower()
        page.get_by_label("E-mail address or username").fill(who)
        page.get_by_label("Mail them a link to confirm it").uncheck()
        page.get_by_role("button", name="Add the request").click()
        expect(page.locator("table")).to_contain_text(who)
        assert flaws(page) == []
    page.get_by_role("link", name=who, exact=True).click()
    expect(page.locator("main")).to_contain_text("What there is")
    assert flaws(page) == []


def test_an_export_is_downloaded(enter: Enter) -> None:
    page = enter("administrator", EXPORT, script=False)
    page.get_by_label("E-mail address or username").fill("download@reader.example")
    page.get_by_label("Mail them a link to confirm it").uncheck()
    page.get_by_role("button", name="Add the request").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Download what there is of download@reader.example").click()
    assert found.value.suggested_filename.endswith(".zip")
    page.get_by_role("button", name="Mark the request of download@reader.example as done").click()
    expect(page.locator("table")).to_contain_text("Done")
