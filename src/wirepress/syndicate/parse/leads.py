"""The pictures that a page names as its article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from wirepress.model.wire import Medium
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.text import plain, squeeze

SMALL = 200
"""Pixels up to which a side is that of a portrait, a badge or a teaser."""
_MOST = 10
_METAS = ("twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full")
_NO_PICTURE = re.compile(r"(?:logo|favicon|placeholder|default[-_](?:image|share|og)|apple-touch)", re.IGNORECASE)
_PERSON = re.compile(r"author|byline|avatar|contributor|columnist|profile|headshot", re.IGNORECASE)


def leads(metadata: Metadata) -> tuple[Medium, ...]:
    """The pictures, the best first; one that the page shows only as a portrait or a badge comes last, with the measures
    that it is shown in."""
    found: dict[str, Medium] = {}
    for medium in _offered(metadata):
        if not _NO_PICTURE.search(medium.url):
            found.setdefault(medium.url, medium)
    pictures = list(found.values())
    if len(pictures) >= 2 * _MOST:
        return tuple(pictures[:_MOST])
    large, small = [], []
    for medium in pictures:
        if side := _small_side(metadata, medium.url):
            small.append(replace(medium, width=side, height=side))
        else:
            large.append(medium)
    return tuple((large + small)[:_MOST])


def _offered(metadata: Metadata) -> Iterator[Medium]:
    """What JSON-LD, OpenGraph, Twitter's and other meta elements and a link element name, in that order."""
    shared = list(_open_graph(metadata))
    alts = [*(medium.alt for medium in shared), plain(metadata.meta("twitter:image:alt"))[:500]]
    alt = next(filter(None, alts), "")
    shared[:1] = [replace(medium, alt=medium.alt or alt) for medium in shared[:1]]
    about = linked.resolve(metadata.article.get("image"), metadata.things)
    if named := absolute(metadata.url, linked.first(about, "url", "contentUrl")):
        caption = plain(linked.first(about, "caption", "description"))[:2000]
        twin = next((medium for medium in shared if medium.url == named), Medium(named, "image"))
        yield replace(twin, alt=twin.alt or alt, caption=caption)
    yield from shared
    others = [metadata.meta(name) for name in _METAS]
    for text in (*others, linked.first(metadata.article.get("thumbnailUrl")), metadata.link("image_src")):
        if address := absolute(metadata.url, text):
            yield Medium(address, "image", alt=alt)


def _open_graph(metadata: Metadata) -> Iterator[Medium]:
    """The images of OpenGraph, each with the properties that follow it (ogp.me, "Arrays")."""
    current: Medium | None = None
    for meta in metadata.tree.iter("meta"):
        name = (meta.get("property") or meta.get("name", "")).strip().lower()
        content = squeeze(meta.get("content", ""))
        if name in ("og:image", "og:image:url") or (name == "og:image:secure_url" and current is None):
            if current is not None:
                yield current
            address = absolute(metadata.url, content)
            current = Medium(address, "image") if address else None
        elif current is not None:
            current = _described(current, name, content)
    if current is not None:
        yield current


def _described(medium: Medium, name: str, content: str) -> Medium:
    match name:
        case "og:image:width":
            return replace(medium, width=_pixels(content))
        case "og:image:height":
            return replace(medium, height=_pixels(content))
        case "og:image:alt":
            return replace(medium, alt=plain(content)[:500])
    return medium


def _small_side(metadata: Metadata, address: str) -> int:
    """The larger side that the page shows a picture with where it is never more than a small one; else 0."""
    largest = 0
    for image in metadata.tree.iter("img"):
        if absolute(metadata.url, image.get("src", "")).partition("?")[0] != address.partition("?")[0]:
            continue
        side = max(_pixels(image.get("width", "")), _pixels(image.get("height", "")))
        if not side and any(_PERSON.search(above.get("class", "")[:300]) for above in _near(image)):
            side = SMALL
        if not 0 < side <= SMALL:
            return 0
        largest = max(largest, side)
    return largest


def _near(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    for at, above in enumerate(element.iterancestors()):
        if at > 2 or above.tag in ("article", "main", "body"):
            return
        yield above


def _pixels(text: str) -> int:
    bare = text.strip().removesuffix("px")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 6 else 0
