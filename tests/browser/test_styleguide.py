"""The page with all blocks in a browser: readable in both schemes, and within the screen, whatever its width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.checks import flaws
from tests.browser.stage import served
from wirepress.app.compose import open_newsroom
from wirepress.app.settings import load
from wirepress.content import options

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEYOND = """() => [...document.querySelectorAll('main *')].filter(element => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1)) return false;
    if (element.closest('.screen-reader-text')) return false;
    for (let around = element.parentElement; around; around = around.parentElement)
        if (getComputedStyle(around).overflowX !== 'visible') return false;
    return true;
}).map(element => `${element.tagName} ${element.className}`)"""
"""The elements that stand beyond the screen and do not move within a frame."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The golden site, which shows the page."""
    folder = tmp_path_factory.mktemp("styleguide")
    with served(folder) as found:
        newsroom = open_newsroom(load(folder / "site", {}))
        try:
            with newsroom.write() as view:
                options.set(view.unit, "wirepress_styleguide", "1")
        finally:
            newsroom.database.close()
        yield found


def opened(browser: Browser, address: str, width: int, *, dark: bool) -> Page:
    scheme = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", base_url=address
    )
    page = scheme.new_page()
    page.goto("/-/styleguide")
    return page


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1440])
def test_every_block_is_accessible(browser: Browser, address: str, width: int, dark: bool) -> None:
    page = opened(browser, address, width, dark=dark)
    assert flaws(page) == []
    page.context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_block_is_wider_than_the_screen(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width, dark=False)
    assert page.evaluate(BEYOND) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.context.close()


def test_nothing_is_asked_of_another_host(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/-/styleguide", wait_until="networkidle")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    context.close()
