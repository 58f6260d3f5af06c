"""Stories that are kept from page to page, with the cards that were made of them.

A story is made of the row of its post, of the picture's, of where it came from, and of what raises the shared version:
options, people, names and places of terms.  It goes with the tags of all these, as whole answers do (`store.tags`), and
is given to a view of the epoch that is known to hold no touch of them.
"""

from __future__ import annotations

import marshal
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from wirepress.content.newsroom import Newsroom, View
from wirepress.content.posts.provenance import provenance
from wirepress.model.post import Post
from wirepress.site.stories import stories
from wirepress.site.story import Made, Story
from wirepress.store import journal
from wirepress.store.tags import ALL, SOURCES, of_origins, of_posts, of_table, of_terms

LIMIT = 16 << 20
"""Bytes."""
ROOM = 8 << 10
"""Bytes that the cards of one story may take."""
_BESIDE = 4 << 10
"""Bytes that keeping a story takes beside its words, counted high."""
_TAG = 160
"""Bytes that one tag takes, counted high."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A story of a version of its post, and the tags of what it was made of."""

    story: Story
    version: int
    tags: frozenset[str]
    bytes: int


class Cards:
    """Stories by the ids of their posts, in bounded memory; the least recently shown go first."""

    def __init__(self, newsroom: Newsroom, limit: int = LIMIT) -> None:
        self.newsroom = newsroom
        self.limit = limit
        self.bytes = 0
        self._epoch = -1
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def stories(self, view: View, posts: Sequence[Post], known: Mapping[int, Story]) -> list[Story]:
        """The stories of posts that everybody may read, in order: those that are known, and the others made now."""
        missing = [post for post in posts if post.id not in known]
        origins = provenance(view, [post.id for post in missing])
        made = dict(known)
        for post, one in zip(missing, stories(view, missing, origins, partial(self._made, view)), strict=True):
            made[post.id] = one
        return [made[post.id] for post in posts]

    def _made(self, view: View, post: Post, make: Callable[[], Story]) -> Story:
        """A story that is made now, with the tags of what it is made of whoever has read that before."""
        with view.unit.collecting() as tags:
            story = make()
            view.unit.depends((*of_posts((post.id, post.thumbnail)), *of_origins((post.id,)), SOURCES))
            view.unit.depends((*of_terms(term.id for term in post.terms), *of_table("users")))
        return self.keep(view, post, story, tags)

    def known(self, view: View, versions: Mapping[int, int]) -> dict[int, Story]:
        """Those that are kept of the stories of posts, by id and version; what is made of them depends on the same."""
        found: dict[int, Story] = {}
        with self._lock:
            if view.unit.writing or not self._follows(view):
                return found
            for post_id, version in versions.items():
                kept = self._kept.get(post_id)
                if kept is not None and kept.version == version:
                    self._kept.move_to_end(post_id)
                    view.unit.depends(kept.tags)
                    found[post_id] = kept.story
        return found

    def keep(self, view: View, post: Post, story: Story, tags: Iterable[str]) -> Story:
        """Keeps a story for other pages, where the post is as its row has it: neither a preview, nor opened by its
        password, nor rendered for this page alone.  Of pages and files nothing is kept: their addresses are made of
        those of others."""
        if post.type != "post" or view.unit.writing or view.lookup.post(post.id) is not post:
            return story
        try:
            size = 2 * len(marshal.dumps(dict(story), 2)) + _BESIDE + ROOM
        except ValueError:  # something else than plain values
            return story
        held = frozenset(tags)
        size += _TAG * len(held)
        kept = Kept(Story(story, Made(ROOM)), post.version, held, size)
        with self._lock:
            if ALL in kept.tags or size > self.limit // 8 or not self._follows(view):
                return story
            self._drop(post.id)
            self._kept[post.id] = kept
            self.bytes += size
            while self.bytes > self.limit:
                self._drop(next(iter(self._kept)))
        return kept.story

    def _follows(self, view: View) -> bool:
        """Drops what does not hold in the epoch of a view; False where a newer one was seen already.

        The rows of a view are never older than its epoch.  Where they are newer, a story that is made of them goes once
        more than it must.
        """
        epoch = view.site.epoch
        if epoch == self._epoch:
            return True
        if epoch < self._epoch and self._kept and not self._stands_elsewhere():
            return False
        touched = self._touched(view, epoch) if self._kept else None
        for post_id in [i for i, one in self._kept.items() if touched is None or not touched.isdisjoint(one.tags)]:
            self._drop(post_id)
        self._epoch = epoch
        return True

    def _touched(self, view: View, epoch: int) -> frozenset[str] | None:
        """What was touched since the newest epoch that was seen.  Where this process has not heard of it all, the view
        itself knows."""
        touched = self.newsroom.database.recent.since(self._epoch, epoch)
        if touched is None and epoch > self._epoch:
            touched = journal.touched(view.unit, self._epoch, epoch)
        return touched

    def _stands_elsewhere(self) -> bool:
        """Whether another database stands in the place of the one that was seen before."""
        now = self.newsroom.database.heard()
        return now is not None and now < self._epoch

    def _drop(self, post_id: int) -> None:
        if (old := self._kept.pop(post_id, None)) is not None:
            self.bytes -= old.bytes
