"""What creating, changing and deleting posts of every type does with what was sent
(WP_REST_Posts_Controller::prepare_item_for_database)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from wirepress.content.identity.permissions import may
from wirepress.content.people import users
from wirepress.content.posts import naming, publishing, reading, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.rendering import rendered
from wirepress.model.moment import ZERO
from wirepress.model.post import Post
from wirepress.model.registry import PostType, Taxonomy
from wirepress.wp import meta
from wirepress.wp.call import Call
from wirepress.wp.common import int_param, numbers, refuse
from wirepress.wp.dates import both_stamps
from wirepress.wp.errors import WireError
from wirepress.wp.resource import Schema, Verbs
from wirepress.wp.resources.posts.links import served
from wirepress.wp.values import to_bool

Taxonomies = tuple[Taxonomy, ...]
UNNAMED = ("draft", "pending")
"""Statuses in which a slug that is sent is made unique all the same."""


def verbs_of(
    kind: PostType, taxonomies: Taxonomies, names: frozenset[str], keys: Mapping[str, Schema] | None
) -> Verbs[Post]:  # fmt: skip
    """The verbs of a type.  `names` are the fields that it has, `keys` core's registered meta, None where it has no
    meta."""

    def create(call: Call) -> Post:
        given = changes_of(kind, taxonomies, names, call, None)
        given = replace(given, sticky=to_bool(call.params.get("sticky")) if "sticky" in names else None)
        if keys is not None and call.params.get("meta"):
            values = meta.written(call, meta.keys_of(keys, kind.meta), {}, call.params["meta"])
            given = replace(given, meta=values)
        return rendered(call.view, publishing.create(call.view, call.viewer, kind.name, given))

    def update(call: Call, post: Post) -> Post:
        given = changes_of(kind, taxonomies, names, call, post)
        if keys is not None and call.params.get("meta"):
            values = meta.written(call, meta.keys_of(keys, kind.meta), post.meta, call.params["meta"])
            given = replace(given, meta=values)
        return rendered(call.view, publishing.update(call.view, call.viewer, post.id, given))

    return Verbs(create, update, delete)


def delete(call: Call, post: Post) -> Post | None:
    """Deletes a post for good with `force`, else moves it to the trash."""
    if to_bool(call.params.get("force")):
        trash.delete(call.view, post.id)
        return None
    if post.status == "trash":
        raise WireError("rest_already_trashed", "The post is in the trash already.", 410)
    return fresh(call, trash.trash(call.view, call.viewer, post.id))


def fresh(call: Call, post: Post) -> Post:
    """A post as it is shown after a write."""
    found = reading.get(call.view, post.id)
    assert found is not None, post.id
    return found


# ---- from parameters to changes


def changes_of(
    kind: PostType, taxonomies: Taxonomies, names: frozenset[str], call: Call, post: Post | None
) -> Changes:  # fmt: skip
    """The changes that a call asks for, without its meta."""
    params = {name: value for name, value in call.params.items() if name in names and value is not None}
    status = status_of(kind, call, post, params)
    given: dict[str, Any] = {
        "title": text_of(params, "title", loose=True),
        "content": text_of(params, "content"),
        "excerpt": text_of(params, "excerpt"),
        "status": status,
        **dates_of(names, call, post),
        "author": author_of(call, params),
        "password": password_of(call, post, params),
        "parent": parent_of(call, params),
        "menu_order": int_param(params, "menu_order") if "menu_order" in params else None,
        "comment_status": params.get("comment_status") or None,
        "ping_status": params.get("ping_status") or None,
        "thumbnail": thumbnail_of(call, params),
        "format": params.get("format") or None,
        "template": params.get("template"),
        "sticky": to_bool(params["sticky"]) if "sticky" in params else None,
        "terms": {t.name: numbers(params, t.rest_base) for t in served(kind, taxonomies) if t.rest_base in params},
    }
    keep_apart(post, params)
    if "slug" in params:
        given["slug"] = slug_of(kind, call, post, status, params["slug"], given["parent"])
    return Changes(**given)


def text_of(params: Mapping[str, Any], name: str, *, loose: bool = False) -> str | None:
    """A text that was sent as it is or as the `raw` of an object.  `loose`: an empty `raw` counts as none."""
    value = params.get(name)
    if isinstance(value, dict):
        value = value.get("raw")
        value = None if loose and not value else value
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(params.get(name), dict) and not isinstance(value, dict | list | bool) else None


def status_of(kind: PostType, call: Call, post: Post | None, params: Mapping[str, Any]) -> str | None:
    """The status that was sent, where the caller may give it (handle_status_param)."""
    status = params.get("status")
    if status is None or (post is not None and post.status == status):
        return None
    if status in UNNAMED:
        return str(status)
    if status in ("private", "publish", "future") and not may(
        call.view, call.viewer, kind.capabilities["publish_posts"]
    ):
        word = "create private posts" if status == "private" else "publish posts"
        refuse(call, "rest_cannot_publish", f"You may not {word} of this type.")
    return str(status) if call.site.status(str(status)) else "draft"


def dates_of(names: frozenset[str], call: Call, post: Post | None) -> dict[str, Any]:
    """The dates that were sent.  A null takes the date away; the date that a post has already is none."""
    sent = {name: call.params[name] for name in ("date", "date_gmt") if name in names and name in call.params}
    if None in sent.values():
        return {"date": ZERO}
    if text := sent.get("date"):
        stamps = both_stamps(call.site, str(text))
        if stamps and (post is None or post.date != stamps[0]):
            return {"date": stamps[0], "date_gmt": stamps[1]}
    elif text := sent.get("date_gmt"):
        stamps = both_stamps(call.site, str(text), utc=True)
        if stamps and (post is None or post.date_gmt != stamps[1]):
            return {"date": stamps[0], "date_gmt": stamps[1]}
    return {}


def author_of(call: Call, params: Mapping[str, Any]) -> int | None:
    author = int_param(params, "author")
    if not author:
        return None
    if author != call.viewer.id and users.get(call.view, author) is None:
        raise WireError("rest_invalid_author", "There is no such author.", 400)
    return author


def password_of(call: Call, post: Post | None, params: Mapping[str, Any]) -> str | None:
    """The password that was sent; what is sticky can have none."""
    password = params.get("password")
    if password is None:
        return None
    sticky = to_bool(params.get("sticky")) or (post is not None and post.id in call.site.sticky)
    if password and sticky:
        raise WireError("rest_invalid_field", "A sticky post cannot have a password.", 400)
    return str(password)


def keep_apart(post: Post | None, params: Mapping[str, Any]) -> None:
    """A post with a password cannot become sticky."""
    if to_bool(params.get("sticky")) and post is not None and post.password:
        raise WireError("rest_invalid_field", "A post with a password cannot be sticky.", 400)


def parent_of(call: Call, params: Mapping[str, Any]) -> int | None:
    if "parent" not in params:
        return None
    parent = int_param(params, "parent")
    if parent and reading.get(call.view, parent) is None:
        raise WireError("rest_post_invalid_id", "There is no such parent.", 400)
    return parent


def thumbnail_of(call: Call, params: Mapping[str, Any]) -> int | None:
    """The featured image that was sent: 0 takes it away, as does what is no picture; what is not there changes
    nothing (set_post_thumbnail)."""
    if "featured_media" not in params:
        return None
    number = int_param(params, "featured_media")
    if not number:
        return 0
    post = call.view.lookup.post(number)
    if post is None:
        return None
    return number if post.type == "attachment" and post.mime_type.startswith("image/") else 0


def slug_of(
    kind: PostType, call: Call, post: Post | None, status: str | None, slug: str, parent: int | None
) -> str:  # fmt: skip
    """The slug that was sent.  A draft's is made unique already, as if it were published."""
    status = status or (post.status if post else None)
    if not slug or status not in UNNAMED:
        return slug
    blank = Post(id=post.id if post else 0, type=kind.name, status="publish", parent=parent or 0)
    return naming.unique(call.view, blank, slug)
