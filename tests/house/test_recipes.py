"""The pages that say how a resource and a field are added, followed in a copy of the package.

What a page shows for a file is put there; a program then uses what came of it, and what was touched is counted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.tree import PACKAGE, ROOT, text

STEP = re.compile(r"`src/(wirepress/[\w/.]+\.py)`(?:,\s+below\s+`([^`]+)`)?:\n\n((?:(?: {4}.*)?\n)+)")
ASKED = """
import sys
from pathlib import Path
from tests.content.desk import make_newsroom
from tests.wp.writer import Writer

writer = Writer(make_newsroom(Path(sys.argv[1])))


def ask(method, route, body=None, role="administrator"):
    path, _, query = route.partition("?")
    answered = writer.ask(role, method, path, body, query=query)
    return answered.status, answered.value
"""
PLACES = """
status, places = ask("GET", "/wirepress/v1/places")
assert (status, [sorted(place) for place in places]) == (200, [["_links", "menu", "name"]] * len(places)), places
assert ask("GET", "/wirepress/v1/places/nowhere")[1]["code"] == "rest_place_invalid"
assert ask("GET", "/wirepress/v1/places", role="")[0] == 401
"""
LATEST = """
made = ask("POST", "/wp/v2/posts", {"title": "News", "status": "publish"})[1]["id"]
status, latest = ask("GET", "/wirepress/v1/latest?per_page=1&_fields=id,headline", role="")
assert (status, latest) == (200, [{"id": made, "headline": "News"}]), latest
assert "per_page" in ask("OPTIONS", "/wirepress/v1/latest")[1]["endpoints"][0]["args"]
"""
KICKER = """
made = ask("POST", "/wp/v2/posts", {"title": "News", "content": "Some news", "kicker": "Today"})[1]
assert (made["kicker"], made["words"]) == ("Today", 2), made
changed = ask("POST", f"/wp/v2/pages", {"title": "A page", "kicker": "Here"})[1]
assert changed["kicker"] == "Here"
assert ask("POST", f"/wp/v2/posts/{made['id']}", {"kicker": "Tomorrow"})[1]["kicker"] == "Tomorrow"
assert ask("POST", f"/wp/v2/posts/{made['id']}", {"kicker": 1})[0] == 400
schema = ask("OPTIONS", "/wp/v2/posts")[1]["schema"]["properties"]
assert schema["kicker"]["type"] == "string" and schema["words"]["readonly"]
"""


class Step(NamedTuple):
    """What a page shows for a file: all of a new one, or a line below another."""

    path: str
    below: str
    shown: str


def steps(page: str) -> list[Step]:
    found = STEP.findall(text(ROOT / "docs" / page))
    return [Step(path, below, textwrap.dedent(shown).strip("\n") + "\n") for path, below, shown in found]


def follow(step: Step, folder: Path) -> None:
    file = folder / step.path
    if not step.below:
        assert not file.exists(), step.path
        file.write_text(step.shown)
        return
    before, line, after = file.read_text().partition(step.below + "\n")
    assert line, (step.path, step.below)
    file.write_text(f"{before}{line}{textwrap.indent(step.shown, '    ')}{after}")


def copied(folder: Path) -> Path:
    shutil.copytree(PACKAGE, folder / "wirepress", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def used(folder: Path, program: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    command = [sys.executable, "-c", ASKED + program, str(folder)]
    ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]


@pytest.mark.parametrize(("name", "program"), [("places", PLACES), ("latest", LATEST)])
def test_a_resource_is_one_file_and_one_line(name: str, program: str, tmp_path: Path) -> None:
    own = [step for step in steps("add-a-resource.md") if name in step.path or f'"{name}"' in step.shown]
    assert [(bool(step.below), step.shown.count("\n")) for step in own[1:]] == [(True, 1)]
    assert not own[0].below
    folder = copied(tmp_path)
    for step in own:
        follow(step, folder)
    used(folder, program)


def test_a_field_is_one_line_and_with_a_column_a_migration_and_two_lines(tmp_path: Path) -> None:
    words, migration, column, field = steps("add-a-field.md")
    assert "/migrations/versions/" in migration.path
    assert [step.shown.count("\n") for step in (words, column, field)] == [1, 1, 1]
    folder = copied(tmp_path)
    for step in (words, migration, column, field):
        follow(step, folder)
    used(folder, KICKER)
