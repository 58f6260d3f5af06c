"""The methods of Blogger's API: a post is one text, with its title and categories in tags before it."""

from __future__ import annotations

import re
from typing import Any, Final

from wirepress.content.posts import publishing
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned, clean_ahead
from wirepress.model.errors import WirepressError
from wirepress.model.post import Post
from wirepress.wp.xmlrpc import values
from wirepress.wp.xmlrpc.call import Call
from wirepress.wp.xmlrpc.faults import Fault, forbidden
from wirepress.wp.xmlrpc.posts import editable, recent, remove, size_of
from wirepress.wp.xmlrpc.values import Value, date

_TITLE: Final = re.compile(r"<title>(.+?)</title>", re.IGNORECASE | re.DOTALL)
_CATEGORY: Final = re.compile(r"<category>(.+?)</category>", re.IGNORECASE | re.DOTALL)
_TAGS: Final = re.compile(r"<(title|category)>.*?</\1>", re.IGNORECASE | re.DOTALL)


def one(call: Call) -> Value:
    """`blogger.getPost`."""
    return post_value(editable(call, call.number(1)))


def many(call: Call) -> Value:
    """`blogger.getRecentPosts`."""
    call.need("edit_posts", message="You may not edit posts.")
    return [post_value(post) for post in recent(call, size_of(call, call.at(4, 10)))]


def post_value(post: Post) -> dict[str, Any]:
    """A post as `blogger.getPost` shows it."""
    categories = ",".join(str(term.id) for term in post.terms if term.taxonomy == "category")
    return {
        "userid": str(post.author),
        "dateCreated": date(post.date),
        "content": f"<title>{post.title}</title><category>{categories}</category>{post.content}",
        "postid": str(post.id),
    }


def title_of(text: str) -> str:
    found = _TITLE.search(text)
    return found[1] if found else ""


def content_of(text: str) -> str:
    """The text without the tags before it."""
    return _TAGS.sub("", text).strip()


def categories_of(text: str) -> list[int] | None:
    """The ids of categories that a text names; None where it names none."""
    found = _CATEGORY.search(text)
    return [values.number(word) for word in found[1].strip(", ").split(",")] if found else None


def cleaned_ahead(call: Call) -> Cleaned:
    """The long texts of a call, cleaned before its write begins."""
    text = call.text(4)
    return clean_ahead(call.view, call.viewer, {"title": title_of(text), "content": content_of(text)})


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
