"""Sitemaps (sitemaps.org), news sitemaps, indexes of them, as XML, as plain lists of addresses, packed or not."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from lxml import etree

from wirepress.model.wire import Entry, Medium
from wirepress.net.port import FetchError
from wirepress.net.unpack import Unpacker
from wirepress.syndicate.parse.charsets import feed_text
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.document import bare_xml
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import LONGEST_TITLE, squeeze
from wirepress.syndicate.unreadable import TooCostly, Unreadable

LARGEST: Final = 52_428_800
"""Bytes of a sitemap, unpacked: as many as the protocol allows."""
MOST: Final = 50_000
"""Addresses of one: as many as the protocol allows."""
FIRST: Final = 500
"""Addresses that are taken of a sitemap that is read for the first time, or that tells no dates."""
MOST_NEW: Final = 5_000
"""Addresses that are taken of one otherwise: as many as of a feed."""
OVERLAP: Final = timedelta(days=2)
"""What was changed so long before the last date that was seen is looked at again: dates are often bare days."""
_SAME: Final = 0.8
"""The share of addresses that have one date, from which on that is when the list was made."""
_FEWEST: Final = 10
_MOST_TERMS: Final = 20
_GZIP: Final = b"\x1f\x8b"
_LONGEST: Final = 100_000
"""Characters of one text."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One document."""

    entries: tuple[Entry, ...] = ()
    """What is new in it, the newest first; what has no date last."""
    children: tuple[Child, ...] = ()
    """Of an index: the sitemaps that it names."""
    is_index: bool = False
    is_news: bool = False
    total: int = 0
    """Addresses that it has, whether they are new or not."""
    newest: datetime | None = None
    warning: str = ""


def read_sitemap(
    body: bytes, url: str, content_type: str = "", *, since: datetime | None = None, now: datetime
) -> Sitemap:
    """The sitemap that came from `url`, with what is new in it `since` a moment.

    Raises Unreadable where it is none, TooCostly where it is larger than the protocol allows.
    """
    text = feed_text(_unpacked(body), content_type)
    begin = text[:1_000].lstrip("\ufeff \t\r\n")
    if begin.startswith("<"):
        root, listed = _xml(text, url)
        if root == "sitemapindex":
            children = [Child(entry.link, entry.updated) for entry in listed]
            return Sitemap(children=tuple(children), is_index=True, total=len(children))
        found = list(listed)
    else:
        found = _lines(text)
    return _new(found, since, now)


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacker = Unpacker("gzip", LARGEST)
    try:
        unpacker.feed(body)
    except FetchError as error:
        raise TooCostly(error.message) from error
    return unpacker.whole()


def _lines(text: str) -> list[Entry]:
    """A plain list of addresses, one a line."""
    lines = text.lstrip("\ufeff").split("\n", MOST)[:MOST]
    found = [Entry(link, link) for line in lines if (link := absolute("", line))]
    if not found or len(found) * 2 < sum(1 for line in lines if line.strip()):
        raise Unreadable("this is no sitemap")
    return found


def _xml(text: str, url: str) -> tuple[str, Iterator[Entry]]:
    """The name of the root element and what is listed under it."""
    events = etree.iterparse(
        io.BytesIO(bare_xml(text)), events=("start", "end"), recover=True, resolve_entities=False,
        load_dtd=False, no_network=True, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        _, root = next(events)
        name = etree.QName(root).localname.lower()
    except (StopIteration, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("this is no sitemap") from error
    if name not in ("urlset", "sitemapindex"):
        raise Unreadable("this is no sitemap")
    return name, _listed(events, root, url)


def _listed(events: Iterator[tuple[str, etree._Element]], root: etree._Element, url: str) -> Iterator[Entry]:
    """What is listed under a root element, which is emptied on the way."""
    count = 0
    try:
        for event, element in events:
            if event != "end" or element.getparent() is not root:
                continue
            if (entry := _entry(element, url)) is not None:
                yield entry
            root.remove(element)
            count += 1
            if count >= MOST:
                return
    except etree.XMLSyntaxError:
        return  # what came before it broke off is something


def _entry(element: etree._Element, url: str) -> Entry | None:
    parts: dict[str, str] = {}
    media: list[Medium] = []
    for child in element.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title", "{*}keywords", "{*}language",
                              "{*}name", "{*}caption", "{*}image"):  # fmt: skip
        parent = child.getparent()
        name, above = etree.QName(child).localname, etree.QName(parent).localname if parent is not None else ""
        text = squeeze((child.text or "")[:_LONGEST])
        if above == "image":
            _note_medium(media, name, text, url)
        elif name == "image":
            media.append(Medium("", "image"))
        else:
            parts.setdefault(name, text)
    link = absolute(url, parts.get("loc", ""))
    if not link:
        return None
    terms = (term.strip() for term in parts.get("keywords", "").split(","))
    categories = tuple(dict.fromkeys(term for term in terms if term and len(term) <= 200))[:_MOST_TERMS]
    return Entry(
        guid=link,
        link=link,
        title=parts.get("title", "")[:LONGEST_TITLE],
        published=read_date(parts.get("publication_date", "")),
        updated=read_date(parts.get("lastmod", "")),
        categories=categories,
        schemes=("",) * len(categories),
        media=tuple(medium for medium in media if medium.url)[:5],
        language=parts.get("language", "")[:40],
        publisher=parts.get("name", "")[:200],
    )


def _note_medium(media: list[Medium], name: str, text: str, url: str) -> None:
    """Adds what a part of the picture that was begun last says of it."""
    if not media:
        return
    if name == "loc":
        media[-1] = replace(media[-1], url=absolute(url, text))
    elif name == "caption":
        media[-1] = replace(media[-1], caption=text[:1_000])


def _new(found: list[Entry], since: datetime | None, now: datetime) -> Sitemap:
    """What is new of all that is listed."""
    found = _with_true_dates(found)
    dated = sorted(((moment, entry) for entry in found if (moment := _moment(entry, now))), key=_first, reverse=True)
    undated = [entry for entry in found if _moment(entry, now) is None]
    floor = since - OVERLAP if since else None
    new = [entry for moment, entry in dated if floor is None or moment >= floor]
    most = MOST_NEW if since else FIRST
    warning = "more is new than could be taken" if len(new) > most and since else ""
    return Sitemap(
        entries=(*new[:most], *_ends(undated)),
        is_news=any(entry.published and entry.title for entry in found),
        total=len(found),
        newest=dated[0][0] if dated else None,
        warning=warning,
    )


def _first(pair: tuple[datetime, Entry]) -> datetime:
    return pair[0]


def _with_true_dates(found: list[Entry]) -> list[Entry]:
    """The entries without the dates that nearly all of them have: programs write the moment at which they make the
    list."""
    dates = Counter(entry.updated for entry in found if entry.updated)
    common, number = dates.most_common(1)[0] if dates else (None, 0)
    if len(found) < _FEWEST or number < _SAME * len(found):
        return found
    return [replace(entry, updated=None) if entry.updated == common else entry for entry in found]


def _moment(entry: Entry, now: datetime) -> datetime | None:
    """When an entry was changed; None where that is not said, or is yet to come."""
    moment = max(filter(None, (entry.updated, entry.published)), default=None)
    return None if moment is None or moment > now + timedelta(days=1) else moment.astimezone(UTC)


def _ends(undated: list[Entry]) -> list[Entry]:
    """Of many without a date the first and the last ones: new ones are at one of the ends."""
    return undated if len(undated) <= FIRST else [*undated[: FIRST // 2], *undated[-FIRST // 2 :]]
