"""The sources in a browser: an address is pasted and articles come in while one watches; everything also without
script."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from examples.wire.press import Press, serving
from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "admin.php?page=sources"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, press: Press) -> Iterator[str]:
    """A site of this file's own: it may ask loopback, and has some sources."""
    folder = tmp_path_factory.mktemp("sources")
    allowed = {"WIREPRESS_ALLOW_PRIVATE": "127.0.0.0/8", "WIREPRESS_FETCH_DELAY": "0"}
    os.environ.update(allowed)
    try:
        with served(folder) as found:
            command = [sys.executable, "-m", "wirepress", "--site", str(folder / "site")]
            added = [f"{press.base}/courier/feed.rss", "--rights", "full", "--name", "Saltmarsh Courier"]
            subprocess.run([*command, "source", "add", *added], check=True, capture_output=True)
            failing = ["http://reader:s3cret@127.0.0.1:1/feed", "--name", "A paper that is away"]
            subprocess.run([*command, "source", "add", *failing], check=True, capture_output=True)
            subprocess.run([*command, "pull"], check=False, capture_output=True)
            yield found
    finally:
        for name in allowed:
            del os.environ[name]


def found(page: Page, address: str) -> None:
    page.fill("[name=address]", address)
    page.click("button[value=discover]")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_screens_are_accessible(enter: Enter, width: int, dark: bool) -> None:
    page = enter("administrator", HERE, width=width, dark=dark)
    assert flaws(page) == []
    for path in (f"{HERE}&source=1", f"{HERE}&add=1", f"{HERE}&add=form"):
        page.goto(f"/wp-admin/{path}")
        assert flaws(page) == [], path
    assert "s3cret" not in page.content()


def test_a_source_is_added_by_its_address(enter: Enter, press: Press) -> None:
    page = enter("administrator", f"{HERE}&add=1")
    errors: list[Any] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    found(page, f"{press.base}/atlas/feed.atom")
    page.wait_for_selector(".candidates", timeout=PATIENCE)
    assert flaws(page) == []
    page.click("text=Choose >> nth=-1")
    page.fill("[name=name]", "Atlas Notes")
    page.click("button[value=test]")
    page.wait_for_selector(".planned", timeout=PATIENCE)
    expect(page.locator(".order")).to_contain_text("would come in")
    assert flaws(page) == []
    with page.expect_navigation():
        page.click("button[value=save]")
    page.wait_for_selector(".order .badge-good", timeout=PATIENCE)
    expect(page.locator(".order")).to_contain_text("new")
    expect(page.locator("[name=name]")).to_have_value("Atlas Notes")
    assert errors == []
    page.reload()
    expect(page.locator(".entries a.title").first).to_be_visible()


def test_without_script_the_page_comes_again_by_itself(enter: Enter, press: Press) -> None:
    page = enter("administrator", f"{HERE}&add=1", script=False)
    found(page, press.base + "/meridian/world/")
    page.wait_for_selector(".candidates", timeout=PATIENCE)
    expect(page.locator(".candidates h3")).to_have_count(1)


def test_an_editor_has_a_source_run(enter: Enter) -> None:
    page = enter("editor", HERE)
    expect(page.locator("button:has-text('Pause')")).to_have_count(0)
    page.click("button[value='run:2']")
    page.wait_for_selector(".order .order-error", timeout=PATIENCE)
    # What else the page tells of the source follows, without being loaded anew.
    run = page.locator("#source-runs details")
    expect(run.first).to_be_attached(timeout=PATIENCE)
    expect(page.locator("#source-facts")).to_contain_text("Failing since", timeout=PATIENCE)
    assert "s3cret" not in page.content()
