"""What a write gives to posts of every type: what was sent, as changes
(WP_REST_Posts_Controller::prepare_item_for_database)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from wirepress.content.people import users
from wirepress.content.posts import locks, naming, publishing, reading, trash
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.cleaning import Cleaned, clean_ahead
from wirepress.content.rendering import completed
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Post
from wirepress.model.registry import MetaField, PostType, Taxonomy
from wirepress.render.values import to_boolean
from wirepress.wp import meta
from wirepress.wp.call import Call
from wirepress.wp.dates import both_stamps
from wirepress.wp.declaration import Several, Verbs
from wirepress.wp.errors import WireError
from wirepress.wp.schema import Schema
from wirepress.wp.values import integers_in

_NAMED = {name: name for name in ("title", "content", "excerpt")}

Taxonomies = tuple[Taxonomy, ...]
UNNAMED = ("draft", "pending")
"""Statuses in which a slug that is sent is made unique all the same."""
WRITE_ORDER = (
    "title", "content", "excerpt", "status", "date", "date_gmt", "author", "password", "parent", "featured_media",
    "sticky", "slug", "meta",
)  # fmt: skip
"""The order in which WordPress refuses what cannot be."""


def verbs_of(kind: PostType) -> Verbs[Post]:
    """The verbs of a type."""
    return Verbs(Changes, partial(create, kind), update, delete, prepare=cleaned_ahead)


def cleaned_ahead(call: Call, named: Mapping[str, str] = _NAMED) -> Cleaned:
    """The long texts of a call, cleaned before its write begins; those that stand too where they are cleaned again.
    `named`: by what names they are sent."""
    sent = {name: text(call, call.params.get(given), None) for name, given in named.items()}
    number = call.integer("id")
    stands = call.view.lookup.post(number) if number > 0 and not call.viewer.can("unfiltered_html") else None
    if stands is not None:
        sent = {name: getattr(stands, name) if given is None else given for name, given in sent.items()}
    return clean_ahead(call.view, call.viewer, sent)


def create(kind: PostType, call: Call, changes: Changes) -> Post:
    if kind.name == "post":  # imported options may name posts to come
        changes = replace(changes, sticky=bool(changes.sticky))
    return publishing.create(call.view, call.viewer, kind.name, replace(changes, ahead=call.prepared))


def update(call: Call, post: Post, changes: Changes) -> Post:
    """Changes a post.  Raises where somebody else has it open in the editor."""
    _unlocked(call, post)
    return publishing.update(call.view, call.viewer, post.id, replace(changes, ahead=call.prepared))


def complete(call: Call, post: Post) -> Post:
    """What a write gave, with its rendering where that is made by now."""
    return completed(call.view, post)


def delete(call: Call, post: Post) -> Post | None:
    """Deletes a post for good with `force`, else moves it to the trash.  Raises where it is there already, or open in
    somebody else's editor."""
    _unlocked(call, post)
    if to_boolean(call.params.get("force")):
        trash.delete(call.view, post.id)
        return None
    if post.status == "trash":
        raise WireError("rest_already_trashed", "The post is in the trash already.", 410)
    trash.trash(call.view, call.viewer, post.id)
    return fresh(call, post)


def _unlocked(call: Call, post: Post) -> None:
    """Raises where a person in the editor would overwrite what somebody else is writing.

    Their own page asks for the lock every few seconds only, and does not know of a takeover before.  Programs with an
    application password take no locks, and are refused nothing that WordPress does not refuse.
    """
    if not call.caller.nonce:
        return
    other = locks.holder(call.view, call.viewer, post)
    if other:
        user = call.view.lookup.user(other)
        name = (user.name or user.login) if user else "Somebody else"
        message = f"{name} has taken over this post. Nothing was changed; what you wrote is still here."
        raise WireError("rest_post_locked", message, 409, {"holder": other})


def fresh(call: Call, post: Post) -> Post:
    """A post as it is shown after a write."""
    found = reading.get(call.view, post.id)
    assert found is not None, post.id
    return found


# ---- from what was sent to changes


def text(_: Call, value: Any, __: Post | None) -> str | None:
    """A text that was sent as it is or as the `raw` of an object."""
    if not isinstance(value, dict):
        if isinstance(value, str):
            return value
        return None
    raw = value.get("raw")
    if raw is None or isinstance(raw, str):
        return raw
    if isinstance(raw, dict | list | bool):
        return None
    return str(raw)


def loose_text(call: Call, value: Any, post: Post | None) -> str | None:
    """The same, but an empty `raw` counts as none."""
    if isinstance(value, dict) and not value.get("raw"):
        return None
    return text(call, value, post)


