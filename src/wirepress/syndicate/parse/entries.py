"""An item of RSS or an entry of Atom, as the wire's own noun."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from lxml.etree import _Element

from wirepress.model.wire import Entry, Feed
from wirepress.syndicate.parse.constructs import construct_of
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.links import Link, absolute, bare_type, permalink, relation
from wirepress.syndicate.parse.markup import resolved
from wirepress.syndicate.parse.media import Children, media_of, named_children
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.naming import LONGEST_ID, named_by_content
from wirepress.syndicate.parse.terms import XML, Terms, markup_of, text_of
from wirepress.syndicate.parse.text import plain, squeeze
from wirepress.syndicate.parse.titles import title_of

_TITLES: Final = ("title", "atom:title", "dc:title", "media:title", "itunes:title")
_CONTENTS: Final = ("content:encoded", "atom:content", "fullitem", "body", "xhtml:body", "content")
_SUMMARIES: Final = ("description", "atom:summary", "summary", "abstract", "dc:description", "itunes:summary",
                     "dcterms:abstract", "itunes:subtitle")  # fmt: skip
_AUTHORS: Final = ("author", "atom:author", "dc:creator", "dc:author", "itunes:author")
_PUBLISHED: Final = ("pubdate", "atom:published", "published", "atom:issued", "dcterms:issued", "atom:created",
                     "dcterms:created", "prism:publicationdate", "dcterms:available", "atom:pubdate")  # fmt: skip
_UPDATED: Final = ("atom:updated", "updated", "atom:modified", "dcterms:modified", "dc:date", "lastbuilddate")
_LANGUAGES: Final = ("dc:language", "language", "media:language")
_IDS: Final = ("guid", "atom:id", "id")
_CATEGORIES: Final = ("category", "atom:category", "dc:subject", "media:category", "itunes:category", "keywords",
                      "tags", "media:keywords", "itunes:keywords")  # fmt: skip
_LISTS: Final = ("tags", "media:keywords", "itunes:keywords")
_KINDS: Final = re.compile(r"^https?://schemas\.google\.com/", re.IGNORECASE)
"""Google's lists say what sort of thing an entry is (a post, a video), not what it is about."""
_MOST_CATEGORIES: Final = 50
_LONGEST_CATEGORY: Final = 200
# Markup that was escaped twice: tags by their entities, and not one by itself.
_ESCAPED: Final = re.compile(
    r"&lt;(?:p|div|br|a|img|ul|h[1-6]|strong|em|span|figure|blockquote)(?:\s[^<>&]{0,500})?/?&gt;"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the document around them says of all its entries."""

    feed: Feed
    url: str
    terms: Terms
    authors: tuple[str, ...] = ()
    """Of an Atom feed: those of its entries that name none (RFC 4287, section 4.2.1)."""
    has_bases: bool = False
    """Whether any element says what addresses in it are relative to (`xml:base`)."""
    has_languages: bool = False

    def base(self, element: _Element) -> str:
        """What addresses in an element are relative to."""
        base = self.url
        if self.has_bases:
            for said in self._around(element, f"{XML}base"):
                base = absolute(base, said) or base
        return base

    def says_base(self, element: _Element) -> bool:
        """Whether the document says it, or only the address that it came from."""
        return self.has_bases and bool(self._around(element, f"{XML}base"))

    def language(self, element: _Element) -> str:
        """The language of an element by the attributes around it."""
        return next(reversed(self._around(element, f"{XML}lang")), "") if self.has_languages else ""

    def address(self, element: _Element, named: str) -> str:
        """The absolute address of one that an element names."""
        if not named:
            return ""
        return absolute(self.base(element) if self.has_bases else self.url, named)

    def _around(self, element: _Element, name: str) -> list[str]:
        found = [value for each in (element, *element.iterancestors()) if (value := each.get(name)) is not None]
        return found[::-1]


def entry_of(item: _Element, context: Context) -> Entry:
    """The entry that an element is."""
    terms = context.terms
    children = named_children(item, terms)
    resolve = context.address
    language = language_tag(_text(children, _LANGUAGES) or context.language(item))
    guid = _guid(item, children, resolve)
    link = link_of(children, resolve, guid, language or context.feed.language)
    title = title_text(children)
    base = partial(_base, context=context, link=link)
    content, summary = _bodies(children, base)
    publisher, of_source = _source(children, terms)
    published, updated = _date(children, _PUBLISHED), _date(children, _UPDATED)
    names, schemes = categories_of(children)
    media = media_of(children, terms, resolve)
    return Entry(
        guid=guid or link or named_by_content(title, summary),
        link=link,
        title=title,
        summary=summary,
        content=content,
        authors=authors_of(children, terms) or of_source or context.authors,
        published=published or updated,
        updated=updated,
        categories=names,
        schemes=schemes,
        media=media,
        language=language or context.feed.language,
        comments=_comments(children, resolve),
        publisher=publisher or context.feed.title,
        licence=licence_of(children, resolve) or context.feed.licence,
    )


def _source(children: Children, terms: Terms) -> tuple[str, tuple[str, ...]]:
    """What an entry was published in first, and who wrote that: RSS names it in a text, Atom has elements of it."""
    for each in _every(children, ("source", "atom:source")):
        inner = named_children(each, terms)
        return (title_text(inner), authors_of(inner, terms)) if inner else (title_of(text_of(each)), ())
    return "", ()


def _every(children: Children, names: tuple[str, ...]) -> list[_Element]:
    return [each for name in names if name in children for each in children[name]]


def _named(children: Children, names: tuple[str, ...]) -> list[tuple[str, _Element]]:
    return [(name, each) for name in names if name in children for each in children[name]]


def _is_construct(name: str, element: _Element) -> bool:
    """Whether an element says what its text is, as Atom's do."""
    return name.startswith("atom:") or bool(element.get("type") or element.get("mode"))


def _text(children: Children, names: tuple[str, ...]) -> str:
    for each in _every(children, names):
        if text := text_of(each):
            return text
    return ""


def _guid(item: _Element, children: Children, resolve: Callable[[_Element, str], str]) -> str:
    for each in _every(children, _IDS):
        text = squeeze(text_of(each))[:LONGEST_ID]
        if text:
            is_link = (each.get("isPermaLink") or each.get("ispermalink") or "true").strip().lower() == "true"
            is_relative = is_link and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text)
            return (resolve(each, text) or text) if is_relative else text
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or item.get("about") or ""
    return squeeze(about or _text(children, ("dc:identifier",)))[:LONGEST_ID]


