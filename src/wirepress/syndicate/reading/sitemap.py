"""Sitemaps and news sitemaps: the addresses of a site's pages, of which the new ones are taken."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from wirepress.model.wire import Entry, Feed, Source, SourceKind
from wirepress.net.port import Conditions, Fault, Fetched, FetchError
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.sitemap import FIRST, MOST_NEW, OVERLAP, Child, Sitemap, read_sitemap
from wirepress.syndicate.reading.declaration import Asking, Candidate, Document, Listed, Reading, Site
from wirepress.syndicate.reading.entries import candidate_of, finished
from wirepress.syndicate.unreadable import Unreadable

MOST_DOCUMENTS: Final = 50
"""Sitemaps of one index that are asked for in one look ..."""
FEW_DOCUMENTS: Final = 2
"""... and to find out what it is."""
DEEPEST: Final = 2
"""Levels of indexes: the protocol knows one."""
PLACES: Final = (
    "/news-sitemap.xml", "/sitemap_news.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml",
    "/wp-sitemap.xml",
)  # fmt: skip
"""Where sites keep the sitemaps that their robots.txt does not name."""
MOST_LINES: Final = 6
"""Sitemaps of a robots.txt that are looked at."""
_NEWS: Final = re.compile(r"news|nachrichten|actualit|noticia", re.IGNORECASE)
_ARTICLES: Final = re.compile(rf"{_NEWS.pattern}|artic|post|stor(?:y|ies)", re.IGNORECASE)
_NO_ARTICLES: Final = re.compile(
    r"categor|tag(?:s|-|_|\.)|taxonom|author|users|posts-page|page-sitemap|image|video|product|location", re.IGNORECASE
)
"""Names of sitemaps that do not list articles."""
_LINE: Final = re.compile(rb"^\s{0,20}sitemap\s{0,20}:\s{0,20}(\S{1,2000})", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Walk:
    """Going through a sitemap and those that it names."""

    asking: Asking
    since: datetime | None
    most: int = MOST_DOCUMENTS
    entries: dict[str, Entry] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    newest: datetime | None = None
    total: int = 0
    is_news: bool = False
    problems: list[str] = field(default_factory=list)
    read: int = 0
    """Documents that list addresses."""
    is_cut: bool = False
    """There was more than could be asked for."""

    def go(self, url: str, first: Sitemap) -> None:
        """Takes a sitemap, or what an index names; the newest first."""
        self.seen.add(url)
        if not first.is_index:
            self.take(first)
            return
        waiting = deque((child, 1) for child in self._wanted(first.children))
        while waiting:
            child, level = waiting.popleft()
            if child.url in self.seen:
                continue
            if len(self.seen) > self.most or not (self.asking.may_go_on() or not self.read):
                self.is_cut = True
                return
            self.seen.add(child.url)
            found = self._asked(child)
            if found is None:
                continue
            if found.is_index and level < DEEPEST:
                waiting.extendleft((one, level + 1) for one in reversed(self._wanted(found.children)))
            elif not found.is_index:
                self.take(found)
                if self.since is None and len(self.entries) >= FIRST:
                    return

    def take(self, found: Sitemap) -> None:
        """Takes what is new in a sitemap."""
        self.read += 1
        self.total += found.total
        self.is_news = self.is_news or found.is_news
        self.newest = max(filter(None, (self.newest, found.newest)), default=None)
        if found.warning:
            self.problems.append(found.warning)
        for entry in found.entries:
            self.entries.setdefault(entry.guid, entry)

    def _wanted(self, children: tuple[Child, ...]) -> list[Child]:
        """The sitemaps of an index that may list new articles, those of news first, then the newest."""
        now = self.asking.now
        found = [child for child in children if not _NO_ARTICLES.search(urlsplit(child.url).path)] or list(children)
        if self.since is not None:
            floor = self.since - OVERLAP
            found = [child for child in found if child.changed is None or child.changed >= floor]

        def place(child: Child) -> tuple[bool, bool, float]:
            is_known = child.changed is not None and child.changed <= now
            return (
                _ARTICLES.search(urlsplit(child.url).path) is None,
                not is_known,
                -child.changed.timestamp() if child.changed is not None and is_known else 0.0,
            )

        return sorted(found, key=place)

    def _asked(self, child: Child) -> Sitemap | None:
        try:
            fetched = self.asking.get(child.url)
            return self.asking.read(read_answer, fetched, since=self.since, now=self.asking.now)
        except FetchError as error:
            if error.fault is Fault.STOPPED:
                raise
            self.problems.append(f"{child.url[:200]}: {error.message}")
        except Unreadable as error:
            self.problems.append(f"{child.url[:200]}: {error.message}")
        return None

    @property
    def warning(self) -> str:
        return next(iter(self.problems), "the index names more sitemaps than could be asked for" if self.is_cut else "")

    def feed(self) -> Feed:
        """What was found, the newest first."""
        most = FIRST if self.since is None else MOST_NEW
        found = sorted(self.entries.values(), key=_age)
        return Feed(entries=tuple(found[:most]), warning=self.warning)


def _age(entry: Entry) -> float:
    moment = max(filter(None, (entry.published, entry.updated)), default=None)
    return -moment.timestamp() if moment else 0.0


def read_answer(document: Document, *, since: datetime | None, now: datetime) -> Sitemap:
    """The sitemap that a source answered, its entries with their digests.  Raises Unreadable."""
    found = read_sitemap(document.body, document.url, document.type, since=since, now=now)
    return replace(found, entries=finished(Feed(entries=found.entries)).entries)


def ask(source: Source, asking: Asking) -> Listed:
    """The addresses that are new, or were changed, since the last time; the first time, the newest."""
    memory, since = source.memory, _read_mark(source.memory.mark)
    fetched = asking.get(source.url, Conditions(memory.etag, memory.last_modified))
    if fetched.not_modified:
        return Listed(Feed(), fetched, memory.mark)
    first = asking.read(read_answer, fetched, since=since, now=asking.now)
    walk = Walk(asking, since)
    walk.go(source.url, first)
    if walk.problems and not walk.read:
        raise Unreadable(walk.problems[0])
    if first.is_index:  # what it names may change without it
        fetched = _without_validators(fetched)
    # What could not be had is asked for again: the mark stays, and what is known already is passed over.
    newest = max(filter(None, (since, walk.newest)), default=None)
    keeps_mark = bool(walk.problems) or newest is None or (walk.is_cut and since is not None)
    mark = memory.mark if keeps_mark or newest is None else min(newest, asking.now).isoformat()
    return Listed(walk.feed(), fetched, mark)


def _without_validators(fetched: Fetched) -> Fetched:
    kept = {name: value for name, value in fetched.headers.items() if name not in ("etag", "last-modified")}
    return replace(fetched, headers=kept)


def _read_mark(mark: str) -> datetime | None:
    try:
        return datetime.fromisoformat(mark)
    except ValueError:
        return None


def itself(site: Site) -> Iterator[Candidate]:
    """The address, where it is that of a sitemap."""
    found = site.read(read_answer, since=None, now=site.asking.now)
    if found is not None and (walk := _walked(site, site.url, found)).entries:
        yield _candidate(site.url, walk)


def offered(site: Site) -> Iterator[Candidate]:
    """One sitemap of the site: of those that its robots.txt names, or that lie in the usual places, the first one of
    news, else the first that can be read."""
    front = absolute(site.fetched.url, "/")
    robots = site.ask(f"{front}robots.txt")
    lines = () if robots is None else (line.decode("utf-8", "replace") for line in _LINE.findall(robots.body[:500_000]))
    named = sorted({absolute(front, line): None for line in lines}, key=lambda url: not _is_of_news(url))
    best: Candidate | None = None
    for url in dict.fromkeys((*named[:MOST_LINES], *(absolute(front, place) for place in PLACES))):
        if best is not None and not _is_of_news(url):
            continue
        found = site.look(url, read_answer, since=None, now=site.asking.now)
        walk = _walked(site, url, found) if found is not None else None
        if walk is None or not walk.entries:
            continue
        if best is None or walk.is_news:
            best = _candidate(url, walk)
        if walk.is_news:
            break
    if best is not None:
        yield best


def _is_of_news(url: str) -> bool:
    return _NEWS.search(urlsplit(url).path) is not None


def _walked(site: Site, url: str, found: Sitemap) -> Walk:
    walk = Walk(site.asking, None, most=FEW_DOCUMENTS)
    walk.go(url, found)
    return walk


def _candidate(url: str, walk: Walk) -> Candidate:
    feed = replace(walk.feed(), title=urlsplit(url).netloc, warning="")
    return candidate_of(SourceKind.SITEMAP, url, feed, total=walk.total)


READING: Final = Reading(
    label="Sitemap",
    help="Sitemap or news sitemap: the addresses of new articles, whose pages are read",
    ask=ask,
    document="the sitemap",
    itself=itself,
    offered=offered,
    needs=("page",),
    in_words=False,
    tells_changes=False,
    marks=True,
)
