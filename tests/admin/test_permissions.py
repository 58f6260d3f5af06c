"""Every screen, by every method, asked by every role, against one table.

`permissions.tsv` holds a row for each screen and method (a screen with variables as its address has them), with the
status that each role gets: 302 leads nobody to the login, 303 ends a form that was taken.  A screen or method without
a row fails.  `form` is the form that is sent, as a query string; its nonce is added.
"""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.admin.client import Client
from wirepress.admin.table import screens

ROLES = ("anonymous", "subscriber", "contributor", "author", "editor", "administrator")


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "permissions.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def name_of(row: dict[str, str]) -> tuple[str, str, str]:
    path, _, query = row["screen"].partition("?")
    return path, parse_qs(query).get("page", [""])[0] if path == "admin.php" else "", row["method"]


def test_every_screen_and_method_has_a_row() -> None:
    there = {(screen.path, screen.page, method) for screen in screens() for method in ("GET", "POST")}
    assert there == {name_of(row) for row in rows()}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['method']} {row['screen']} {row['form']}")
def test_each_role_gets_what_the_table_says(client: Client, row: dict[str, str]) -> None:
    got = {}
    for role in ROLES:
        who = "" if role == "anonymous" else role
        if row["method"] == "GET":
            got[role] = str(client.get(who, row["screen"]).status)
        else:
            form = parse_qs(row["form"], keep_blank_values=True)
            got[role] = str(client.post(who, row["screen"], form).status)
    assert got == {role: row[role] for role in ROLES}
