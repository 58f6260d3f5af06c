"""`edit-comments.php`: comments to moderate, as WordPress's WP_Comments_List_Table lists them.

Who may not edit other people's posts sees what was said under their own, and what they said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.admin import lists, pages
from wirepress.admin.plain import title_of
from wirepress.admin.screens.comments import rows
from wirepress.admin.visit import Visit
from wirepress.admin.waiting import comments_within_reach
from wirepress.content.comments import reading
from wirepress.model.query import CommentQuery
from wirepress.model.web import Response

PATH = "edit-comments.php"
STATES: Mapping[str, tuple[str, ...]] = {
    "all": ("0", "1"),
    "mine": ("0", "1"),
    "moderated": ("0",),
    "approved": ("1",),
    "spam": ("spam",),
    "trash": ("trash",),
}
"""The tabs by WordPress's names (`comment_status`), with the states that they hold."""
TYPES: Mapping[str, tuple[str, ...]] = {"comment": ("comment", ""), "pings": ("pingback", "trackback")}
UNDONE = {
    "approved": "unapprove",
    "unapproved": "approve",
    "spammed": "unspam",
    "unspammed": "spam",
    "trashed": "untrash",
    "untrashed": "trash",
}
"""What takes back what was done, by the variable that says so."""
MOST_IDS = 2000
"""How long the list of those that can be taken back may be in an address."""
BULK = {
    "approve": "Approve",
    "unapprove": "Unapprove",
    "spam": "Mark as spam",
    "unspam": "Not spam",
    "trash": "Move to the trash",
    "untrash": "Restore",
    "delete": "Delete for good",
}
_BULK_IN = {
    "moderated": ("approve", "spam", "trash"),
    "approved": ("unapprove", "spam", "trash"),
    "spam": ("unspam", "delete"),
    "trash": ("spam", "untrash", "delete"),
}


def state_of(visit: Visit) -> str:
    return visit.asked.choice("comment_status", tuple(STATES), "all")


def query_of(visit: Visit) -> CommentQuery:
    """What the address asks for."""
    reach, state = comments_within_reach(visit), state_of(visit)
    post = visit.asked.number("p")
    column, way = lists.sorted_by(visit, {"date": "desc", "post": "asc"}, "date")
    kind = visit.asked.choice("comment_type", tuple(TYPES))
    return CommentQuery(
        page=lists.page_of(visit),
        per_page=lists.size_of(visit, "edit_comments_per_page"),
        orderby="post" if column == "post" else "date_gmt",
        order="asc" if way == "asc" else "desc",
        search=visit.asked.text("s").strip(),
        authors=(visit.viewer.id,) if state == "mine" else (),
        posts=(post,) if post else (),
        approved=STATES[state],
        types=TYPES.get(kind, ()),
        types_not=reach.types_not,
        concerning=reach.concerning,
    )


def show(visit: Visit) -> Response:
    return listed(visit)


def listed(visit: Visit, refused: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """The list; `refused` is a reply that could not be taken: its text and why."""
    query = query_of(visit)
    found = reading.browse(visit.view, query)
    paging = lists.paging(visit, found.total, query.per_page)
    if not found.ids and paging.number > paging.pages and visit.request.method == "GET":
        return pages.towards(visit, PATH, **{**visit.asked.pairs, "paged": paging.pages})
    answered = visit.asked.number("reply")
    shown = rows.rows_of(visit, found.ids, answered, refused)
    return pages.page(
        visit,
        "comments.html",
        visit.say("Comments"),
        status=status,
        rows=shown,
        reply=refused if refused is not None or any(row["reply"] is not None for row in shown) else None,
        answered=answered,
        paging=paging,
        tabs=_tabs(visit),
        state=state_of(visit),
        bulk=_bulk(visit),
        sorts=lists.sorts(visit, {"date": "desc", "post": "asc"}, "date"),
        types=[("", visit.say("All types")), ("comment", visit.say("Comments")), ("pings", visit.say("Pingbacks"))],
        about=_about(visit),
        here=here(visit),
        reply_address=lists.here(visit, reply=answered, paged=visit.asked.text("paged")),
        undo=_undo(visit),
    )


def here(visit: Visit) -> str:
    """The address of the list as it stands."""
    return lists.here(visit, paged=visit.asked.text("paged"))


def _bulk(visit: Visit) -> list[tuple[str, str]]:
    names = _BULK_IN.get(state_of(visit), ("approve", "unapprove", "spam", "trash"))
    return [(name, visit.say(BULK[name])) for name in names]


def _tabs(visit: Visit) -> list[tuple[str, int | None, str, bool]]:
    reach, post = comments_within_reach(visit), visit.asked.number("p")
    if post:
        reach = query_of(visit)
        reach = CommentQuery(types=(), types_not=("note",), posts=(post,), concerning=reach.concerning)
    counts = reading.counts(visit.view, reach, visit.viewer.id)

    def number(states: Sequence[str], at: int = 0) -> int:
        return sum(counts.get(state, (0, 0))[at] for state in states)

    labels = {
        "all": visit.say("All"),
        "mine": visit.say("Mine"),
        "moderated": visit.say("Pending"),
        "approved": visit.say("Approved"),
        "spam": visit.say("Spam"),
        "trash": visit.say("Trash"),
    }
    now = state_of(visit)
    # All of them, whether they hold any or not (get_views).
    return [
        (label, number(STATES[name], int(name == "mine")), _tab_address(visit, name), name == now)
        for name, label in labels.items()
    ]


def _tab_address(visit: Visit, name: str) -> str:
    return visit.address(PATH, comment_status="" if name == "all" else name, p=visit.asked.number("p"))


def _about(visit: Visit) -> Mapping[str, Any] | None:
    """The article whose comments are asked for."""
    number = visit.asked.number("p")
    if not number:
        return None
    post = visit.view.lookup.post(number)
    if post is None or not rows.may_see(visit, post):
        return {"title": visit.say("an article that is not there"), "href": "", "site": ""}
    editable = visit.may("edit_post", post)
    return {
        "title": title_of(post.title) or visit.say("(no title)"),
        "href": visit.address(f"post.php?post={post.id}&action=edit") if editable else "",
        "site": visit.view.lookup.permalink(post),
    }


def _undo(visit: Visit) -> Mapping[str, Any] | None:
    """How to take back what has just been done."""
    given = visit.asked.text("ids")[:MOST_IDS].split(",")
    ids = [int(part) for part in given if part.isascii() and part.isdigit()]
    done = next((name for name in UNDONE if name in visit.asked), "")
    if not ids or not done:
        return None
    return {"action": UNDONE[done], "ids": ids}
