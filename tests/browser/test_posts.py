"""The lists of posts as people use them: by keyboard, in the row, over many rows, with and without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

PATHS = ("edit.php", "edit.php?post_type=page", "edit.php?post_status=trash", "edit.php?s=no-such-words&tag=breaking")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_lists_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "edit.php", width=width, dark=dark)
    key = page.locator("tbody tr").nth(2).get_attribute("data-key")
    for path in (*PATHS, f"edit.php?quick={key}", f"edit.php?bulk={key}", f"edit.php?trashed=1&skipped=1&ids={key}"):
        page.goto(f"/wp-admin/{path}")
        assert flaws(page) == [], path


def test_quick_edit_opens_in_the_row_saves_and_comes_back(enter: Enter) -> None:
    page = enter("editor", "edit.php?post_status=publish&orderby=title&order=asc&s=Many+images")
    page.keyboard.press("j")
    page.keyboard.press("q")
    title = page.get_by_label("Title", exact=True)
    expect(title).to_be_focused()
    expect(title).to_have_attribute("name", "post_title")
    settle(page)
    title.fill("")
    page.get_by_label("Password for readers").fill("x" * 255)
    page.get_by_label("Tags, with").fill("y" * 201)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("One of these names is too long.").wait_for()
    settle(page)
    expect(page.get_by_label("Password for readers")).to_have_value("x" * 255)
    page.get_by_label("Password for readers").fill("")
    page.get_by_label("Tags, with").fill("harbour news")
    title.fill("Many images, again")
    title.press("Enter")
    page.get_by_role("link", name="harbour news").wait_for()
    expect(page.locator(":focus")).to_have_text("Many images, again")
    expect(page).not_to_have_url(re.compile("quick"))


def test_escape_leaves_quick_edit(enter: Enter) -> None:
    page = enter("editor", "edit.php")
    page.locator("tbody tr").first.get_by_role("link", name="Quick edit").click()
    page.get_by_label("Slug").wait_for()
    settle(page)
    page.get_by_label("Slug").press("Escape")
    page.locator("tr.is-open").wait_for(state="detached")
    expect(page.locator("tbody tr").first.locator(".title")).to_be_focused()


def test_rows_are_trashed_by_keyboard_and_come_back(enter: Enter) -> None:
    page = enter("editor", "edit.php?s=Table+and+code")
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.get_by_text("1 item is in the trash.").wait_for()
    settle(page)
    expect(page).to_have_url(re.compile(r"\bs=Table.*\btrashed=1\b"))
    expect(page.locator("tbody tr")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("1 item is back from the trash.").wait_for()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody").get_by_role("link", name="View")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False])
def test_many_rows_are_changed_at_once(enter: Enter, script: bool) -> None:
    page = enter("editor", "edit.php?s=Duplicate", script=script)
    number = page.locator("tbody tr").count()
    if script:
        page.check("[data-all]")
    else:
        for box in page.locator("[data-row]").all():
            box.check()
    page.select_option("#bulk-action", "edit")
    page.get_by_role("button", name="Apply").click()
    page.get_by_label("Tags to add").fill(f"together {script}")
    page.get_by_role("button", name="Change").click()
    page.get_by_text(f"{number} items are saved.").wait_for()
    expect(page.get_by_role("link", name=f"together {script}")).to_have_count(number)


def test_quick_edit_works_without_script(enter: Enter) -> None:
    page = enter("editor", "edit.php?post_type=page&s=Contact", script=False)
    page.get_by_role("link", name="Quick edit").click()
    page.get_by_label("Slug").fill("reach us")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 item is saved.").wait_for()
    page.get_by_role("link", name="Quick edit").click()
    expect(page.get_by_label("Slug")).to_have_value("reach-us")
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("tr.is-open")).to_have_count(0)


def test_nothing_is_deleted_for_good_unasked(enter: Enter) -> None:
    page = enter("editor", "edit.php?post_status=trash")
    asked: list[str] = []
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    def refuse(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    number = page.locator("tbody tr").count()
    page.check("[data-all]")
    page.select_option("#bulk-action", "delete")
    for button in (
        page.get_by_role("button", name="Apply"),
        page.get_by_role("button", name="Empty the trash"),
        page.locator("tbody tr").first.get_by_role("button", name="Delete for good"),
    ):
        with page.expect_event("dialog"):
            button.click()
    assert len(asked) == 3
    page.reload()
    assert sent == []
    expect(page.locator("tbody tr")).to_have_count(number)
