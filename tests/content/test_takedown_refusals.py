"""What cannot be taken down, and who may not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.content.conftest import Rooms
from tests.content.desk import HOME, ROLES
from tests.content.test_takedowns import take_down, write
from wirepress.content import options
from wirepress.content.identity.viewer import ANONYMOUS, NEWSROOM, viewer_of
from wirepress.content.newsroom import Newsroom
from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.takedowns import reading
from wirepress.model.errors import Conflict, Forbidden, Invalid, NotFound
from wirepress.model.takedown import Order, TakedownQuery
from wirepress.store import posts, users
from wirepress.syndicate import takedowns


@pytest.mark.parametrize(
    ("target", "kind", "code"),
    [
        ("", Invalid, "invalid_target"),
        ("x" * 3000, Invalid, "invalid_target"),
        ("a\0b", Invalid, "invalid_target"),
        ("999999", NotFound, "invalid_post"),
        ("9" * 40, NotFound, "invalid_post"),
        ("no-such-slug", NotFound, "invalid_post"),
        ("javascript://alert(1)", Invalid, "invalid_url"),
        ("http://", Invalid, "invalid_url"),
        ("http://[::1/x", Invalid, "invalid_url"),
        (f"{HOME}/index.php/2025/01/01/nothing/", NotFound, "invalid_post"),
        (f"{HOME}/", NotFound, "invalid_post"),
        ("/index.php/nothing", NotFound, "invalid_post"),
    ],
)
def test_what_names_nothing_is_refused(newsroom: Newsroom, target: str, kind: type[Exception], code: str) -> None:
    with pytest.raises(kind) as refused:
        take_down(newsroom, target)
    assert refused.value.code == code  # type: ignore[attr-defined] # each is an error of ours


def test_what_cannot_be_taken_down(newsroom: Newsroom) -> None:
    post = write(newsroom, "Harbour")
    with newsroom.write() as view:
        publishing.update(view, NEWSROOM, post.id, Changes(content="Other"))
        [revision, *_] = posts.children(view.unit, post.id, ("revision",))
    with pytest.raises(Invalid):
        take_down(newsroom, revision)
    write(newsroom, "Harbour", "page")
    with pytest.raises(Conflict, match="Several"):
        take_down(newsroom, "harbour")
    for given, code in (
        ({"reason": " \n\x1b "}, "missing_reason"),
        ({"reason": "x" * 501}, "invalid_reason"),
        ({"notice": "x" * 1001}, "invalid_notice"),
    ):
        with pytest.raises(Invalid) as refused:
            take_down(newsroom, post.id, **given)
        assert refused.value.code == code
    made = take_down(newsroom, post.id, reason=" one\n two\u202e\x1b[31m ", notice="a\tb")
    assert (made.reason, made.notice) == ("one two [31m", "a b")
    with newsroom.write() as view, pytest.raises(Invalid):
        takedowns.lift(view, NEWSROOM, made.id, "")
    with newsroom.write() as view, pytest.raises(NotFound):
        takedowns.lift(view, NEWSROOM, 2**70, "x")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_by_the_table_of_roles(rooms: Rooms, role: str) -> None:
    newsroom = rooms()
    post = write(newsroom, "Harbour")

    def viewer() -> Any:
        with newsroom.view() as view:
            return viewer_of(view.site, users.by_login(view.unit, role))

    with newsroom.view() as view:
        assert reading.may(view, viewer()) == (role in ("administrator", "editor"))
        if role == "author":
            with pytest.raises(Forbidden):
                takedowns.prepare(view, viewer(), Order(str(post.id), "x"))
            for somebody in (viewer(), ANONYMOUS):
                with pytest.raises(Forbidden):
                    reading.browse(view, somebody, TakedownQuery())
    table = {role: {"name": role, "capabilities": {"read": True, "take_down_posts": role == "author"}}}
    with newsroom.write() as view:
        options.set(view.unit, "user_roles", table)
    with newsroom.view() as view:
        assert reading.may(view, viewer()) == (role == "author")
