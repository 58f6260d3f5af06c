"""XML-RPC: nobody reads or writes over it what they may not read or write elsewhere."""

from __future__ import annotations

from typing import Any
from xmlrpc.client import Binary

import pytest

from tests.content.conftest import Rooms, rooms
from tests.content.desk import Clock, article
from tests.store import many
from tests.wp.browser import PASSWORD, Desk
from tests.wp.guessing import clock, desk, newsroom, pass_time, verified
from tests.wp.test_xmlrpc import Program, program
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import reading
from wirepress.model.comment import Comment
from wirepress.store import bulk

__all__ = ["clock", "desk", "newsroom", "program", "rooms", "verified"]
EDITOR, AUTHOR = 2, 3
OPEN, PRIVATE, DRAFT, PROTECTED, MINE = 11, 12, 13, 14, 15
"""Posts: one that everybody may read, three of the editor's that not everybody may, a private one of the author's."""


def status_of(newsroom: Newsroom, number: Any) -> str:
    """The status of a post."""
    with newsroom.view() as view:
        post = reading.get(view, int(number))
    assert post is not None
    return post.status


def posts_in(newsroom: Newsroom) -> int:
    """How many posts there are, of whichever type."""
    with newsroom.view() as view:
        return int(view.unit.rows("SELECT count(*) FROM posts")[0][0])


# ---- what becomes public


@pytest.mark.parametrize("status", ["publish", "private"])
@pytest.mark.parametrize("publishes", [False, True])
def test_who_may_not_publish_does_not_by_any_word(
    program: Program, newsroom: Newsroom, status: str, publishes: bool
) -> None:
    words = {"title": "x", "description": "y"}
    asked = {**words, "post_status": status, "page_status": status}
    assert program.fault("metaWeblog.newPost", 1, "contributor", PASSWORD, asked, publishes) == 401
    assert program.fault("wp.newPage", 1, "contributor", PASSWORD, asked, publishes) == 401
    assert posts_in(newsroom) == 0
    made = program.call("metaWeblog.newPost", 1, "contributor", PASSWORD, words, False)
    assert program.fault("metaWeblog.editPost", made, "contributor", PASSWORD, asked, publishes) == 401
    assert status_of(newsroom, made) == "draft"
    made = program.call("metaWeblog.newPost", 1, "editor", PASSWORD, asked, publishes)
    assert status_of(newsroom, made) == status


def test_who_may_edit_pages_only_does_not_publish_one(rooms: Rooms) -> None:
    granted = dict.fromkeys(("read", "edit_pages"), True)
    roles = {"user_roles": {"contributor": {"name": "Contributor", "capabilities": granted}}}
    program = Program(Desk(rooms(options=roles)))
    page = {"title": "x", "description": "y", "page_status": "publish"}
    assert program.fault("wp.newPage", 1, "contributor", PASSWORD, page, False) == 401
    assert int(program.call("wp.newPage", 1, "contributor", PASSWORD, {**page, "page_status": "draft"}, False)) > 0


# ---- what is said of posts that not everybody may read


@pytest.fixture
def discussed(newsroom: Newsroom) -> Newsroom:
    """A newsroom with posts, a comment and a trackback of each."""
    posts = [
        article(OPEN, "open", author=EDITOR, comment_status="open"),
        article(PRIVATE, "private", "private", author=EDITOR, comment_status="open"),
        article(DRAFT, "draft", "draft", author=EDITOR, comment_status="open"),
        article(PROTECTED, "protected", author=EDITOR, comment_status="open", password="secret"),
        article(MINE, "mine", "private", author=AUTHOR, comment_status="open"),
    ]
    said = [
        Comment(
            number,
            post.id,
            author_name=f"On {post.slug}",
            author_email="reader@example.org",
            author_url="https://example.org/",
            author_ip="192.0.2.77",
            date=post.date,
            date_gmt=post.date,
            content="Words",
            approved="1",
            type=kind,
        )
        for number, (post, kind) in enumerate([(post, kind) for post in posts for kind in ("comment", "trackback")], 1)
    ]
    with newsroom.database.write() as unit:
        many.posts(unit, posts)
        many.comments(unit, said)
        bulk.settle(unit)
    newsroom._kept = None
    return newsroom


