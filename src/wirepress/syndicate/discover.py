"""What of an address could be a source: each kind looks at it in turn, the best way to read a site first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from wirepress.net.port import Fetcher
from wirepress.syndicate.asking import Asked
from wirepress.syndicate.parse.software import is_wordpress
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.reading.declaration import Candidate, Document, Site
from wirepress.syndicate.reading.table import readings
from wirepress.syndicate.unreadable import Unreadable

MOST_ASKED: Final = 30
"""Answers beside the page itself that are asked for to find out what is there."""

Step = Callable[[str], None]


def discover(
    url: str, fetcher: Fetcher, now: datetime, step: Step, stop: Callable[[], bool] = lambda: False
) -> dict[str, Any]:
    """What of an address could be a source, the best first, as JSON holds it.

    Raises FetchError where the address itself cannot be had, Unreadable where it is neither a source nor a page, or
    costs too much to read.
    """
    addresses: list[str] = []

    def stepped(address: str) -> None:
        addresses.append(address)
        step(address)

    asked = Asked(fetcher, now, lambda: len(addresses) <= MOST_ASKED and not stop(), stepped, named=url)
    fetched = asked.get(url)
    site = Site(fetched.moved_to or url, fetched, asked)
    for kind, reading in readings():
        if found := list(reading.itself(site)):
            return {"page": kind.value, "candidates": [candidate.row() for candidate in found]}
    wordpress = asked.read_page(page_is_wordpress, fetched)
    offered: list[Candidate] = []
    for _, reading in readings():
        if not stop():
            offered += reading.offered(site)
    return {"page": "wordpress" if wordpress else "page", "candidates": [candidate.row() for candidate in offered]}


def page_is_wordpress(document: Document) -> bool:
    """Whether a page is WordPress's.  Raises Unreadable where it is no page."""
    if "<" not in page_text(document.body, document.type):
        raise Unreadable("this is neither a feed nor a web page")
    return is_wordpress(document.body)
