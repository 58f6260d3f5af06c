"""Which requests ask for more than their address says, and are never answered from kept bytes: neither from ours, nor
from those of a cache before us."""

from __future__ import annotations

from typing import Any

# A request with one of these asks for more than the address says: it is never answered from kept bytes.
PERSONAL = frozenset(
    {b"authorization", b"x-http-method-override", b"x-wp-nonce", b"range", b"content-length", b"transfer-encoding"}
)
REPEATABLE = frozenset({b"origin", b"if-none-match", b"if-modified-since", b"accept-encoding"})
COOKIES = (b"wordpress_", b"wp-postpass_", b"comment_author_")
"""Parts of names: an answer to who brings such a cookie may be theirs alone."""


def conditions(scope: dict[str, Any]) -> tuple[bool, dict[bytes, bytes]]:
    """Whether a request asks for more than its address says, and those of its headers that kept bytes can answer."""
    personal, sent = scope["method"] != "GET", {}
    for name, value in scope["headers"]:
        if name == b"cookie":
            personal = personal or any(name in value for name in COOKIES)
        elif name in REPEATABLE:
            sent[name] = value
        elif name in PERSONAL and (value != b"0" or name != b"content-length"):  # a GET may ask in a body, too
            personal = True
    return personal, sent
