"""What an article's page says of itself: JSON-LD, OpenGraph, meta elements, microdata, visible markup, in that order
of trust, which differs a little from fact to fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from lxml.html import HtmlElement

from wirepress.model.wire import Page
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.leads import leads
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, element_text, page_tree, plain, squeeze

_TITLE_END = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»-]{2,60}$|\s*\|\s*[^|]{2,60}$")
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|author|autor|autore|auteur|writer|redakteur)(?:s|[-_]?names?|__name|[-_]?link)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/")


def read_page(text: str, url: str) -> Page:
    """The facts of the page whose text came from `url`."""
    metadata = Metadata(page_tree(text), url)
    publisher = _publisher(metadata)
    published, modified = _dates(metadata)
    pictures = leads(metadata)
    return Page(
        url=url,
        canonical=_canonical(metadata),
        title=_title(metadata, publisher)[:LONGEST_TITLE],
        authors=_authors(metadata, publisher),
        published=published,
        modified=modified,
        description=_description(metadata),
        picture=next(iter(pictures), None),
        more_pictures=pictures[1:],
        publisher=publisher,
        licence=_licence(metadata),
        tags=_tags(metadata),
    )


def _description(metadata: Metadata) -> str:
    named = metadata.meta("og:description", "description", "twitter:description")
    return (named or metadata.said("description"))[:LONGEST_SUMMARY]


def _canonical(metadata: Metadata) -> str:
    named = metadata.link("canonical") or absolute(metadata.url, metadata.meta("og:url"))
    # A canonical that names the front page is a mistake of the template.
    if url_key(named).partition("/")[2]:
        return without_tracking(named)
    return ""


def _title(metadata: Metadata, publisher: str) -> str:
    headline = _headline(metadata)
    offered = [
        metadata.said("headline"),
        plain(metadata.meta("og:title")),
        plain(metadata.meta("twitter:title", "dc.title", "title")),
        metadata.said("name"),
    ]
    title = next(filter(None, offered), "")
    document = next((squeeze(element.text_content()) for element in metadata.tree.iter("title")), "")
    if headline and _alike(headline, (*offered, document)):
        # A kicker inside the heading ("Unrest in X - ...") is no part of the title where the page's own data lacks it.
        without_kicker = next((text for text in offered if len(text) > 15 and headline.endswith(text)), "")
        return without_kicker or headline
    return _without_site(title, publisher) or headline or _without_site(document, publisher)


def _alike(headline: str, offered: Iterable[str]) -> bool:
    words = set(headline.casefold().split())
    return any(words and len(words & set(text.casefold().split())) >= 0.5 * len(words) for text in offered if text)


def _headline(metadata: Metadata) -> str:
    named = (squeeze(element_text(element)) for element in metadata.props("headline") if element.tag != "meta")
    if found := next(filter(None, named), ""):
        return found
    heads = [squeeze(element_text(head)) for head in metadata.tree.iter("h1")]
    heads = [head for head in heads if 2 < len(head) < 400]
    return heads[0] if len(heads) == 1 else ""


def _without_site(title: str, publisher: str) -> str:
    match = _TITLE_END.search(title)
    if match is None:
        return title
    end = match[0].strip(" |–—·•»-").casefold()
    site = publisher.casefold()
    return title[: match.start()] if site and (end in site or site in end) else title


def _authors(metadata: Metadata, publisher: str) -> tuple[str, ...]:
    offered: list[Callable[[], list[str]]] = [
        lambda: linked.names(metadata.article.get("author") or metadata.article.get("creator"), metadata.things),
        lambda: [name for name in metadata.every("article:author", "og:article:author") if not name.startswith("http")],
        lambda: metadata.every("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl"),
        lambda: [
            element_text(_name_in(element)) or element.get("content") or "" for element in metadata.props("author")
        ],
        lambda: [
            element_text(element) for element in metadata.tree.xpath("//a[@rel='author' or contains(@rel,'author ')]")
        ],
        lambda: _bylines(metadata),
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


def _bylines(metadata: Metadata) -> list[str]:
    for element in metadata.tree.xpath("//body//*[@class or @data-testid]"):
        if _BYLINE.search(f"{element.get('class') or ''} {element.get('data-testid') or ''}"[:300]):
            text = squeeze(element_text(element))
            if 3 < len(text) < 80 and not any(character.isdigit() for character in text):
                return [text]
    return []


def _dates(metadata: Metadata) -> tuple[datetime | None, datetime | None]:
    published = _date_of(
        metadata.said("datePublished"),
        metadata.meta("article:published_time", "og:article:published_time", "article:published", "og:published_time"),
        metadata.meta("datepublished", "date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date"),
        metadata.meta(
            "pubdate",
            "publishdate",
            "publish-date",
            "parsely-pub-date",
            "sailthru.date",
            "cxenseparse:recs:publishtime",
        ),
        metadata.meta(
            "last-modified-date", "article.published", "publication_date", "displaydate", "originalpublicationdate"
        ),
        metadata.said("dateCreated"),
        metadata.said("uploadDate"),
        *_marked(metadata, "datePublished"),
        *_times(metadata),
    )
    modified = _date_of(
        metadata.said("dateModified"),
        metadata.meta("article:modified_time", "og:updated_time", "og:modified_time", "article:modified"),
        metadata.meta("datemodified", "dc.date.modified", "dcterms.modified", "last-modified"),
        *_marked(metadata, "dateModified"),
    )
    if published is None:
        published = modified
    return published, modified if modified and published and modified > published else None


def _date_of(*texts: str) -> datetime | None:
    return next((date for text in texts if (date := read_date(text))), None)


def _marked(metadata: Metadata, name: str) -> Iterator[str]:
    for element in metadata.props(name):
        yield element.get("datetime") or element.get("content") or element_text(element)


def _times(metadata: Metadata) -> Iterator[str]:
    for element in metadata.tree.iter("time"):
        if not any(above.tag in ("nav", "aside", "footer") for above in element.iterancestors()):
            yield element.get("datetime") or element_text(element)


def _publisher(metadata: Metadata) -> str:
    named = linked.names(metadata.article.get("publisher"), metadata.things)
    site = next((str(thing.get("name") or "") for thing in metadata.things if "WebSite" in linked.types(thing)), "")
    return plain(metadata.meta("og:site_name") or next(iter(named), "") or site or metadata.meta("application-name"))[
        :200
    ]


def _licence(metadata: Metadata) -> str:
    named = metadata.said("license", "url", "@id") or metadata.link("license")
    if named:
        return named[:500]
    rights = metadata.meta("dc.rights", "dcterms.rights", "copyright", "rights")
    return rights[:500] if _LICENCE.search(rights) else ""


def _tags(metadata: Metadata) -> tuple[str, ...]:
    said = metadata.article.get("keywords")
    listed = said if isinstance(said, list) else str(said or "").split(",")
    named = metadata.every("article:tag", "og:article:tag") or listed
    if not any(named):
        named = metadata.meta("news_keywords", "keywords").split(",")
    found: dict[str, str] = {}
    for name in named:
        text = plain(name) if isinstance(name, str) else ""
        if text and len(text) <= 60:
            found.setdefault(text.casefold(), text)
    return tuple(found.values())[:30]