def link_of(children: Children, resolve: Callable[[_Element, str], str], guid: str, language: str) -> str:
    """The address of an entry's page; empty where it names none."""
    if original := _first_address(children, ("feedburner:origlink",), resolve):
        return original
    if plain_link := _first_address(children, ("link",), resolve):
        return plain_link
    links = list(_links(children, resolve))
    page, second = permalink(links, language)
    if page:
        return page
    if not any(link.address for link in links) and (bare := _first_address(children, ("atom:link",), resolve)):
        return bare
    of_guid = absolute("", guid)
    if second and not of_guid:
        return second
    sources = (resolve(each, each.get("src") or "") for each in children.get("atom:content", ()))
    return of_guid or next(filter(None, sources), "")


def _first_address(children: Children, names: tuple[str, ...], resolve: Callable[[_Element, str], str]) -> str:
    """The first address that stands as a text in an element, and not in its attribute."""
    for each in _every(children, names):
        text = text_of(each).replace("&amp;", "&")
        if text and not each.get("href") and relation(each.get("rel")) == "alternate":
            address = resolve(each, text)
            if address:
                return address
    return ""


def _links(children: Children, resolve: Callable[[_Element, str], str]) -> Iterator[Link]:
    for each in _every(children, ("atom:link", "link")):
        if href := each.get("href"):
            rel = relation(each.get("rel"))
            yield Link(resolve(each, href), rel, bare_type(each.get("type")), each.get("hreflang") or "")


def title_text(children: Children) -> str:
    for name, each in _named(children, _TITLES):
        if _is_construct(name, each):
            construct = construct_of(each)
            title = construct.title if construct else ""
        else:
            title = title_of(markup_of(each))
        if title:
            return title
    return ""


def _base(element: _Element, context: Context, link: str) -> str:
    """What the addresses in an entry's text are relative to: what the feed says, else in RSS its page."""
    if context.terms.is_atom or context.says_base(element) or not link:
        return context.base(element)
    return link


