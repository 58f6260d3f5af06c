"""Files and functions stay small enough to be read in one go."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import name, python_files, text

FILE_LINES = 400
FUNCTION_LINES = 60

# path, or path::function -> why it may be longer. Empty is the aim.
LONGER: dict[str, str] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_files_are_short() -> None:
    sizes = {name(path): text(path).count("\n") for path in python_files()}
    assert {path: lines for path, lines in sizes.items() if lines > FILE_LINES and path not in LONGER} == {}


def test_functions_are_short() -> None:
    functions = [(path, function) for path in python_files() for function in all_of(path)]
    sizes = {f"{name(path)}::{function.name}": lines_of(function) for path, function in functions}
    assert {key: lines for key, lines in sizes.items() if lines > FUNCTION_LINES and key not in LONGER} == {}


def test_the_allow_list_names_only_what_still_needs_it() -> None:
    known = {name(path) for path in python_files()}
    known |= {f"{name(path)}::{function.name}" for path in python_files() for function in all_of(path)}
    assert set(LONGER) <= known
    assert all(LONGER.values())


def test_no_conditional_expression_lies_in_another() -> None:
    expressions = [
        (name(path), node) for path in python_files() for node in ast.walk(tree_of(path)) if isinstance(node, ast.IfExp)
    ]
    nested = [
        f"{path}:{node.lineno}"
        for path, node in expressions
        if any(isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse))
    ]
    assert nested == []


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text(path))


def all_of(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: Function) -> int:
    # Decorators and the docstring do not count: neither is something to follow.
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines
