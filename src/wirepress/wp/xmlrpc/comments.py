"""Comments: read, said, changed, put away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from wirepress.content.comments import reading, writing
from wirepress.content.comments.writing import CommentChanges, open_for_comments
from wirepress.content.posts.cleaning import LONG
from wirepress.content.rendering import ONE_AT_A_TIME
from wirepress.model.comment import Comment
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.model.query import CommentQuery
from wirepress.render.comments import comment_text
from wirepress.render.titles import full_title
from wirepress.render.typography import signs_for
from wirepress.wp.values import is_address
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call, in_batches
from wirepress.wp.xmlrpc.faults import Fault, forbidden, missing
from wirepress.wp.xmlrpc.values import Value, date

MOST: Final = 1_000
BATCH: Final = 10
"""Comments that are in memory at a time, with their posts, of which each may have 16 MB."""
MOST_SIFTED: Final = 5_000
"""Comments of which those of a type of post are picked out."""
NUMBER: Final = 10
_STATES: Final = {"hold": "0", "approve": "1", "spam": "spam", "trash": "trash"}
_NAMES: Final = {state: name for name, state in _STATES.items()}
_ANY: Final = ("0", "1")
NOTE: Final = "note"


def _found(call: Call, comment_id: int) -> Comment:
    comment = reading.get(call.view, comment_id) if comment_id > 0 else None
    if comment is None:
        raise missing("There is no such comment.")
    return comment


def _need_to_edit(call: Call, comment: Comment) -> None:
    call.need("edit_comment", comment, message="You may not moderate or edit this comment.", code=403)


def _may_see(call: Call, comment: Comment) -> bool:
    """Whether a comment is there for whoever calls: an approved one with its post, any for who may edit it."""
    post = call.view.lookup.post(comment.post)
    if post is not None and comment.approved == "1" and comment.type != NOTE and call.may_read(post):
        return True
    return _may_moderate(call, comment)


def _may_moderate(call: Call, comment: Comment) -> bool:
    return call.may("moderate_comments") or call.may("edit_comment", comment)


def one(call: Call) -> Value:
    """`wp.getComment`."""
    comment = _found(call, call.number(3))
    _need_to_edit(call, comment)
    return comment_value(call, comment)


def many(call: Call) -> Value:
    """`wp.getComments`: of approved ones only, where whoever calls does not moderate, and of posts that they may read:
    so many of all, of which the others are left out."""
    given = call.struct(3)
    status = values.text(given.get("status"))
    if not call.may("moderate_comments") and status != "approve":
        raise forbidden("You may see approved comments only.")
    posts: tuple[int, ...] = ()
    if post_id := abs(values.number(given.get("post_id"))):
        posts = (post_id,)
    kinds: tuple[str, ...] = ()
    if values.is_true(given.get("post_type")):
        kinds = (values.text(given["post_type"]),)
        if call.site.type(kinds[0]) is None:
            raise Fault(404, "There is no such post type.")
    size, start = (
        min(abs(values.number(given.get("number", NUMBER))) or MOST, MOST),
        abs(values.number(given.get("offset"))),
    )
    query = CommentQuery(
        per_page=size,
        offset=start,
        posts=posts,
        approved=(_STATES[status],) if status in _STATES else _ANY,
        types=(),
        types_not=(NOTE,),
    )
    chosen: Iterator[Comment]
    if kinds:
        sifted = _of_types(call, replace(query, per_page=MOST_SIFTED, offset=0), kinds)
        chosen = islice(sifted, start, start + size)
    else:
        chosen = said(call, reading.browse(call.view, query).ids)
    return (comment_value(call, comment) for comment in chosen if _may_see(call, comment))


def _of_types(call: Call, query: CommentQuery, kinds: tuple[str, ...]) -> Iterator[Comment]:
    """The comments that a query finds under posts of some types."""
    for comment in said(call, reading.browse(call.view, query).ids):
        post = call.view.lookup.post(comment.post)
        if post is not None and post.type in kinds:
            yield comment


def said(call: Call, ids: Sequence[int]) -> Iterator[Comment]:
    """The comments of these ids, in order, of which few are in memory at a time, with their posts."""
    for batch in in_batches(ids, BATCH):
        loaded = reading.several(call.view, batch)
        posts = {comment.post for comment in loaded.values()}
        call.view.lookup.prefetch_posts(posts)
        yield from (loaded[number] for number in batch if number in loaded)
        call.view.lookup.let_go(posts)


def counted(call: Call) -> Value:
    """`wp.getCommentCount`: how many comments of a post there are of each state."""
    post = call.post(call.number(3))
    call.need("edit_post", post, message="You may not see the details of this post.", code=403)
    counts = {
        state: number
        for state, (number, _) in reading.counts(
            call.view, CommentQuery(posts=(post.id,), approved=None, types=(), types_not=(NOTE,))
        ).items()
    }
    return {
        "approved": counts.get("1", 0),
        "awaiting_moderation": counts.get("0", 0),
        "spam": counts.get("spam", 0),
        "total_comments": counts.get("0", 0) + counts.get("1", 0),
    }


def comment_value(call: Call, comment: Comment) -> dict[str, Any]:
    """A comment as `wp.getComment` shows it; where it came from is shown to who may moderate it."""
    post, moderates = call.view.lookup.post(comment.post), _may_moderate(call, comment)
    return {
        "date_created_gmt": date(comment.date_gmt),
        "user_id": str(comment.user),
        "comment_id": str(comment.id),
        "parent": str(comment.parent),
        "status": _NAMES.get(comment.approved, comment.approved),
        "content": comment.content,
        "link": f"{call.view.lookup.permalink(post)}#comment-{comment.id}" if post is not None else "",
        "post_id": str(comment.post),
        "post_title": full_title(post, signs_for(call.view.lookup)) if post is not None else "",
        "author": comment.author_name,
        "author_url": comment.author_url,
        "author_email": comment.author_email if moderates else "",
        "author_ip": comment.author_ip if moderates else "",
        "type": comment.type,
    }


# ---- writing


def filtered_ahead(call: Call) -> None:
    """Filters a long text before its write begins: nobody waits for that then."""
    text = values.text(call.struct(4).get("content"))
    if LONG <= len(text) <= writing.LONGEST["content"]:
        with ONE_AT_A_TIME:
            comment_text(writing.filter_ahead(call.view, call.viewer, text), host=call.site.host)


def create(call: Call) -> Value:
    """`wp.newComment`: the id of the new comment."""
    post = _commented(call)
    given = call.struct(4)
    if not call.may_read(post):
        raise forbidden("You may not comment on this post.", 403)
    if not open_for_comments(call.view, post):
        raise forbidden("Comments are closed here.", 403)
    content = values.text(given.get("content")).strip()
    if not content:
        raise forbidden("A comment has to say something.", 403)
    parent = abs(values.number(given.get("comment_parent")))
    if parent and ((above := reading.get(call.view, parent)) is None or above.approved not in _ANY):
        parent = 0
    remote = call.request.remote
    changes = CommentChanges(
        post=post.id,
        parent=parent,
        user=call.viewer.id,
        content=content,
        author_ip=remote if is_address(remote) else "127.0.0.1",
        agent=call.request.headers.get("user-agent") or None,
    )
    try:
        return writing.create(call.view, call.viewer, changes).id
    except WirepressError as error:
        raise Fault(403, error.message) from error


def _commented(call: Call) -> Post:
    """The post that is commented on: by its id, or by its address."""
    given = call.at(3)
    post = None
    if values.is_numeric(given):
        post = call.view.lookup.post(abs(values.number(given)))
    elif isinstance(given, str):
        post = call.view.lookup.post_at(given)
    if post is None:
        raise missing()
    return post


def edit(call: Call) -> Value:
    """`wp.editComment`."""
    comment = _found(call, call.number(3))
    _need_to_edit(call, comment)
    given = call.struct(4)
    status = values.text(given.get("status"))
    if "status" in given and status not in ("hold", "approve", "spam"):
        raise forbidden("There is no such state of a comment.")
    stamp = call.stamp(given, "date_created_gmt")
    changes = CommentChanges(
        date=call.site.to_local(stamp) if stamp else None,
        date_gmt=stamp,
        content=values.text(given["content"]) if "content" in given else None,
        author_name=values.text(given["author"]) if "author" in given else None,
        author_url=values.text(given["author_url"]) if "author_url" in given else None,
        author_email=values.text(given["author_email"]) if "author_email" in given else None,
    )
    try:
        changed = writing.update(call.view, call.viewer, comment, changes)
    except WirepressError as error:
        raise Fault(500, error.message) from error
    if status:
        changed = writing.set_status(call.view, call.viewer, changed, status)
    if replace(changed, version=comment.version) == comment:
        raise Fault(500, "Nothing of the comment was changed.")
    return True


def remove(call: Call) -> Value:
    """`wp.deleteComment`: into the trash, or for good where it lies there already."""
    comment = _found(call, call.number(3))
    _need_to_edit(call, comment)
    if comment.approved in ("trash", "spam"):
        writing.delete(call.view, comment)
    else:
        writing.trash(call.view, comment)
    return True
