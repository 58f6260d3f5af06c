"""The texts of the administration that are translated, as they stand in templates and code.

Templates have them in `_()`, `ngettext()`, `{% trans %}` and `visit.say()`; code in `visit.say()`, `language.text()`,
`language.count()`, `texts()` and `Menu()`, under names such as `label=`, in the messages of errors (of the rooms whose
errors the administration shows), and in the constants of modules: a string there that reads like one for people is one.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension

from tests.house.tree import PACKAGE, name, text
from wirepress.content.registry.core import CORE
from wirepress.model.registry import PostType, Taxonomy

ADMIN = PACKAGE / "admin"
ROOMS = (PACKAGE / "content", PACKAGE / "syndicate", PACKAGE / "store")
"""Besides the administration: whose errors it shows."""
ERRORS = frozenset(
    {
        "CannotWrite", "ConnectionLost", "Conflict", "Forbidden", "Invalid", "NoRoom", "NotFound", "OutcomeUnknown",
        "TooMany", "Unavailable",
    }
)  # fmt: skip
KINDS_OF_SOURCES = PACKAGE / "syndicate" / "reading"
"""Whose labels the administration shows."""
ROLES = PACKAGE / "content" / "registry" / "roles.py"
DONE = "DONE"
NAMED = frozenset({"label", "help", "unit", "title"})
READS = re.compile(r"(?=.*[a-z]{2})(?:[A-Z(%“].*|[a-z'’]+ [a-z].*)", re.DOTALL)
"""What reads like a text for people: it begins with a capital, or has several words."""
CODE = re.compile(
    r"\.php\b|\\[a-z]|^[A-Z][a-z]+(?:-[A-Z][a-z]+)+$|^%[a-z_]+%$|'self'|<[a-z]|^[A-Z][a-z]+[A-Z]|^[A-Z]\w*/"
)
"""What does not, although it looks like it: headers, tags of addresses, markup, names of classes."""
LOGIN = tuple(PACKAGE / "wp" / f"{module}.py" for module in (
    "authorize", "entering", "known_device", "login", "login_pages", "lost_password", "second_step", "setup",
))  # fmt: skip
"""The pages of logging in, whose words stand where they are said."""
PERSONAL_DATA = PACKAGE / "content" / "privacy"
"""What a person is shown of what is held of them."""
SCRIPTS = PACKAGE.parent.parent / "editor" / "src"
"""Our scripts of the block editor."""
_SCRIPT_CALL = re.compile(r"(?<![\w.])(__|_n)\(")
_SCRIPT_TEXT = re.compile(r"(?<![\w.])(__|_n)\((.*?),\s*'wirepress'", re.DOTALL)
_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
LABELS = ("menu_name", "add_new", "add_new_item", "all_items", "search_items", "edit_item", "update_item", "view_item",
          "parent_item", "not_found", "not_found_in_trash", "back_to_items", "items_list", "name_field_description",
          "slug_field_description", "parent_field_description", "desc_field_description")  # fmt: skip
"""The labels that screens show."""
PLACE = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its plural where it has one, and where it stands."""

    one: str
    many: str = ""
    place: str = ""
    line: int = 0


def all_texts() -> list[Text]:
    """Every text, in the order of files and lines."""
    found: list[Text] = []
    for path in sorted((ADMIN / "templates").rglob("*.html")):
        found += of_template(path)
    for path in sorted(ADMIN.rglob("*.py")):
        found += of_module(path, ours=True)
    for room in ROOMS:
        for path in sorted(room.rglob("*.py")):
            found += of_module(path, ours=False)
    for path in sorted(KINDS_OF_SOURCES.glob("*.py")):
        found += _of_calls(path, ast.parse(text(path)))
    for path in (*LOGIN, *sorted(PERSONAL_DATA.glob("*.py"))):
        found += _of_calls(path, ast.parse(text(path)))
    return [*found, *script_texts(), *_labels()]


def script_texts() -> list[Text]:
    """What our scripts of the block editor say: `__( 'One', 'wirepress' )`, `_n( 'one', 'many', n, 'wirepress' )`."""
    found = []
    for path in sorted(SCRIPTS.glob("*.js")):
        calls = _SCRIPT_TEXT.findall(text(path))
        assert len(calls) == len(_SCRIPT_CALL.findall(text(path))), f"a text of another domain in {path.name}"
        for function, given in calls:
            words = [word.replace("\\'", "'") for word in _QUOTED.findall(given)]
            found.append(Text(words[0], words[1] if function == "_n" else "", f"editor/src/{path.name}"))
    return found


def _labels() -> Iterator[Text]:
    """What WordPress's own types, taxonomies and statuses are called; a site's own types have words of their own."""
    place = name(PACKAGE / "content" / "registry" / "core.py")
    kinds: tuple[PostType | Taxonomy, ...] = (*CORE.types.values(), *CORE.taxonomies.values())
    for kind in kinds:
        if kind.show_ui:
            words = (kind.label, kind.labels.get("singular_name", ""), *(kind.labels.get(key, "") for key in LABELS))
            yield from (Text(word, "", place) for word in words if word)
    yield from (Text(status.label, "", place) for status in CORE.statuses.values() if status.label[:1].isupper())


# ---- templates


