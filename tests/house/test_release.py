"""One version, wherever it is said."""

from __future__ import annotations

import re
import tomllib

from tests.house.fences import PAGES
from tests.house.tree import ROOT, text
from wirepress import __version__

HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
WHEEL = re.compile(r"\bwirepress-(\d[\w.]*)-py3-none-any\.whl")


def test_the_package_has_the_version_that_it_says() -> None:
    assert tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["version"] == __version__


def test_the_changelog_says_what_is_new_in_it() -> None:
    coming, newest, *_ = HEADING.findall(text(ROOT / "CHANGELOG.md"))
    assert coming == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", newest)


def test_no_kind_of_change_is_named_twice_in_a_release() -> None:
    releases = re.split(r"^## ", text(ROOT / "CHANGELOG.md"), flags=re.MULTILINE)
    kinds = [re.findall(r"^### (.+)$", release, re.MULTILINE) for release in releases]
    assert [named for named in kinds if len(named) != len(set(named))] == []


def test_pages_name_the_wheel_of_this_version() -> None:
    named = {version for page in PAGES for version in WHEEL.findall(text(page))}
    assert named == {__version__}


def test_the_readme_names_the_series() -> None:
    series = __version__.rpartition(".")[0]
    assert f"version {series}" in text(ROOT / "README.md")
