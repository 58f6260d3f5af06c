"""Addresses of other sites, as people give them and as they are shown."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_address(url: str) -> bool:
    """Whether something could be fetched there."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return known and url.isprintable() and " " not in url


def open_address(url: str) -> str:
    """An address without the password that it holds: it is shown on screens and kept in logs."""
    before, at, host = url.partition("://")[2].partition("/")[0].rpartition("@")
    name, colon, password = before.partition(":")
    if not (at and colon and password):
        return url
    return url.replace(f"{before}@{host}", f"{name}:***@{host}", 1)
