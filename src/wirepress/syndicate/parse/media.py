"""The pictures, sounds and films of an entry: enclosures, Media RSS with its groups, iTunes' and other pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from wirepress.model.wire import Medium
from wirepress.syndicate.parse.terms import Terms, text_of
from wirepress.syndicate.parse.text import plain, squeeze

_MOST: Final = 50
_HREF: Final = ("url", "href", "src", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource")

Children = Mapping[str, list[_Element]]
"""The elements that an element holds, by name."""
Resolve = Callable[[_Element, str], str]
"""Makes the absolute address of one that an element names."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a medium, or of all in a group or an entry."""

    alt: str = ""
    caption: str = ""
    credit: str = ""

    def within(self, outer: Words) -> Words:
        """These words, and where they are silent those of what is around them."""
        return Words(self.alt or outer.alt, self.caption or outer.caption, self.credit or outer.credit)


NOTHING: Final = Words()


def media_of(children: Children, terms: Terms, resolve: Resolve) -> tuple[Medium, ...]:
    """The media of an entry, each address once."""
    found: dict[str, Medium] = {}
    for medium in _media(children, terms, resolve):
        if medium.url and medium.url not in found:
            found[medium.url] = medium
            if len(found) == _MOST:
                break
    return tuple(found.values())


def _media(children: Children, terms: Terms, resolve: Resolve) -> Iterator[Medium]:
    groups = children.get("media:group", ())
    contents = children.get("media:content", ())
    said = _words(children)
    # Of several media without a group nobody knows whose the entry's words are; who made them is of all.
    alone = len(contents) + len(groups) <= 1
    said = said if alone else Words(credit=said.credit)
    thumbnails: list[_Element] = []
    for group in groups:
        inner = named_children(group, terms)
        around = _words(inner).within(said)
        for content in inner.get("media:content", ()):
            yield from _content(content, around, terms, resolve, thumbnails)
        thumbnails += inner.get("media:thumbnail", ())
    for content in contents:
        yield from _content(content, said, terms, resolve, thumbnails)
    for enclosure in children.get("enclosure", ()):
        yield _medium(enclosure, said, resolve)
    for link in (*children.get("atom:link", ()), *children.get("link", ())):
        if (link.get("rel") or "").strip().lower().rpartition("/")[2] == "enclosure" and link.get("href"):
            yield _medium(link, said, resolve)
    for thumbnail in (*thumbnails, *children.get("media:thumbnail", ())):
        yield _medium(thumbnail, said, resolve, "image")
    for name in ("itunes:image", "itunes:link", "image", "thumbnail"):
        for picture in children.get(name, ()):
            yield _medium(picture, said, resolve, "image", terms)


def _content(
    content: _Element, around: Words, terms: Terms, resolve: Resolve, thumbnails: list[_Element]
) -> Iterator[Medium]:
    inner = named_children(content, terms) if len(content) else {}
    yield _medium(content, _words(inner).within(around) if inner else around, resolve)
    for nested in inner.get("media:content", ()):
        yield _medium(nested, around, resolve)
    thumbnails += inner.get("media:thumbnail", ())


def _medium(element: _Element, words: Words, resolve: Resolve, kind: str = "", terms: Terms | None = None) -> Medium:
    named = next((value for name in _HREF if (value := element.get(name))), "")
    if not named and terms is not None and len(element):
        named = text_of(next((child for child in element if terms.name(child).rpartition(":")[2] == "url"), None))
    if not named and element.tag and not len(element):
        named = text_of(element)
    declared = squeeze(element.get("type") or element.get("medium") or kind)[:100]
    return Medium(
        resolve(element, named),
        declared,
        number(element.get("width")),
        number(element.get("height")),
        words.alt,
        words.caption,
        words.credit,
        number(element.get("length") or element.get("fileSize")),
    )


def _words(children: Children) -> Words:
    alt = _first(children, "media:title")[:500]
    caption = _first(children, "media:description")[:2_000]
    credit = (_first(children, "media:credit") or _first(children, "media:copyright"))[:500]
    return Words(alt, caption, credit) if alt or caption or credit else NOTHING


def _first(children: Children, name: str) -> str:
    return next(filter(None, (plain(text_of(each)) for each in children.get(name, ()))), "")


def named_children(element: _Element, terms: Terms) -> dict[str, list[_Element]]:
    """What an element holds, by name, in the order in which it stands."""
    found: dict[str, list[_Element]] = {}
    for child in element:
        found.setdefault(terms.name(child), []).append(child)
    return found


def number(text: str | None) -> int:
    """A number of pixels or octets as an attribute; 0 for what is none."""
    text = (text or "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
