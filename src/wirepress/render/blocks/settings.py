"""What blocks read of their settings, which may hold anything."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from wirepress.render.entities import escape_attribute

LONGEST_EXCERPT = 10_000
"""Words of an excerpt that a block may ask for; WordPress knows no bound."""


def number(value: object, default: int, most: int = 100, least: int = 0) -> int:
    """A setting that should be a whole number, within bounds."""
    try:
        return max(least, min(int(value), most)) if isinstance(value, int | str | float) else default
    except (ValueError, OverflowError):
        return default


def mapping(value: Any) -> Mapping[str, Any]:
    """A setting that should be an object."""
    return value if isinstance(value, dict) else {}


def at(value: Any, *path: str) -> Any:
    """What lies at a path of objects in each other, None where there is nothing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def one_of(value: object, choices: Container[str], default: str) -> str:
    """A setting that should be one of some words."""
    return value if isinstance(value, str) and value in choices else default


def label_class(shown: object) -> str:
    """What is added to the class of a label that only screen readers find."""
    return "" if shown else " screen-reader-text"


def link_target(settings: Mapping[str, Any]) -> str:
    """Where a block's link opens, safe as an attribute's value."""
    return escape_attribute(str(settings.get("linkTarget", "_self")))
