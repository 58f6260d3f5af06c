"""`_fields`."""

from __future__ import annotations

from typing import Any

import pytest

from tests.wp.writer import Writer
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


def test_as_many_names_are_read_as_any_answer_has_parts() -> None:
    names = [f"f{number}" for number in range(20_000)]
    for asked in (",".join(names), names, {str(number): name for number, name in enumerate(names)}):
        assert fields.listed(asked) == tuple(names[: fields.MOST])


@pytest.mark.parametrize(
    ("names", "kept"),
    [((), True), (("id", "title.rendered"), True), (tuple(map(str, range(65))), False), (("x" * 3000,), False)],
)
def test_what_is_made_of_many_names_is_not_kept(names: tuple[str, ...], kept: bool) -> None:
    assert fields.brief(names) is kept


def test_no_choice_of_fields_fills_the_memory(writer: Writer) -> None:
    writer.post("editor", "/posts", {"title": "One", "status": "publish"})
    documents = writer.api.documents
    documents.clear()
    for number in range(20):
        many = ",".join(f"f{number}x{name}" for name in range(400))
        assert writer.get("", "/posts", f"_fields=id,{many}").value == [{"id": 1}]
        assert writer.get("", "/posts", f"_fields=id,{'y' * 3000}{number}").value == [{"id": 1}]
    assert documents.bytes == 0
    assert writer.get("", "/posts", f"_fields=id,{'y' * 300}").value == [{"id": 1}]
    assert documents.bytes > 800


def test_a_name_leads_no_deeper_than_answers_go() -> None:
    shallow: dict[str, object] = {"id": 1, "title": {"raw": "T"}}
    assert fields.pick(shallow, fields.tree((".".join(["title", *("raw",) * 100_000]),))) == {"title": {"raw": "T"}}
    place: object = fields.tree(("a." * 100_000,))
    depth = 0
    while isinstance(place, dict) and place:
        place, depth = next(iter(place.values())), depth + 1
    assert depth <= fields.DEEPEST + 1
