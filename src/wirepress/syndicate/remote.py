"""Looking up what posts and the editor want of other sites: embeds, feeds, previews of links.

Each answer is kept in a write of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wirepress.content import remote
from wirepress.content.addresses.oembed import is_own, own
from wirepress.content.comments import pingbacks
from wirepress.content.newsroom import Newsroom
from wirepress.model.remote import RemoteKind, Wish, items_to_json
from wirepress.net.port import Conditions, Fault, Fetcher, FetchError
from wirepress.store import remote as store
from wirepress.store.remote import Due
from wirepress.syndicate import details, oembed, sandbox
from wirepress.syndicate import pingbacks as pages
from wirepress.syndicate.parse.items import read_items
from wirepress.syndicate.unreadable import Unreadable

CLAIM: Final = 300
"""Seconds after which a look-up that was cut off is due again."""
FEED_AGAIN: Final = 3_600
"""Seconds between two looks at a feed that a post lists."""
FEED_BYTES: Final = 5_000_000
PASSING: Final = 600
"""Seconds before the second try after a failure of the moment; four times as long before each one more ..."""
LASTING: Final = 24 * 3_600
"""... and after an answer of no use ..."""
LONGEST_PAUSE: Final = 30 * 24 * 3_600
"""... up to this."""
MOST_TRIES: Final = 8
PINGBACK_TRIES: Final = 2
"""Anybody may name any page: one that does not answer, or does not link here, is looked at once more, soon, and then
forgotten, so that it may be named again."""


def look_up_due(newsroom: Newsroom, fetcher: Fetcher, limit: int, stop: Callable[[], bool] = lambda: False) -> int:
    """Looks up what is due, at most `limit` of it; how many there were."""
    with newsroom.database.read() as unit:
        waiting = store.due(unit, _now(newsroom), limit)
    for due in waiting:
        if stop():
            break
        now = _now(newsroom)
        with newsroom.database.write() as unit:
            mine = store.claim(unit, due.wish, now, now + CLAIM)
        if mine and not look_up(newsroom, due, fetcher):
            break
    return len(waiting)


def look_up(newsroom: Newsroom, due: Due, fetcher: Fetcher) -> bool:
    """Looks up one wish and keeps what came of it; False when we are to stop."""
    wish = due.wish
    try:
        found, memory = _own_answer(newsroom, wish) or _asked(due, fetcher, newsroom.known_site().home)
    except FetchError as error:
        if error.fault is Fault.STOPPED:
            with newsroom.database.write() as unit:
                store.released(unit, wish, _now(newsroom))
            return False
        _failed(newsroom, due, error.message, passing=oembed.is_passing(error), wait=error.retry_after)
        return True
    except Unreadable as error:
        _failed(newsroom, due, error.message, passing=False)
        return True
    now = _now(newsroom)
    next_at = now + FEED_AGAIN if wish.kind is RemoteKind.FEED else None
    if found is None:
        with newsroom.database.write() as unit:
            store.unchanged(unit, wish, now, next_at)
        return True
    with newsroom.write() as view:
        if wish.kind is RemoteKind.PINGBACK:
            links = [pingbacks.Link(**link) for link in found["links"]]
            pingbacks.take(view, wish, found["title"], links, str(due.memory.get("remote", "")))
            store.forget(view.unit, wish)
        else:
            remote.keep(view, wish, found, memory, now, next_at)
    return True


def _own_answer(newsroom: Newsroom, wish: Wish) -> tuple[Any, dict[str, Any]] | None:
    """What this site itself answers for its own posts, without asking anybody; None for others' addresses."""
    with newsroom.view() as view:
        if wish.kind is not RemoteKind.EMBED or not is_own(view, wish.url):
            return None
        data = own(view, wish.url, wish.width)
    if data is None:
        raise Unreadable("there is no post of this site at its address")
    return {**data, "html": oembed.html_of(data, wish.url, trusted=False)}, {}


def _asked(due: Due, fetcher: Fetcher, home: str) -> tuple[Any, dict[str, Any]]:
    """What the other site answers, None for what has not changed, and what to remember of the answer.

    `home` is our own address.
    """
    if due.wish.kind is RemoteKind.EMBED:
        return oembed.look_up(due.wish, fetcher), {}
    if due.wish.kind is RemoteKind.PAGE:
        return details.look_up(due.wish.url, fetcher), {}
    if due.wish.kind is RemoteKind.PINGBACK:
        return pages.look_up(due.wish.url, home, fetcher), {}
    known = Conditions(str(due.memory.get("etag", "")), str(due.memory.get("last_modified", "")))
    fetched = fetcher.get(due.wish.url, known, body_bytes=FEED_BYTES, robots=False)
    if fetched.not_modified:
        return None, {}
    items = sandbox.run(sandbox.FEED, read_items, fetched.body, fetched.url, fetched.content_type)
    named = fetched.conditions
    return items_to_json(items), {"etag": named.etag[:500], "last_modified": named.last_modified[:100]}


def _now(newsroom: Newsroom) -> int:
    return int(newsroom.clock.now().timestamp())


def _failed(newsroom: Newsroom, due: Due, reason: str, *, passing: bool, wait: int = 0) -> None:
    """Notes a failure: it is tried again, ever more rarely, and a feed that a post lists for good."""
    now, tries = _now(newsroom), due.attempts + 1
    memory = {**due.memory, "error": reason[:500]}
    if due.wish.kind is RemoteKind.PINGBACK:
        with newsroom.database.write() as unit:
            if tries >= PINGBACK_TRIES:
                store.forget(unit, due.wish)
            else:
                store.failed(unit, due.wish, memory, now + min(max(PASSING, wait), LASTING))
        return
    pause = min((PASSING if passing else LASTING) * 4 ** min(due.attempts, MOST_TRIES), LONGEST_PAUSE)
    over = tries >= MOST_TRIES and due.wish.kind is not RemoteKind.FEED
    with newsroom.database.write() as unit:
        store.failed(unit, due.wish, memory, None if over else now + max(pause, wait))
