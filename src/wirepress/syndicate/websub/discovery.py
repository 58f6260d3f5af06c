"""Which hubs tell of a feed's news, and by which address they know it (WebSub, section 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from wirepress.model.wire import Feed
from wirepress.net.port import Fetched
from wirepress.syndicate.parse.links import absolute, header_links
from wirepress.url.parse import plain_url

MOST_HUBS: Final = 5
LONGEST: Final = 2_000
"""Characters of the address of a hub or a topic."""


def with_hubs(feed: Feed, fetched: Fetched) -> Feed:
    """A feed with the hubs and the address of its own that its answer's headers name before those that it names itself.

    Where neither names an address, it is the one that it came from.  A feed whose address holds a login is offered to
    nobody under it.
    """
    hubs = dict.fromkeys(filter(_is_open, (*_linked(fetched, "hub"), *feed.hubs)))
    topics = filter(_is_open, (*_linked(fetched, "self"), feed.itself, fetched.url))
    topic = next(topics, "")
    return replace(feed, itself=topic, hubs=tuple(hubs)[:MOST_HUBS] if topic else ())


def _linked(fetched: Fetched, wanted: str) -> Iterator[str]:
    for address, named in header_links(fetched.headers.get("link", "")):
        # With an anchor it is said of another document (RFC 8288, section 3.2).
        if wanted in named.get("rel", "").split() and "anchor" not in named:
            yield absolute(fetched.url, address)


def _is_open(address: str) -> bool:
    """Whether something is an address of the web that may be told to others."""
    found = plain_url(address) if 0 < len(address) <= LONGEST else None
    return found is not None and not found.login
