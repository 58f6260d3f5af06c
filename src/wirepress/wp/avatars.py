"""Addresses of avatars, as WordPress makes them for Gravatar."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

from wirepress.content.site import Site
from wirepress.wp.call import Call

SIZES = (24, 48, 96)
DEFAULTS = {"mystery": "&d=mm", "mysteryman": "&d=mm", "gravatar_default": ""}
"""What WordPress's own names of pictures are to Gravatar."""


def shown(_: object, call: Call) -> bool:
    """Whether answers tell of avatars at all (the option show_avatars)."""
    return call.site.flag("show_avatars")


def of_email(site: Site, email: str) -> dict[str, str]:
    """The avatar of an e-mail address in each size (rest_get_avatar_urls)."""
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    chosen = str(site.option("avatar_default") or "mystery")
    default = DEFAULTS.get(chosen, f"&d={quote_plus(chosen)}")
    rating = str(site.option("avatar_rating") or "g").lower()
    return {str(size): f"https://secure.gravatar.com/avatar/{digest}?s={size}{default}&r={rating}" for size in SIZES}


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
