"""The trash: put away, and gone for good (wp_trash_post, wp_delete_post)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from wirepress.content import options
from wirepress.content.identity.viewer import Viewer
from wirepress.content.newsroom import View
from wirepress.content.posts import gone, trashed_comments
from wirepress.content.posts.changes import Changes
from wirepress.content.posts.dating import dated
from wirepress.content.posts.naming import DESIRED_SLUG, named, put_aside, unique
from wirepress.content.posts.publishing import existing, save, stick
from wirepress.model.errors import Conflict
from wirepress.model.post import Post
from wirepress.model.query import PostQuery, Visibility
from wirepress.store import posts as store

_STATUS, _TIME = gone.TRASHED_FROM, "_wp_trash_meta_time"
_MOST_ITEMS = 10_000


def trash(view: View, viewer: Viewer, post_id: int) -> Post:
    """Moves a post to the trash; its slug is free for others then.  Raises Conflict when it is there already."""
    before = existing(view, post_id)
    if before.status == "trash":
        raise Conflict("already_trashed", "The post is in the trash already.")
    seconds = int(view.now().astimezone(UTC).timestamp())
    noted: dict[str, Sequence[Any]] = {_STATUS: [before.status], _TIME: [str(seconds)], DESIRED_SLUG: [before.slug]}
    statuses = trashed_comments.put_aside(view, post_id)
    if statuses:
        noted[trashed_comments.META] = [statuses]
    _leave_front_page(view, before)
    before = existing(view, post_id)
    post = replace(before, status="trash", meta={**before.meta, **noted})
    post = replace(post, slug=unique(view, post, put_aside(before.slug), own=before.slug))
    return save(view, viewer, before, dated(view, before, post, Changes()), Changes())


def _leave_front_page(view: View, post: Post) -> None:
    """What goes away stands on the front page no longer (_reset_front_page_settings_for_post)."""
    stick(view, post.id, sticky=False)
    if post.type != "page":
        return
    settings: dict[str, Any] = {}
    if view.site.number("page_on_front") == post.id:
        settings |= {"show_on_front": "posts", "page_on_front": "0"}
    if view.site.number("page_for_posts") == post.id:
        settings["page_for_posts"] = "0"
    for name, value in settings.items():
        options.set(view.unit, name, value)


def restore(view: View, viewer: Viewer, post_id: int, *, as_it_was: bool = False) -> Post:
    """Takes a post back from the trash with its comments: an attachment as it was, anything else as a draft
    (wp_untrash_post), or with the status that it had (wp_untrash_post_set_previous_status).  Raises Conflict when it
    is not there."""
    before = existing(view, post_id)
    if before.status != "trash":
        raise Conflict("not_trashed", "The post is not in the trash.")
    trashed_comments.bring_back(view, before)
    before = existing(view, post_id)
    now, now_gmt = view.stamps()
    status = _status_after(view, before, as_it_was=as_it_was)
    post = replace(before, status=status, modified=now, modified_gmt=now_gmt)
    post = named(view, before, post, None)
    meta = {
        key: value
        for key, value in before.meta.items()
        if key not in (_STATUS, _TIME, DESIRED_SLUG, trashed_comments.META)
    }
    return save(view, viewer, before, replace(post, meta=meta), Changes())


def _status_after(view: View, post: Post, *, as_it_was: bool) -> str:
    if post.type == "attachment":
        return "inherit"
    before = str(post.first_meta(_STATUS))
    if as_it_was and before != "trash" and view.site.status(before) is not None:
        return before
    return "draft"


def delete(view: View, post_id: int, *, remembered: bool = True) -> None:
    """Removes a post for good, with its revisions and comments; what stood under it moves up.

    Its address says that it is gone, unless it is not to be `remembered`.
    """
    post = existing(view, post_id)
    if remembered:
        gone.note(view, post)
    if post.type != "revision":
        _leave_front_page(view, post)
        _leave_menus(view, post_id)
    store.delete(view.unit, post_id)


def drop_untouched(view: View, most: int) -> int:
    """Removes auto-drafts that nobody has written in for a week, at most so many (wp_delete_auto_drafts); how
    many there were."""
    query = PostQuery(
        types=tuple(view.site.registry.types),
        statuses=("auto-draft",),
        visibility=Visibility(all_of=("auto-draft",)),
        modified_before=view.site.local_now(view.now() - timedelta(days=7)),
        per_page=most,
        with_total=False,
    )
    old = store.find(view.unit, query).ids
    for post_id in old:
        delete(view, post_id)
    return len(old)


def _leave_menus(view: View, post_id: int) -> None:
    """Removes the menu items that point to a post (_wp_delete_post_menu_item)."""
    for item in menu_items_of(view, post_id):
        store.delete(view.unit, item.id)


def menu_items_of(view: View, post_id: int) -> list[Post]:
    """The menu items that point to a post."""
    everything = tuple(view.site.registry.statuses)
    query = PostQuery(
        types=("nav_menu_item",),
        statuses=everything,
        visibility=Visibility(all_of=everything),
        per_page=_MOST_ITEMS,
        with_total=False,
    )
    return [
        item
        for item in store.load(view.unit, store.find(view.unit, query).ids).values()
        if str(item.first_meta("_menu_item_object_id")) == str(post_id)
        and item.first_meta("_menu_item_type") == "post_type"
    ]
