"""What a call over XML-RPC may ask at most, and what its answer may hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.conftest import rooms
from tests.wp.browser import PASSWORD
from tests.wp.guessing import clock, desk, newsroom, verified
from tests.wp.test_xmlrpc import Program, program
from wirepress.content.newsroom import Newsroom
from wirepress.wp.xmlrpc.terms import MOST_NAMED, MOST_NEW

__all__ = ["clock", "desk", "newsroom", "program", "rooms", "verified"]
EDITOR = ("editor", PASSWORD)
REFUSED = 403


def names(number: int) -> list[str]:
    return [f"Name {place}" for place in range(number)]


def number_of(newsroom: Newsroom, table: str) -> int:
    with newsroom.view() as view:
        return int(view.unit.rows(f"SELECT count(*) FROM {table}")[0][0])


# ---- terms


def writes(words: list[str]) -> list[tuple[Any, ...]]:
    """Every call that makes terms of names."""
    post = {"title": "x", "description": "x"}
    return [
        ("metaWeblog.newPost", 1, *EDITOR, {**post, "mt_keywords": words}),
        ("metaWeblog.newPost", 1, *EDITOR, {**post, "mt_keywords": ",".join(words)}),
        ("wp.newPost", 1, *EDITOR, {"post_title": "x", "terms_names": {"post_tag": words}}),
        ("wp.newPost", 1, *EDITOR, {"post_title": "x", "terms_names": {"category": words[1:], "post_tag": words[:1]}}),
    ]


@pytest.mark.parametrize("place", range(len(writes([]))))
def test_a_call_makes_so_many_terms(program: Program, newsroom: Newsroom, place: int) -> None:
    before = number_of(newsroom, "terms")
    assert program.fault(*writes(names(MOST_NEW + 1))[place]) == REFUSED
    assert (number_of(newsroom, "terms"), number_of(newsroom, "posts")) == (before, 0)
    assert program.call(*writes(names(MOST_NEW))[place])
    assert program.call(*writes(names(MOST_NEW + 1))[place])


def test_a_term_that_is_named_twice_is_made_once(program: Program, newsroom: Newsroom) -> None:
    before = number_of(newsroom, "terms")
    words = ["A word", "a word", "A word"]
    for call in writes(words)[:3]:
        number = program.call(*call)
        found = program.call("wp.getPost", 1, *EDITOR, number)["terms"]
        assert [term["name"] for term in found if term["taxonomy"] == "post_tag"] == ["A word"]
    assert number_of(newsroom, "terms") - before <= 2


MANY = MOST_NAMED + 1
POST = {"title": "x", "description": "x"}
NAMED: dict[str, tuple[Any, ...]] = {
    "names of categories": ("metaWeblog.newPost", 1, *EDITOR, {**POST, "categories": names(MANY)}),
    "names of tags": ("metaWeblog.newPost", 1, *EDITOR, {**POST, "mt_keywords": "a,b" * MANY}),
    "names": ("wp.newPost", 1, *EDITOR, {"post_title": "x", "terms_names": {"post_tag": ["one"] * MANY}}),
    "ids": ("wp.newPost", 1, *EDITOR, {"post_title": "x", "terms": {"category": [1] * MANY}}),
    "ids in a text": ("blogger.newPost", 1, 1, *EDITOR, f"<category>{'1,' * MANY}</category>x", False),
    "addresses": ("metaWeblog.newPost", 1, *EDITOR, {**POST, "mt_tb_ping_urls": ["https://a.example/"] * MANY}),
}


@pytest.mark.parametrize("call", NAMED.values(), ids=NAMED)
def test_a_call_names_so_many(program: Program, newsroom: Newsroom, call: tuple[Any, ...]) -> None:
    assert program.fault(*call) == REFUSED
    assert number_of(newsroom, "posts") == 0


def test_categories_that_are_set_are_so_many(program: Program) -> None:
    number = program.call("wp.newPost", 1, *EDITOR, {"post_title": "x"})
    sent = [{"categoryId": place} for place in range(MANY)]
    assert program.fault("mt.setPostCategories", number, *EDITOR, sent) == REFUSED
    assert program.call("mt.setPostCategories", number, *EDITOR, sent[:100])
