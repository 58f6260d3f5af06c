"""Menus: entries moved by buttons and by dragging, found by their words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS


def outline(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".entry", "all => all.map(one => '-'.repeat(one.dataset.depth) + one.querySelector('.entry-name').textContent)"
    )
    return found


def make(page: Any, name: str) -> None:
    """A menu with One, Two and Three."""
    page.goto("/wp-admin/nav-menus.php?menu=0")
    page.fill("#f-name", name)
    page.click("text=Make the menu")
    page.wait_for_selector("text=This menu is empty")
    for words in ("One", "Two", "Three"):
        page.click("#add nav >> text=Custom link")
        page.fill("#f-new-url", f"/{words}")
        page.fill("#f-new-title", words)
        page.click("text=Add to the menu")
        page.wait_for_selector(f".entry-name >> text={words}")


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
    page.click("[aria-label='Put Three under the one before']")
    page.wait_for_selector(".entry.depth-1")
    assert outline(page) == ["One", "-Three", "Two"]
    if script:
        assert page.evaluate("document.activeElement.closest('.entry').textContent.includes('Three')")
        assert "Three is number 2 of 3, under One." in page.inner_text("#main")


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
    assert outline(page) == ["One", "-Three", "Two"]
    page.reload()
    assert outline(page) == ["One", "-Three", "Two"]
    assert errors == []


def test_things_are_found_as_one_types(enter: Enter) -> None:
    page = enter("administrator", "")
    make(page, "By words")
    page.click("#add nav >> text=Pages")
    page.wait_for_selector("#f-q")
    page.type("#f-q", "Leader")
    page.wait_for_selector("#found:not(:has(.field-check:nth-child(2))) >> text=Leadership")
    assert page.evaluate("document.activeElement.id") == "f-q"
    page.check("#found input")
    page.click("text=Add to the menu")
    page.wait_for_selector(".entry-name >> text=Leadership")
    assert outline(page) == ["One", "Two", "Three", "Leadership"]
