"""The screens of the administration, a line each: modules of `wirepress.admin.screens`."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from wirepress.admin.visit import Screen

SCREENS = (
    "today",
    "settings",
    "posts",
    "editor",
    "sources.screen",
    "review",
    "audit",
    "takedowns",
    "personal_data",
    "redirects",
    "corrections",
    "stories",
    "revision",
    "media",
    "media_new",
    "users",
    "user_new",
    "user_edit",
    "second_factor",
    "comments",
    "terms",
    "menus",
    "themes",
    "imports.screen",
)


@cache
def screens() -> tuple[Screen, ...]:
    """Every screen, in the order of the table."""
    found: list[Screen] = []
    for name in SCREENS:
        found += import_module(f"wirepress.admin.screens.{name}").SCREENS
    return tuple(found)
