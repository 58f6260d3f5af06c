"""Categories, tags and the terms of a site's own taxonomies: the list with its form, and the page of one."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.admin.screens.terms import edit, listing
from wirepress.admin.screens.terms.taxonomies import may_manage
from wirepress.admin.visit import Group, Menu, Screen, Visit
from wirepress.model.registry import Taxonomy

FIRST = 20
"""Where the taxonomies of a group begin in its menu."""


def _menus(visit: Visit) -> Mapping[str, Menu]:
    found: dict[str, Menu] = {}
    for number, kind in enumerate(visit.site.registry.taxonomies.values()):
        types = [visit.site.type(name) for name in kind.types]
        shown = [one.name for one in types if one is not None and one.show_ui and one.public]
        if not kind.show_ui or not shown or not visit.may(kind.capabilities["manage_terms"]):
            continue
        path = f"edit-tags.php?taxonomy={kind.name}"
        if "post" not in shown:
            path += f"&post_type={shown[0]}"
        found[path] = Menu(kind.label, _group(kind), FIRST + number)
    return found


def _group(kind: Taxonomy) -> Group:
    if "post" not in kind.types and "page" in kind.types:
        return "pages"
    if "post" not in kind.types and "attachment" in kind.types:
        return "media"
    return "posts"


SCREENS = (
    Screen(path="edit-tags.php", show=listing.show, act=listing.act, may=may_manage, menus=_menus),
    Screen(path="term.php", show=edit.show, act=edit.act, may=may_manage),
)
