"""Menus that new pages join by themselves (the option nav_menu_options; _wp_auto_add_pages_to_menu)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wirepress.content import options
from wirepress.content.newsroom import View
from wirepress.content.posts.changes import Changes
from wirepress.content.site import Site
from wirepress.model.post import Post
from wirepress.store import menus as menu_store
from wirepress.store import terms as term_store

TAXONOMY = "nav_menu"
POST_TYPE = "nav_menu_item"


def joined(site: Site) -> tuple[int, ...]:
    """The menus that new pages join."""
    added = options.table(site.option("nav_menu_options")).get("auto_add") or ()
    values = added.values() if isinstance(added, Mapping) else added
    return tuple(value for value in values if isinstance(value, int))


def entries(view: View, status: str, page: Post) -> Iterator[Changes]:
    """The entries by which a page joins menus, in the order of the menus.

    `status` is the one that it had before: only what is published just now joins, what stands under another page does
    not, and a menu that leads to the page already stays as it is.
    """
    if page.type != "page" or page.status != "publish" or status == "publish" or page.parent:
        return
    for menu_id in joined(view.site):
        menu = term_store.get(view.unit, TAXONOMY, menu_id)
        if menu is None:
            continue
        ids = menu_store.entries_of(view.unit, menu.taxonomy_id)
        view.lookup.prefetch_posts(ids)
        if not any(_leads_to(view.lookup.post(entry), page) for entry in ids):
            yield _entry(page, menu.id, next_position(ids))


def next_position(entry_ids: Sequence[int]) -> int:
    """The place behind all entries of a menu, which are counted from 1; in an empty one it is 0."""
    return len(entry_ids) + 1 if entry_ids else 0


def _leads_to(entry: Post | None, page: Post) -> bool:
    if entry is None or str(entry.first_meta("_menu_item_type")) != "post_type":
        return False
    return str(entry.first_meta("_menu_item_object_id")) == str(page.id)


def _entry(page: Post, menu_id: int, position: int) -> Changes:
    notes: dict[str, Any] = {
        "type": "post_type", "menu_item_parent": "0", "object_id": str(page.id), "object": page.type, "target": "",
        "classes": [""], "xfn": "", "url": "",
    }  # fmt: skip
    return Changes(
        title="",
        content=" ",  # an entry has to have some text; its title is that of the page
        status="publish",
        parent=0,
        menu_order=position,
        ping_status="closed",
        terms={TAXONOMY: (menu_id,)},
        meta={f"_menu_item_{name}": [value] for name, value in notes.items()},
    )