def _bodies(children: Children, base: Callable[[_Element], str]) -> tuple[str, str]:
    """Content and summary; a feed that gives one text only has it as its summary unless it calls it content."""
    content = max((_markup(name, each, base) for name, each in _named(children, _CONTENTS)), key=len, default="")
    summaries = _named(children, _SUMMARIES)
    if content or len(summaries) < 2:
        summary = next(filter(None, (_markup(name, each, base) for name, each in summaries)), "")
        return content, "" if summary == content else summary
    # Several descriptions: the longest is what there is of the text, the first of the others sums it up.
    markups = {plain(markup): markup for name, each in reversed(summaries) if (markup := _markup(name, each, base))}
    texts = list(reversed(markups.values()))
    if len(texts) < 2:
        return "", next(iter(texts), "")
    longest = max(texts, key=len)
    return longest, next(text for text in texts if text is not longest)


def _markup(name: str, element: _Element, base: Callable[[_Element], str]) -> str:
    if _is_construct(name, element):
        construct = construct_of(element)
        markup = construct.markup if construct else ""
    else:
        markup = markup_of(element)
    if "<" not in markup:
        if "&lt;" not in markup or not _ESCAPED.search(markup):
            return markup
        markup = _unescaped(markup)
    return resolved(markup, base(element))


def _unescaped(markup: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        markup = markup.replace(entity, character)
    return markup


def authors_of(children: Children, terms: Terms) -> tuple[str, ...]:
    """The names of those who wrote an entry, a source or a feed."""
    named = []
    for each in _every(children, _AUTHORS):
        inner = [child for child in each if terms.name(child).rpartition(":")[2] == "name"] if len(each) else []
        named.append(" ".join(filter(None, map(text_of, inner))) if len(each) else text_of(each))
    return read_names(filter(None, named))


def _date(children: Children, names: tuple[str, ...]) -> datetime | None:
    for each in _every(children, names):
        if (found := read_date(text_of(each))) is not None:
            return found
    return None


def categories_of(children: Children) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the categories, each once, and the lists that they stand in."""
    found: dict[str, tuple[str, str]] = {}
    for text, scheme in _categories(children):
        name = plain(text)
        if name and len(name) <= _LONGEST_CATEGORY and not _KINDS.match(scheme):
            found.setdefault(name.casefold(), (name, scheme))
    kept = list(found.values())[:_MOST_CATEGORIES]
    return tuple(name for name, _ in kept), tuple(scheme for _, scheme in kept)


def _categories(children: Children) -> Iterator[tuple[str, str]]:
    for kind, holder in _named(children, _CATEGORIES):
        for each in holder.iter() if kind == "itunes:category" else (holder,):  # those of iTunes stand in each other
            scheme = squeeze(each.get("scheme") or each.get("domain") or "")[:500]
            text = each.get("label") or each.get("term") or each.get("text") or text_of(each)
            for part in text.split(",") if kind in _LISTS else (text,):
                yield part, scheme


def licence_of(children: Children, resolve: Callable[[_Element, str], str]) -> str:
    """Under which licence a feed or an entry is, by address where it names one, else its words on rights."""
    for each in _every(children, ("cc:license", "dcterms:license", "media:license")):
        named = each.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource") or each.get("href") or text_of(each)
        if named:
            return squeeze(resolve(each, named) or named)[:500]
    for each in _every(children, ("atom:link", "link")):
        if relation(each.get("rel")) == "license" and each.get("href"):
            return resolve(each, each.get("href") or "")[:500]
    rights = ("atom:rights", "rights", "dc:rights", "copyright", "atom:copyright", "dcterms:rights")
    return plain(_text(children, rights))[:500]


def language_tag(text: str) -> str:
    """A language as BCP 47 writes it, of which some write `en_US`."""
    return squeeze(text).replace("_", "-")[:40]


def _comments(children: Children, resolve: Callable[[_Element, str], str]) -> str:
    for each in _every(children, ("wfw:commentrss", "wfw:comment_rss")):
        if address := resolve(each, text_of(each)):
            return address
    for each in _every(children, ("atom:link", "link")):
        if relation(each.get("rel")) == "replies" and bare_type(each.get("type")) in ("application/atom+xml", ""):
            return resolve(each, each.get("href") or "")
    return ""
