"""The frame of the administration: in reach of everybody, at every width, in both colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Route


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


@pytest.mark.parametrize("width", WIDTHS)
def test_a_new_post_and_one_s_own_page_are_always_at_hand(enter: Enter, width: int) -> None:
    page = enter("editor", "", width=width)
    for name in ("New post", "editor"):
        assert page.locator("header a:visible", has_text=name).count() == 1, name
    if width < 900:
        page.click(".bar-menu summary")
    assert page.locator("header a:visible", has_text="Log out").count() == (2 if 700 <= width < 900 else 1)
    assert flaws(page) == []


def test_the_page_s_policy_holds_where_somebody_has_sized_a_field(enter: Enter) -> None:
    """The browser notes a size that is dragged in `style`; htmx must not write it into the new page."""
    page = enter("editor", "edit-tags.php?taxonomy=category")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("for (const field of document.querySelectorAll('main [id]')) field.style.height = '60px'")
    page.click("tr[data-key] a[data-hotkey=q] >> nth=0")
    page.wait_for_selector("#q-name")
    page.click("#main th a.sort >> nth=0")
    page.wait_for_load_state()
    assert [words for words in said if "Content Security Policy" in words] == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "path", ["", "edit.php", "edit-comments.php", "users.php", "nav-menus.php", "options-permalink.php"]
)
def test_pages_fit_when_they_run_from_right_to_left(enter: Enter, width: int, path: str) -> None:
    """There are no texts of such a language yet, so the page is turned around on its way."""

    def turned(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('dir="ltr"', 'dir="rtl"', 1))

    page = enter("administrator", "", width=width)
    page.route("**/wp-admin/**", lambda route: turned(route) if is_page(route) else route.continue_())
    page.goto(f"/wp-admin/{path}")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert flaws(page) == []
    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().right > innerWidth / 2")
    addresses = "[...document.querySelectorAll('input[type=url], input[type=email], input[inputmode=url]')]"
    assert page.evaluate(f"{addresses}.every(field => getComputedStyle(field).direction === 'ltr')")


def is_page(route: Route) -> bool:
    return bool(route.request.resource_type == "document")


def test_who_may_not_write_sees_no_articles(enter: Enter) -> None:
    page = enter("subscriber", "")
    expect(page.locator("main h2")).to_have_count(0)
    expect(page.locator("header.bar")).not_to_contain_text("New post")
