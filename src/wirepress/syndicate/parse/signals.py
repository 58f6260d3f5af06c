"""The signals of a page, in its markup and in the headers of its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lxml.html import HtmlElement

from wirepress.model.signals import Signals
from wirepress.syndicate.parse.links import absolute, header_links
from wirepress.syndicate.parse.metadata import Metadata

HEADERS: Final = ("x-robots-tag", "tdm-reservation", "tdm-policy", "link")
"""The headers that hold some; each line of `x-robots-tag` is one of its own."""
AGENT: Final = "wirepress"
_WORDS: Final = frozenset((
    "all", "none", "noindex", "nofollow", "noarchive", "nocache", "nosnippet", "noimageindex", "notranslate", "noai",
    "noimageai", "indexifembedded",
))  # fmt: skip
_VALUED: Final = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")
_NARROWS: Final = re.compile(
    r"noindex|noarchive|nocache|nosnippet|noimageindex|none|max-snippet:[0-9]{1,6}|max-image-preview:none"
)
_MOST: Final = 60
"""Words for robots that are read."""
_RSL: Final = "application/rsl+xml"


def read_signals(metadata: Metadata, headers: Mapping[str, str]) -> Signals:
    """What a page and its answer say to machines that are not named, or are ours."""
    robots = dict.fromkeys([*_of_page(metadata), *_of_headers(headers)][:_MOST])
    said = [word for word in robots if _NARROWS.fullmatch(word)]
    if _value(metadata, headers, "tdm-reservation") == "1":
        said.append("tdm-reservation")
    if _reserves_by_rsl(metadata, headers):
        said.append("rsl")
    return Signals(
        tuple(said),
        _snippet(said),
        not {"noimageindex", "max-image-preview:none"} & robots.keys(),
        not {"noarchive", "nocache"} & robots.keys(),
        bool({"tdm-reservation", "rsl"} & set(said)),
    )


def licence_of(headers: Mapping[str, str], url: str) -> str:
    """The licence that an answer's `Link` header names (RFC 8288)."""
    for address, kind in _licences(headers):
        if _RSL not in kind:
            return absolute(url, address)
    return ""


def _of_page(metadata: Metadata) -> Iterator[str]:
    for name in ("robots", AGENT):
        for line in metadata.metas.get(name, []):
            yield from _words(line)


def _of_headers(headers: Mapping[str, str]) -> Iterator[str]:
    for line in headers.get("x-robots-tag", "")[:5_000].split("\n"):
        yield from _words(line)


def _words(line: str) -> Iterator[str]:
    """The words of a line that are meant for us: those behind another robot's name are not."""
    is_ours = True
    for part in line[:1_000].lower().split(","):
        word = "".join(part.split())
        name, colon, rest = word.partition(":")
        if colon and name not in _VALUED:
            is_ours, word = name in ("*", AGENT), rest
        if is_ours and (word in _WORDS or word.startswith(tuple(f"{name}:" for name in _VALUED))):
            yield word


def _snippet(said: Sequence[str]) -> int | None:
    if {"nosnippet", "none"} & set(said):
        return 0
    return min((int(word.partition(":")[2]) for word in said if word.startswith("max-snippet:")), default=None)


def _value(metadata: Metadata, headers: Mapping[str, str], name: str) -> str:
    """What a page says of itself comes before what its server says of all (TDMRep, section 6)."""
    return (metadata.meta(name) or headers.get(name, "")).strip()


def _reserves_by_rsl(metadata: Metadata, headers: Mapping[str, str]) -> bool:
    """Whether a page is under terms of Really Simple Licensing that do not allow everything.

    What is only named by its address may say anything, so that it counts as a reservation.
    """
    for script in metadata.tree.iter("script"):
        if _RSL in script.get("type", "").lower():
            text = (script.text or "")[:100_000].lower()
            permits = re.search(r"<permits[^<>]*usage[^<>]*>([^<]*)", text)
            return "<prohibits" in text or permits is None or "all" not in permits[1].replace(",", " ").split()
    linked = any(_is_rsl(link) for link in metadata.tree.iter("link"))
    return linked or any(_RSL in kind for _, kind in _licences(headers))


def _is_rsl(link: HtmlElement) -> bool:
    return "license" in link.get("rel", "").lower().split() and _RSL in link.get("type", "").lower()


def _licences(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses of the licences that a `Link` header names, with their types."""
    for address, named in header_links(headers.get("link", "")):
        if "license" in named.get("rel", "").split():
            yield address, named.get("type", "")
