"""Identifiers that were given up stay given up: `docs/glossary.md` lists them, the syntax trees hold none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wirepress"
ROW = re.compile(r"^\| `(\w+)` \| (any|class|module|Resource|Call) \|", re.MULTILINE)


def retired() -> dict[str, set[str]]:
    """The retired identifiers by what may not have their name."""
    found: dict[str, set[str]] = {}
    for name, what in ROW.findall((ROOT / "docs" / "glossary.md").read_text("utf-8")):
        found.setdefault(what, set()).add(name)
    return found


def identifiers(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each identifier of a module, as `class` or `any`, and those declared in a class under its name."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                yield "class", name
                yield from ((name, part.target.id) for part in body if _is_field(part))  # type: ignore[attr-defined]
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.Name(id=name):
                yield "any", name
            case (
                ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)) | ast.alias(asname=str(name))
            ):
                yield "any", name


def _is_field(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def offences(path: Path, names: dict[str, set[str]]) -> set[str]:
    """The retired identifiers of one file."""
    used = set(identifiers(ast.parse(path.read_text("utf-8"))))
    used |= {("any", name) for what, name in used if what == "class"}
    found = {name for what, name in used if name in names.get(what, ())}
    return found | ({path.stem} & (names["any"] | names["module"]))


def test_the_list_is_read() -> None:
    names = retired()
    assert {"told", "judge"} <= names["any"]
    assert "Answer" in names["class"]
    assert "kinds" in names["module"]
    assert "late" in names["Resource"]


def test_an_offender_is_found(tmp_path: Path) -> None:
    module = tmp_path / "kinds.py"
    module.write_text("class Answer:\n    late: int\n\nclass Resource:\n    late: bool\n\ndef f(told): return told\n")
    assert offences(module, retired()) == {"kinds", "Answer", "late", "told"}
    module.rename(tmp_path / "late.py")
    (tmp_path / "late.py").write_text("late = 'told'\n")
    assert offences(tmp_path / "late.py", retired()) == set()


def test_no_retired_identifier_is_used() -> None:
    names = retired()
    found = {str(path.relative_to(PACKAGE)): offences(path, names) for path in PACKAGE.rglob("*.py")}
    assert {path: sorted(names) for path, names in found.items() if names} == {}
