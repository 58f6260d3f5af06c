"""Addresses as documents write them, and which of many is an entry's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from wirepress.url.parse import web_url

LONGEST = 4_000
_REGISTRY: Final = "http://www.iana.org/assignments/relation/"
_PAGES: Final = frozenset(("text/html", "application/xhtml+xml"))
_SECOND: Final = ("via", "related", "canonical")
_LARGEST_HEADER: Final = 10_000
_VALUE: Final = r'\s{0,5}([\w-]{1,40})\s{0,3}=\s{0,3}(?:"([^"]{0,500})"|([^\s;,"]{1,500}))\s{0,5}'
_HEADER: Final = re.compile(rf"<([^<>]{{1,2000}})>\s{{0,5}}((?:;{_VALUE}){{0,20}})")
_PARAMETER: Final = re.compile(f";{_VALUE}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as an entry names it, its address absolute."""

    address: str
    rel: str = ""
    type: str = ""
    language: str = ""


def absolute(base: str, link: str) -> str:
    """The http(s) address that a link on a page means; empty where it means none."""
    link = link.strip()
    found = web_url(link, base) if link and len(link) <= LONGEST else None
    return found.href if found is not None else ""


def header_links(header: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The links of a `Link` header (RFC 8288): each address as it is written, and its parameters by their names.

    Names, relations and types are in lower case; of two parameters with one name the first counts.
    """
    for found in _HEADER.finditer(header[:_LARGEST_HEADER]):
        named: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(found[2]):
            named.setdefault(name.lower(), (quoted or bare).lower())
        yield found[1], named


def relation(rel: str | None) -> str:
    """A link's relation as RFC 4287 (4.2.7.2) reads it: the short name, `alternate` where none is given."""
    return (rel or "").strip().lower().removeprefix(_REGISTRY) or "alternate"


def bare_type(text: str | None) -> str:
    """A media type without its parameters."""
    return (text or "").partition(";")[0].strip().lower()


def permalink(links: Iterable[Link], language: str = "") -> tuple[str, str]:
    """The address of an entry's page, and one that is data or not quite its own, for want of a better one.

    Of several alternates a page comes before other media, one in the feed's language or in none before a translation,
    one that says that it is a page before one that says nothing.
    """
    pages: list[tuple[bool, bool, bool, int, str]] = []
    seconds: list[tuple[int, str]] = []
    for at, link in enumerate(links):
        if not link.address:
            continue
        if link.rel != "alternate":
            if link.rel in _SECOND:
                seconds.append((_SECOND.index(link.rel), link.address))
            elif link.rel == "self" and link.type in _PAGES:
                seconds.append((len(_SECOND), link.address))
        elif _is_data(link.type):
            seconds.append((len(_SECOND) + 1, link.address))
        else:
            is_other = bool(link.type) and link.type not in _PAGES
            pages.append((is_other, _is_translation(link.language, language), not link.type, at, link.address))
    return min(pages)[-1] if pages else "", min(seconds)[1] if seconds else ""


def _is_data(kind: str) -> bool:
    return kind not in _PAGES and kind.endswith(("json", "xml", "rss", "atom", "calendar"))


def _is_translation(language: str, feed: str) -> bool:
    return bool(language and feed) and language[:2].lower() != feed[:2].lower()
