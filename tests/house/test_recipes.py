"""The pages that say how a resource, a field and a kind of source are added, followed in a copy of the package.

What a page shows for a file is put there, under names that nobody else takes; a program then uses what came of it, and
what was touched is counted.
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
from tests.wp.test_permissions import RULES, TABLE, Row
from wirepress.store import migrations

STEP = re.compile(r"`src/(wirepress/[\w/.]+\.py)`(?:,\s+below\s+`([^`\n]+)`)?:\n\n((?:(?: {4}.*)?\n)+)")
ROW = re.compile(r"^    (/wirepress/v1/.*)$", re.MULTILINE)
NAMES = {
    "kicker": "recipe_kicker",
    '"words"': '"recipe_words"',
    **{
        before + name + after: f"{before}recipe_{name}{after}"
        for name in ("places", "latest")
        for before, after in (("/v1/", ""), ("resources/", ".py"), ('"', '"'))
    },
}
"""What the pages name, and the names under which it is put into the package."""
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
status, places = ask("GET", "/wirepress/v1/recipe_places")
assert (status, [sorted(place) for place in places]) == (200, [["_links", "menu", "name"]] * len(places)), places
assert ask("GET", "/wirepress/v1/recipe_places/nowhere")[1]["code"] == "rest_place_invalid"
assert ask("GET", "/wirepress/v1/recipe_places", role="")[0] == 401
assert ask("OPTIONS", "/wirepress/v1/recipe_places")[1]["schema"]["title"] == "place"
assert "/wirepress/v1/recipe_places" in ask("GET", "/wirepress/v1/openapi")[1]["paths"]
assert "recipe_places" not in str(ask("GET", "/")[1])
"""
LATEST = """
made = ask("POST", "/wp/v2/posts", {"title": "News", "status": "publish"})[1]["id"]
status, latest = ask("GET", "/wirepress/v1/recipe_latest?per_page=1&_fields=id,headline", role="")
assert (status, latest) == (200, [{"id": made, "headline": "News"}]), latest
assert "per_page" in ask("OPTIONS", "/wirepress/v1/recipe_latest")[1]["endpoints"][0]["args"]
"""
KICKER = """
OURS = "?_fields=id,recipe_words,recipe_kicker"


def kept(sent, role="administrator", route="/wp/v2/posts"):
    status, made = ask("POST", route + OURS, {"title": "News", "content": "Some news", "recipe_kicker": sent}, role)
    assert status in (200, 201), made
    return made


made = kept("Today")
assert (made["recipe_kicker"], made["recipe_words"]) == ("Today", 2), made
one = f"/wp/v2/posts/{made['id']}"
assert kept("Tomorrow", route=one)["recipe_kicker"] == "Tomorrow"
assert ask("GET", one + OURS)[1] == kept("Tomorrow", route=one)
assert not {"recipe_words", "recipe_kicker"} & ask("GET", one)[1].keys()
assert kept("<b>x</b><script>1</script>", "contributor")["recipe_kicker"] == "x"
assert ask("POST", one, {"recipe_kicker": 1})[0] == 400
assert kept(None, route=one)["recipe_kicker"] == "Tomorrow"
assert kept("", route=one)["recipe_kicker"] == ""
assert kept("Here", route="/wp/v2/pages").keys() == {"id", "recipe_words"}
assert "recipe_kicker" not in str(ask("OPTIONS", "/wp/v2/posts")[1])
locked = ask("POST", "/wp/v2/posts" + OURS, {"content": "Some news", "status": "publish", "password": "x"})[1]
assert ask("GET", f"/wp/v2/posts/{locked['id']}{OURS}", role="")[1]["recipe_words"] == 0
"""

MARKDOWN = """
from dataclasses import replace
from tests.net.loopback import Loopback, reply
from tests.syndicate.site import site_in
from tests.syndicate.test_bad_input import page
from wirepress.model.wire import Rules, SourceKind
from wirepress.syndicate import sources
from wirepress.syndicate.discover import discover

LIST = b"# News\\n\\n- [The bridge](/bridge)\\n* [The mayor](/mayor)\\n- [Not ours](javascript:x)\\n"


def answered(path, headers):
    if path == "/news.md":
        return reply(304) if headers.get("if-none-match") == '"1"' else reply(body=LIST, ETag='"1"')
    return reply(body=page(path[1:]), Content_Type="text/html") if path in ("/bridge", "/mayor") else reply(404)


with site_in(Path(sys.argv[1]) / "site") as site, Loopback(answered) as press:
    found = discover(f"{press.url}/news.md", site.fetcher, site.clock.now(), lambda _: None)
    assert (found["page"], len(found["candidates"]), found["candidates"][0]["total"]) == ("markdown", 1, 2), found
    number = site.add(f"{press.url}/news.md", rules=Rules(page=False))
    site.change(replace(site.source(number), kind=SourceKind("markdown")))
    with site.newsroom.view() as view:
        assert sources.flaws(view, site.source(number)) == {"page": "no_page"}
    site.change(replace(site.source(number), rules=Rules()))
    assert site.pull(number).counts["created"] == 2
    assert {post.title for post in site.posts()} == {"bridge", "mayor"}
    assert site.pull(number).unchanged
"""


class Step(NamedTuple):
    """What a page shows for a file: all of a new one, or a line below another."""

    path: str
    below: str
    shown: str


def steps(page: str) -> list[Step]:
    number = f"{int(migrations.HEAD) + 1:04}"
    shown = text(ROOT / "docs" / page).replace("NNNN", number).replace("MMMM", migrations.HEAD)
    for name, other in NAMES.items():
        shown = shown.replace(name, other)
    found = STEP.findall(shown)
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
    own = [step for step in steps("add-a-resource.md") if name in step.path or f'"recipe_{name}"' in step.shown]
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


def test_a_kind_of_source_is_one_file_and_one_line(tmp_path: Path) -> None:
    module, line = steps("add-a-source-kind.md")
    assert (bool(module.below), bool(line.below), line.shown.count("\n")) == (False, True, 1)
    folder = copied(tmp_path)
    follow(module, folder)
    follow(line, folder)
    used(folder, MARKDOWN)


def test_the_rows_of_permissions_are_rows() -> None:
    rows = [line.split("\t") for line in ROW.findall(text(ROOT / "docs" / "add-a-resource.md"))]
    assert len(rows) == 4
    for cells in rows:
        assert len(cells) == len(Row._fields) - 1 + len(TABLE[0].cells)
        assert {cell.partition(" ")[2] for cell in cells[4:]} <= RULES.keys()
