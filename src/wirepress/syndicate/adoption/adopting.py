"""Adopting what has come from elsewhere: looked through page by page, written page by page, each in one short write.

It goes through all posts twice: first to know what the articles of each source have in common, which nothing is written
for, then to write.  What is read of texts is read while anybody may write.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wirepress.content.newsroom import Newsroom, View
from wirepress.store import sources
from wirepress.syndicate.adoption.believing import Believed
from wirepress.syndicate.adoption.pages import AT_ONCE, Pages
from wirepress.syndicate.adoption.proposals import Proposal, Proposals, new
from wirepress.syndicate.adoption.recognising import SIGNS, Recognised
from wirepress.syndicate.adoption.writing import stands_in_the_way, write

Progress = Callable[[int, int], None]
"""Told how much is done, and how much there is; what it raises ends the adoption between two writes."""

_REMEMBERED: Final = 200_000
"""Addresses that are remembered before anything is written, to tell an article that is here twice."""


@dataclass(slots=True)
class Adoption:
    """What was recognised, and what became of it."""

    looked_at: int = 0
    signs: Counter[str] = field(default_factory=Counter)
    """How many posts were recognised by which sign (`recognising.SIGNS`)."""
    unlocated: int = 0
    """Of how many of these only the site is known, not the address."""
    doubled: int = 0
    """Posts whose article another post has already, or that was taken down here: they get no origin."""
    beyond: int = 0
    """Posts of more sites than sources are proposed of."""
    unreadable: int = 0
    sources: Sequence[Proposal] = ()

    @property
    def recognised(self) -> int:
        return self.signs.total()

    @property
    def proposed(self) -> int:
        """How many of the sources were not there before."""
        return len(new(self.sources))

    def count(self, one: Recognised) -> None:
        """Counts a post that is recognised."""
        self.signs[one.sign] += 1
        self.unlocated += not one.is_located

    def add(self, other: Adoption) -> None:
        """Takes in what became of further posts."""
        self.signs.update(other.signs)
        self.unlocated += other.unlocated
        self.doubled += other.doubled
        self.beyond += other.beyond

    def as_json(self) -> dict[str, Any]:
        return {
            "looked_at": self.looked_at,
            "recognised": self.recognised,
            "signs": {sign: self.signs[sign] for sign in SIGNS if self.signs[sign]},
            "address_unknown": self.unlocated,
            "doubled": self.doubled,
            "beyond": self.beyond,
            "unreadable": self.unreadable,
            "sources": [one.as_json() for one in self.sources],
        }


def survey(newsroom: Newsroom, progress: Progress = lambda _done, _total: None) -> Adoption:
    """What would be adopted; nothing is written."""
    return _Survey(newsroom).run(progress)


def adopt(newsroom: Newsroom, progress: Progress = lambda _done, _total: None) -> Adoption:
    """Gives the posts that are recognised their origins, and proposes their sources; run again, it changes nothing.

    No text, author or date of a post changes.  What a crash leaves is whole pages, and the next run goes on from there.
    """
    looked = _Survey(newsroom)
    found = looked.run(lambda done, total: progress(done, 2 * total))
    if not found.recognised:
        return found
    _propose(newsroom, new(found.sources))
    done = Adoption(found.looked_at, sources=found.sources, unreadable=found.unreadable)
    pages = Pages(newsroom, prints=True)
    for page in pages.recognised():
        placed = [(one, looked.proposals.of(one)) for one in page if looked.believed.is_origin(one)]
        written = write(newsroom, placed, newsroom.clock.now())
        for one in written.adopted:
            done.count(one)
        done.doubled += written.doubled
        done.beyond += written.beyond
        progress(pages.total + pages.looked_at, 2 * pages.total)
    return done


class _Survey:
    """What there is, before anything is written: what was recognised, its sources, and which bare lines are believed.

    Posts with no more than such a line are counted by themselves, by host, until all others were heard.
    """

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        with newsroom.view() as view:
            default = int(view.site.option("default_category") or 0)
            self.proposals, self._unsure = Proposals(view, default), Proposals(view, default)
        self.believed = Believed(self.proposals.hosts_there)
        self._found = Adoption()
        self._unsure_of: dict[str, Adoption] = defaultdict(Adoption)
        self._seen = set[int]()

    def run(self, progress: Progress) -> Adoption:
        """Looks through all posts."""
        pages = Pages(self.newsroom, prints=False)
        for page in pages.recognised():
            with self.newsroom.view() as view:
                known = stands_in_the_way(view.unit, page)
                view.lookup.prefetch_users(one.post.author for one in page)
                for one in page:
                    self.believed.hear(one)
                    self._count(view, one, is_known=one.key in known)
            progress(pages.looked_at, pages.total)
        found = self._found
        for host, unsure in self._unsure_of.items():
            if self.believed.has(host):
                found.add(unsure)
        self.proposals.take(self._unsure, self.believed.has)
        self.proposals.merge()
        found.looked_at, found.unreadable, found.sources = pages.looked_at, pages.unreadable, self.proposals.all()
        return found

    def _count(self, view: View, one: Recognised, *, is_known: bool) -> None:
        found = self._unsure_of[one.host] if one.is_bare else self._found
        proposals = self._unsure if one.is_bare else self.proposals
        number = hash((one.key, one.is_bare))
        if is_known or number in self._seen:
            found.doubled += 1
        elif proposals.count(view, one):
            found.count(one)
        else:
            found.beyond += 1
        if len(self._seen) < _REMEMBERED:
            self._seen.add(number)


def _propose(newsroom: Newsroom, proposed: Sequence[Proposal]) -> None:
    """Adds the sources that there are not; they are off until somebody turns them on."""
    for start in range(0, len(proposed), AT_ONCE):
        with newsroom.write() as view:
            now = int(view.now().timestamp())
            for one in proposed[start : start + AT_ONCE]:
                known = sources.by_url(view.unit, one.url)
                if known is not None:  # somebody has added it meanwhile
                    one.source, one.rights_there = known.id, known.rights
                else:
                    one.made = sources.propose(view.unit, one.source_of(view), now)
