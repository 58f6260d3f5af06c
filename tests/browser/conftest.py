"""Tests with a real browser run where WIREPRESS_BROWSER is set: `make test-admin` sets it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.beside import forget_preferences, log_in
from tests.browser.checks import settle
from tests.browser.editor import Editing
from tests.browser.stage import ROLES, chromium, password_of, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 30_000
"""How long a page has to come to be as a test expects it: whoever runs it may have much else to do."""

collect_ignore_glob = [] if os.environ.get("WIREPRESS_BROWSER") else ["test_*.py"]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the golden site, for all tests of this process."""
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
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
        page.wait_for_url(re.compile("/wp-admin/"))
        page.goto(f"/wp-admin/{path}")
        settle(page)
        return page

    yield entered
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def rooms(address: str, browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """A browser context for each role, kept for all tests: the editor's files are loaded once."""
    found: dict[str, BrowserContext] = {}
    yield found
    for context in found.values():
        context.close()


Write = Callable[..., Editing]


@pytest.fixture
def write(address: str, browser: Browser, rooms: dict[str, BrowserContext]) -> Iterator[Write]:
    """Gives editors: `write("author", "post-new.php")`; `alone`, with cookies and a connection of its own.

    At the end of a test none of them may have had an error that was not excused.
    """
    opened: list[Editing] = []

    def entered(role: str, path: str = "post-new.php", *, alone: bool = False, preload: bool = True) -> Editing:
        if role not in rooms:
            rooms[role] = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
        room = rooms[role]
        log_in(room, ROLES[role])
        forget_preferences(room)
        if alone:
            kept = room.storage_state()
            room = browser.new_context(
                viewport={"width": 1280, "height": 900}, base_url=address, storage_state={"cookies": kept["cookies"]}
            )
        editing = Editing(room.new_page(), alone=alone)
        opened.append(editing)
        return editing.open(path, preload=preload) if path else editing

    yield entered
    for editing in opened:
        editing.close()
    assert [flaw for editing in opened for flaw in editing.flaws] == []
