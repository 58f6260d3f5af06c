"""The page with all blocks in a browser: readable in both schemes, and within the screen, whatever its width."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import pyvips

from tests.browser.checks import flaws
from tests.browser.stage import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LOGO = "1"
"""The number of a picture."""
BEYOND = """() => [...document.querySelectorAll('main *')].filter(element => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1)) return false;
    if (element.closest('.screen-reader-text')) return false;
    for (let around = element.parentElement; around; around = around.parentElement)
        if (getComputedStyle(around).overflowX !== 'visible') return false;
    return true;
}).map(element => `${element.tagName} ${element.className}`)"""
"""The elements that stand beyond the screen and do not move within a frame."""


@pytest.fixture(scope="module", params=["newspaper", "magazine"])
def address(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """The golden site in a theme, with a logo; it shows the page."""
    folder = tmp_path_factory.mktemp("styleguide")
    with served(folder) as found:
        for words in (
            ("option", "set", "wirepress_styleguide", "1"),
            ("option", "set", "site_logo", LOGO),
            ("theme", "activate", request.param),
        ):
            command = [sys.executable, "-m", "wirepress", "--site", str(folder / "site"), *words]
            subprocess.run(command, env=dict(os.environ), check=True, capture_output=True)
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
    # What else is asked for is the browser's own: its view of PDFs.
    assert [url for url in asked if url.startswith("http") and not url.startswith(address)] == []
    context.close()


def test_a_filter_of_two_colours_is_laid_over_its_picture(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1440, dark=False)
    grey, coloured = (colourfulness(page, picture) for picture in (".wp-duotone-grayscale img", "img[alt=One]"))
    assert grey < 2
    assert coloured > 20
    page.context.close()


def colourfulness(page: Page, place: str) -> float:
    """How far red and blue of a picture lie apart, at most, of 255."""
    element = page.locator(place).first
    element.scroll_into_view_if_needed()
    element.evaluate("image => image.decode()")
    shown = pyvips.Image.new_from_buffer(element.screenshot(), "")
    return float((shown[0].cast("int") - shown[2].cast("int")).abs().max())


def test_a_gallery_keeps_its_own_gap(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1440, dark=False)
    boxes = [one.bounding_box() for one in page.locator(".wp-block-gallery:has(.wp-duotone-grayscale) > figure").all()]
    first, second, _, below, _ = [box for box in boxes if box is not None]
    assert second["x"] - first["x"] - first["width"] == pytest.approx(4, abs=0.5)
    assert below["y"] - first["y"] - first["height"] > 20
    page.context.close()


def test_a_pdf_is_shown_where_browsers_show_it_and_not_on_telephones(browser: Browser, address: str) -> None:
    page = opened(browser, address, 1440, dark=False)
    assert page.locator(".wp-block-file__view").is_visible()
    assert any(frame.url.endswith("/sample.pdf") for frame in page.frames)
    page.context.close()
    telephone = browser.new_context(viewport={"width": 360, "height": 800}, has_touch=True, is_mobile=True)
    page = telephone.new_page()
    page.goto(f"{address}/-/styleguide")
    assert page.locator(".wp-block-file__view").is_hidden()
    assert page.locator(".wp-block-file a[href$='sample.pdf']").first.is_visible()
    telephone.close()


def test_the_policy_stops_nothing_of_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/-/styleguide", wait_until="networkidle")
    assert [text for text in said if "Content Security Policy" in text] == []
    context.close()
