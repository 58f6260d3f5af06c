"""Fetching what links embed: each kind at once for a whole answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wirepress.content import comments
from wirepress.content.rendering import rendered
from wirepress.model.query import CommentQuery
from wirepress.model.term import Term
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.embed import Embedded, Fetch
from wirepress.wp.emit import Documents, doc_of
from wirepress.wp.errors import WireError
from wirepress.wp.json import Gap, Pieces
from wirepress.wp.resource import Resource
from wirepress.wp.resources import comments as comment_resource
from wirepress.wp.resources.comments import COMMENTS
from wirepress.wp.resources.users import USERS

MOST = 100
"""An embedded collection has at most the items of its largest page."""


def fetchers(
    documents: Documents, by_type: Mapping[str, Resource[Any]], by_taxonomy: Mapping[str, Resource[Any]]
) -> dict[str, Fetch]:
    """The fetchers by the kind of a link's target."""

    def items(resource: Resource[Any], call: Call, found: Mapping[Any, Any], keys: Sequence[Any]) -> Embedded:
        return {key: _one(documents, resource, call, found.get(key)) for key in keys}

    def users(call: Call, keys: Sequence[Any]) -> Embedded:
        call.view.lookup.prefetch_users(keys)
        return items(USERS, call, {key: call.view.lookup.user(key) for key in keys}, keys)

    def of_type(call: Call, keys: Sequence[Any]) -> Embedded:
        found = _posts(call, keys)
        gone = by_type["post"]
        return {
            key: _one(documents, by_type.get(post.type, gone) if (post := found.get(key)) else gone, call, post)
            for key in keys
        }

    def terms(call: Call, keys: Sequence[Any]) -> Embedded:
        shown: dict[Any, Pieces | None] = {}
        for taxonomy, ids in keys:
            call.view.lookup.prefetch_terms(taxonomy, ids)
        for taxonomy, ids in keys:
            resource = by_taxonomy[taxonomy]
            found = [call.view.lookup.term(term_id) for term_id in ids[:MOST]]
            shown[taxonomy, ids] = _many(documents, resource, call, [t for t in found if isinstance(t, Term)])
        return shown

    def term(call: Call, keys: Sequence[Any]) -> Embedded:
        found = {key: call.view.lookup.term(key[1]) for key in keys}
        return {key: _one(documents, by_taxonomy[key[0]], call, found[key]) for key in keys}

    def comment(call: Call, keys: Sequence[Any]) -> Embedded:
        return items(COMMENTS, call, {key: _comment(call, key) for key in keys}, keys)

    return {
        "user": users,
        "post": of_type,
        "terms": terms,
        "term": term,
        "comment": comment,
        "comments of post": lambda call, keys: _comments(documents, call, keys, "posts"),
        "comments under comment": lambda call, keys: _comments(documents, call, keys, "parents"),
    }


def _posts(call: Call, keys: Sequence[Any]) -> dict[int, Any]:
    call.view.lookup.prefetch_posts(keys)
    found = {key: call.view.lookup.post(key) for key in keys}
    return {key: rendered(call.view, post) for key, post in found.items() if post is not None}


def _comment(call: Call, key: int) -> Any:
    return comments.get(call.view, key)


def _one(documents: Documents, resource: Resource[Any], call: Call, item: Any) -> Pieces:
    """An item, or the error that WordPress embeds in its place."""
    try:
        if item is None:
            raise _gone(resource)
        resource.rules.read(call, item)
    except WireError as error:
        return json.split(json.encode(error.body()))
    return doc_of(documents, resource, call, item).pieces


def _gone(resource: Resource[Any]) -> WireError:
    codes = {"user": "rest_user_invalid_id", "comment": "rest_comment_invalid_id"}
    code = "rest_term_invalid" if "taxonomy" in resource.by_name else codes.get(resource.name, "rest_post_invalid_id")
    return WireError(code, "There is no such thing.", 404)


def _many(documents: Documents, resource: Resource[Any], call: Call, found: Sequence[Any]) -> Pieces | None:
    """Items as a list; None when there are none."""
    if not found:
        return None
    pieces: list[bytes | Gap] = [b"["]
    for i, item in enumerate(found):
        if i:
            pieces.append(b",")
        pieces.extend(doc_of(documents, resource, call, item, listed=True).pieces)
    pieces.append(b"]")
    return tuple(pieces)


def _comments(documents: Documents, call: Call, keys: Sequence[int], by: str) -> Embedded:
    """The newest approved comments of each post (or under each comment), all in one query."""
    allowed = [key for key in keys if by == "parents" or _readable(call, key)]
    grouped: dict[int, list[Any]] = {key: [] for key in keys}
    if allowed:
        query = CommentQuery(per_page=MOST * len(allowed), types_not=("note",))
        about = tuple(allowed)
        query = replace(query, posts=about) if by == "posts" else replace(query, parents=about)
        found = comments.browse(call.view, query)
        items = comment_resource.items(call, found.ids)
        for item in items:
            grouped[item.post if by == "posts" else item.parent].append(item)
    shown: dict[Any, Pieces | None] = {}
    for key in keys:
        if key in allowed:
            shown[key] = _many(documents, COMMENTS, call, grouped[key][:MOST])
        else:
            error = WireError("rest_cannot_read_post", "You may not read the post of this comment.", _status(call))
            shown[key] = json.split(json.encode(error.body()))
    return shown


def _status(call: Call) -> int:
    return 403 if call.logged_in else 401


def _readable(call: Call, post_id: int) -> bool:
    post = call.view.lookup.post(post_id)
    return post is None or comment_resource.open_to(call, post)
