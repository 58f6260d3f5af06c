"""Addresses of avatars, as WordPress makes them for Gravatar."""

from __future__ import annotations

import hashlib

from wirepress.content.site import Site

SIZES = (24, 48, 96)


def of_email(site: Site, email: str) -> dict[str, str]:
    """The avatar of an e-mail address in each size (rest_get_avatar_urls)."""
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    default = {"mystery": "mm"}.get(str(site.option("avatar_default") or "mystery"), str(site.option("avatar_default")))
    rating = str(site.option("avatar_rating") or "g").lower()
    return {str(size): f"https://secure.gravatar.com/avatar/{digest}?s={size}&d={default}&r={rating}" for size in SIZES}
