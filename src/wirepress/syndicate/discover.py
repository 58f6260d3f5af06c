"""What of an address could be a source: a feed, the feeds that a page names, the articles that a page lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from wirepress.net.port import Fault, Fetched, Fetcher, FetchError
from wirepress.syndicate import sandbox
from wirepress.syndicate.found import Candidate, found_feed, found_page
from wirepress.syndicate.parse.alternates import is_of_comments
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.unreadable import TooCostly, Unreadable

MOST_FEEDS: Final = 6
"""Feeds that are asked for one address."""
PLACES: Final = ("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml")
"""Where sites keep a feed that their pages do not name; WordPress's comes first."""

Step = Callable[[str], None]


def discover(url: str, fetcher: Fetcher, step: Step, stop: Callable[[], bool] = lambda: False) -> dict[str, Any]:
    """What of an address could be a source, the best first, as JSON holds it.

    Raises FetchError where the address itself cannot be had, Unreadable where it is neither a feed nor a page, or costs
    too much to read.
    """
    step(url)
    fetched = fetcher.get(url, robots=False)
    here = fetched.moved_to or url
    try:
        feed = _feed_of(here, fetched)
    except TooCostly:
        raise
    except Unreadable:
        page = sandbox.run(sandbox.PAGE, found_page, fetched.body, fetched.url, fetched.content_type)
    else:
        return {"page": "feed", "candidates": [feed.row()]}
    feeds = _feeds(page.feeds[:MOST_FEEDS], fetched.url, fetcher, step, stop)
    # Two addresses may lead to one feed, and only its title may say that it is of comments.
    each_once = {candidate.url: candidate for candidate in feeds}.values()
    found = sorted(each_once, key=lambda candidate: is_of_comments(candidate.title))
    if page.listing is not None:
        page.listing.url = here
        found.append(page.listing)
    return {"page": "wordpress" if page.wordpress else "page", "candidates": [candidate.row() for candidate in found]}


def _feeds(
    named: Sequence[str], url: str, fetcher: Fetcher, step: Step, stop: Callable[[], bool]
) -> Iterator[Candidate]:
    """The feeds that a page names and that can be read; where it names none, the first one in a usual place."""
    for address in named or [absolute(url, place) for place in PLACES]:
        if stop():
            return
        step(address)
        found = _asked(address, fetcher)
        if found is not None:
            yield found
            if not named:
                return


def _asked(address: str, fetcher: Fetcher) -> Candidate | None:
    try:
        fetched = fetcher.get(address, robots=False)
        return _feed_of(fetched.moved_to or address, fetched)
    except FetchError as error:
        if error.fault is Fault.STOPPED:
            raise
    except Unreadable:
        pass
    return None


def _feed_of(address: str, fetched: Fetched) -> Candidate:
    """The feed of an answer, under the address that it is to be asked for at."""
    found = sandbox.run(sandbox.FEED, found_feed, fetched.body, fetched.url, fetched.content_type)
    found.url = address
    return found