@pytest.mark.parametrize(
    ("login", "seen"),
    [
        ("subscriber", {OPEN}),
        ("contributor", {OPEN}),
        ("author", {OPEN, MINE}),
        ("editor", {OPEN, PRIVATE, DRAFT, PROTECTED, MINE}),
    ],
)
@pytest.mark.parametrize("kind", [{}, {"post_type": "post"}])
@pytest.mark.usefixtures("discussed")
def test_comments_are_shown_to_who_may_read_their_post(
    program: Program, login: str, seen: set[int], kind: dict[str, str]
) -> None:
    shown = program.call("wp.getComments", 1, login, PASSWORD, {"status": "approve", "number": 50, **kind})
    assert {int(one["post_id"]) for one in shown} == seen
    one_by_one = {
        number
        for number in (OPEN, PRIVATE, DRAFT, PROTECTED, MINE)
        if program.call("wp.getComments", 1, login, PASSWORD, {"status": "approve", "post_id": number, **kind})
    }
    assert one_by_one == seen


@pytest.mark.usefixtures("discussed")
def test_where_a_comment_came_from_is_told_to_who_moderates_it(program: Program) -> None:
    told = ("reader@example.org", "192.0.2.77")
    for login, where in (("subscriber", {OPEN: ("", "")}), ("author", {OPEN: ("", ""), MINE: told})):
        shown = program.call("wp.getComments", 1, login, PASSWORD, {"status": "approve", "number": 50})
        assert {int(one["post_id"]): (one["author_email"], one["author_ip"]) for one in shown} == where
    shown = program.call("wp.getComments", 1, "editor", PASSWORD, {"number": 50})
    assert {(one["author_email"], one["author_ip"]) for one in shown} == {told}


@pytest.mark.usefixtures("discussed")
def test_strangers_learn_of_open_posts_only_what_was_said_of_them(program: Program) -> None:
    [shown] = program.call("mt.getTrackbackPings", OPEN)
    assert shown == {"pingTitle": "On open", "pingURL": "https://example.org/", "pingIP": ""}
    for number in (PRIVATE, DRAFT, PROTECTED, MINE):
        assert program.call("mt.getTrackbackPings", number) == []
    assert program.fault("mt.getTrackbackPings", 99) == 404


@pytest.mark.usefixtures("discussed")
def test_comments_are_left_on_posts_that_one_may_read(program: Program, clock: Clock) -> None:
    for login, open_to in (
        ("subscriber", {OPEN}),
        ("author", {OPEN, MINE}),
        ("editor", {OPEN, PRIVATE, DRAFT, PROTECTED, MINE}),
    ):
        for number in (OPEN, PRIVATE, DRAFT, PROTECTED, MINE):
            pass_time(clock, 60)
            said = {"content": f"So it is, says {login} of {number}"}
            if number in open_to:
                assert int(program.call("wp.newComment", 1, login, PASSWORD, number, said)) > 0
            else:
                assert program.fault("wp.newComment", 1, login, PASSWORD, number, said) == 403


# ---- what a person may write


@pytest.mark.parametrize("login", ["administrator", "contributor"])
def test_types_without_a_screen_are_not_written(program: Program, newsroom: Newsroom, login: str) -> None:
    with newsroom.view() as view:
        kinds = view.site.registry.types
    closed = [name for name, kind in kinds.items() if not kind.show_ui]
    assert {"revision", "oembed_cache", "user_request", "customize_changeset", "wp_template"} <= {*closed}
    for name in [*closed, "attachment"]:
        given = {"post_type": name, "post_title": "x", "post_content": "y", "post_name": "0123", "post_parent": 1}
        assert program.fault("wp.newPost", 1, login, PASSWORD, given) == 403
    assert posts_in(newsroom) == 0
    if login == "administrator":
        assert int(program.call("wp.newPost", 1, login, PASSWORD, {"post_type": "wp_block", "post_title": "x"})) > 0


