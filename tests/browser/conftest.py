"""Tests with a real browser run where WIREPRESS_BROWSER is set: `make test-admin` sets it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.stage import ROLES, chromium, password_of, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

collect_ignore_glob = [] if os.environ.get("WIREPRESS_BROWSER") else ["test_*.py"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the golden site, for all tests of this process."""
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


Enter = Callable[..., "Page"]


@pytest.fixture
def enter(address: str, browser: Browser) -> Iterator[Enter]:
    """Gives pages of somebody who is logged in: `enter("editor", "edit.php", width=360, dark=True)`."""
    contexts: list[Any] = []

    def entered(role: str, path: str = "", *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            base_url=address,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/wp-login.php")
        page.fill("input[name=log]", ROLES[role])
        page.fill("input[name=pwd]", password_of(ROLES[role]))
        page.click("[type=submit]")
        page.goto(f"/wp-admin/{path}")
        return page

    yield entered
    for context in contexts:
        context.close()
