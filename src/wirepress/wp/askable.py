"""Addresses that callers send for the server to ask: which of them may be asked, as far as can be said without asking
(wp_http_validate_url).  What a name leads to is seen by whoever asks."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from wirepress.content.addresses.oembed import is_own
from wirepress.url.parse import is_address
from wirepress.wp.call import Call

LONGEST = 2_000
PORTS = (None, 80, 443, 8080)
"""Those at which WordPress asks (http_allowed_safe_ports)."""


def may_be_asked(call: Call, url: str) -> bool:
    """Whether an address is this site's own, or names a public host at a usual port, without a name and password."""
    return is_address(url) and len(url) <= LONGEST and (is_own(call.view, url) or _is_open(url))


def _is_open(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if "@" in parts.netloc or parts.port not in PORTS or host == "localhost" or ":" in host:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return not host.rpartition(".")[2].isdigit()  # 127.1 and the like are addresses too
