"""Every type of page, in both schemes, on a phone and on a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.checks import flaws
from tests.browser.site.addresses import DEMO, GOLDEN
from tests.browser.site.conftest import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Page

AUTHORS = ("heading-order", "image-alt", "link-name")
"""What an article's text may lack: we show it as it was written."""
VIEWS = [(width, dark) for width in (360, 1440) for dark in (False, True)]


def looked_at(reader: Reader, url: str, *, missing: bool) -> dict[tuple[int, bool], list[str]]:
    """What is wrong with a page, by width and scheme; `missing`: it is the one that says that there is none."""
    found = {}
    for width, dark in VIEWS:
        page = reader(width=width, dark=dark)
        answer = page.goto(url)
        assert answer is not None
        assert (answer.status == 404) is missing, "another page than the one that was to be looked at"
        found[width, dark] = flaws(page, AUTHORS)
        page.close()
    return {view: wrong for view, wrong in found.items() if wrong}


@pytest.mark.parametrize("kind", GOLDEN)
def test_pages_of_the_golden_site_are_accessible(reader: Reader, address: str, kind: str) -> None:
    assert looked_at(reader, address + GOLDEN[kind], missing=kind == "missing") == {}


@pytest.mark.parametrize("kind", DEMO)
def test_pages_of_the_demo_are_accessible(reader: Reader, demo: str, kind: str) -> None:
    assert looked_at(reader, demo + DEMO[kind], missing=kind == "missing") == {}


@pytest.mark.parametrize("kind", ["front", "article with comments", "search", "missing"])
def test_nothing_overflows_on_the_smallest_screen(reader: Reader, address: str, kind: str) -> None:
    page = reader(width=320)
    page.goto(address + GOLDEN[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_comes_to_the_text_first(reader: Reader, demo: str) -> None:
    page = reader(width=1440)
    page.goto(demo + DEMO["article"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(outline(page))
    assert all(seen), "what has the focus shows it"


def outline(page: Page) -> bool:
    return bool(page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'"))
