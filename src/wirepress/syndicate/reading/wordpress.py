"""Another WordPress site, by its REST API: whole texts with authors, terms and pictures, and what was changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from wirepress.model.wire import Entry, Feed, Source, SourceKind
from wirepress.net.port import Fault, Fetched, FetchError
from wirepress.syndicate.parse import wordpress_address as addresses
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.software import is_wordpress
from wirepress.syndicate.parse.text import page_text
from wirepress.syndicate.parse.wordpress import Posts, read_index, read_posts
from wirepress.syndicate.reading.declaration import Asking, Candidate, Document, Listed, Reading, Site
from wirepress.syndicate.reading.entries import candidate_of, finished

SIZES: Final = (50, 10)
"""Posts that are asked for at a time; the smaller number where a site allows no more, or its texts are too long."""
MOST_ANSWERS: Final = 10
"""Answers of one look; what was changed besides, the next one asks for."""
_BAD: Final = 400
"""The status of a number of posts that a site does not allow, and of a page after the last one."""
_SECOND: Final = timedelta(seconds=1)


@dataclass(slots=True)
class Walk:
    """Going through a list of posts."""

    url: str
    asking: Asking
    size: int
    since: datetime | None = None
    """What was changed last of what is known already."""
    page: int = 1
    """Where to go on where more posts than an answer holds were changed in that very second."""
    entries: dict[str, Entry] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)
    first: Fetched | None = None
    asked: int = 0
    warning: str = ""

    def go(self) -> None:
        """Asks for what is new.  Raises FetchError and Unreadable where not even the first answer can be had."""
        if self.since is None:
            self._back(None)
        elif not self._forth(self.since):  # WordPress before 5.7 knows of no such parameter
            before, self.page = self.since, 1
            if not self._back(before):
                self.warning = "more posts were changed than could be asked for"

    def _forth(self, since: datetime) -> bool:
        """Asks for what was changed since a moment, the longest ago first; whether the site knows how to answer that.

        Each answer is asked for from where the one before ended, not by its number: what is changed meanwhile moves to
        the end of the list, and everything else up by one.
        """
        idle = 0
        while self._may_ask():
            after = (since - _SECOND).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            posts = self._answer(order="asc", modified_after=after, page=self.page)
            if posts is None:
                break
            if posts.oldest is not None and posts.oldest < since - _SECOND:
                return False
            idle = 0 if self._keep(posts) else idle + 1
            if posts.newest is not None and posts.newest > since:
                since, self.page = posts.newest, 1
            else:
                self.page += 1
            if len(posts.ids) < self.size or idle > 1:
                self.page = 1
                break
        self.since = min(since, self.asking.now)
        return True

    def _back(self, until: datetime | None) -> bool:
        """Asks for what was changed last, back to a moment; whether all since then was had."""
        newest, reached = until, False
        while not reached and self._may_ask():
            posts = self._answer(order="desc", page=self.page)
            if posts is None:
                reached = True
                break
            new = self._keep(posts)
            newest = max(filter(None, (newest, posts.newest)), default=None)
            self.page += 1
            is_known = until is not None and posts.oldest is not None and posts.oldest < until
            reached = is_known or not new or len(posts.ids) < self.size
        self.page = 1
        self.since = min(newest, self.asking.now) if newest else None
        return reached

    def _may_ask(self) -> bool:
        return self.asked == 0 or (self.asked < MOST_ANSWERS and self.asking.may_go_on())

    def _answer(self, **given: str | int) -> Posts | None:
        """An answer; None where there is no further one."""
        address = addresses.asked(self.url, per_page=self.size, orderby="modified", **given)
        is_first, self.asked = self.asked == 0, self.asked + 1
        try:
            fetched = self.asking.get(address)
        except FetchError as error:
            if is_first or error.fault is Fault.STOPPED:
                raise
            if error.status != _BAD:
                self.warning = error.message
            return None
        posts = self.asking.read(read_answer, fetched)
        self.first = self.first or fetched
        return posts

    def _keep(self, posts: Posts) -> bool:
        """Keeps what came; whether any of it had not come before."""
        new = set(posts.ids) - self.ids
        self.ids |= new
        for entry in posts.entries:
            self.entries.setdefault(entry.guid, entry)
        return bool(new)


def read_answer(document: Document) -> Posts:
    """The posts that a site answered, with their digests.  Raises Unreadable."""
    posts = read_posts(document.body, document.url)
    return replace(posts, entries=finished(Feed(entries=posts.entries)).entries)


def ask(source: Source, asking: Asking) -> Listed:
    """The posts that were changed since the last time; the first time, those that were changed last."""
    walk = _gone(source, asking)
    assert walk.first is not None  # or it would have raised
    # The newest first, as in feeds.
    newest = sorted(walk.entries.values(), key=_moment, reverse=True)
    mark = f"{walk.since:%Y-%m-%dT%H:%M:%SZ} {walk.page}" if walk.since else source.memory.mark
    moved = addresses.without_ours(walk.first.moved_to)
    return Listed(Feed(entries=tuple(newest), warning=walk.warning), replace(walk.first, moved_to=moved), mark)


def _gone(source: Source, asking: Asking) -> Walk:
    """The walk through the first of the lists that there is, in pieces as large as they can be."""
    since, page = _read_mark(source.memory.mark)
    problem: FetchError | None = None
    for url in addresses.lists_of(source.url):
        for size in SIZES:
            walk = Walk(url, asking, size, since, page if size == SIZES[0] else 1)
            try:
                walk.go()
            except FetchError as error:
                problem = problem or error
                if error.fault is Fault.SIZE or error.status == _BAD:
                    continue
                if error.gone:
                    break
                raise
            return walk
    assert problem is not None
    raise problem


def _read_mark(mark: str) -> tuple[datetime | None, int]:
    moment, _, page = mark.partition(" ")
    try:
        return datetime.fromisoformat(moment), int(page or 1)
    except ValueError:
        return None, 1


def _moment(entry: Entry) -> datetime:
    return entry.published or entry.updated or datetime.min.replace(tzinfo=UTC)


def itself(site: Site) -> Iterator[Candidate]:
    """The address, where it is that of a list of posts or of the API."""
    found = site.read(found_posts)
    if found is not None:
        found.url = addresses.without_ours(site.url)
        yield found
    elif (name := site.read(site_name)) is not None:
        yield from _asked(site, addresses.posts_of(site.url), lambda: name)


def found_posts(document: Document) -> Candidate:
    """A list of posts.  Raises Unreadable where it is none."""
    posts = read_posts(document.body, document.url)
    return candidate_of(SourceKind.WORDPRESS, document.url, Feed(entries=posts.entries), wordpress=True)


def site_name(document: Document) -> str:
    """What a site is called, by its API.  Raises Unreadable where that does not say it."""
    return read_index(document.body)


def root_named(document: Document, header: str) -> str:
    """The root of the API that a page names, "" for none."""
    return addresses.api_of(page_text(document.body, document.type), document.url, header)


def archive_named(document: Document) -> tuple[str, str]:
    """What the page is the archive of (`wordpress_address.archive_of`)."""
    return addresses.archive_of(page_text(document.body, document.type), document.url)


def offered(site: Site) -> Iterator[Candidate]:
    """The posts of the API that a page names, or that lies in its usual place; those of an archive's page first."""
    root = site.read_page(root_named, site.fetched.headers.get("link", "")) or ""
    if not root and is_wordpress(site.fetched.body):
        root = absolute(site.fetched.url, "/wp-json/")
    if not root:
        return
    posts = addresses.posts_of(root)
    parameter, value = site.read_page(archive_named) or ("", "")
    lists = [addresses.narrowed(posts, parameter, value)] if parameter else []
    for url in (*lists, posts):
        yield from _asked(site, url, lambda: site.look(addresses.named(root), site_name) or "")


def _asked(site: Site, url: str, title: Callable[[], str]) -> Iterator[Candidate]:
    found = site.look(addresses.asked(url, per_page=SIZES[-1], orderby="date", order="desc"), found_posts)
    if found is not None:
        found.url, found.title = url, title()
        yield found


READING: Final = Reading(
    label="WordPress site",
    help="WordPress site: its posts over its REST API, with their whole texts",
    ask=ask,
    itself=itself,
    offered=offered,
    marks=True,
)
