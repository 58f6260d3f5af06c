"""What an article's page says of itself: JSON-LD, OpenGraph, meta elements, microdata, visible markup, in that order
of trust, which differs a little from fact to fact."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

from wirepress.model.wire import Page
from wirepress.syndicate.addresses import url_key, without_tracking
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.headlines import title_of
from wirepress.syndicate.parse.leads import leads
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.opening import opening_of
from wirepress.syndicate.parse.people import authors_of
from wirepress.syndicate.parse.published import dates_of
from wirepress.syndicate.parse.signals import licence_of, read_signals
from wirepress.syndicate.parse.text import LONGEST_SUMMARY, LONGEST_TITLE, page_tree, plain

_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/")


def read_page(text: str, url: str) -> Page:
    """The facts of the page whose text came from `url`."""
    return read_facts(page_tree(text), url)


def read_facts(tree: HtmlElement, url: str, headers: Mapping[str, str] | None = None) -> Page:
    """The same of the page's tree, which stays as it is, and of its answer's `headers` (`signals.HEADERS`)."""
    metadata = Metadata(tree, url)
    publisher = _publisher(metadata)
    title = title_of(metadata, publisher)[:LONGEST_TITLE]
    opening = opening_of(tree, title)
    published, modified = dates_of(metadata, opening)
    pictures = leads(metadata, opening)
    return Page(
        url=url,
        canonical=_canonical(metadata),
        title=title,
        authors=authors_of(metadata, publisher, opening),
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


def _publisher(metadata: Metadata) -> str:
    named = linked.names(metadata.article.get("publisher"), metadata.known)
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
