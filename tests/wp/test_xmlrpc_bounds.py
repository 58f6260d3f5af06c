"""What a call over XML-RPC may ask at most, and what its answer may hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pytest

from tests.content.conftest import rooms
from tests.wp.browser import PASSWORD
from tests.wp.guessing import clock, desk, newsroom, verified
from tests.wp.test_xmlrpc import Program, program
from wirepress.content.identity.viewer import NEWSROOM
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.rows import Rows
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.store import comments
from wirepress.wp.xmlrpc import posts, server
from wirepress.wp.xmlrpc.terms import MOST_NAMED, MOST_NEW
from wirepress.wp.xmlrpc.values import PART, Room, TooMuch, encoded

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


# ---- answers


def test_an_answer_is_made_no_longer_than_there_is_room() -> None:
    made = []

    def texts() -> Iterator[str]:
        for number in range(100):
            made.append(number)
            yield "x" * 1_000

    room = Room(5_000)
    with pytest.raises(TooMuch):
        encoded(texts(), room)
    assert (len(made), room.left) == (5, 0)
    assert encoded(iter(["a", 1])) == encoded(["a", 1])
    assert encoded(iter([])) == encoded([])


def test_long_texts_are_written_in_parts() -> None:
    text = "<é\0&" * PART
    assert encoded(text) == "<string>" + "&lt;é&amp;" * PART + "</string>"
    room = Room(PART)
    with pytest.raises(TooMuch):
        encoded("x" * (PART * 3), room)


@pytest.fixture
def written(newsroom: Newsroom) -> list[int]:
    """Posts of 10,000 characters each."""
    with newsroom.write() as view:
        changes = [Changes(title=f"Post {number}", content="x" * 10_000, status="publish") for number in range(40)]
        return [publishing.create(view, NEWSROOM, "post", change).id for change in changes]


LISTS = (
    ("wp.getPosts", 1, *EDITOR, {"number": 1_000}),
    ("metaWeblog.getRecentPosts", 1, *EDITOR, 1_000),
    ("blogger.getRecentPosts", 1, 1, *EDITOR, 1_000),
)


@pytest.mark.parametrize("call", LISTS, ids=[call[0] for call in LISTS])
def test_an_answer_that_grows_too_long_ends_there(
    program: Program, written: list[int], monkeypatch: pytest.MonkeyPatch, call: tuple[Any, ...]
) -> None:
    """No more posts are loaded than it takes to know."""
    loaded: list[int] = []
    fetch = Rows.fetch_posts

    def counted(rows: Rows, ids: Iterable[int]) -> Collection[Post]:
        found = fetch(rows, ids)
        loaded.extend(post.id for post in found)
        return found

    monkeypatch.setattr(Rows, "fetch_posts", counted)
    monkeypatch.setattr(server, "LARGEST_ANSWER", 50_000)
    assert program.fault(*call) == 500
    assert 0 < len(loaded) <= posts.BATCH
    monkeypatch.setattr(server, "LARGEST_ANSWER", 32 << 20)
    assert len(program.call(*call)) == len(written)


def test_few_posts_of_a_list_are_in_memory(
    program: Program, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    most = [0]
    fetch = Rows.fetch_posts

    def counted(rows: Rows, ids: Iterable[int]) -> Collection[Post]:
        found = fetch(rows, ids)
        most.append(len(rows._posts))
        return found

    monkeypatch.setattr(Rows, "fetch_posts", counted)
    given = {"number": 1_000}
    assert len(program.call("wp.getPosts", 1, *EDITOR, given, ["post_title"])) == len(written)
    assert max(most) <= posts.BATCH


def test_calls_at_once_share_one_answer(program: Program, written: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is used up is used up: not each call may make as much; and what cannot be told any more is not done."""
    monkeypatch.setattr(server, "LARGEST_ANSWER", 300_000)
    read = ("wp.getPosts", 1, *EDITOR, {"number": 20}, ["post_content"])
    write = ("wp.newPost", 1, *EDITOR, {"post_title": "Late"})
    first, *others = program.together(read, read, read, write)
    assert len(first) == 20
    assert others == [500, 500, 500]
    assert [post["post_title"] for post in program.call("wp.getPosts", 1, *EDITOR, {"s": "Late"})] == []


def test_lists_are_whole_and_in_order(program: Program, newsroom: Newsroom, written: list[int]) -> None:
    found = program.call("wp.getPosts", 1, *EDITOR, {"number": 25, "offset": 5, "orderby": "ID", "order": "asc"}, [])
    assert [int(post["post_id"]) for post in found] == sorted(written)[5:30]
    with newsroom.write() as view:
        said = [
            comments.insert(view.unit, Comment(0, number, content=f"Words {number}", date_gmt=view.stamps()[1]))
            for number in written
        ]
    for given in ({}, {"post_type": "post"}):
        shown = program.call("wp.getComments", 1, *EDITOR, {"number": 25, "offset": 5, **given})
        assert [int(one["comment_id"]) for one in shown] == sorted(said, reverse=True)[5:30]


def test_revisions_are_bounded_and_fields_are_a_set(
    program: Program, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "MOST", 3)
    number = program.call("wp.newPost", 1, *EDITOR, {"post_title": "x", "post_content": "0"})
    for word in range(1, 6):
        program.call("wp.editPost", 1, *EDITOR, number, {"post_content": str(word)})
    fields = ["post_content", *[f"nothing {place}" for place in range(10_000)]]
    found = program.call("wp.getRevisions", 1, *EDITOR, number, fields)
    assert [one["post_content"] for one in found] == ["5", "4", "3"]
