"""Values of a query as PHP writes them."""

from __future__ import annotations

from urllib.parse import quote_plus


def encoded(text: str, safe: str = "") -> str:
    """A value as PHP's `urlencode` writes it: a space is `+`, and `~` is encoded as well, which Python's leaves alone.
    What is no UTF-8 becomes `?`."""
    return quote_plus(text, safe=safe, errors="replace").replace("~", "%7E")
