"""The rows of the list of comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.admin import lists, moments
from wirepress.admin.plain import begun, plain, title_of
from wirepress.admin.visit import Visit
from wirepress.content.comments import reading
from wirepress.content.identity.permissions import may
from wirepress.content.posts.reading import unlocked
from wirepress.model.comment import Comment
from wirepress.model.post import Post
from wirepress.url.parse import web_url

SHORT_ADDRESS = 60


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a row.  `confirm`: what is asked before."""

    name: str
    label: str
    hotkey: str = ""
    danger: bool = False
    confirm: str = ""


def rows_of(
    visit: Visit, ids: Sequence[int], answered: int = 0, refused: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The rows of these comments; the one that is `answered` has a form below it."""
    loaded = reading.several(visit.view, ids)
    found = [loaded[number] for number in ids if number in loaded]
    view = visit.view
    view.lookup.prefetch_posts(comment.post for comment in found)
    posts = {number: post for number in {c.post for c in found} if (post := view.lookup.post(number)) is not None}
    view.lookup.prefetch(list(posts.values()))
    found = [comment for comment in found if comment.post not in posts or may_see(visit, posts[comment.post])]
    parents = reading.several(view, [comment.parent for comment in found if comment.parent])
    waiting = reading.waiting(view, list(posts))
    made = []
    for comment in found:
        post = posts.get(comment.post)
        row = row_of(visit, comment, post)
        row["post"] = _post(visit, post, waiting) if post else None
        row["parent"] = _parent(visit, parents.get(comment.parent), post)
        row["reply"] = None
        if comment.id == answered and row["answers"]:
            row["reply"] = refused or {"text": "", "error": ""}
        made.append(row)
    return made


def may_see(visit: Visit, post: Post) -> bool:
    """Whether the comments of an article are shown (WP_Comments_List_Table::single_row)."""
    return visit.may("edit_post", post) or (unlocked(post, None) and visit.may("read_post", post))


def row_of(visit: Visit, comment: Comment, post: Post | None) -> dict[str, Any]:
    """What is shown of a comment; addresses of its author only to those who may edit it."""
    editable = visit.may("edit_comment", comment)
    text = plain(comment.content)
    site = visit.view.lookup.comment_link(comment, visit.viewer.id) if post else ""
    return {
        "id": comment.id,
        "editable": editable,
        "author": comment.author_name or visit.say("Anonymous"),
        "author_href": _search(visit, comment.author_name),
        "marks": _marks(visit, comment) if editable else [],
        "user": bool(comment.user),
        "text": text or visit.say("(no text)"),
        "start": begun(text),
        "type": "" if comment.type in ("comment", "") else comment.type,
        "state": comment.approved,
        "when": moments.ago(visit, comment.date_gmt),
        "full": moments.full(visit, comment.date_gmt),
        "iso": moments.iso(visit, comment.date_gmt),
        "site": site if comment.approved == "1" else "",
        "actions": actions(visit, comment) if editable else [],
        "answers": editable and comment.approved in ("0", "1") and may_be_answered(post),
        "edit": visit.address("comment.php", action="editcomment", c=comment.id) if editable else "",
        "reply_href": lists.here(visit, reply=comment.id, paged=visit.asked.text("paged")) + "#reply",
    }


def may_be_answered(post: Post | None) -> bool:
    """Whether an article is far enough for answers (wp_ajax_replyto_comment)."""
    return post is not None and post.status not in ("draft", "pending", "trash", "auto-draft")


def actions(visit: Visit, comment: Comment) -> list[Action]:
    """What can be done with a comment in its state, in WordPress's order."""
    say = visit.say
    forever = say("This comment will be gone for good. Delete it?")
    delete = Action("delete", say("Delete for good"), "d", danger=True, confirm=forever)
    spam = Action("spam", say("Spam"), "s", danger=True)
    if comment.approved == "spam":
        return [Action("unspam", say("Not spam"), "u"), delete]
    if comment.approved == "trash":
        return [spam, Action("untrash", say("Restore"), "u"), delete]
    first = Action("unapprove", say("Unapprove"), "u") if comment.approved == "1" else Action(
        "approve", say("Approve"), "a"
    )  # fmt: skip
    return [first, spam, Action("trash", say("Trash"), "d", danger=True)]


def _marks(visit: Visit, comment: Comment) -> list[tuple[str, str, str]]:
    """What tells an author from others: what it is, the text, and the search for more of it."""
    found = []
    if comment.author_email:
        found.append((visit.say("E-mail"), comment.author_email, _search(visit, comment.author_email)))
    if comment.author_url:
        found.append((visit.say("Site"), _short(comment.author_url), _search(visit, comment.author_url)))
    if comment.author_ip:
        found.append((visit.say("IP address"), comment.author_ip, _search(visit, comment.author_ip)))
    return found


def _short(url: str) -> str:
    """An address without what does not tell it from others."""
    found = web_url(url)
    text = f"{found.host_as_read}{found.path.rstrip('/')}" if found is not None else url
    if len(text) > SHORT_ADDRESS:
        return text[:SHORT_ADDRESS] + "…"
    return text


def _search(visit: Visit, words: str) -> str:
    return visit.address("edit-comments.php", s=words, comment_status=visit.asked.text("comment_status"))


def _post(visit: Visit, post: Post, waiting: Mapping[int, int]) -> dict[str, Any]:
    address = visit.address("edit-comments.php", p=post.id)
    number, waits = post.comment_count, waiting.get(post.id, 0)
    return {
        "title": title_of(post.title) or visit.say("(no title)"),
        "edit": visit.address(f"post.php?post={post.id}&action=edit") if visit.may("edit_post", post) else "",
        "site": visit.view.lookup.permalink(post) if may(visit.view, visit.viewer, "read_post", post) else "",
        "all": address,
        "count": visit.language.count("%(count)s comment", "%(count)s comments", number),
        "waiting": visit.language.count("%(count)s pending", "%(count)s pending", waits) if waits else "",
        "waiting_href": f"{address}&comment_status=moderated",
    }


def _parent(visit: Visit, parent: Comment | None, post: Post | None) -> dict[str, str] | None:
    if parent is None:
        return None
    shown = parent.approved == "1" and post is not None
    return {
        "author": parent.author_name or visit.say("Anonymous"),
        "site": visit.view.lookup.comment_link(parent, visit.viewer.id) if shown and post else "",
    }
