"""What an article's page says of itself: JSON-LD, OpenGraph, meta elements, microdata, visible markup, in that order
of trust, which differs a little from fact to fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from lxml.html import HtmlElement

from wirepress.model.wire import FEED_TYPES, Page
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.leads import leads
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.text import element_text, page_tree, plain, squeeze

_TITLE_END = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»-]{2,60}$|\s*\|\s*[^|]{2,60}$")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor|autore|auteur|writer|redakteur)(?:s|[-_]?names?|__name|[-_]?link)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/")


class _Sources:
    """The places in one page where facts are said."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url
        self.things = linked.things(tree)
        self.article = linked.article(self.things)
        self.metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
            content = squeeze(meta.get("content") or "")
            if name and content:
                self.metas.setdefault(name, []).append(content)

    def meta(self, *names: str) -> str:
        """The first of the meta elements that is there."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def every(self, *names: str) -> list[str]:
        """All values of the first of the meta elements that is there."""
        return next((self.metas[name] for name in names if name in self.metas), [])

    def link(self, rel: str) -> str:
        """The address of the first link element of a relation."""
        for link in self.tree.iter("link", "a"):
            if rel in (link.get("rel") or "").lower().split() and link.get("href"):
                return absolute(self.url, link.get("href") or "")
        return ""

    def said(self, key: str, *inner: str) -> str:
        """A text of the article's JSON-LD."""
        return plain(linked.first(self.article.get(key), *inner))

    def props(self, name: str) -> Iterator[HtmlElement]:
        """The elements of a microdata property."""
        for element in self.tree.xpath("//*[@itemprop]"):
            if name in (element.get("itemprop") or "").split():
                yield element


def read_page(text: str, url: str) -> Page:
    """The facts of the page whose text came from `url`."""
    sources = _Sources(page_tree(text), url)
    publisher = _publisher(sources)
    published, modified = _dates(sources)
    about = linked.resolve(sources.article.get("image"), sources.things)
    pictures = leads(sources.tree, url, about, linked.first(sources.article.get("thumbnailUrl")))
    return Page(
        url=url,
        canonical=_canonical(sources),
        title=_title(sources, publisher),
        authors=_authors(sources, publisher),
        published=published,
        modified=modified,
        description=sources.meta("og:description", "description", "twitter:description") or sources.said("description"),
        picture=next(iter(pictures), None),
        more_pictures=pictures[1:],
        language=_language(sources),
        publisher=publisher,
        licence=_licence(sources),
        tags=_tags(sources),
    )


def feeds_of(text: str, url: str) -> tuple[str, ...]:
    """The feeds that a page links."""
    found: dict[str, None] = {}
    for link in page_tree(text).iter("link"):
        kind = (link.get("type") or "").lower().partition(";")[0].strip()
        address = absolute(url, link.get("href") or "")
        if address and kind in FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split():
            found[address] = None
    return tuple(found)


def _first(candidates: Iterable[Callable[[], str]]) -> str:
    return next((found for candidate in candidates if (found := candidate())), "")


def _canonical(sources: _Sources) -> str:
    named = sources.link("canonical") or absolute(sources.url, sources.meta("og:url"))
    # A canonical that names the front page is a mistake of the template.
    if named and url_key(named).partition("/")[2] and url_key(named):
        return without_tracking(named)
    return ""


def _title(sources: _Sources, publisher: str) -> str:
    headline = _headline(sources)
    offered = [
        sources.said("headline"),
        plain(sources.meta("og:title")),
        plain(sources.meta("twitter:title", "dc.title", "title")),
        sources.said("name"),
    ]
    title = next((text for text in offered if text), "")
    element = next(sources.tree.iter("title"), None)
    document = squeeze(element.text_content()) if element is not None else ""
    trimmed = _without_site(title, publisher)
    if headline and _alike(headline, (*offered, document)):
        # A kicker inside the heading ("Unrest in X - ...") is no part of the title where the page's own data lacks it.
        without_kicker = next((text for text in offered if len(text) > 15 and headline.endswith(text)), "")
        return without_kicker or headline
    return trimmed or headline or _without_site(document, publisher)


def _alike(headline: str, offered: Iterable[str]) -> bool:
    words = set(headline.casefold().split())
    return any(words and len(words & set(text.casefold().split())) >= 0.5 * len(words) for text in offered if text)


def _headline(sources: _Sources) -> str:
    heads = [squeeze(element_text(head)) for head in sources.tree.iter("h1")]
    heads = [head for head in heads if 2 < len(head) < 400]
    named = [squeeze(element_text(element)) for element in sources.props("headline") if element.tag != "meta"]
    return next((text for text in (*named, *(heads if len(heads) == 1 else ())) if text), "")


