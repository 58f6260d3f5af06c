"""Categories and tags: the form beside the list, quick edits in their row."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_terms_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "edit-tags.php?taxonomy=category", width=width, dark=dark)
    assert flaws(page) == []
    page.click("tr[data-key] a[data-hotkey=q] >> nth=0")
    page.wait_for_selector("#q-name")
    settle(page)
    assert flaws(page) == []
    page.goto("/wp-admin/edit-tags.php?taxonomy=post_tag")
    assert flaws(page) == []
    page.click("tr[data-key] a.title >> nth=0")
    page.wait_for_url(re.compile("/term.php"))
    assert flaws(page) == []


def test_a_quick_edit_by_keyboard(enter: Enter) -> None:
    page = enter("editor", "edit-tags.php?taxonomy=category&s=Sport")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.keyboard.press("j")
    page.keyboard.press("q")
    page.wait_for_selector("#q-name:focus")
    settle(page)
    page.keyboard.type("World")
    page.fill("#q-slug", "world")
    page.keyboard.press("Enter")
    expect(page.locator("#qh-slug")).to_have_text("Another term has this slug.")
    settle(page)
    expect(page.locator("#q-name")).to_have_value("World")
    page.fill("#q-name", "Sport and more")
    page.fill("#q-slug", "sport")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=1 item is saved.")
    expect(page.locator(":focus")).to_have_text("Sport and more")
    assert errors == []


@pytest.mark.parametrize("script", [True, False])
def test_a_category_comes_and_goes(enter: Enter, script: bool) -> None:
    page = enter("editor", "edit-tags.php?taxonomy=category", script=script)
    page.fill("#f-name", "Short lived")
    page.select_option("#f-parent", label="World")
    page.click("#main form button.primary")
    row = page.locator("tr[data-key]", has_text="Short lived")
    expect(row.locator("a.title")).to_have_text("— Short lived")
    page.on("dialog", lambda dialog: dialog.accept())
    row.locator("button.danger").click()
    page.wait_for_selector("text=1 item is deleted for good.")
    expect(row).to_have_count(0)
