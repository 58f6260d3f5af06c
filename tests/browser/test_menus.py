"""Menus: entries moved by buttons and by dragging, found by their words."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.checks import flaws, settle
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


def expect_outline(page: Any, *entries: str) -> None:
    """Waits until the menu consists of these entries; each `-` is a step to the side."""
    names = [entry.lstrip("-") for entry in entries]
    expect(page.locator(".entry .entry-name")).to_have_text(names)
    for number, (entry, name) in enumerate(zip(entries, names, strict=True)):
        expect(page.locator(".entry").nth(number)).to_have_attribute("data-depth", str(len(entry) - len(name)))


def make(page: Any, name: str) -> None:
    """A menu with One, Two and Three."""
    page.goto("/wp-admin/nav-menus.php?menu=0")
    page.fill("#f-name", name)
    page.click("text=Make the menu")
    page.wait_for_selector("text=This menu is empty")
    settle(page)
    for words in ("One", "Two", "Three"):
        page.click("#add nav >> text=Custom link")
        page.wait_for_selector("#f-new-url")
        settle(page)
        page.fill("#f-new-url", f"/{words}")
        page.fill("#f-new-title", words)
        page.click("text=Add to the menu")
        page.wait_for_selector(f".entry-name >> text={words}")
        settle(page)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_menus_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", "nav-menus.php", width=width, dark=dark)
    page.click(".entry summary >> nth=0")
    assert flaws(page) == []
    page.goto("/wp-admin/nav-menus.php?menu=0")
    assert flaws(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_buttons_move_entries(enter: Enter, script: bool) -> None:
    page = enter("administrator", "", script=script)
    make(page, f"By buttons {script}")
    page.click("[aria-label='Move Three up']")
    page.wait_for_selector(".entry:nth-child(2) >> text=Three")
    settle(page)
    page.click("[aria-label='Put Three under the one before']")
    page.wait_for_selector(".entry.depth-1")
    expect_outline(page, "One", "-Three", "Two")
    if script:
        expect(page.locator(".entry:has(:focus)")).to_contain_text("Three")
        expect(page.locator("#main")).to_contain_text("Three is number 2 of 3, under One.")


def test_dragging_moves_entries(enter: Enter) -> None:
    page = enter("administrator", "")
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    make(page, "By dragging")
    handle = page.locator(".entry:nth-child(3) .handle").bounding_box()
    second = page.locator(".entry:nth-child(2) .entry-bar").bounding_box()
    assert handle is not None
    assert second is not None
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(handle["x"] + 36, second["y"] + 4, steps=8)
    page.mouse.up()
    page.wait_for_selector("text=1 item is saved.")
    expect_outline(page, "One", "-Three", "Two")
    page.reload()
    expect_outline(page, "One", "-Three", "Two")
    assert errors == []


def test_things_are_found_as_one_types(enter: Enter) -> None:
    page = enter("administrator", "")
    make(page, "By words")
    page.click("#add nav >> text=Pages")
    page.wait_for_selector("#f-q")
    settle(page)
    page.type("#f-q", "Leader")
    page.wait_for_selector("#found:not(:has(.field-check:nth-child(2))) >> text=Leadership")
    expect(page.locator("#f-q")).to_be_focused()
    settle(page)
    page.check("#found input")
    page.click("text=Add to the menu")
    page.wait_for_selector(".entry-name >> text=Leadership")
    expect_outline(page, "One", "Two", "Three", "Leadership")
