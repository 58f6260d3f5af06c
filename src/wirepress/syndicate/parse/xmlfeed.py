"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from lxml.etree import _Element

from wirepress.model.wire import Cadence, Feed
from wirepress.syndicate.parse.document import Document
from wirepress.syndicate.parse.entries import Context, authors_of, entry_of, language_tag, licence_of, title_text
from wirepress.syndicate.parse.links import Link, bare_type, permalink, relation
from wirepress.syndicate.parse.media import Children, named_children
from wirepress.syndicate.parse.terms import XML, Terms, text_of

_PERIODS: Final = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = frozenset((*(f"{hour}" for hour in range(25)), *(f"{hour:02}" for hour in range(10))))
_LONGEST_PAUSE: Final = 31_536_000
_ROOTS: Final = frozenset(("rss", "rdf", "feed", "channel", "entry", "item"))


def is_feed(root: _Element) -> bool:
    """Whether a document is a feed by its root."""
    return str(root.tag).rpartition("}")[2].lower() in _ROOTS


def read_xml(document: Document, url: str, most: int) -> Feed:
    """The feed of a document that came from `url`, at most `most` entries of it."""
    root = document.root
    terms = Terms(root)
    channel = next(root.iter("{*}channel"), root)
    children = named_children(channel, terms)
    context = Context(
        Feed(warning=document.warning),
        url,
        terms,
        has_bases="xml:base" in document.text,
        has_languages="xml:lang" in document.text,
    )
    feed = _channel(channel, children, context)
    authors = authors_of(children, terms) if terms.is_atom else ()
    context = replace(context, feed=feed, authors=authors)
    entries = tuple(entry_of(item, context) for item in islice(list(items_of(root)), most))
    return replace(feed, entries=entries)


def items_of(root: _Element) -> Iterator[_Element]:
    """The elements that are entries, wherever they stand but in one another."""
    for item in root.iter("{*}item", "{*}entry"):
        parent = item.getparent()
        if parent is None or str(parent.tag).rpartition("}")[2] not in ("item", "entry", "items", "Seq"):
            yield item


def _channel(channel: _Element, children: Children, context: Context) -> Feed:
    resolve = context.address
    links = [
        Link(resolve(each, each.get("href") or ""), relation(each.get("rel")), bare_type(each.get("type")))
        for name in ("atom:link", "link")
        for each in children.get(name, ())
        if each.get("href")
    ]
    home = next(filter(None, (resolve(each, text_of(each)) for each in children.get("link", ()))), "")
    said = [*children.get("language", ()), *children.get("dc:language", ())]
    language = next(filter(None, map(text_of, said)), "") or context.language(channel) or channel.get(f"{XML}lang", "")
    hubs = dict.fromkeys(link.address for link in links if link.rel == "hub" and link.address)
    return replace(
        context.feed,
        title=title_text(children),
        licence=licence_of(children, resolve),
        language=language_tag(language),
        home=home or permalink(links)[0],
        itself=next((link.address for link in links if link.rel == "self"), ""),
        hubs=tuple(hubs),
        cadence=_cadence(children),
    )


def _cadence(children: Children) -> Cadence:
    hours = (text_of(hour) for each in children.get("skiphours", ()) for hour in each)
    days = (text_of(day)[:3].lower() for each in children.get("skipdays", ()) for day in each)
    return Cadence(
        min(60 * _number(children, "ttl") or _module_pause(children), _LONGEST_PAUSE),
        frozenset(int(hour) % 24 for hour in hours if hour in _HOURS),
        frozenset(_DAYS.index(day) for day in days if day in _DAYS),
    )


def _module_pause(children: Children) -> int:
    """Seconds between two looks by RSS 1.0's module for syndication: daily, once, where it says only half of it."""
    period = next((_PERIODS.get(text_of(each).lower(), 0) for each in children.get("sy:updateperiod", ())), 0)
    if not period and "sy:updatefrequency" not in children:
        return 0
    return (period or _PERIODS["daily"]) // max(1, _number(children, "sy:updatefrequency"))


def _number(children: Children, name: str) -> int:
    text = next(map(text_of, children.get(name, ())), "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 8 else 0
