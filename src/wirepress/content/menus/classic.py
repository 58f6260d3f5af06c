"""Classic menus: terms of the taxonomy nav_menu, their places in the theme and their entries
(wp_update_nav_menu_object, wp_delete_nav_menu)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wirepress.content import options, terms
from wirepress.content.newsroom import View
from wirepress.content.posts import joining
from wirepress.content.site import Site
from wirepress.model.errors import Conflict
from wirepress.model.term import Term
from wirepress.store import menus as store
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store

TAXONOMY = "nav_menu"
PLACES = ("primary", "footer")
"""Where the readers' site shows menus."""
THEME_PLACES: tuple[str, ...] = ()
"""The places that the API knows: none, as with WordPress and a theme of blocks."""


def places(site: Site) -> Mapping[str, int]:
    """Which menu is shown where (the option theme_mods_*)."""
    kept = options.table(theme_mods(site).get("nav_menu_locations"))
    return {str(place): menu for place, menu in kept.items() if isinstance(menu, int)}


def create(view: View, name: str, *, description: str = "") -> Term:
    """Makes a menu; raises Conflict when another has its name."""
    _refuse_taken(view, name)
    return terms.create(view, TAXONOMY, name, description=description)


def update(view: View, menu: Term, *, name: str | None = None, description: str | None = None) -> Term:
    """Changes a menu; its slug is made of its name again, and what is not said of it is empty then.  Raises Conflict
    when another has its name."""
    if name is None:
        name = menu.name
    _refuse_taken(view, name, besides=menu.id)
    return terms.update(view, menu, name=name, slug="", description=description or "")


def delete(view: View, menu: Term) -> None:
    """Removes a menu with its entries, and takes it from its places."""
    for entry in store.entries_of(view.unit, menu.taxonomy_id):
        post_store.delete(view.unit, entry)
    terms.delete(view, menu)
    place(view, menu, ())


def place(view: View, menu: Term, wanted: Sequence[str]) -> None:
    """Shows a menu in these places of the theme, and in no other."""
    now = places(view.site)
    after = {name: number for name, number in now.items() if number != menu.id} | dict.fromkeys(wanted, menu.id)
    if after != now:
        _set(view, _mods_name(view.site), {**theme_mods(view.site), "nav_menu_locations": after})


def join(view: View, menu: Term, *, joins: bool) -> None:
    """Says whether new pages join a menu."""
    now = joining.joined(view.site)
    if joins == (menu.id in now):
        return
    after = [number for number in now if number != menu.id]
    if joins:
        after.append(menu.id)
    _set(view, "nav_menu_options", {**options.table(view.site.option("nav_menu_options")), "auto_add": after})


def _refuse_taken(view: View, name: str, besides: int = 0) -> None:
    for other in term_store.by_name(view.unit, TAXONOMY, terms.clean_name(name)):
        if other.id != besides:
            raise Conflict("menu_exists", "There is a menu of this name already.", {"term_id": other.id})


def _mods_name(site: Site) -> str:
    return f"theme_mods_{site.option('stylesheet')}"


def theme_mods(site: Site) -> Mapping[str, Any]:
    """What the owner has chosen for the theme (get_theme_mods)."""
    return options.table(site.option(_mods_name(site)))


def _set(view: View, name: str, value: Any) -> None:
    options.set(view.unit, name, value)
