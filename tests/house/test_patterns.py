"""Regular expressions mean the same with every Python that is supported."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import PACKAGE, name, text

GROUP_REPEATED = re.compile(r"(?<!\|)\)(?:[*+?]|\{[0-9,]+\})\+")
"""A possessive repetition of a group that has no empty alternative at its end."""


ESCAPED = re.compile(r"\\.", re.DOTALL)
CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
LAID_OUT = re.compile(r"#.*|\s+")
"""What counts for nothing in a verbose pattern, once its escapes and classes are gone."""


def patterns(source: str) -> list[str]:
    """The regular expressions of a module, without what is escaped or in classes and with X for what is filled in: what
    `re` is given, by a name of the module too, and every text that has groups as they have them."""
    tree = ast.parse(source)
    given = [(one.args[0], is_verbose(one)) for one in ast.walk(tree) if isinstance(one, ast.Call) and is_of_re(one)]
    names = {(part.id, verbose) for one, verbose in given for part in ast.walk(one) if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = {one.id for one in targets if isinstance(one, ast.Name)}
            given += [(node.value, verbose) for name_, verbose in names if name_ in named]
    found = [bare(written(part), verbose=verbose) for one, verbose in given for part in parts(one)]
    return found + [bare(text_, verbose=False) for part in parts(tree) if "(?" in (text_ := written(part))]


def is_of_re(call: ast.Call) -> bool:
    """Whether a call is one of `re` that takes a pattern."""
    function = call.func
    is_own = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re"
    return is_own and bool(call.args)


def is_verbose(call: ast.Call) -> bool:
    flags = [*call.args[1:], *(one.value for one in call.keywords)]
    return any("re.VERBOSE" in ast.unparse(one) or "re.X" in ast.unparse(one) for one in flags)


def parts(tree: ast.AST) -> list[ast.AST]:
    """The texts in a piece of code, those in each other once; of texts that are added together the sum."""
    if isinstance(tree, ast.JoinedStr) or (isinstance(tree, ast.Constant) and isinstance(tree.value, str | bytes)):
        return [tree]
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add):
        return [tree, *parts(tree.left), *parts(tree.right)]
    return [part for child in ast.iter_child_nodes(tree) for part in parts(child)]


def written(node: ast.AST) -> str:
    """A text as it is written, with X for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value if isinstance(node.value, str) else node.value.decode("latin-1")
    if isinstance(node, ast.JoinedStr):
        return "".join(map(written, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return written(node.left) + written(node.right)
    return "X"


def bare(pattern: str, *, verbose: bool) -> str:
    """A pattern of which only groups, alternatives and repetitions are left to be read."""
    pattern = CLASS.sub("X", ESCAPED.sub("X", pattern))
    return LAID_OUT.sub("", pattern) if verbose else pattern


def is_wrong(pattern: str) -> bool:
    return GROUP_REPEATED.search(pattern) is not None


def test_no_group_is_repeated_possessively_that_may_fail_half_way() -> None:
    """Before Python 3.11.5 what such a group has consumed when it fails counts as matched (gh-106052), and Debian 12
    has 3.11.2: `(?:...|)*+`, `(?>...|)` and single characters are right everywhere."""
    wrong = [
        f"{name(path)}: {one[:60]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for one in patterns(text(path))
        if is_wrong(one)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        'A = re.compile(r"(?:a|bc)*+")', 'A = r"(?:ab)?+"', 'A = re.compile(r"(ab){2,3}+")', 're.sub("(ab)*+", "", a)',
        're.search(b"(ab)*+", a)', 'A = b"(ab)*+"\nB = re.compile(A)', 'A: Final = "(ab)*+"\nB = re.compile(A + "c")',
        'B = re.compile("(ab" + C + ")*+")', 'B = re.compile(f"({C})++")', 're.match("|".join(["a", "(ab)*+"]), a)',
        'A = re.compile("(a  # one\\n b ) *+", re.VERBOSE)', 'A = re.compile("( ab )\\n*+", flags=re.X | re.I)',
        r'A = re.compile(r"(a\|)*+")', r'A = re.compile(r"(a\\)*+")', 'A = re.compile("(a[|])*+")',
    ],
)  # fmt: skip
def test_what_is_looked_for_is_seen(source: str) -> None:
    assert any(map(is_wrong, patterns(source)))


@pytest.mark.parametrize(
    "source",
    [
        'A = re.compile("(?:a|bc|)*+")', 'A = re.compile("a*+(?:b)")', r'A = re.compile(r"\)*+")', 'A = "(ab)*+"',
        'A = re.compile("[()*+]")', 'A = re.compile("(a | b | )*+", re.VERBOSE)', 'A = re.compile("(?>ab|)*+")',
    ],
)  # fmt: skip
def test_what_is_right_is_let_pass(source: str) -> None:
    assert not any(map(is_wrong, patterns(source)))
