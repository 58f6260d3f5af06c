"""The pages that readers see, before the Nu HTML checker (what validator.w3.org runs)."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.browser.site.addresses import DEMO, GOLDEN

HERE = Path(__file__).parent
CHECKER = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ODD = frozenset({"shortcodes", "many pictures", "article with dynamic blocks", "embeds", "tables and code"})
"""Articles of the golden site whose texts are no valid HTML: WordPress shows them like that, too."""


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command that checks files.  Raises LookupError where Java or npm is missing."""
    java, npm = shutil.which("java"), shutil.which("npm")
    if java is None or npm is None:
        raise LookupError("these tests need Java and npm (on Debian: apt install default-jre-headless npm)")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
    return [java, "-jar", str(CHECKER), "--errors-only", "--exit-zero-always", "--format", "json"]


def page(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        return error.read()


def errors(checker: list[str], folder: Path, pages: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What the checker finds wrong: the type of page, what it says, and where."""
    names = {}
    for number, (kind, url) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(page(url))
        names[file.name] = kind
    run = subprocess.run([*checker, *map(str, folder.iterdir())], capture_output=True, text=True, check=True)
    found = [
        (names[one["url"].rpartition("/")[2]], one["message"], one.get("extract", ""))
        for one in json.loads(run.stderr)["messages"]
    ]
    return [one for one in found if not is_of_author(*one[1:])]


def is_of_author(message: str, extract: str) -> bool:
    """Whether somebody has left out a level of headings in the text of an article."""
    return "skipping" in message and "wp-block-heading" in extract


def test_pages_of_the_golden_site_are_valid(checker: list[str], address: str, tmp_path: Path) -> None:
    pages = {kind: address + path for kind, path in GOLDEN.items() if kind not in ODD}
    assert errors(checker, tmp_path, pages) == []


def test_pages_of_the_demo_are_valid(checker: list[str], demo: str, tmp_path: Path) -> None:
    assert errors(checker, tmp_path, {kind: demo + path for kind, path in DEMO.items()}) == []


def test_the_checker_finds_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    (tmp_path / "0.html").write_text("<!doctype html><title>x</title><p><div></p>")
    run = subprocess.run([*checker, str(tmp_path / "0.html")], capture_output=True, text=True, check=True)
    assert json.loads(run.stderr)["messages"]
