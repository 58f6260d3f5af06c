"""Whoever writes says nothing to whoever holds rows: the unit of work does (`Unit.touched`)."""

import ast
from pathlib import Path

from tests.house.tree import PACKAGE, files, name, text

BY_HAND = {"forget", "remember", "reload", "refresh_spoiled"}
"""What verbs once called after a write, and forgot to call."""
AT_THE_END = {"src/wirepress/content/newsroom.py": ["refresh_spoiled"]}


def called(path: Path) -> list[str]:
    functions = (node.func for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Call))
    names = [f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in functions]
    return [word for word in names if word in BY_HAND]


def test_no_verb_of_content_forgets_rows_by_hand() -> None:
    found = {name(path): called(path) for path in files(PACKAGE / "content") if path.suffix == ".py"}
    assert {path: words for path, words in found.items() if words} == AT_THE_END
