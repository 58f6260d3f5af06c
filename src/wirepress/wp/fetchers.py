"""Fetching what links embed: each kind at once for a whole answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.content import terms as content_terms
from wirepress.content.comments import reading
from wirepress.content.rendering import rendered
from wirepress.model.comment import Comment
from wirepress.model.query import CommentQuery
from wirepress.wp import json
from wirepress.wp.call import Call
from wirepress.wp.catalog import Catalog
from wirepress.wp.documents import Documents
from wirepress.wp.embed import Embedded, Fetch
from wirepress.wp.emit import doc_of
from wirepress.wp.errors import WireError, denied
from wirepress.wp.json import Gap, Pieces
from wirepress.wp.resource import Resource
from wirepress.wp.resources.comments import resource as comment_resource
from wirepress.wp.resources.comments.resource import COMMENTS, Replies
from wirepress.wp.resources.fonts.faces import FACES
from wirepress.wp.resources.users.resource import USERS, Published

MOST = 100
"""An embedded collection has at most the items of its largest page."""


def fetchers(catalog: Catalog) -> dict[str, Fetch]:
    """The fetchers by the kind of a link's target."""
    documents, by_type, by_taxonomy = catalog.documents, catalog.posts, catalog.terms

    def items(resource: Resource[Any], call: Call, found: Mapping[Any, Any], keys: Sequence[Any]) -> Embedded:
        return {key: _one(documents, resource, call, found.get(key)) for key in keys}

    def users(call: Call, keys: Sequence[Any]) -> Embedded:
        call.view.lookup.prefetch_users(user_id for user_id, _ in keys)
        published = call.fetched.of(Published)
        published.update({user_id: True for user_id, known in keys if known})
        return items(USERS, call, {key: call.view.lookup.user(key[0]) for key in keys}, keys)

    def of_type(call: Call, keys: Sequence[Any]) -> Embedded:
        found = _posts(call, keys)
        gone = by_type["post"]
        shown: dict[Any, Pieces | None] = {}
        for key in keys:
            post = found.get(key)
            resource = gone
            if post is not None:
                resource = by_type.get(post.type, gone)
            shown[key] = _one(documents, resource, call, post)
        return shown

    def terms(call: Call, keys: Sequence[Any]) -> Embedded:
        shown: dict[Any, Pieces | None] = {}
        wanted = {term_id for _, ids in keys for term_id in ids}
        loaded = content_terms.any_of(call.view, wanted)
        call.view.lookup.add_terms(loaded)
        known = {(t.taxonomy, t.id): t for t in loaded}
        for taxonomy, ids in keys:
            found = [known[taxonomy, i] for i in ids[:MOST] if (taxonomy, i) in known]
            shown[taxonomy, ids] = _many(documents, by_taxonomy[taxonomy], call, found)
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
        "font face": lambda call, keys: items(FACES, call, _fonts(call, keys), keys),
        "comments of post": lambda call, keys: _comments_of(documents, call, keys),
        "comments under comment": lambda call, keys: _answers(documents, call, keys),
    }


def _posts(call: Call, keys: Sequence[Any]) -> dict[int, Any]:
    call.view.lookup.prefetch_posts(keys)
    found = {key: call.view.lookup.post(key) for key in keys}
    return {key: rendered(call.view, post) for key, post in found.items() if post is not None}


def _fonts(call: Call, keys: Sequence[Any]) -> dict[int, Any]:
    call.view.lookup.prefetch_posts(keys)
    return {key: call.view.lookup.post(key) for key in keys}


def _comment(call: Call, key: int) -> Any:
    return reading.get(call.view, key)


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


def _comments_of(documents: Documents, call: Call, keys: Sequence[tuple[int, bool]]) -> Embedded:
    """The newest approved comments of posts, all in one query.  A key says whether the post is open to the caller."""
    grouped: dict[int, list[Comment]] = {}
    opened = [post_id for post_id, is_open in keys if is_open]
    for comment, answered in reading.newest_of(call.view, opened, MOST):
        grouped.setdefault(comment.post, []).append(comment)
        call.fetched.of(Replies)[comment.id] = answered
    if grouped:
        call.view.lookup.prefetch_posts(grouped)
        call.view.lookup.prefetch_users(comment.user for found in grouped.values() for comment in found)
    error = denied("rest_cannot_read_post", "You may not read the post of this comment.", call.logged_in)
    shown: dict[Any, Pieces | None] = dict.fromkeys(keys, json.split(json.encode(error.body())))
    for post_id in opened:
        shown[post_id, True] = _many(documents, COMMENTS, call, grouped.get(post_id, ()))
    return shown


def _answers(documents: Documents, call: Call, keys: Sequence[tuple[int, bool]]) -> Embedded:
    """The newest approved answers to comments, and the newest to notes.  A key says whether a comment is a note."""
    grouped: dict[tuple[int, bool], list[Comment]] = {}
    for of_notes in (False, True):
        ids = tuple(comment_id for comment_id, is_note in keys if is_note == of_notes)
        if not ids:
            continue
        query = CommentQuery(parents=ids, per_page=MOST * len(ids), types_not=("note",))
        if of_notes:
            approved = comment_resource.APPROVED["all"]
            query = CommentQuery(parents=ids, per_page=MOST * len(ids), types=("note",), approved=approved)
        for comment in comment_resource.items(call, reading.browse(call.view, query).ids):
            grouped.setdefault((comment.parent, of_notes), []).append(comment)
    return {key: _many(documents, COMMENTS, call, grouped.get(key, ())[:MOST]) for key in keys}
