"""The methods of Blogger's API: a post is one text, with its title and categories in tags before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault, forbidden
from wirepress.wp.xmlrpc.posts import editable, recent, remove, size_of
from wirepress.wp.xmlrpc.terms import listed
from wirepress.wp.xmlrpc.values import Value, date
from wirepress.wp.xmlrpc.writes import ahead

_OPENING: Final = {name: re.compile(f"<{name}>", re.IGNORECASE | re.ASCII) for name in ("title", "category")}
_CLOSING: Final = {name: re.compile(f"</{name}>", re.IGNORECASE | re.ASCII) for name in _OPENING}


def one(call: Call) -> Value:
    """`blogger.getPost`."""
    return post_value(editable(call, call.number(1)))


def many(call: Call) -> Value:
    """`blogger.getRecentPosts`."""
    call.need("edit_posts", message="You may not edit posts.")
    return (post_value(post) for post in recent(call, size_of(call, call.at(4, 10))))


def post_value(post: Post) -> dict[str, Any]:
    """A post as `blogger.getPost` shows it."""
    categories = ",".join(str(term.id) for term in post.terms if term.taxonomy == "category")
    return {
        "userid": str(post.author),
        "dateCreated": date(post.date),
        "content": f"<title>{post.title}</title><category>{categories}</category>{post.content}",
        "postid": str(post.id),
    }


def _elements(text: str, name: str) -> Iterator[tuple[int, int, str]]:
    """The elements of a name in a text: where each begins and ends, and what it holds, at least one character.

    An opening tag that nothing closes ends the search: nothing closes those behind it either, and a text of nothing
    but opening tags is read once.
    """
    end = 0
    while (opening := _OPENING[name].search(text, end)) is not None:
        closing = _CLOSING[name].search(text, opening.end() + 1)
        if closing is None:
            return
        end = closing.end()
        yield opening.start(), end, text[opening.end() : closing.start()]


def title_of(text: str) -> str:
    return next((held for _, _, held in _elements(text, "title")), "")


def content_of(text: str) -> str:
    """The text without the tags before it."""
    for name in _OPENING:
        kept, behind = [], 0
        for start, end, _ in _elements(text, name):
            kept.append(text[behind:start])
            behind = end
        text = "".join((*kept, text[behind:]))
    return text.strip()


def categories_of(text: str) -> list[int] | None:
    """The ids of categories that a text names; None where it names none.  Raises Fault where they are too many."""
    for _, _, held in _elements(text, "category"):
        return [values.number(word) for word in listed(held.strip(", "), ",")]
    return None


def cleaned_ahead(call: Call) -> Cleaned | None:
    """The long texts of a call, cleaned before its write begins."""
    text = call.text(4)
    return ahead(call, {"title": title_of(text), "content": content_of(text)})


def create(call: Call) -> Value:
    """`blogger.newPost`: the id of the new post."""
    publishes = values.is_true(call.at(5))
    allowed = "publish_posts" if publishes else "edit_posts"
    if not call.may("create_posts" if "create_posts" in call.viewer.capabilities else "edit_posts") or not call.may(
        allowed
    ):
        raise forbidden("You may not write posts on this site.")
    text = call.text(4)
    named = categories_of(text)
    changes = Changes(
        title=title_of(text),
        content=content_of(text),
        status="publish" if publishes else "draft",
        terms={"category": named} if named is not None else None,
        ahead=call.prepared,
    )
    try:
        return publishing.create(call.view, call.viewer, "post", changes).id
    except WirepressError as error:
        raise Fault(500, error.message) from error


def edit(call: Call) -> Value:
    """`blogger.editPost`."""
    post = call.view.lookup.post(call.number(1)) if call.number(1) > 0 else None
    if post is None or post.type != "post":
        raise Fault(404, "There is no such post.")
    call.need("edit_post", post, message="You may not edit this post.")
    publishes = values.is_true(call.at(5))
    if publishes and not call.may("publish_post", post):
        raise forbidden("You may not publish this post.")
    text = call.text(4)
    changes = Changes(
        title=title_of(text),
        content=content_of(text),
        status="publish" if publishes else "draft",
        ahead=call.prepared,
    )
    try:
        publishing.update(call.view, call.viewer, post.id, changes)
    except WirepressError as error:
        raise Fault(500, error.message) from error
    return True


def delete(call: Call) -> Value:
    """`blogger.deletePost` and `metaWeblog.deletePost`."""
    post = call.view.lookup.post(call.number(1)) if call.number(1) > 0 else None
    if post is None or post.type != "post":
        raise Fault(404, "There is no such post.")
    call.need("delete_post", post, message="You may not delete this post.")
    remove(call, post)
    return True
