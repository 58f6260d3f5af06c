"""Addresses of avatars, as WordPress makes them for Gravatar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wirepress.content.people.avatars import SIZES, of_email
from wirepress.wp.call import Call

__all__ = ["SIZES", "described", "of_email", "shown"]


def shown(_: object, call: Call) -> bool:
    """Whether answers tell of avatars at all (the option show_avatars)."""
    return call.site.flag("show_avatars")


def described(contexts: Sequence[str]) -> dict[str, Any]:
    """The sizes as a schema tells of them."""
    return {
        str(size): {
            "description": f"The picture in {size} pixels.",
            "type": "string",
            "format": "uri",
            "context": list(contexts),
        }
        for size in SIZES
    }