def _without_site(title: str, publisher: str) -> str:
    match = _TITLE_END.search(title)
    if match is None:
        return title
    end = match[0].strip(" |–—·•»-").casefold()
    site = publisher.casefold()
    return title[: match.start()] if site and (end in site or site in end) else title


def _authors(sources: _Sources, publisher: str) -> tuple[str, ...]:
    offered: list[Callable[[], list[str]]] = [
        lambda: linked.names(sources.article.get("author") or sources.article.get("creator"), sources.things),
        lambda: [name for name in sources.every("article:author", "og:article:author") if not name.startswith("http")],
        lambda: sources.every("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"),
        lambda: [
            element_text(_name_in(element)) or element.get("content") or "" for element in sources.props("author")
        ],
        lambda: [
            element_text(element) for element in sources.tree.xpath("//a[@rel='author' or contains(@rel,'author ')]")
        ],
        lambda: _bylines(sources),
    ]
    site = publisher.casefold()
    fallback: tuple[str, ...] = ()
    for names in offered:
        found = read_names(names())
        people = tuple(name for name in found if name.casefold() != site)
        if people:
            return people
        fallback = fallback or found
    return fallback


def _name_in(element: HtmlElement) -> HtmlElement:
    found = element.xpath(".//*[@itemprop='name']")
    return found[0] if found else element


def _bylines(sources: _Sources) -> list[str]:
    for element in sources.tree.xpath("//body//*[@class or @data-testid]"):
        if _BYLINE.search(f"{element.get('class') or ''} {element.get('data-testid') or ''}"[:300]):
            text = squeeze(element_text(element))
            if 3 < len(text) < 80 and not any(character.isdigit() for character in text):
                return [text]
    return []


def _dates(sources: _Sources) -> tuple[datetime | None, datetime | None]:
    published = _date_of(
        sources.said("datePublished"),
        sources.meta("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
        sources.meta("datepublished", "date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date"),
        sources.meta(
            "pubdate",
            "publishdate",
            "publish-date",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
        ),
        sources.meta(
            "last-modified-date", "article.published", "publication_date", "displaydate", "originalpublicationdate"
        ),
        sources.said("dateCreated"),
        sources.said("uploadDate"),
        *_marked(sources, "datePublished"),
        *_times(sources),
    )
    modified = _date_of(
        sources.said("dateModified"),
        sources.meta("article:modified_time", "og:updated_time", "og:modified_time", "article:modified"),
        sources.meta("datemodified", "dc.date.modified", "dcterms.modified", "last-modified"),
        *_marked(sources, "dateModified"),
    )
    if published is None:
        published = modified
    return published, modified if modified and published and modified > published else None


def _date_of(*texts: str) -> datetime | None:
    return next((date for text in texts if (date := read_date(text))), None)


def _marked(sources: _Sources, name: str) -> Iterator[str]:
    for element in sources.props(name):
        yield element.get("datetime") or element.get("content") or element_text(element)


def _times(sources: _Sources) -> Iterator[str]:
    for element in sources.tree.iter("time"):
        if not any(above.tag in ("nav", "aside", "footer") for above in element.iterancestors()):
            yield element.get("datetime") or element_text(element)


def _language(sources: _Sources) -> str:
    root = sources.tree.getroottree().getroot()
    named = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or sources.said("inLanguage", "alternateName", "name")
        or sources.meta("og:locale", "content-language", "language")
    )
    return squeeze(named or "").replace("_", "-")[:35]


def _publisher(sources: _Sources) -> str:
    named = linked.names(sources.article.get("publisher"), sources.things)
    site = next((str(thing.get("name") or "") for thing in sources.things if "WebSite" in linked.types(thing)), "")
    return plain(sources.meta("og:site_name") or next(iter(named), "") or site or sources.meta("application-name"))[
        :200
    ]


def _licence(sources: _Sources) -> str:
    named = sources.said("license", "url", "@id") or sources.link("license")
    if named:
        return named[:500]
    rights = sources.meta("dc.rights", "dcterms.rights", "copyright", "rights")
    return rights[:500] if _LICENCE.search(rights) else ""


def _tags(sources: _Sources) -> tuple[str, ...]:
    said = sources.article.get("keywords")
    listed = said if isinstance(said, list) else str(said or "").split(",")
    named = sources.every("article:tag", "og:article:tag") or listed
    if not any(named):
        named = sources.meta("news_keywords", "keywords").split(",")
    found: dict[str, str] = {}
    for name in named:
        text = plain(str(name)) if isinstance(name, str) else ""
        if text and len(text) <= 60:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())[:30]
