"""`_fields`."""

from __future__ import annotations

from typing import Any

import pytest

from wirepress.wp import fields

ITEM = {"id": 1, "title": {"raw": "a", "rendered": "b"}, "list": [1, 2]}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("id", {"id": 1}),
        ("id, title", {"id": 1, "title": {"raw": "a", "rendered": "b"}}),
        ("title.rendered", {"title": {"rendered": "b"}}),
        ("title.nope", {"title": []}),
        ("nope", []),
        ("id.x", {"id": 1}),
        ("title,title.raw,id", {"title": {"raw": "a", "rendered": "b"}}),
        (["id", "list"], {"id": 1, "list": [1, 2]}),
    ],
)
def test_picks(asked: Any, shown: Any) -> None:
    names = fields.listed(asked)
    assert fields.pick(ITEM, fields.tree(names)) == shown


def test_picks_of_each_item_of_a_list() -> None:
    assert fields.pick([ITEM, ITEM], fields.tree(("id",))) == [{"id": 1}, {"id": 1}]


@pytest.mark.parametrize(
    ("name", "asked", "made"),
    [("title", ("title.raw",), True), ("title.raw", ("title",), True), ("titles", ("title",), False), ("x", (), True)],
)
def test_says_what_has_to_be_made(name: str, asked: tuple[str, ...], made: bool) -> None:
    assert fields.wanted(name, asked) is made
