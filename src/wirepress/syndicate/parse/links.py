"""Addresses as documents write them."""

from __future__ import annotations

from wirepress.url.parse import web_url

LONGEST = 4_000


def absolute(base: str, link: str) -> str:
    """The http(s) address that a link on a page means; empty where it means none."""
    link = link.strip()
    found = web_url(link, base) if link and len(link) <= LONGEST else None
    return found.href if found is not None else ""
