"""Words are spoken where they belong: WordPress's wire in one room, this machine nowhere."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, ROOT, files, name, python_files, text

# The rooms that may speak the wire: wp writes it, the other two read another site's as data.
SPEAKERS = (PACKAGE / "wp", PACKAGE / "transfer", PACKAGE / "syndicate" / "parse" / "wordpress")
# As whole string literals, so that prose and identifiers stay free to use the English words.  `rest_base` is no word of
# the wire: it is how a site's own types.toml names the base of a type's routes, as WordPress's registration does; and
# `rest_allow_anonymous_comments` is an option of the site.
WIRE = re.compile(
    r"^(rendered|rest_(?!base$|allow_anonymous_comments$)\w+|X-WP[\w-]*|x-wp[\w-]*|_links|_embedded|_embed|_envelope)$"
)

VAGUE = re.compile(r"(Manager|Helper|Util|Utils|Service)$|^(Base|Abstract)[A-Z]|^I[A-Z][a-z]+Interface$|Impl$")
VAGUE_FILES = {"utils", "util", "helpers", "helper", "misc", "manager", "managers", "service", "services", "base"}

# Spelt in pieces: this file is looked at as well.
WORKPLACE = re.compile(
    "|".join(
        [r"(?<![\w.])/" + r"work/", r"(?<![\w.])/" + r"root/", r"/home/\w+/", r"\bpy" + r"env\b", r"\bsub" + r"agent\b"]
    )
)


def strings(path: Path) -> set[str]:
    constants = (node.value for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def test_the_wire_is_spoken_in_one_room() -> None:
    spoken = {
        name(path): sorted(words)
        for path in files(PACKAGE)
        if path.suffix == ".py" and not path.with_suffix("").as_posix().startswith(tuple(map(str, SPEAKERS)))
        if (words := {word for word in strings(path) if WIRE.match(word)})
    }
    assert spoken == {}


@pytest.mark.parametrize("word", ["rendered", "rest_invalid_param", "X-WP-Total", "_links"])
def test_what_counts_as_the_wire(word: str) -> None:
    assert WIRE.match(word)


@pytest.mark.parametrize("word", ["render", "the rest_ of it", "links", "unrendered"])
def test_what_does_not(word: str) -> None:
    assert not WIRE.match(word)


def test_names_say_what_a_thing_is() -> None:
    vague = [
        f"{name(path)}: class {node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.ClassDef) and VAGUE.search(node.name)
    ]
    vague += [name(path) for path in python_files() if path.stem in VAGUE_FILES]
    assert vague == []


def test_nothing_speaks_of_one_machine() -> None:
    here = {
        f"{name(path)}:{text(path)[: found.start()].count(chr(10)) + 1}": found.group()
        for path in files(ROOT)
        for found in WORKPLACE.finditer(text(path))
    }
    assert here == {}
