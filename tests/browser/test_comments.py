"""Moderating with a keyboard, without script, on small screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

PENDING = "edit-comments.php?comment_status=moderated"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_comments_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("editor", "edit-comments.php", width=width, dark=dark)
    assert flaws(page) == []
    for path in ("edit-comments.php?s=First&reply=1", "comment.php?c=1", "comment.php?action=spam&c=1"):
        page.goto(f"/wp-admin/{path}")
        assert flaws(page) == []


def test_a_keyboard_is_enough(enter: Enter) -> None:
    page = enter("editor", PENDING)
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    expect(page.locator("#menu-side .menu-count")).to_have_text(re.compile("^1"))
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("[data-undo]")
    settle(page)
    expect(page.locator("#menu-side .menu-count")).to_have_count(0)
    expect(page.locator("tr[data-key]")).to_have_count(0)
    page.keyboard.press("z")
    page.wait_for_selector("tr[data-key]")
    settle(page)
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector("#f-reply:focus")
    settle(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("#f-reply", state="detached")
    assert errors == []


def test_focus_stays_in_the_list(enter: Enter) -> None:
    page = enter("editor", "edit-comments.php?comment_status=approved")
    page.keyboard.press("j")
    page.keyboard.press("j")
    key = page.evaluate("document.activeElement.closest('tr').dataset.key")
    page.keyboard.press("d")
    page.wait_for_selector("[data-undo]")
    page.wait_for_selector(f"tr[data-key]:not([data-key='{key}']) :focus")
    settle(page)
    page.keyboard.press("z")
    page.wait_for_selector(f"#comment-{key}")


@pytest.mark.parametrize("script", [True, False])
def test_a_reply(enter: Enter, script: bool) -> None:
    words = f"Thank you, with script {script}"
    page = enter("editor", "edit-comments.php?s=First", script=script)
    page.locator("tr[data-key] a[data-hotkey=r]").first.click()
    page.wait_for_selector("#f-reply")
    settle(page)
    page.fill("#f-reply", words)
    if script:
        page.keyboard.press("Control+Enter")
    else:
        page.click("tr.reply button.primary")
    page.wait_for_selector("text=The reply is there.")
    page.goto("/wp-admin/edit-comments.php?comment_status=mine")
    expect(page.locator("table.comments")).to_contain_text(words)


def test_a_form_that_is_too_old_loses_nothing(enter: Enter) -> None:
    page = enter("editor", "edit-comments.php?s=First")
    page.locator("tr[data-key] a[data-hotkey=r]").first.click()
    page.wait_for_selector("#f-reply")
    settle(page)
    page.fill("#f-reply", "Written for hours")
    page.evaluate("document.querySelector('#reply-form [name=_wpnonce]').value = 'old'")
    page.click("tr.reply button.primary")
    page.wait_for_selector("text=This page has been open for too long.")
    expect(page.locator("#f-reply")).to_have_value("Written for hours")


def test_what_cannot_be_taken_back_asks_first(enter: Enter) -> None:
    page = enter("editor", "edit-comments.php?comment_status=spam")
    sent: list[object] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.once("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog"):
        page.click("text=Empty spam")
    page.reload()
    assert sent == []
    expect(page.locator("tr[data-key]")).to_have_count(1)


def test_markup_of_a_comment_does_nothing(enter: Enter) -> None:
    page = enter("administrator", "comment.php?action=editcomment&c=1")
    before = page.input_value("#f-content")
    page.fill("#f-content", '<img src="x" onerror="document.title=1"><b hx-get="/wp-admin/" hx-trigger="load">Bold</b>')
    page.click("text=Save")
    page.wait_for_selector("text=1 item is saved.")
    page.goto("/wp-admin/edit-comments.php?s=Bold")
    expect(page.locator(".said")).to_have_text("Bold")
    expect(page.locator(".said img, .said b")).to_have_count(0)
    page.goto("/wp-admin/comment.php?action=editcomment&c=1")
    page.fill("#f-content", before)
    page.click("text=Save")
    page.wait_for_selector("text=1 item is saved.")
