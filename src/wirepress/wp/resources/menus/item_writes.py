"""What creating, changing and deleting entries of menus does (WP_REST_Menu_Items_Controller)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from wirepress.content import terms
from wirepress.content.menus import entries
from wirepress.content.menus.entries import Entry
from wirepress.model.post import Post
from wirepress.wp.call import Call
from wirepress.wp.collection import need_force
from wirepress.wp.declaration import Verbs
from wirepress.wp.errors import WireError


def verbs_of(shown: Callable[[Post, Call], Entry]) -> Verbs[Post]:
    """The verbs; `shown` gives an entry as it stands."""

    def update(call: Call, post: Post, given: dict[str, Any]) -> Post:
        before = shown(post, call)
        entry = checked(call, replace(before, **{"position": before.position or 1, **given}))
        return entries.save(call.view, call.viewer, entry, post)

    return Verbs(dict, create, update, delete, check, context=_context)


def check(call: Call, post: Post | None) -> None:
    """Raises where an entry that is there already is to be created."""
    if post is None and call.params.get("id"):
        raise WireError("rest_post_exists", "An entry that is there already cannot be created.", 400)


def create(call: Call, given: dict[str, Any]) -> Post:
    return entries.save(call.view, call.viewer, checked(call, Entry(**given)))


def _context(call: Call) -> str:
    """What is deleted is shown as to a reader."""
    if "force" in call.params:
        return "view"
    return "edit"


def delete(call: Call, post: Post) -> None:
    """Deletes an entry for good: there is no trash for it.  Raises without `force`."""
    need_force(call, "Entries of menus have no trash: set force to true to delete one.")
    entries.delete(call.view, post)


def menu_sent(_: Call, value: int, __: Post | None) -> int | None:
    return abs(value) or None


def title_sent(_: Call, value: Any, __: Post | None) -> str | None:
    """A title that was sent as it is or as the `raw` of an object."""
    if isinstance(value, str):
        return value
    raw = value.get("raw") if isinstance(value, dict) else None
    if raw:
        return str(raw)
    return None


def checked(call: Call, entry: Entry) -> Entry:
    """An entry as it was sent, with what it leads to (prepare_item_for_database).  Raises all that is wrong with it."""
    found, wrong = _led(call, entry)
    if entry.type == "custom":
        if not entry.title:
            wrong.append(WireError("rest_title_required", "An entry of its own needs a title.", 400))
        if not entry.url:
            wrong.append(WireError("rest_url_required", "An entry of its own needs an address.", 400))
    if wrong:
        wrong[0].others = tuple(wrong[1:])
        raise wrong[0]
    return replace(entry, object=found, status="publish" if entry.status == "publish" else "draft")


def _led(call: Call, entry: Entry) -> tuple[str, list[WireError]]:
    """The post type or taxonomy that an entry leads to, and what is wrong with it."""
    if entry.type == "taxonomy" and not entry.object:
        term = call.view.lookup.term(abs(entry.object_id))
        if term is None or terms.get(call.view, term.taxonomy, term.id) is None:
            return "", [WireError("rest_term_invalid_id", "There is no such term.", 400)]
        return term.taxonomy, []
    if entry.type == "post_type" and not entry.object:
        post = call.view.lookup.post(abs(entry.object_id))
        if post is None:
            return "", [WireError("rest_post_invalid_id", "There is no such post.", 400)]
        return post.type, []
    if entry.type == "post_type_archive" and call.site.type(entry.object) is None:
        return "", [WireError("rest_post_invalid_type", "There is no such post type.", 400)]
    return entry.object, []
