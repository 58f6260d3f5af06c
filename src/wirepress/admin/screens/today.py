"""`/wp-admin/`: what waits today, and what was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Literal

from wirepress.admin import moments, pages
from wirepress.admin.plain import plain
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.comments import reading as comments
from wirepress.content.languages import texts
from wirepress.content.people.users import display_name
from wirepress.content.posts import reading
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, Order, PostQuery
from wirepress.model.web import Response

SHOWN = 6
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """Posts of a status, and by which date they stand."""

    title: str
    status: str
    orderby: Literal["date", "modified"]
    order: Order = "desc"


WAITING = (
    Waiting("Waiting for review", "pending", "modified"),
    Waiting("Scheduled", "future", "date", "asc"),
    Waiting("Drafts", "draft", "modified"),
    Waiting("Published", "publish", "date"),
)
TITLES = texts(*(waiting.title for waiting in WAITING))


def show(visit: Visit) -> Response:
    cards: list[Mapping[str, Any]] = []
    if visit.may("edit_posts"):
        cards += _posts(visit)
    if visit.may("moderate_comments"):
        cards.append(_comments(visit))
    return pages.page(visit, "today.html", visit.say("Today"), cards=cards)


def _posts(visit: Visit) -> list[Mapping[str, Any]]:
    """The newest posts of each status, of what is scheduled those that come next; all are loaded at once."""
    authors = () if visit.may("edit_others_posts") else (visit.viewer.id,)
    found = {
        waiting: reading.browse(visit.view, visit.viewer, PostQuery(
            statuses=(waiting.status,), authors=authors, per_page=SHOWN, orderby=waiting.orderby, order=waiting.order,
        ))
        for waiting in WAITING
    }  # fmt: skip
    ids = [post_id for one in found.values() for post_id in one.ids]
    posts = {post.id: post for post in reading.items(visit.view, visit.viewer, ids)}
    visit.view.lookup.prefetch_users(post.author for post in posts.values())
    return [
        {
            "title": visit.say(waiting.title),
            "href": visit.address("edit.php", post_status=waiting.status),
            "total": one.total,
            "posts": [_row(visit, posts[post_id], waiting.orderby) for post_id in one.ids if post_id in posts],
        }
        for waiting, one in found.items()
    ]


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
