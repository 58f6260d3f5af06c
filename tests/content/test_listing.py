from __future__ import annotations

from dataclasses import replace

from tests.content.desk import article
from tests.store import many
from wirepress.content.identity.viewer import NEWSROOM, Viewer, viewer_of
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.people import users
from wirepress.content.posts import listing, locks, publishing, trash
from wirepress.content.posts.changes import Changes
from wirepress.model.query import PostQuery
from wirepress.store import bulk


def plant(newsroom: Newsroom) -> None:
    with newsroom.database.write() as unit:
        many.posts(
            unit,
            [
                article(11, "open", author=3),
                article(12, "draft", "draft", author=4),
                article(13, "own", "private", author=3),
                article(14, "secret", "private", author=2),
                article(15, "gone", "trash", author=3),
                article(21, "top", type="page", menu_order=2, title="Top"),
                article(22, "below", type="page", parent=21, title="Below"),
                article(23, "lone", type="page", parent=99, title="Lone"),
                article(24, "loop", type="page", parent=25, title="Loop"),
                article(25, "pool", type="page", parent=24, title="Pool"),
            ],
        )
        bulk.settle(unit)


def viewer(view: View, number: int) -> Viewer:
    return viewer_of(view.site, users.get(view, number))


def test_private_posts_of_others_are_found_by_who_may_read_them(newsroom: Newsroom) -> None:
    plant(newsroom)
    with newsroom.view() as view:
        query = PostQuery(statuses=listing.statuses(view), orderby="id", order="asc")
        assert query.statuses == ("publish", "future", "draft", "pending", "private")
        assert listing.browse(view, viewer(view, 2), query).ids == (11, 12, 13, 14)
        assert listing.browse(view, viewer(view, 3), query).ids == (11, 12, 13)
        private = replace(query, statuses=("private",))
        assert listing.browse(view, viewer(view, 4), private).ids == ()


def test_counts_say_what_is_found(newsroom: Newsroom) -> None:
    plant(newsroom)
    with newsroom.view() as view:
        assert listing.counts(view, viewer(view, 2), "post") == (
            {"publish": 1, "draft": 1, "private": 2, "trash": 1},
            {"private": 1},
        )
        numbers, own = listing.counts(view, viewer(view, 3), "post")
        assert (numbers["private"], own) == (1, {"publish": 1, "private": 1, "trash": 1})


def test_an_outline_holds_each_page_once(newsroom: Newsroom) -> None:
    plant(newsroom)
    with newsroom.view() as view:
        found = listing.outline(view, NEWSROOM, PostQuery(types=("page",)))
        assert [(branch.id, branch.depth) for branch in found] == [(23, 0), (21, 0), (22, 1), (24, 0), (25, 1)]


def test_items_are_not_rendered(newsroom: Newsroom) -> None:
    plant(newsroom)
    with newsroom.view() as view:
        assert [post.id for post in listing.items(view, (12, 99, 11))] == [12, 11]
        assert listing.items(view, (11,))[0].rendering is None


def test_who_may_write_is_a_holder(newsroom: Newsroom) -> None:
    with newsroom.view() as view:
        holders, others = users.holding(view, "edit_posts", (5, 3))
        assert [user.login for user in holders] == ["administrator", "author", "contributor", "editor"]
        assert [user.login for user in others] == ["subscriber"]


def test_who_has_a_post_open(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        seconds = int(view.now().timestamp())
        post = publishing.create(view, NEWSROOM, "post", Changes(title="T", meta={"_edit_lock": [f"{seconds}:2"]}))
        assert locks.holder(view, viewer(view, 3), post) == 2
        assert locks.holder(view, viewer(view, 2), post) == 0
        old = replace(post, meta={"_edit_lock": [f"{seconds - 200}:2"]})
        assert locks.holder(view, viewer(view, 3), old) == 0


def test_a_post_may_come_back_from_the_trash_as_it_was(newsroom: Newsroom) -> None:
    with newsroom.write() as view:
        post = publishing.create(view, NEWSROOM, "post", Changes(title="Back", status="publish"))
        trash.trash(view, NEWSROOM, post.id)
        back = trash.restore(view, NEWSROOM, post.id, as_it_was=True)
        assert (back.status, back.slug, back.date) == ("publish", "back", post.date)
        assert "_wp_trash_meta_status" not in back.meta
        trash.trash(view, NEWSROOM, post.id)
        assert trash.restore(view, NEWSROOM, post.id).status == "draft"
