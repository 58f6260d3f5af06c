"""Which posts came from elsewhere, and from where: by what a plugin has left in them, else by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from wirepress.model.moment import ZERO, utc
from wirepress.model.origin import UNLOCATED
from wirepress.model.post import Post
from wirepress.syndicate import sandbox
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.adoption import lines, plugins
from wirepress.syndicate.adoption.keys import FEWEST_WORDS, host_of, unlocated_key
from wirepress.syndicate.adoption.plugins import Trace
from wirepress.syndicate.adoption.texts import LONGEST, Asked, Said, read_texts
from wirepress.syndicate.passages import words_of
from wirepress.syndicate.unreadable import Unreadable

CANONICAL: Final = "canonical address"
LINE: Final = "attribution line"
SIGNS: Final = (*(plugin.name for plugin in plugins.PLUGINS), CANONICAL, LINE)
"""By what posts are recognised, the surest first."""
_LONGEST_GUID: Final = 1_000


@dataclass(frozen=True, slots=True)
class Recognised:
    """A post with its origin."""

    post: Post
    sign: str
    host: str
    key: str
    """What the article is known by (`Origin.url_key`)."""
    url: str
    """The article's address, or the front page of its site where no more is known."""
    guid: str
    published: datetime
    said: Said
    feed: str = ""
    job: int = 0
    """The post that holds the settings of its plugin, where these name its feed."""
    author: str = ""
    publisher: str = ""
    is_bare: bool = False
    """Whether nothing but a line such as "Source: …" says so (`lines.Attribution.is_bare`)."""

    @property
    def is_located(self) -> bool:
        """Whether the article's own address is known."""
        return UNLOCATED.search(self.key) is None


@dataclass(frozen=True, slots=True)
class _Clue:
    """What is known of a post before its text was read."""

    post: Post
    trace: Trace | None = None
    canonical: str = ""

    @property
    def wants_line(self) -> bool:
        return self.trace is None and not self.canonical


def clues_in(posts: Sequence[Post], home: str) -> list[_Clue]:
    """The posts that may have come from elsewhere; `home` is the host of this site."""
    found = []
    for post in posts:
        own = _own_hosts(post, home)
        trace = plugins.trace_of(post.meta)
        if trace is not None and host_of(trace.url) not in ("", home):
            found.append(_Clue(post, trace))
        elif post.type == "page":  # it is hardly an article, whatever it links to
            continue
        elif host_of(canonical := plugins.canonical_of(post.meta)) not in own and lines.is_article(canonical):
            found.append(_Clue(post, canonical=canonical))
        elif len(post.content) <= LONGEST and lines.may_have(post.content):
            found.append(_Clue(post))
    return found


def _own_hosts(post: Post, home: str) -> tuple[str, ...]:
    """The hosts of the site that a post is of: its guid is an address that it had there at first."""
    return tuple(dict.fromkeys(("", home, host_of(post.guid))))


def recognised(
    clues: Sequence[_Clue], home: str, now: datetime, *, prints: bool = True
) -> tuple[list[Recognised], int]:
    """What the posts are that came from elsewhere, with the prints of their texts where these are wanted, and how many
    texts could not be read."""
    asked = [
        Asked(one.post.title, one.post.content[:LONGEST], _own_hosts(one.post, home), one.wants_line, prints)
        for one in clues
    ]
    said = _read(asked)
    found = [_recognised(one, text, now) for one, text in zip(clues, said, strict=True) if text is not None]
    return [one for one in found if one is not None], sum(text is None for text in said)


def _read(asked: Sequence[Asked]) -> list[Said | None]:
    """What the texts say; None for one that costs too much to read."""
    if not asked:
        return []
    try:
        return list(sandbox.run(sandbox.ARTICLE, read_texts, asked))
    except Unreadable:
        if len(asked) == 1:
            return [None]
        return [text for one in asked for text in _read([one])]


def _recognised(clue: _Clue, said: Said, now: datetime) -> Recognised | None:
    post, trace, line = clue.post, clue.trace, said.attribution
    published = _moment(post, now)
    publisher = line.publisher if line is not None else ""
    if trace is not None:
        found = _located(post, trace.plugin, trace.url, published, said, trace.publisher or publisher)
        guid = trace.guid[:_LONGEST_GUID] or found.guid
        return replace(found, guid=guid, feed=trace.feed, job=trace.job, author=trace.author)
    if clue.canonical:
        return _located(post, CANONICAL, clue.canonical, published, said, publisher)
    if line is None:
        return None
    if line.url:
        found = _located(post, LINE, line.url, published, said, publisher)
        return replace(found, is_bare=line.is_bare)
    if len(words_of(said.title)) < FEWEST_WORDS:
        return None
    key = unlocated_key(line.host, said.title, published)
    front = f"https://{line.host}/"
    guid, bare = f"urn:{key}", line.is_bare
    return Recognised(post, LINE, line.host, key, front, guid, published, said, publisher=publisher, is_bare=bare)


def _located(post: Post, sign: str, url: str, published: datetime, said: Said, publisher: str) -> Recognised:
    """A post of whose article the address is known."""
    return Recognised(post, sign, host_of(url), url_key(url), url, url, published, said, publisher=publisher)


def _moment(post: Post, now: datetime) -> datetime:
    """When a post was published, as it says; what is yet to come is now."""
    for value in (post.date_gmt, post.date):
        if value != ZERO and (moment := utc(value)) is not None:
            return min(moment.replace(tzinfo=UTC), now)
    return now
