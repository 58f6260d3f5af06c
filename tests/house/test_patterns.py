"""Regular expressions mean the same with every Python that is supported."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, name, text

GROUP_REPEATED = re.compile(r"(?<!\|)\)(?:[*+?]|\{[0-9,]+\})\+")
"""A possessive repetition of a group that has no empty alternative at its end."""


def patterns(path: Path) -> list[str]:
    """The texts of a module that have groups as regular expressions have them, with X for what is filled in."""
    found = []
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(str(one.value) if isinstance(one, ast.Constant) else "X" for one in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return [one for one in found if "(?" in one]


def test_no_group_is_repeated_possessively_that_may_fail_half_way() -> None:
    """Before Python 3.11.5 what such a group has consumed when it fails counts as matched (gh-106052), and Debian 12
    has 3.11.2: `(?:...|)*+`, `(?>...|)` and single characters are right everywhere."""
    wrong = [
        f"{name(path)}: {one[:60]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for one in patterns(path)
        if GROUP_REPEATED.search(one)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "is_wrong"),
    [(r"(?:a|bc)*+", True), (r"(?:ab)?+", True), (r"(?:ab){2,3}+", True), (r"(?:a|bc|)*+", False), ("a*+(?:b)", False)],
)
def test_what_is_looked_for(pattern: str, is_wrong: bool) -> None:
    assert bool(GROUP_REPEATED.search(pattern)) == is_wrong
