"""Moderating with a keyboard, without script, on small screens."""

from __future__ import annotations

import pytest

from tests.browser.checks import flaws
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
    assert page.locator("#menu-side .menu-count").inner_text().startswith("1")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("[data-undo]")
    assert page.locator("#menu-side .menu-count").count() == 0
    assert page.locator("tr[data-key]").count() == 0
    page.keyboard.press("z")
    page.wait_for_selector("tr[data-key]")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector("#f-reply:focus")
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
    page.wait_for_selector("tr[data-key] :focus")
    assert page.evaluate("document.activeElement.closest('tr').dataset.key") != key
    page.keyboard.press("z")
    page.wait_for_selector(f"#comment-{key}")


@pytest.mark.parametrize("script", [True, False])
def test_a_reply(enter: Enter, script: bool) -> None:
    words = f"Thank you, with script {script}"
    page = enter("editor", "edit-comments.php?s=First", script=script)
    page.locator("tr[data-key] a[data-hotkey=r]").first.click()
    page.fill("#f-reply", words)
    if script:
        page.keyboard.press("Control+Enter")
    else:
        page.click("tr.reply button.primary")
    page.wait_for_selector("text=The reply is there.")
    page.goto("/wp-admin/edit-comments.php?comment_status=mine")
    assert words in page.inner_text("table.comments")


def test_a_form_that_is_too_old_loses_nothing(enter: Enter) -> None:
    page = enter("editor", "edit-comments.php?s=First")
    page.locator("tr[data-key] a[data-hotkey=r]").first.click()
    page.fill("#f-reply", "Written for hours")
    page.evaluate("document.querySelector('#reply-form [name=_wpnonce]').value = 'old'")
    page.click("tr.reply button.primary")
    page.wait_for_selector("text=This page has been open for too long.")
    assert page.input_value("#f-reply") == "Written for hours"


def test_what_cannot_be_taken_back_asks_first(enter: Enter) -> None:
    page = enter("editor", "edit-comments.php?comment_status=spam")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.click("text=Empty spam")
    page.wait_for_timeout(300)
    assert page.locator("tr[data-key]").count() == 1


def test_markup_of_a_comment_does_nothing(enter: Enter) -> None:
    page = enter("administrator", "comment.php?action=editcomment&c=1")
    before = page.input_value("#f-content")
    page.fill("#f-content", '<img src="x" onerror="document.title=1"><b hx-get="/wp-admin/" hx-trigger="load">Bold</b>')
    page.click("text=Save")
    page.goto("/wp-admin/edit-comments.php?s=Bold")
    assert page.locator(".said img, .said b").count() == 0
    assert page.inner_text(".said") == "Bold"
    page.goto("/wp-admin/comment.php?action=editcomment&c=1")
    page.fill("#f-content", before)
    page.click("text=Save")
