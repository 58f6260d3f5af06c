"""Where a form or a link may send somebody back to: nowhere but on this site."""

from __future__ import annotations

import re
from urllib.parse import quote

from wirepress.content.site import Site
from wirepress.url.parse import plain_url, web_url

_STRAY = re.compile(r"[^a-z0-9\-~+_.?#=&;,/:%!*\[\]()@]", re.IGNORECASE)
_PLAIN = "".join(chr(n) for n in range(0x21, 0x7F))
LONGEST = 4096


def own_address(site: Site, wanted: str, otherwise: str) -> str:
    """Where somebody is sent who wants to go to `wanted`: nowhere but on this site (wp_safe_redirect)."""
    clean = _STRAY.sub("", quote(wanted.strip()[:LONGEST], safe=_PLAIN, errors="replace"))
    homes = [found for address in (site.home, site.base) if (found := web_url(address)) is not None]
    if clean.startswith("/"):
        there = web_url(clean, site.base)
    else:
        there = plain_url(clean)
    if there is None or there.login or there.authority not in {home.authority for home in homes}:
        return otherwise
    return clean
