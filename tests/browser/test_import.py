"""Importing in a browser: a database is uploaded, looked at and imported while one watches; also without script."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.checks import flaws
from tests.browser.conftest import Enter
from tests.browser.stage import WIDTHS, served
from tests.transfer.wordpress import change

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = "admin.php?page=import"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("imports")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A site of this file's own with an administrator and nothing else, to which the database lies beside."""
    os.environ["WIREPRESS_BODY_LIMIT"] = str(9 << 20)
    try:
        with served(folder, empty=True) as found:
            yield found
    finally:
        del os.environ["WIREPRESS_BODY_LIMIT"]


@pytest.fixture(scope="module")
def database(folder: Path, address: str) -> Path:
    """The golden database, with so much in a table of a plugin that it comes in several pieces."""
    path = folder / "wordpress.sqlite"
    change(
        path,
        "CREATE TABLE wp_plugin (id INTEGER PRIMARY KEY, text TEXT)",
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 6000)"
        " INSERT INTO wp_plugin SELECT x, printf('%.1000c', 'x') FROM n",
    )
    return path


def uploaded(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file]", path)
    page.click("text=Look what is in it")
    page.wait_for_selector("text=What it means here", timeout=PATIENCE)


def watched(page: Page) -> list[str]:
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def accessible(enter: Enter, paths: list[str]) -> None:
    for dark in (False, True):
        for width in WIDTHS:
            page = enter("administrator", HERE, width=width, dark=dark)
            assert flaws(page) == []
            for path in paths:
                page.goto(path)
                assert flaws(page) == [], (path, width, dark)


def test_a_database_is_uploaded_looked_at_and_imported_while_one_watches(enter: Enter, database: Path) -> None:
    page = enter("administrator", HERE)
    errors = watched(page)
    requests: list[Any] = []
    page.on("request", lambda request: requests.append(request) if request.method == "POST" else None)
    uploaded(page, database)
    assert database.stat().st_size > 4 << 20
    assert len(requests) > 2  # pieces, then the form
    looked = page.url
    text = page.inner_text("main")
    assert "“admin” is here and there" in text
    assert "1 table of plugins is kept whole" in text
    page.click("text=Import now")
    page.wait_for_selector(".import-came", timeout=PATIENCE)
    done = page.url
    assert "121 posts of all types" in page.inner_text("main")
    assert "Kept whole" in page.inner_text("main")
    assert errors == []
    page.goto("/wp-admin/edit.php")
    assert page.locator("tbody tr").count() > 5
    page.goto(f"/wp-admin/{HERE}")
    assert re.search(r"wordpress.sqlite\s+Done 121 posts", page.inner_text(".imports-history"))
    accessible(enter, [looked, done])


def test_progress_is_seen_as_it_goes(enter: Enter, database: Path) -> None:
    page = enter("administrator", HERE)
    uploaded(page, database)
    with page.expect_response(lambda answer: "events=1" in answer.url):
        page.click("text=Import now")
    page.wait_for_selector(".import-came", timeout=PATIENCE)
    assert "Everything was here already" in page.inner_text("main")
    assert page.locator("[data-open]").count() == 0


def test_without_script_the_page_comes_again_by_itself(enter: Enter, database: Path) -> None:
    page = enter("administrator", HERE, script=False)
    uploaded(page, database)
    assert flaws_of_plain(page) == []
    page.click("text=Import now")
    page.wait_for_selector(".import-came", timeout=PATIENCE)


def flaws_of_plain(page: Page) -> list[str]:
    """What can be seen of a page without script: that it is no wider than the screen is looked at elsewhere."""
    return [] if page.locator("h1").count() == 1 else ["no heading"]


def test_what_is_no_database_is_said_at_once(enter: Enter, tmp_path: Path) -> None:
    export = tmp_path / "export.xml"
    export.write_text('<?xml version="1.0"?><rss></rss>')
    page = enter("administrator", HERE)
    page.set_input_files("input[type=file]", export)
    page.click("text=Look what is in it")
    page.wait_for_selector("text=export file of WordPress", timeout=PATIENCE)
    assert page.is_enabled("button.primary")
    assert flaws(page) == []
