"""The posts that may have come from elsewhere, page by page, with what they are recognised as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from wirepress.content.newsroom import Newsroom
from wirepress.store import adoption as store
from wirepress.store import posts as post_store
from wirepress.syndicate.adoption import plugins
from wirepress.syndicate.adoption.keys import host_of
from wirepress.syndicate.adoption.recognising import Recognised, clues_in, recognised

AT_ONCE: Final = 100
"""Posts that are looked at together ..."""
CHARACTERS: Final = 2_000_000
"""... as long as their texts have no more characters."""
_MOST_FEEDS: Final = 5_000
"""Feeds of plugins' settings that are remembered."""


class Pages:
    """All posts without an origin; `prints`: with the prints of the texts of those that are recognised."""

    def __init__(self, newsroom: Newsroom, *, prints: bool) -> None:
        self.newsroom = newsroom
        self.prints = prints
        self.looked_at = self.unreadable = self.total = 0
        self._feeds: dict[int, str] = {}
        kinds = newsroom.registry.types.values()
        self._types = [kind.name for kind in kinds if kind.public and kind.viewable and kind.name != "attachment"]

    def recognised(self) -> Iterator[list[Recognised]]:
        """What was recognised of each page; `looked_at` and `total` say how far that is."""
        now = self.newsroom.clock.now()
        with self.newsroom.view() as view:
            self.total, home = store.number(view.unit, self._types), host_of(view.site.home)
        last = 0
        while True:
            with self.newsroom.view() as view:
                ids = _some(store.without_origin(view.unit, self._types, last, AT_ONCE))
                posts = post_store.load(view.unit, ids) if ids else {}
            if not ids:
                return
            last = ids[-1]
            self.looked_at += len(ids)
            clues = clues_in([posts[number] for number in ids if number in posts], home)
            found, unreadable = recognised(clues, home, now, prints=self.prints)
            self.unreadable += unreadable
            yield self._with_feeds(found)

    def _with_feeds(self, found: Sequence[Recognised]) -> list[Recognised]:
        """The same with the feeds that the settings of their plugin name."""
        self._learn(sorted({one.job for one in found if one.job and not one.feed} - self._feeds.keys()))
        return [replace(one, feed=one.feed or self._feeds.get(one.job, "")) for one in found]

    def _learn(self, jobs: Sequence[int]) -> None:
        if not jobs:
            return
        if len(self._feeds) > _MOST_FEEDS:
            self._feeds.clear()
        with self.newsroom.view() as view:
            settings = post_store.load(view.unit, jobs)
        self._feeds |= dict.fromkeys(jobs, "") | {job: plugins.feed_of(post.meta) for job, post in settings.items()}


def _some(listed: Sequence[tuple[int, int]]) -> list[int]:
    """As many posts as may be looked at together, at least one."""
    ids, length = list[int](), 0
    for post, characters in listed:
        length += characters or 0
        if ids and length > CHARACTERS:
            break
        ids.append(post)
    return ids