def of_template(path: Path) -> list[Text]:
    tree = _environment().parse(text(path))
    found = [made for call in tree.find_all(nodes.Call) if (made := _of_template_call(path, call)) is not None]
    return sorted(found, key=lambda one: one.line)


def _environment() -> Environment:
    made = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=[InternationalizationExtension]
    )
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    return made


def _of_template_call(path: Path, call: nodes.Call) -> Text | None:
    function = call.node.name if isinstance(call.node, nodes.Name) else getattr(call.node, "attr", "")
    of = getattr(call.node, "node", None)
    if function == "text" and "language" not in (getattr(of, "name", ""), getattr(of, "attr", "")):
        return None
    given = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    words = [one for one in given if isinstance(one, str)]
    return _text(function, words, path, call.lineno)


def _text(function: str, words: list[str], path: Path, line: int) -> Text | None:
    if function in ("_", "gettext", "say", "text") and words:
        return Text(words[0], "", name(path), line)
    if function in ("ngettext", "count") and len(words) >= 2:
        return Text(words[0], words[1], name(path), line)
    return None


# ---- code


def of_module(path: Path, *, ours: bool) -> list[Text]:
    tree = ast.parse(text(path))
    found = list(_of_errors(path, tree))
    if ours:
        found += [*_of_calls(path, tree), *_of_constants(path, tree)]
    if path == ROLES:
        found += [Text(role, "", name(path), line) for role, line in _role_names(tree)]
    return sorted(found, key=lambda one: one.line)


def _of_calls(path: Path, tree: ast.Module) -> Iterator[Text]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        for keyword in call.keywords:
            if keyword.arg in NAMED and _constant(keyword.value):
                yield Text(_constant(keyword.value), "", name(path), call.lineno)
        function = _called(call)
        words = [one for argument in call.args if (one := _constant(argument))]
        if function == "texts" and isinstance(call.func, ast.Name):
            yield from (Text(word, "", name(path), call.lineno) for word in _all_constants(call))
        elif function == "Menu" and call.args and _constant(call.args[0]):
            yield Text(words[0], "", name(path), call.lineno)
        elif function != "text" or _is_language(call.func):
            made = _text(function, words, path, call.lineno)
            yield from () if made is None else (made,)


def _all_constants(call: ast.Call) -> list[str]:
    return [value for node in ast.walk(call) if isinstance(node, ast.expr) and (value := _constant(node))]


def _is_language(function: ast.expr) -> bool:
    """Whether a method is a language's: `visit.language.text`."""
    of = function.value if isinstance(function, ast.Attribute) else None
    return "language" in (getattr(of, "attr", ""), getattr(of, "id", ""))


def _of_errors(path: Path, tree: ast.Module) -> Iterator[Text]:
    """The messages of errors: the second thing that they are given, or what a name of that stands for there."""
    everywhere = _assigned(tree.body)
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        local = everywhere | _assigned(ast.walk(function))
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _called(call) in ERRORS and len(call.args) >= 2:
                message = call.args[1]
                said = _constant(message) or local.get(getattr(message, "id", ""), "")
                if said:
                    yield Text(said, "", name(path), call.lineno)


def _assigned(lines: Iterable[ast.AST]) -> dict[str, str]:
    """The texts that names stand for."""
    return {
        target.id: value
        for line in lines
        if isinstance(line, ast.Assign) and (value := _constant(line.value))
        for target in line.targets
        if isinstance(target, ast.Name)
    }


def _of_constants(path: Path, tree: ast.Module) -> Iterator[Text]:
    """The strings in a module's constants that read like texts; pairs with a number in them are one and many."""
    for line in tree.body:
        value = line.value if isinstance(line, ast.Assign | ast.AnnAssign) else None
        if value is None or _is_plain_call(value):
            continue
        yield from _pairs(path, value) if DONE in _names(line) else _within(path, value)


def _names(line: ast.stmt) -> set[str]:
    targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
    return {getattr(target, "id", "") for target in targets}


def _pairs(path: Path, value: ast.expr) -> Iterator[Text]:
    """Tables of what was done hold one and many, whether or not they name the number."""
    for pair in value.values if isinstance(value, ast.Dict) else ():
        if isinstance(pair, ast.Tuple):
            one, many = map(_constant, pair.elts)
            yield Text(one, many, name(path), pair.lineno)


def _is_plain_call(value: ast.expr) -> bool:
    """What makes something other than data of texts: an expression, a set of names."""
    return isinstance(value, ast.Call) and _called(value) in ("compile", "frozenset", "TypeVar", "NewType")


def _within(path: Path, value: ast.AST) -> Iterator[Text]:
    if isinstance(value, ast.Subscript | ast.Compare | ast.Lambda):
        return
    if isinstance(value, ast.Tuple) and len(value.elts) == 2:
        one, many = map(_constant, value.elts)
        if "%(count)s" in many:
            yield Text(one, many, name(path), value.lineno)
            return
    if isinstance(value, ast.Dict):
        for inner in value.values:
            yield from _within(path, inner)
        return
    if isinstance(value, ast.Constant):
        word = _constant(value)
        if word and READS.fullmatch(word) and not CODE.search(word):
            yield Text(word, "", name(path), value.lineno)
        return
    for child in ast.iter_child_nodes(value):
        yield from _within(path, child)


def _role_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _called(call) == "_role":
            yield _constant(call.args[1]), call.lineno


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _constant(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""