def filled(_: Call, value: Any, __: Post | None) -> Any:
    """A value that says something; an empty one changes nothing."""
    return value or None


def status(kind: PostType, call: Call, value: str, post: Post | None) -> str | None:
    """The status, where the caller may give it (handle_status_param)."""
    if post is not None and post.status == value:
        return None
    if value in UNNAMED:
        return value
    if value in ("private", "publish", "future") and not call.may(kind.capabilities["publish_posts"]):
        word = "publish posts"
        if value == "private":
            word = "create private posts"
        call.refuse("rest_cannot_publish", f"You may not {word} of this type.")
    if call.site.status(value):
        return value
    return "draft"


def date(call: Call, value: Any, post: Post | None) -> Several | None:
    """The date; a null takes it away, and the date that a post has already is none."""
    if value is None or call.params.get("date_gmt", "") is None:
        return Several(date=ZERO)
    if not value:
        return None
    stamps = _stamps(call, value, utc=False)
    if post is not None and post.date == stamps[0]:
        return None
    return Several(date=stamps[0], date_gmt=stamps[1])


def date_gmt(call: Call, value: Any, post: Post | None) -> Several | None:
    """The date in UTC, where no local one was sent."""
    if value is None:
        return Several(date=ZERO)
    if not value or call.params.get("date") or call.params.get("date", "") is None:
        return None
    stamps = _stamps(call, value, utc=True)
    if post is not None and post.date_gmt == stamps[1]:
        return None
    return Several(date=stamps[0], date_gmt=stamps[1])


def _stamps(call: Call, value: Any, *, utc: bool) -> tuple[Stamp, Stamp]:
    """The local and the UTC stamp of a date.  Raises where no calendar has it, as in the year 0."""
    stamps = both_stamps(call.site, str(value), utc=utc)
    if stamps is None:
        raise WireError("invalid_date", "There is no such date.", 400)
    return stamps


def author(call: Call, value: int, _: Post | None) -> int | None:
    """The author, None where 0 is sent.  Raises where there is no such user."""
    if value and value != call.viewer.id and users.get(call.view, value) is None:
        raise WireError("rest_invalid_author", "There is no such author.", 400)
    return value or None


def password(call: Call, value: str, post: Post | None) -> str:
    """The password.  Raises where one is given to a sticky post."""
    sticky = to_boolean(call.params.get("sticky")) or (post is not None and post.id in call.site.sticky)
    if value and sticky:
        raise WireError("rest_invalid_field", "A sticky post cannot have a password.", 400)
    return value


def sticky(_: Call, value: Any, post: Post | None) -> bool:
    """Whether it is put on top.  Raises where a post with a password is to be."""
    if to_boolean(value) and post is not None and post.is_protected:
        raise WireError("rest_invalid_field", "A post with a password cannot be sticky.", 400)
    return to_boolean(value)


def parent(call: Call, value: int, _: Post | None) -> int:
    """The id of the parent, 0 for none.  Raises where there is no such post."""
    if value and reading.get(call.view, value) is None:
        raise WireError("rest_post_invalid_id", "There is no such parent.", 400)
    return value


def thumbnail(call: Call, value: int, _: Post | None) -> int | None:
    """The featured image: 0 takes it away, as does what is no picture; what is not there changes nothing
    (set_post_thumbnail)."""
    if not value:
        return 0
    post = call.view.lookup.post(value)
    if post is None:
        return None
    if post.type == "attachment" and post.mime_type.startswith("image/"):
        return value
    return 0


def slug(kind: PostType, call: Call, value: str, post: Post | None) -> str:
    """The slug.  A draft's is made unique already, as if it were published."""
    sent = call.params.get("status")
    given = None if sent is None else status(kind, call, sent, post)
    stands = post.status if post else None
    if not value or (given or stands) not in UNNAMED:
        return value
    above = call.integer("parent") if kind.hierarchical else 0
    blank = Post(id=post.id if post else 0, type=kind.name, status="publish", parent=above)
    return naming.unique(call.view, blank, value)


def terms(taxonomy: Taxonomy, call: Call, _: Any, __: Post | None) -> Mapping[str, tuple[int, ...]]:
    """The terms of a taxonomy."""
    return {taxonomy.name: integers_in(call.params, taxonomy.rest_base)}


def registered_meta(
    core: Mapping[str, Schema], own: tuple[MetaField, ...], call: Call, value: Any, post: Post | None
) -> Mapping[str, list[Any]] | None:  # fmt: skip
    """The registered meta."""
    kept = post.meta if post is not None else {}
    if value:
        return meta.written(call, meta.keys_of(core, own), kept, value)
    return None
