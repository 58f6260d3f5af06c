"""Every route, by every method, asked by every role, against one table.

`permissions.tsv` holds a row for each; `permissions.toml` the rules that its cells name.  A route or method without a
row fails, and so does a cell without a source.  Each request finds the same site: what it writes is undone.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.golden.cases import Case, recorded
from tests.golden.site import newsroom_of
from tests.wp.rehearsal import Rehearsal
from wirepress.model.web import Request
from wirepress.wp.api import Api
from wirepress.wp.routes import Routes

HERE = Path(__file__).parent
ROLES = ("anonymous", "subscriber", "contributor", "author", "editor", "administrator")
ROOT = "/index.php/wp-json"
RECORDED_AS = {"anonymous": None, "administrator": "admin"}
FILE = "@note.txt"


class Row(NamedTuple):
    """One row: a request, and a cell for each role."""

    route: str
    method: str
    target: str
    body: str
    cells: dict[str, str]


def table() -> list[Row]:
    with (HERE / "permissions.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(row["route"], row["method"], row["target"], row["body"], {role: row[role] or "" for role in ROLES})
            for row in rows
        ]


TABLE = table()
RULES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "permissions.toml").read_text("utf-8"))


class Stage:
    """The golden site with a pattern category, templates that are kept and changed (the posts from 122 on) and
    a font (128, its face 129), everything undone after each request, and a password for each role."""

    def __init__(self, folder: Path) -> None:
        self.passwords = {str(case["as"]): case["headers"]["Authorization"] for case in recorded() if case["as"]}
        room = newsroom_of("golden", folder)
        self.api = Api(room)
        made = self.ask("administrator", "POST", "/wp/v2/wp_pattern_category", json.dumps({"name": "Fixture"}))
        assert made == 201
        for shelf in ("templates", "template-parts"):
            kept = f"/wp/v2/{shelf}/twentytwentyfive//kept"
            made = self.ask("administrator", "POST", f"/wp/v2/{shelf}", json.dumps({"slug": "kept", "title": "Kept"}))
            assert made == 201
            for route in (kept, f"{kept}/autosaves"):
                assert self.ask("administrator", "POST", route, json.dumps({"content": route})) == 200
        family = json.dumps({"name": "Kept", "slug": "kept", "fontFamily": "Kept"})
        face = json.dumps({"fontFamily": "Kept", "src": "https://fonts.example/kept.woff2"})
        route = "/wp/v2/font-families"
        assert self.ask("administrator", "POST", route, json.dumps({"font_family_settings": family})) == 201
        route = f"{route}/128/font-faces"
        assert self.ask("administrator", "POST", route, json.dumps({"font_face_settings": face})) == 201
        self.api = Api(Rehearsal.of(room))
        self.room = room

    def ask(self, role: str, method: str, target: str, body: str) -> int:
        """The status that a role gets."""
        path, _, query = target.partition("?")
        headers = {"host": "news.example.com"}
        if role != "anonymous":
            headers["authorization"] = self.passwords[RECORDED_AS.get(role) or role]
        sent = body.encode()
        if body == FILE:
            headers |= {"content-type": "text/plain", "content-disposition": "attachment; filename=note.txt"}
            sent = b"A note."
        elif body:
            headers["content-type"] = "application/json"
        return self.api.answer(Request(method, ROOT + path, query, headers, sent, "127.0.0.1", "https")).status


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = Stage(tmp_path_factory.mktemp("permissions"))
    yield made
    made.room.database.close()


def test_every_route_and_method_has_a_row(stage: Stage) -> None:
    there = {(route.pattern, method) for route in stage.api.routes.all for method in route.methods}
    written = {(row.route, row.method) for row in TABLE}
    assert there - written == set()
    assert written - there == set()


def test_every_row_asks_its_route(stage: Stage) -> None:
    for row in TABLE:
        found = stage.api.routes.at(Routes.tidy(row.target.partition("?")[0]))
        assert found is not None, row
        assert found.route.pattern == row.route, row


def recorded_cases() -> dict[int, Case]:
    return {int(case["n"]): case for case in recorded() if "expect" in case}


def test_every_cell_has_a_source() -> None:
    cases = recorded_cases()
    for row in TABLE:
        for role, cell in row.cells.items():
            status, _, source = cell.partition(" ")
            where = f"{row.method} {row.target} as {role}: {cell!r}"
            assert status == "ok" or status.isdigit(), where
            if source.startswith("#"):
                case = cases[int(source[1:])]
                path = case["path"].partition("/wp-json")[2] + (f"?{case['query']}" if case["query"] else "")
                assert (case["as"], case["method"], path) == (RECORDED_AS.get(role, role), row.method, row.target), (
                    where
                )
                assert case["expect"]["status"] == int(status), where
                continue
            assert source in RULES, where
            if source == "item first":
                assert status in ("400", "404"), where
            elif role in RULES[source]["roles"]:
                assert status not in ("401", "403"), where
            else:
                assert status == ("401" if role == "anonymous" else "403"), where


def test_rules_name_roles_and_are_used() -> None:
    used = {cell.partition(" ")[2] for row in TABLE for cell in row.cells.values()}
    for name, rule in RULES.items():
        assert set(rule["roles"]) <= set(ROLES), name
        assert rule["words"], name
        assert name in used, name


def fits(status: int, expected: str) -> bool:
    """Whether a status is what the table expects."""
    if expected == "ok":
        return status not in (401, 403) and (status < 500 or status == 501)
    return status == int(expected)


@pytest.mark.parametrize("role", ROLES)
def test_the_table_holds(stage: Stage, role: str) -> None:
    wrong = []
    for row in TABLE:
        status = stage.ask(role, row.method, row.target, row.body)
        if not fits(status, row.cells[role].partition(" ")[0]):
            wrong.append(f"{row.method} {row.target} {row.body} is {status}, the table says {row.cells[role]}")
    assert wrong == []


def test_nothing_stays_of_what_was_asked(stage: Stage) -> None:
    with stage.room.view() as view:
        before = [view.unit.rows(f"SELECT count(*) FROM {name}") for name in ("posts", "terms", "users", "comments")]
    for row in TABLE:
        if row.method == "DELETE":
            stage.ask("administrator", row.method, row.target, row.body)
    with stage.room.view() as view:
        after = [view.unit.rows(f"SELECT count(*) FROM {name}") for name in ("posts", "terms", "users", "comments")]
    assert before == after
