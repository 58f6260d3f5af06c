"""What the content of one post may show of others, and what lists cost where comments are cut into pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.desk import make_newsroom
from tests.wp.writer import Writer
from wirepress.content import options
from wirepress.content.comments import writing
from wirepress.content.comments.writing import CommentChanges
from wirepress.content.identity.viewer import NEWSROOM, viewer_of
from wirepress.content.people import users
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes

LOOP = (
    '<!-- wp:query {"query":{"perPage":9}} --><!-- wp:post-template --><!-- wp:post-content /-->'
    "<!-- /wp:post-template --><!-- /wp:query -->"
)
SEARCH = '<!-- wp:search {"style":{"border":{"color":"x(y);padding:1px","width":"\\\\;margin:1px"}}} /-->'


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(make_newsroom(tmp_path))


@pytest.mark.parametrize(
    "block",
    [
        '<!-- wp:latest-posts {"displayPostContent":true} /-->',
        '<!-- wp:latest-posts {"displayPostContent":true,"displayPostContentRadio":"full_post"} /-->',
        LOOP,
    ],
)
def test_a_draft_shows_no_protected_post_of_others(writer: Writer, block: str) -> None:
    secret = {"title": "S", "content": "<p>TOPSECRET</p>", "status": "publish", "password": "p"}
    assert writer.ask("editor", "POST", "/posts", secret).status == 201
    for role, shown in (("contributor", False), ("author", False), ("editor", True)):
        own = writer.ask(role, "POST", "/posts", {"title": "Own", "content": block}).value["id"]
        found = writer.ask(role, "GET", f"/posts/{own}", query="context=edit")
        assert found.status == 200
        assert ("TOPSECRET" in found.value["content"]["rendered"]) is shown, role


def test_a_value_that_smuggles_a_declaration_is_shown_without_it(writer: Writer) -> None:
    made = writer.ask("author", "POST", "/posts", {"title": "S", "content": SEARCH, "status": "publish"})
    assert made.status == 201
    assert "wp-block-search" in made.value["content"]["rendered"]
    assert writer.ask("", "GET", "/posts").status == 200


def test_links_of_a_list_of_comments_cost_few_statements(writer: Writer) -> None:
    newsroom = writer.newsroom
    with newsroom.write() as view:
        for name, value in (("page_comments", "1"), ("thread_comments", "1"), ("comments_per_page", "1")):
            options.set(view.unit, name, value)
        post = publishing.create(view, NEWSROOM, "post", Changes(title="P", content="x", status="publish")).id
        above = 0
        for number in range(60):
            given = CommentChanges(
                post=post, parent=above, content=f"c{number}", user=1, author_name="A", author_email="a@b.example"
            )
            above = writing.create(view, NEWSROOM, given, status="approve").id
    before = newsroom.database.statements
    found = writer.ask("", "GET", "/comments", query="per_page=60")
    assert len(found.value) == 60
    assert all("comment-page-" in one["link"] or "cpage" in one["link"] for one in found.value)
    assert newsroom.database.statements - before < 90


def test_numbers_of_options_that_are_none_are_no_error(writer: Writer) -> None:
    with writer.newsroom.write() as view:
        for name, value in (("page_comments", "1"), ("comments_per_page", "ten"), ("thread_comments_depth", "deep")):
            options.set(view.unit, name, value)
        post = publishing.create(view, NEWSROOM, "post", Changes(title="P", content="x", status="publish")).id
    assert writer.ask("editor", "POST", "/comments", {"post": post, "content": "x"}).status == 201
    assert writer.ask("", "GET", "/comments").status == 200


def test_who_only_sorts_a_post_filters_none_of_its_markup(writer: Writer) -> None:
    frame = '<iframe src="https://x.example/"></iframe>'
    with writer.newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="P", content=frame, author=3)).id
        author = viewer_of(view.site, users.get(view, 3))
        kept = publishing.update(view, author, post, Changes(terms={"category": (2,)}, texts_stand=True))
        assert kept.content == frame
        assert publishing.update(view, author, post, Changes(title="Q")).content == ""
