"""Readers' pages in the theme magazine, which the site is given while it runs: accessible at every width and in both
schemes (those of the newspaper: `test_pages`)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.checks import flaws
from tests.browser.site.addresses import GOLDEN
from tests.browser.site.conftest import Reader
from tests.browser.site.test_pages import AUTHORS
from tests.browser.stage import served

KINDS = (
    "front", "article with a picture", "article with comments", "many pictures", "very long title", "page", "category",
    "author", "search", "missing",
)  # fmt: skip


class Served(NamedTuple):
    """A server of our own, and the folder of its site."""

    address: str
    folder: Path


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("themes")
    with served(folder) as address:
        yield Served(address, folder / "site")


@pytest.fixture(scope="module")
def magazine(own: Served) -> Served:
    """The running site, in the magazine's look."""
    command = [sys.executable, "-m", "wirepress", "--site", str(own.folder), "theme", "activate", "magazine"]
    subprocess.run(command, env=dict(os.environ), check=True, capture_output=True)
    return own


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_pages_are_accessible(magazine: Served, reader: Reader, width: int, dark: bool) -> None:
    page = reader(width=width, dark=dark)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}
    for kind in KINDS:
        page.goto(magazine.address + GOLDEN[kind])
        assert page.locator("header.bar").count() == 1
        found[kind] = flaws(page, AUTHORS)
    assert {kind: said for kind, said in found.items() if said} == {}
    styles = [url for url in asked if url.partition("?")[0].endswith((".css", ".woff2"))]
    assert styles
    assert all(url.startswith(magazine.address) for url in styles)
