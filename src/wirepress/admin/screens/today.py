"""`/wp-admin/`: what waits today, and what was published."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from wirepress.admin import moments, pages
from wirepress.admin.plain import plain
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.comments import reading as comments
from wirepress.content.people.users import display_name
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, PostQuery
from wirepress.model.web import Response

SHOWN = 6
LONGEST = 120


def show(visit: Visit) -> Response:
    cards = []
    if visit.may("edit_posts"):
        mine = () if visit.may("edit_others_posts") else (visit.viewer.id,)
        cards = [
            _card(visit, visit.say("Waiting for review"), "pending", "modified", mine),
            _card(visit, visit.say("Scheduled"), "future", "date", mine),
            _card(visit, visit.say("Drafts"), "draft", "modified", mine),
            _card(visit, visit.say("Published"), "publish", "date", mine),
        ]
    if visit.may("moderate_comments"):
        cards.append(_comments(visit))
    return pages.page(visit, "today.html", visit.say("Today"), cards=[card for card in cards if card])


def _comments(visit: Visit) -> Mapping[str, Any]:
    """The newest comments that wait for a decision."""
    query = CommentQuery(approved=("0",), types=(), types_not=("note",), per_page=SHOWN)
    found = comments.browse(visit.view, query)
    waiting = comments.items(visit.view, visit.viewer, found.ids)
    rows = [
        {
            "title": shorten(plain(comment.content), LONGEST, placeholder=" …") or visit.say("(no text)"),
            "href": visit.address(f"comment.php?action=editcomment&c={comment.id}"),
            "when": moments.ago(visit, comment.date_gmt),
            "author": comment.author_name,
        }
        for comment in waiting
    ]
    href = visit.address("edit-comments.php", comment_status="moderated")
    return {"title": visit.say("Comments waiting"), "href": href, "total": found.total, "posts": rows}


def _card(visit: Visit, title: str, status: str, orderby: str, authors: tuple[int, ...]) -> Mapping[str, Any]:
    """The newest posts of a status; of what is scheduled, those that come next."""
    order = "asc" if status == "future" else "desc"
    query = PostQuery(
        statuses=(status,), authors=authors, per_page=SHOWN, orderby=orderby, order="asc" if order == "asc" else "desc"
    )
    found = reading.browse(visit.view, visit.viewer, query)
    posts = reading.items(visit.view, visit.viewer, found.ids)
    visit.view.lookup.prefetch_users(post.author for post in posts)
    return {
        "title": title,
        "href": visit.address("edit.php", post_status=status),
        "total": found.total,
        "posts": [_row(visit, post, orderby) for post in posts],
    }


def _row(visit: Visit, post: Post, orderby: str) -> Mapping[str, Any]:
    author = visit.view.lookup.user(post.author)
    stamp = post.date_gmt if orderby == "date" else post.modified_gmt
    editable = visit.may("edit_post", post)
    return {
        "title": title_of(visit, post.title),
        "href": visit.address(f"post.php?post={post.id}&action=edit") if editable else "",
        "when": moments.ago(visit, stamp),
        "author": display_name(author) if author else "",
    }


def _menus(_: Visit) -> Mapping[str, Menu]:
    return {"": Menu("Today", "", 0)}


SCREENS = (Screen(path="index.php", show=show, may=needs("read"), menus=_menus),)
