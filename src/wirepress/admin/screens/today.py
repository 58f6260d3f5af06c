"""`/wp-admin/`: what waits today, and what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any, Literal

from wirepress.admin import moments, pages
from wirepress.admin.plain import plain
from wirepress.admin.screens.post_rows import title_of
from wirepress.admin.screens.sources import words
from wirepress.admin.visit import Menu, Screen, Visit, needs
from wirepress.content.comments import reading as comments
from wirepress.content.identity.permissions import readable
from wirepress.content.languages import texts
from wirepress.content.people.users import display_name
from wirepress.content.posts import listing
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery, Found, Order, PostQuery
from wirepress.model.web import Response
from wirepress.syndicate import sources

SHOWN = 6
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Waiting:
    """Posts of a status, and by which date they stand."""

    title: str
    status: str
    orderby: Literal["date", "modified"]
    order: Order = "desc"
    changed: bool = False
    """Only those whose originals offer a change, of any status; the card is left out where there are none."""


WAITING = (
    Waiting("Waiting for review", "pending", "modified"),
    Waiting("Originals that have changed", "", "modified", changed=True),
    Waiting("Scheduled", "future", "date", "asc"),
    Waiting("Drafts", "draft", "modified"),
    Waiting("Published", "publish", "date"),
)
TITLES = texts(*(waiting.title for waiting in WAITING))


def show(visit: Visit) -> Response:
    """The cards.  What they show of posts and comments is loaded at once: the page takes nine statements."""
    posts = _found(visit) if visit.may("edit_posts") else {}
    waiting = _waiting(visit) if visit.may("moderate_comments") else None
    ids = [post_id for one in posts.values() for post_id in one.ids]
    visit.view.lookup.prefetch_posts([*ids, *(comment.post for comment in (waiting.comments if waiting else ()))])
    cards = _posts(visit, posts)
    if waiting:
        cards.append(_comments(visit, waiting))
    if sources.may(visit.view, visit.viewer, "look"):
        cards.append(_sources(visit))
    return pages.page(visit, "today.html", visit.say("Today"), cards=cards)


def _found(visit: Visit) -> dict[Waiting, Found]:
    """The newest posts of each status, of what is scheduled those that come next."""
    authors = () if visit.may("edit_others_posts") else (visit.viewer.id,)
    queries = [
        PostQuery(
            statuses=(waiting.status,) if waiting.status else listing.statuses(visit.view), authors=authors,
            per_page=SHOWN, orderby=waiting.orderby, order=waiting.order, original_changed=waiting.changed,
        )
        for waiting in WAITING
    ]  # fmt: skip
    return dict(zip(WAITING, listing.browse_each(visit.view, visit.viewer, queries), strict=True))


def _posts(visit: Visit, found: Mapping[Waiting, Found]) -> list[Mapping[str, Any]]:
    """A card of each status."""
    lookup = visit.view.lookup
    loaded = [lookup.post(post_id) for one in found.values() for post_id in one.ids]
    posts = {post.id: post for post in loaded if post is not None and readable(visit.view, visit.viewer, post)}
    lookup.prefetch_users(post.author for post in posts.values())
    return [
        {
            "title": visit.say(waiting.title),
            "href": visit.address("edit.php", post_status=waiting.status, changed=int(waiting.changed)),
            "total": one.total,
            "rows": [_row(visit, posts[post_id], waiting.orderby) for post_id in one.ids if post_id in posts],
        }
        for waiting, one in found.items()
        if one.total or not waiting.changed
    ]


@dataclass(frozen=True, slots=True)
class Comments:
    """The newest comments that wait for a decision, and how many there are."""

    comments: Sequence[Comment]
    total: int


def _waiting(visit: Visit) -> Comments:
    query = CommentQuery(approved=("0",), types=(), types_not=("note",), per_page=SHOWN)
    found = comments.browse(visit.view, query)
    loaded = comments.several(visit.view, found.ids)
    return Comments([loaded[i] for i in found.ids if i in loaded], found.total)


def _comments(visit: Visit, waiting: Comments) -> Mapping[str, Any]:
    rows = [
        {
            "title": shorten(plain(comment.content), LONGEST, placeholder=" …") or visit.say("(no text)"),
            "href": visit.address(f"comment.php?action=editcomment&c={comment.id}"),
            "when": moments.ago(visit, comment.date_gmt),
            "about": comment.author_name,
        }
        for comment in waiting.comments
        if comments.readable(visit.view, visit.viewer, comment)
    ]
    href = visit.address("edit-comments.php", comment_status="moderated")
    return {"title": visit.say("Comments waiting"), "href": href, "total": waiting.total, "rows": rows}


def _sources(visit: Visit) -> Mapping[str, Any]:
    """The sources that bring nothing because something is wrong, and what that is."""
    failing = sources.failing(visit.view)
    rows = [_source(visit, one) for one in failing[:SHOWN]]
    href = visit.address("admin.php?page=sources", health="failing")
    return {"title": visit.say("Sources that fail"), "href": href, "total": len(failing), "rows": rows}


def _source(visit: Visit, one: sources.Overview) -> Mapping[str, Any]:
    said = visit.say("Gone for good")
    if one.health == "failing":
        times = one.standing.attempts
        said = visit.language.count("Failed once", "Failed %(count)s times in a row", times)
    return {
        "title": sources.name_of(one.source),
        "href": visit.address("admin.php?page=sources", source=one.source.id),
        "when": said,
        "about": words.health(visit, one)["error"],
    }


def _row(visit: Visit, post: Post, orderby: str) -> Mapping[str, Any]:
    author = visit.view.lookup.user(post.author)
    stamp = post.date_gmt if orderby == "date" else post.modified_gmt
    editable = visit.may("edit_post", post)
    return {
        "title": title_of(visit, post.title),
        "href": visit.address(f"post.php?post={post.id}&action=edit") if editable else "",
        "when": moments.ago(visit, stamp),
        "about": display_name(author) if author else "",
    }


def _menus(_: Visit) -> Mapping[str, Menu]:
    return {"": Menu("Today", "", 0)}


SCREENS = (Screen(path="index.php", show=show, may=needs("read"), menus=_menus),)
