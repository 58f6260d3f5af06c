"""The entries of classic menus, which are posts with notes of what they lead to (wp_update_nav_menu_item)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wirepress.content.identity.viewer import Viewer
from wirepress.content.menus import classic
from wirepress.content.newsroom import View
from wirepress.content.posts import joining, publishing
from wirepress.content.posts.changes import Changes
from wirepress.model.errors import Invalid
from wirepress.model.post import Post
from wirepress.model.term import Term
from wirepress.render.entities import unescape_special
from wirepress.render.slugs import html_class, key
from wirepress.render.urls import clean_raw_url
from wirepress.store import menus as menu_store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store

POST_TYPE = "nav_menu_item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as a whole.  `type` is custom, post_type, taxonomy or post_type_archive; `object` the post type or
    taxonomy and `object_id` what of it the entry leads to.  `menu` 0: it is in none."""

    menu: int = 0
    type: str = "custom"
    object: str = ""
    object_id: int = 0
    parent: int = 0
    position: int = 1
    title: str = ""
    url: str = ""
    description: str = ""
    attr_title: str = ""
    target: str = ""
    classes: Sequence[str] = ()
    xfn: Sequence[str] = ()
    status: str = "publish"


def save(view: View, viewer: Viewer, entry: Entry, post: Post | None = None) -> Post:
    """Keeps an entry: a new one, or in place of a post.  Raises Invalid when there is no such menu."""
    menu = _menu(view, entry.menu)
    above, title, description = _shown(view, entry, post)
    status = "publish"
    if entry.status == "draft" or (post is None and entry.status != "publish"):
        status = "draft"
    changes = Changes(
        title=title,
        content=description,
        excerpt=entry.attr_title,
        status=status,
        parent=above,
        menu_order=_position(view, entry, menu),
        ping_status="closed",
        terms={classic.TAXONOMY: (menu.id,)} if menu is not None else None,
        meta=_noted(view, entry, post),
    )
    if post is not None:
        return publishing.update(view, viewer, post.id, changes)
    made = publishing.create(view, viewer, POST_TYPE, changes)
    if entry.type != "custom":
        return made
    # An entry of its own leads to itself, which it knows only now.
    post_store.update(view.unit, made.id, meta={**made.meta, "_menu_item_object_id": [str(made.id)]})
    return publishing.existing(view, made.id)


def delete(view: View, post: Post) -> None:
    """Removes an entry for good."""
    post_store.delete(view.unit, post.id)


def _menu(view: View, menu_id: int) -> Term | None:
    if not menu_id:
        return None
    menu = term_store.get(view.unit, classic.TAXONOMY, menu_id)
    if menu is None:
        raise Invalid("invalid_menu_id", "There is no such menu.")
    return menu


def _shown(view: View, entry: Entry, post: Post | None) -> tuple[int, str, str]:
    """What an entry stands under, its title and its description; a title that is that of what the entry leads to is
    not kept, so that the two change together."""
    title, description = entry.title, entry.description
    if entry.type == "custom":
        return (post.parent if post is not None else 0), title, description
    above, name = _original(view, entry)
    if title == unescape_special(name, double=True):
        title = ""
    if not title and not description:
        description = " "
    return above, title, description


def _original(view: View, entry: Entry) -> tuple[int, str]:
    """What it stands under that an entry leads to, and its name."""
    if entry.type == "taxonomy":
        term = term_store.get(view.unit, entry.object, entry.object_id)
        if term is not None:
            return term.parent, term.name
    elif entry.type == "post_type":
        post = view.lookup.post(entry.object_id)
        if post is not None:
            return post.parent, post.title
    elif entry.type == "post_type_archive":
        kind = view.site.type(entry.object)
        if kind is not None:
            return 0, kind.labels.get("archives", kind.label)
    return 0, ""


def _position(view: View, entry: Entry, menu: Term | None) -> int:
    """The place in the menu: the one that is asked for, behind all others for 0, the first without a menu."""
    if menu is None:
        return 1
    if entry.position:
        return entry.position
    return joining.next_position(menu_store.entries_of(view.unit, menu.taxonomy_id))


def _noted(view: View, entry: Entry, post: Post | None) -> dict[str, list[Any]]:
    own = post.id if post is not None else 0
    leads_to, object_id, url = key(entry.object), entry.object_id, ""
    if entry.type == "custom":
        leads_to, object_id, url = "custom", own, clean_raw_url(entry.url.strip())
    notes: dict[str, Any] = {
        "type": key(entry.type),
        "menu_item_parent": str(entry.parent if entry.parent != own else 0),
        "object_id": str(object_id),
        "object": leads_to,
        "target": key(entry.target),
        "classes": [html_class(word) for word in " ".join(entry.classes).split(" ")],
        "xfn": " ".join(html_class(word) for word in " ".join(entry.xfn).split(" ")),
        "url": url,
    }
    found: dict[str, list[Any]] = {f"_menu_item_{name}": [value] for name, value in notes.items()}
    orphaned = [] if entry.menu else [str(int(view.now().timestamp()))]
    return {**found, "_menu_item_orphaned": orphaned}
