"""Classic menus: which there are, their entries as a tree, where they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from wirepress.admin.screens.menus import acts, screen
from wirepress.admin.visit import Menu, Screen, Visit, needs


def _menus(visit: Visit) -> Mapping[str, Menu]:
    if not visit.may("edit_theme_options"):
        return {}
    return {"nav-menus.php": Menu("Menus", "settings", 80)}


SCREENS = (Screen(path="nav-menus.php", show=screen.show, act=acts.act, may=needs("edit_theme_options"), menus=_menus),)
