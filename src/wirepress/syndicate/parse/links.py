"""Addresses as documents write them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

LONGEST = 4_000


def absolute(base: str, link: str) -> str:
    """The http(s) address that a link on a page means; empty where it means none."""
    link = "".join(link.split("\n")).strip().replace("\t", "").replace("\r", "")
    if not link or len(link) > LONGEST:
        return ""
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
        return joined.replace(" ", "%20") if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
