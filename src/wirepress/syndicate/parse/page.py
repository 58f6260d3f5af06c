"""What an article's page says of itself: JSON-LD, OpenGraph, meta elements, microdata, visible markup, in that order
of trust, which differs a little from fact to fact."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml.html import HtmlElement

from wirepress.model.wire import Page
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.headlines import title_of
from wirepress.syndicate.parse.leads import leads
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.people import authors_of
from wirepress.syndicate.parse.signals import licence_of, read_signals
from wirepress.syndicate.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, element_text, page_tree, plain

_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/")


def read_page(text: str, url: str) -> Page:
    """The facts of the page whose text came from `url`."""
    return read_facts(page_tree(text), url)


def read_facts(tree: HtmlElement, url: str, headers: Mapping[str, str] | None = None) -> Page:
    """The same of the page's tree, which stays as it is, and of its answer's `headers` (`signals.HEADERS`)."""
    metadata = Metadata(tree, url)
    publisher = _publisher(metadata)
    published, modified = _dates(metadata)
    pictures = leads(metadata)
    return Page(
        url=url,
        canonical=_canonical(metadata),
        title=title_of(metadata, publisher)[:LONGEST_TITLE],
        authors=authors_of(metadata, publisher),
        published=published,
        modified=modified,
        description=_description(metadata),
        picture=next(iter(pictures), None),
        more_pictures=pictures[1:],
        publisher=publisher,
        licence=_licence(metadata) or licence_of(headers or {}, url)[:500],
        tags=_tags(metadata),
        signals=read_signals(metadata, headers or {}),
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
        published = modified or _written(metadata)
    return published, modified if modified and published and modified > published else None


def _written(metadata: Metadata) -> datetime | None:
    """The date that stands in a page's markup, text or address, where none of its data names one."""
    from htmldate import find_date  # loads slowly, and only the worker needs it

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        return read_date(find_date(metadata.tree, original_date=True, url=metadata.url, extensive_search=True) or "")
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (hostile markup trips it over in ways of its own: no date then)
        return None


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
