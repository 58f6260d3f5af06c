"""Comparing an article with all that came, or was written here, in the last days: before it is decided about, and in
the write that keeps it once more, so that what two workers take at the same moment is not published twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from wirepress.content.newsroom import Newsroom, View
from wirepress.content.stories.bands import bands_of, traces_of
from wirepress.model.moment import stamp
from wirepress.model.story import KeptPrint, TextPrint
from wirepress.model.wire import Entry, Like, Origin, Source
from wirepress.store import posts as post_store
from wirepress.store import prints as store
from wirepress.store import sources, stories
from wirepress.store.unit import Unit
from wirepress.syndicate import sandbox
from wirepress.syndicate.adoption.keys import headlines, same_title
from wirepress.syndicate.examined import Examined
from wirepress.syndicate.prints import DRESSED, Dressing, markup_print, nearest
from wirepress.syndicate.unreadable import Unreadable

SPAN: Final = timedelta(days=30)
"""How long a text is compared with those that come after it."""
AT_ONCE: Final = 20
"""Posts that are printed for one write."""
CAUGHT_UP: Final = 400
"""Posts that one look prints at most, the newest first."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an article as it is compared.

    `bands` find what it may be like; `seen` is the last print that was there when it was compared.
    """

    source: int
    print: TextPrint
    bands: Sequence[int]
    dressing: Dressing = field(default_factory=Dressing, compare=False)
    seen: int = 0

    def came_meanwhile(self, unit: Unit, now: datetime) -> bool:
        """Whether a text that is the same article was kept since it was compared."""
        if not self.bands:
            return False
        since = int((now - SPAN).timestamp())
        return bool(nearest(self.print, self.source, store.near_to(unit, self.bands, since, self.seen), self.dressing))

    def keep(self, unit: Unit, post: int, now: datetime) -> None:
        """Has the text of a post known again, in place of what was known of it before."""
        store.add(unit, post, self.source, int(now.timestamp()), self.print, self.bands)

    def replace(self, unit: Unit, post: int, now: datetime) -> None:
        """The same where the post had another text before."""
        known = store.of_post(unit, post)
        if [one.print for one in known] != [self.print]:
            for one in known:
                store.forget(unit, one, traces_of(one.print))
            self.keep(unit, post, now)


class Comparison:
    """Compares the articles of one look at a source; `keeps`: what nobody has printed yet is, and kept."""

    def __init__(self, newsroom: Newsroom, source: Source, *, keeps: bool = True) -> None:
        self.newsroom = newsroom
        self.source = source
        self.keeps = keeps
        self._dressing: Dressing | None = None
        self._made: tuple[Examined, Text | None] | None = None
        self._printed: tuple[Entry | None, TextPrint | None] = (None, None)

    def like(self, examined: Examined, known: Origin | None) -> Like | None:
        """What has nearly the text of an entry; None where nothing has, or somebody has said that it is an article
        of its own."""
        text = self.text_of(examined)
        with self.newsroom.database.read() as unit:
            if text is not None and text.bands:
                text = replace(text, seen=store.last(unit))
                self._made = examined, text
            placed = stories.article_of(unit, origin=known.id) if known is not None else None
            if placed is not None and placed.by_hand:
                others = stories.articles_of(unit, [placed.story])
                first = next((one.post for one in others if one.post and one.status != "trash"), 0)
                return Like(first, by_hand=True) if first else None
            return _like(self._near(unit, examined, text))

    def _near(self, unit: Unit, examined: Examined, text: Text | None) -> Sequence[tuple[float, KeptPrint]]:
        """What is near by its text; else what an aggregator brought under this title."""
        titled = _headlines(examined)
        bands = text.bands if text is not None else ()
        if not bands and not titled:
            return ()
        since = int((self.newsroom.clock.now() - SPAN).timestamp())
        kept = store.near_to(unit, (*bands, *titled), since)
        near: Sequence[tuple[float, KeptPrint]] = ()
        if text is not None and bands:
            near = nearest(text.print, self.source.id, kept, text.dressing)
        return near or _of_title(unit, examined, titled, kept)

    def adopted(self, like: Like | None) -> Origin | None:
        """The article of this very source that an entry turns out to be, where nobody knew its address until now."""
        if like is None or not like.post or like.by_hand:
            return None
        with self.newsroom.database.read() as unit:
            origin = sources.origins_of_posts(unit, [like.post]).get(like.post)
        is_it = origin is not None and origin.source == self.source.id and not origin.is_located
        return origin if is_it else None

    def text_of(self, examined: Examined) -> Text | None:
        """The text of an entry, to be kept with its post; None where it is too short to tell from others."""
        if self._made is not None and self._made[0].entry is examined.entry:
            return self._made[1]
        found = self._print_of(examined)
        if found is None:
            return None
        dressing = self._known_dressing()
        return Text(self.source.id, found, bands_of(dressing.off(found)), dressing)

    def learn(self, examined: Examined) -> None:
        """Hears what this source says, for the articles after it."""
        text = self.text_of(examined)
        if text is not None:
            self._known_dressing().learn(text.print)

    def _print_of(self, examined: Examined) -> TextPrint | None:
        entry, article = examined.entry, examined.article
        markup = (article.body if article is not None else "") or entry.content or entry.summary
        if self._printed[0] is not entry:
            self._printed = entry, _print_apart(markup, entry.title)
        return self._printed[1]

    def _known_dressing(self) -> Dressing:
        if self._dressing is None:
            if self.keeps:
                catch_up(self.newsroom)
            with self.newsroom.database.read() as unit:
                newest = store.newest_of(unit, self.source.id, DRESSED)
            self._dressing = Dressing(kept.print for kept in reversed(newest))
        return self._dressing


def _headlines(examined: Examined) -> Sequence[int]:
    """The numbers by which its title on that day may be known (`adoption.keys.headline`)."""
    entry, page = examined.entry, examined.page
    return headlines(entry.title or page.title, entry.published or page.published)


def _of_title(
    unit: Unit, examined: Examined, titled: Sequence[int], kept: Sequence[KeptPrint]
) -> Sequence[tuple[float, KeptPrint]]:
    """The adopted post that had this title on that day.  Where the address of its article is known, one of
    another address is another article."""
    title = examined.entry.title or examined.page.title
    for one in kept:
        if len(one.print.numbers) == 1 and not one.print.numbers.isdisjoint(titled):
            origin = sources.origins_of_posts(unit, [one.post]).get(one.post)
            if origin is not None and not origin.is_located and same_title(origin.facts.title, title):
                return ((1.0, one),)
    return ()


def _like(near: Sequence[tuple[float, KeptPrint]]) -> Like | None:
    if not near:
        return None
    share = int(near[0][0] * 100)
    standing = next((kept.post for _, kept in near if not kept.is_gone), 0)
    return Like(standing, share, next((kept.post for _, kept in near if kept.is_gone), 0))


def _print_apart(markup: str, title: str) -> TextPrint | None:
    """The print of markup, made in a process of its own; None for what costs too much."""
    try:
        return sandbox.run(sandbox.ARTICLE, markup_print, markup, title) if markup else None
    except Unreadable:
        return None


def catch_up(newsroom: Newsroom) -> int:
    """Prints the texts of posts that have come otherwise than from a source, or before texts were printed; how many."""
    done = 0
    while done < CAUGHT_UP:
        with newsroom.view() as view:
            since = stamp(view.now() - SPAN)
            changed = store.unknown(view.unit, since, AT_ONCE)
            loaded = post_store.load(view.unit, list(changed)) if changed else {}
            origins = sources.origins_of_posts(view.unit, list(loaded))
        if not loaded:
            break
        made = {post.id: _print_apart(post.content, post.title) for post in loaded.values()}
        with newsroom.write() as view:
            for post, modified in changed.items():
                source = origins[post].source if post in origins else 0
                _renew(view, post, source, made.get(post), modified)
        done += len(changed)
    return done


def _renew(view: View, post: int, source: int, found: TextPrint | None, modified: str) -> None:
    known = store.of_post(view.unit, post)
    if any(one.source for one in known):
        return  # its source was quicker
    for one in known:
        store.forget(view.unit, one, traces_of(one.print))
    store.add(view.unit, post, source, int(view.now().timestamp()), found, bands_of(found), modified)


def forget_old(newsroom: Newsroom, rest: Callable[[], object] = lambda: None) -> int:
    """Forgets the texts that nothing is compared with any more, some in each write, resting in between; how many."""
    before, gone = int((newsroom.clock.now() - SPAN).timestamp()), 0
    while True:
        with newsroom.database.write() as unit:
            old = store.kept_before(unit, before, AT_ONCE)
            for one in old:
                store.forget(unit, one, traces_of(one.print))
        gone += len(old)
        if len(old) < AT_ONCE:
            return gone
        rest()
