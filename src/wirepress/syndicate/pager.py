"""Whether a page is one of several that an article is spread over, and where the next of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import squeeze

_SERIAL: Final = re.compile(r"^(?:page|p|pg|pageno|seite|pagina|página|strona|start|part|teil)$", re.IGNORECASE)
_SUFFIX: Final = re.compile(
    r"[/,._-](?:(?:page|seite|pagina|strona|teil|part|p|s)[-_/]?)?(\d{1,3})(?:\.\w{3,5})?/?", re.IGNORECASE
)
_EXTENSION: Final = re.compile(r"\.\w{3,5}$")
_FIRST: Final = re.compile(r"/1$")
_NEXT: Final = re.compile(
    r"(?:next|continue|weiter|n[aä]chste|suivante?|siguiente|successiva|pr[oó]xima|volgende|nast[eę]pna)\b"
    r"(?: (?:page|seite|part|teil|p[aá]gina|strona))?|[›»→>]+|(?:page|seite|part|teil|p[aá]gina|strona) \d{1,3}\b",
    re.IGNORECASE,
)
# Where what is counted is no part of the article.
_OTHERS: Final = re.compile(
    r"comment|kommentar|commentaire|comentario|discuss|disqus|\brespond\b|responses|reader-?letter|related|archive|teaser-?list",
    re.IGNORECASE,
)
_LISTING: Final = re.compile(r"\b(?:archive|blog|home|category|search-results|listing)\b")
_MOST_ITEMS: Final = 3
"""Teasers with a linked heading up to which a page is no listing."""
_LONGEST_LABEL: Final = 40
_MOST_LINKS: Final = 5_000


def next_part(tree: HtmlElement, url: str, first: str = "", number: int = 1) -> str:
    """The address of the part after this one; empty where there is none.

    `first` is the address of the first part (this one's where nothing is said), `number` which part this is.  An
    address counts as a part's only where it counts up from that of the first.
    """
    first = first or url
    declared = [link for link in tree.iter("link", "a") if "next" in link.get("rel", "").lower().split()]
    candidates = [link for link in declared if link.tag == "link" or not _is_of_others(link)]
    found = next(_named(candidates, url, first, number + 1), "") or next(
        _named(_pager(tree, number + 1), url, first, number + 1), ""
    )
    return "" if found and number == 1 and _lists_articles(tree) else found


def part_of(first: str, url: str) -> int:
    """Which part of the article that begins at `first` an address names by counting up from it; 0 for none."""
    one, other = urlsplit(first), urlsplit(url)
    if not url or one.netloc != other.netloc:
        return 0
    given, asked = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    if one.path.rstrip("/") == other.path.rstrip("/"):
        counted = [name for name in asked if _SERIAL.match(name) and given.get(name, "1") == "1"]
        rest = {name: value for name, value in asked.items() if name not in counted}
        is_same = all(given.get(name) == value for name, value in rest.items())
        return _number(asked[counted[0]]) if len(counted) == 1 and is_same else 0
    stem = _FIRST.sub("", _EXTENSION.sub("", one.path.rstrip("/")))
    if not stem or not other.path.startswith(stem):
        return 0
    found = _SUFFIX.fullmatch(other.path[len(stem) :])
    return _number(found[1]) if found else 0


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 and int(text) > 1 else 0


def _named(links: Iterable[HtmlElement], url: str, first: str, number: int) -> Iterator[str]:
    for link in links:
        address = absolute(url, link.get("href", "")).partition("#")[0]
        if part_of(first, address) == number:
            yield address


def _pager(tree: HtmlElement, number: int) -> Iterator[HtmlElement]:
    """The links that are labelled as leading to the part of a number, or to the next one."""
    for at, link in enumerate(tree.iter("a")):
        if at >= _MOST_LINKS:
            return
        label = squeeze(link.text_content()) if len(link) < 10 else ""
        label = label or squeeze(link.get("aria-label", "") or link.get("title", ""))
        is_next = bool(label) and len(label) <= _LONGEST_LABEL and (label == str(number) or _NEXT.match(label))
        if is_next and not _is_of_others(link):
            yield link


def _is_of_others(link: HtmlElement) -> bool:
    """Whether a link stands among comments or teasers."""
    return any(
        above.tag not in ("html", "body") and _OTHERS.search(f"{above.get('class', '')} {above.get('id', '')}"[:500])
        for above in (link, *link.iterancestors())
    )


def _lists_articles(tree: HtmlElement) -> bool:
    """Whether a page lists articles, so that what goes on is the list."""
    body = tree.find(".//body")
    if body is not None and _LISTING.search(body.get("class", "")[:1000]) and "single" not in body.get("class", ""):
        return True
    teasers = 0
    for item in tree.iter("article"):
        if next(item.iterdescendants("article"), None) is None and item.find(".//h2//a") is not None:
            teasers += 1
    return teasers > _MOST_ITEMS
