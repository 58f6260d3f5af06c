"""The sources that are proposed of what was recognised: one for each feed, or for each site where no feed is known."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.model.original import UpdatePolicy
from wirepress.model.post import Post
from wirepress.model.wire import Byline, Rights, Rules, Source
from wirepress.store import sources as store
from wirepress.syndicate.adoption.keys import host_of
from wirepress.syndicate.adoption.recognising import Recognised
from wirepress.syndicate.sources import LONGEST_CATEGORY
from wirepress.url.parse import open_address

MOST: Final = 5_000
"""Sources that are proposed at most: what is of further sites is not recognised."""
_MOST_COUNTED: Final = 50
"""Authors, categories and hosts of a source that are told apart."""


@dataclass(slots=True)
class Proposal:
    """A source that is proposed, or there already, with what its articles have in common."""

    url: str
    host: str
    has_feed: bool = False
    source: int = 0
    """The number of the source where there is one of this address already."""
    made: int = 0
    """The number that it got when it was proposed."""
    rights_there: Rights | None = None
    name: str = ""
    articles: int = 0
    whole: int = 0
    """How many of them are whole texts."""
    named: int = 0
    """How many bear the name of the author that their source gave them."""
    signs: Counter[str] = field(default_factory=Counter)
    authors: Counter[int] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    hosts: Counter[str] = field(default_factory=Counter)

    @property
    def number(self) -> int:
        """The number of its source; 0 before it was proposed."""
        return self.source or self.made

    @property
    def shown_name(self) -> str:
        """What its articles call it; of a feed with the articles of several sites its own host."""
        is_of_one = _usual(self.hosts, self.articles) is not None or not self.articles
        return (self.name or self.host) if is_of_one else host_of(self.url)

    @property
    def rights(self) -> Rights:
        """What its articles show: the rights that they have been published under until now."""
        if self.rights_there is not None:
            return self.rights_there
        return Rights.FULL if 2 * self.whole > self.articles else Rights.EXCERPT

    def count(self, one: Recognised, *, category: str, is_named: bool) -> None:
        """Counts an article in."""
        self.articles += 1
        self.whole += one.said.is_whole
        self.named += is_named
        self.name = self.name or one.publisher[:LONGEST_CATEGORY]
        self.signs[one.sign] += 1
        _count(self.authors, one.post.author)
        _count(self.hosts, one.host)
        if category:
            _count(self.categories, category)

    def join(self, other: Proposal) -> None:
        """Takes in what was counted of the same site without a feed."""
        self.articles += other.articles
        self.whole += other.whole
        self.named += other.named
        self.name = self.name or other.name
        for mine, its in ((self.signs, other.signs), (self.categories, other.categories)):
            mine.update(its)
        self.authors.update(other.authors)
        self.hosts.update(other.hosts)

    def source_of(self, view: View) -> Source:
        """The source as it is proposed."""
        author = _usual(self.authors, self.articles)
        user = view.lookup.user(author) if author else None
        rules = Rules(
            category=_usual(self.categories, self.articles) or "",
            author=user.login if user is not None else "",
            byline=Byline.NAMES if 2 * self.named > self.articles and len(self.authors) > 1 else Byline.USER,
            updates=UpdatePolicy.HOLD,
        )
        return Source(0, self.url, self.shown_name, rights=self.rights, active=False, rules=rules)

    def as_json(self) -> dict[str, Any]:
        return {
            "source": self.number,
            "url": open_address(self.url),
            "name": self.shown_name,
            "feed_known": self.has_feed,
            "rights": self.rights.value,
            "articles": self.articles,
            "signs": dict(self.signs),
        }


def _count(counter: Counter[Any], value: Any) -> None:
    if value in counter or len(counter) < _MOST_COUNTED:
        counter[value] += 1


def _usual(counter: Counter[Any], total: int) -> Any:
    """What more than half of all have; None for nothing."""
    for value, number in counter.most_common(1):
        return value if 2 * number > total else None
    return None


class Proposals:
    """The sources of what was recognised."""

    def __init__(self, view: View, default_category: int) -> None:
        standings = store.standings(view.unit)
        self._there = {one.source.url: one.source for one in standings}
        self._default = default_category
        by_host: dict[str, list[Source]] = {}
        for one in standings:
            by_host.setdefault(host_of(one.source.url), []).append(one.source)
        self._by_host: Mapping[str, Source] = {host: found[0] for host, found in by_host.items() if len(found) == 1}
        self._feeds: dict[str, Proposal] = {}
        self._sites: dict[str, Proposal] = {}

    @property
    def hosts_there(self) -> set[str]:
        """The hosts of the sources that there are."""
        return {host_of(url) for url in self._there}

    def take(self, others: Proposals, is_wanted: Callable[[str], bool]) -> None:
        """Takes in what was counted of sites without a feed, as far as they are wanted by their hosts and there is
        room."""
        for host, site in others._sites.items():
            if not is_wanted(host):
                continue
            if host in self._sites:
                self._sites[host].join(site)
            elif len(self._feeds) + len(self._sites) < MOST:
                self._sites[host] = site

    def of(self, one: Recognised) -> Proposal | None:
        """The source of an article; None where there are too many already."""
        if one.feed and one.feed in self._feeds:
            return self._feeds[one.feed]
        if not one.feed and one.host in self._sites:
            return self._sites[one.host]
        if len(self._feeds) + len(self._sites) >= MOST:
            return None
        if one.feed:
            made = self._feeds[one.feed] = self._proposal(one, one.feed, self._there.get(one.feed))
        else:
            front = f"https://{one.host}/"
            known = self._there.get(front) or self._by_host.get(one.host)
            made = self._sites[one.host] = self._proposal(one, known.url if known else front, known)
        return made

    @staticmethod
    def _proposal(one: Recognised, url: str, known: Source | None) -> Proposal:
        made = Proposal(url, one.host, has_feed=bool(one.feed))
        if known is not None:
            made.source, made.rights_there, made.name = known.id, known.rights, known.name
        return made

    def count(self, view: View, one: Recognised) -> bool:
        """Counts an article; False where its source cannot be proposed any more."""
        proposal = self.of(one)
        if proposal is None:
            return False
        user = view.lookup.user(one.post.author) if one.author else None
        is_named = user is not None and display_name(user).casefold() == one.author.casefold()
        proposal.count(one, category=_category(one.post, self._default), is_named=is_named)
        return True

    def merge(self) -> None:
        """Makes the source of a site that of its feed, where one is known."""
        by_host: dict[str, list[Proposal]] = {}
        for feed in self._feeds.values():
            for host in feed.hosts:
                by_host.setdefault(host, []).append(feed)
        for host, site in self._sites.items():
            feeds = by_host.get(host, ())
            if len(feeds) == 1 and not site.source:
                feeds[0].join(site)
                self._sites[host] = feeds[0]

    def all(self) -> list[Proposal]:
        """The sources, those of most articles first."""
        found = {id(one): one for one in (*self._feeds.values(), *self._sites.values()) if one.articles}
        return sorted(found.values(), key=lambda one: (-one.articles, one.url))


def _category(post: Post, default: int) -> str:
    """The first category of a post that is not the site's default."""
    names = (html.unescape(t.name) for t in post.terms if t.taxonomy == "category" and t.id != default)
    return next((name for name in names if len(name) <= LONGEST_CATEGORY), "")


def new(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those of which there is no source yet."""
    return [one for one in proposals if not one.source]