def test_a_revision_is_not_rewritten(program: Program, newsroom: Newsroom) -> None:
    given = {"post_title": "x", "post_content": "As it was"}
    number = program.call("wp.newPost", 1, "editor", PASSWORD, given)
    program.call("wp.editPost", 1, "editor", PASSWORD, number, {"post_content": "As it is"})
    revision = program.call("wp.getRevisions", 1, "editor", PASSWORD, number)[0]["post_id"]
    for method, *params in (
        ("wp.editPost", 1, "editor", PASSWORD, revision, {"post_content": "As it never was"}),
        ("mt.publishPost", revision, "editor", PASSWORD),
        ("mt.setPostCategories", revision, "editor", PASSWORD, [{"categoryId": "2"}]),
    ):
        assert program.fault(method, *params) == 403
    with newsroom.view() as view:
        kept = view.lookup.post(int(revision))
    assert kept is not None
    assert (kept.status, kept.content, kept.terms) == ("inherit", "As it is", ())


@pytest.mark.parametrize("login", ["administrator", "contributor"])
@pytest.mark.parametrize("status", ["inherit", "auto-draft", "trash"])
def test_no_new_post_gets_a_status_of_the_newsrooms_own(
    program: Program, newsroom: Newsroom, login: str, status: str
) -> None:
    given = {"post_title": "x", "post_content": "y", "post_status": status}
    assert program.fault("wp.newPost", 1, login, PASSWORD, given) == 401
    assert posts_in(newsroom) == 0


def test_a_post_goes_into_the_trash_by_who_may_delete_it(rooms: Rooms) -> None:
    granted = dict.fromkeys(("read", "edit_posts"), True)
    roles = {"user_roles": {"editor": {"name": "Editor", "capabilities": {**granted, "delete_posts": True}},
                            "author": {"name": "Author", "capabilities": granted}}}  # fmt: skip
    newsroom = rooms(options=roles)
    program = Program(Desk(newsroom))
    for login, answer in (("author", 401), ("editor", True)):
        number = program.call("wp.newPost", 1, login, PASSWORD, {"post_title": "x", "post_content": "y"})
        for status in ("inherit", "auto-draft"):
            assert program.fault("wp.editPost", 1, login, PASSWORD, number, {"post_status": status}) == 401
        assert program.together(("wp.editPost", 1, login, PASSWORD, number, {"post_status": "trash"})) == [answer]
        assert status_of(newsroom, number) == ("draft" if answer == 401 else "trash")


def test_the_status_of_a_file_may_be_sent_back(program: Program) -> None:
    file = {"name": "words.txt", "type": "text/plain", "bits": Binary(b"Some words.")}
    number = program.call("wp.uploadFile", 1, "author", PASSWORD, file)["id"]
    given = {"post_title": "Other words", "post_status": "inherit"}
    assert program.call("wp.editPost", 1, "author", PASSWORD, number, given) is True
    shown = program.call("wp.getPost", 1, "author", PASSWORD, number)
    assert (shown["post_title"], shown["post_status"]) == ("Other words", "inherit")


@pytest.mark.usefixtures("discussed")
def test_pingbacks_are_of_posts_that_everybody_may_read(program: Program) -> None:
    home = "https://news.example.com"
    assert program.call("pingback.extensions.getPingbacks", f"{home}/?p={OPEN}") == []
    for number in (PRIVATE, DRAFT, PROTECTED, MINE, 99):
        assert program.fault("pingback.extensions.getPingbacks", f"{home}/?p={number}") == 0
        assert program.fault("pingback.ping", "https://elsewhere.example/", f"{home}/?p={number}") == 0
