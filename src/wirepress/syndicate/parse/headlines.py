"""The title of a page's article: as its heading says it where the page's data agrees, without kicker and site."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Final

from lxml.html import HtmlElement

from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.text import element_text, plain, squeeze
from wirepress.url.parse import web_url

_BETWEEN: Final = re.compile(r"\s+[|–—·•»:-]{1,2}\s+|\s*\|\s*")
_KICKER: Final = re.compile(
    r"kicker|eyebrow|overline|dachzeile|topline|section|label|category|roofline|supertitle", re.IGNORECASE
)
_LONGEST: Final = 400
_MOST_READ: Final = 4_000
"""Characters of a heading that are read, with what is no text of it in between."""
_MOST_HEADINGS: Final = 100
_MOST_KICKERS: Final = 20
_SITE_WORDS: Final = 4
_FEWEST: Final = 15
"""Letters of an offered title from which on it may stand for a heading that ends with it."""


def title_of(metadata: Metadata, publisher: str) -> str:
    """The title; empty where the page has none."""
    offered = _offered(metadata)
    document = next((_text(squeeze(element.text_content())) for element in metadata.tree.iter("title")), "")
    sites = _sites(metadata, publisher)
    headline = _headline(metadata, (*offered, document), sites)
    if headline and _alike(headline, (*offered, document)):
        # A kicker inside the heading ("Unrest in X - ...") is no part of the title where the page's own data lacks it.
        shorter = next((text for text in offered if len(text) > _FEWEST and headline.endswith(text)), "")
        return shorter or headline
    if not any(offered):
        document = _without_section(document)
    named = next((text for text in (*offered, document) if text and _folded(text) not in sites), "")
    return _without_site(named, sites) or headline or next(iter(offered), "")


def _without_section(document: str) -> str:
    """A document's title without the few words behind its last bar."""
    before, _, last = document.rpartition(" | ")
    if len(before.split()) > _SITE_WORDS - 2 and len(last.split()) <= _SITE_WORDS:
        return before
    return document


def _offered(metadata: Metadata) -> list[str]:
    said = [
        metadata.said("headline"),
        plain(metadata.meta("og:title")),
        plain(metadata.meta("twitter:title", "dc.title", "title", "parsely-title", "sailthru.title")),
        metadata.said("name"),
    ]
    return [_text(text) for text in said if text]


def _text(text: str) -> str:
    """Some systems write entities in what is text already."""
    return squeeze(html.unescape(text)) if re.search(r"&(?:#\d{2,5}|#x[0-9a-fA-F]{2,4}|[a-z]{2,6});", text) else text


def _sites(metadata: Metadata, publisher: str) -> frozenset[str]:
    """The names that a site goes by, folded: its publisher's, its host's."""
    found = web_url(metadata.url)
    host = found.host.removeprefix("www.") if found is not None else ""
    labels = [label for label in host.split(".")[:-1] if len(label) > 2]
    names = (publisher, host, *labels, metadata.meta("og:site_name"), metadata.meta("application-name"))
    return frozenset(filter(None, map(_folded, names)))


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _headline(metadata: Metadata, offered: Sequence[str], sites: frozenset[str]) -> str:
    """The heading that the page shows over its article: of several, the one that its data speak of."""
    heads = _headings(metadata, offered, sites)
    folded = frozenset(map(_folded, offered))
    choices = (
        [head for head in heads if _folded(head) in folded],
        [head for head in heads if any(_begins(text, head) for text in offered)],
        heads if len(set(heads)) == 1 else [],
        [head for head in heads if _alike(head, offered)],
    )
    return next((chosen[0] for chosen in choices if chosen), "")


def _headings(metadata: Metadata, offered: Sequence[str], sites: frozenset[str]) -> list[str]:
    marked = [element for element in metadata.props("headline") if element.tag != "meta"]
    heads = [_shown(element, offered) for element in islice(chain(marked, metadata.tree.iter("h1")), _MOST_HEADINGS)]
    return [head for head in heads if 2 < len(head) < _LONGEST and _folded(head) not in sites]


def _begins(text: str, head: str) -> bool:
    return len(head) >= _FEWEST and text.casefold().startswith(head.casefold())


def _shown(heading: HtmlElement, offered: Sequence[str]) -> str:
    """A heading's text without a kicker that is an element of its own; where the page's data says both, as they do."""
    whole = squeeze(element_text(heading, _MOST_READ))
    if same := next((text for text in offered if _folded(text) == _folded(whole)), ""):
        return same if ":" in same and ":" not in whole else whole
    kickers = [
        inner for inner in islice(heading.iterdescendants("span", "small", "div", "p", "a", "em"), _MOST_READ)
        if _KICKER.search(f"{inner.get('class', '')} {inner.get('data-testid', '')}"[:200])
    ]  # fmt: skip
    for kicker in kickers[:_MOST_KICKERS]:
        text = squeeze(element_text(kicker, _LONGEST))
        if text and whole.startswith(text) and len(whole) > len(text) + _FEWEST:
            whole = whole[len(text) :].lstrip(" :|–—-")
    return whole


def _alike(headline: str, offered: Iterable[str]) -> bool:
    words = set(headline.casefold().split())
    return any(words and len(words & set(text.casefold().split())) >= 0.5 * len(words) for text in offered if text)


def _without_site(title: str, sites: frozenset[str]) -> str:
    """A title without the parts at its end, or the one at its beginning, that are a name of the site."""
    for _ in range(2):
        cuts = list(_BETWEEN.finditer(title))
        if not cuts:
            return title
        if _is_site(title[cuts[-1].end() :], sites):
            title = title[: cuts[-1].start()]
        elif _is_site(title[: cuts[0].start()], sites):
            title = title[cuts[0].end() :]
        else:
            return title
    return title


def _is_site(part: str, sites: frozenset[str]) -> bool:
    folded = _folded(part)
    if not folded or len(part) > 60:
        return False
    return any(
        folded == site or (len(site) > 3 and (site in folded or (len(folded) > 3 and folded in site))) for site in sites
    )
