"""Pictures of people: what Gravatar has for an e-mail address, and what is drawn here without asking it."""

from __future__ import annotations

import hashlib
import unicodedata

from wirepress.content.site import Site
from wirepress.url.query import encoded

GRAVATAR = "wirepress_gravatar"
"""The option that has readers' browsers ask gravatar.com for pictures."""
SIZES = (24, 48, 96)
DEFAULTS = {"mystery": "&d=mm", "mysteryman": "&d=mm", "gravatar_default": ""}
"""What WordPress's own names of pictures are to Gravatar."""


def of_email(site: Site, email: str) -> dict[str, str]:
    """The avatar of an e-mail address in each size (rest_get_avatar_urls)."""
    address = email.strip().lower()
    digest = hashlib.sha256(address.encode("utf-8", "replace")).hexdigest() if address else ""
    chosen = str(site.option("avatar_default") or "mystery")
    default = DEFAULTS.get(chosen, f"&d={encoded(chosen)}")
    rating = str(site.option("avatar_rating") or "g").lower()
    return {str(size): f"https://secure.gravatar.com/avatar/{digest}?s={size}{default}&r={rating}" for size in SIZES}


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, "?" for a name without letters."""
    words = [word for part in name.split() if (word := part.strip("\"'“”„‘’()[]<>.,-_@#*"))]
    first = [word[0] for word in words if unicodedata.category(word[0])[0] in "LN"]
    if not first:
        return "?"
    return (first[0] + first[-1] if len(first) > 1 else first[0]).upper()[:2]


def tone(name: str, tones: int) -> int:
    """One of so many colours, the same for a name each time; nothing but the name is in it."""
    return hashlib.blake2b(name.strip().lower().encode("utf-8", "replace"), digest_size=2).digest()[0] % tones + 1
