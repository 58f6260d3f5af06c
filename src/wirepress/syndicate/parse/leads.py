"""The pictures that a page names as its article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from wirepress.model.wire import Medium
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.text import plain, squeeze

SMALL = 200
"""Pixels up to which a side is that of a portrait, a badge or a teaser."""
_MOST = 10
_NO_PICTURE = re.compile(r"(?:logo|favicon|placeholder|default[-_](?:image|share|og)|apple-touch)", re.IGNORECASE)
_PERSON = re.compile(r"author|byline|avatar|contributor|columnist|profile|headshot", re.IGNORECASE)


def leads(tree: HtmlElement, url: str, about: object, thumbnail: str) -> tuple[Medium, ...]:
    """The pictures, the best first: as JSON-LD has them (`about`, `thumbnail`), OpenGraph, Twitter, a link element.

    One that the page shows only as a portrait or a badge comes last, with the measures that it is shown in.
    """
    shared = list(_open_graph(tree, url))
    alt = next((medium.alt for medium in shared if medium.alt), "") or plain(_meta(tree, "twitter:image:alt"))[:500]
    offered: list[Medium] = []
    if said := absolute(url, linked.first(about, "url", "contentUrl")):
        caption = plain(linked.first(about, "caption", "description"))[:2000]
        twin = next((medium for medium in shared if medium.url == said), Medium(said, "image"))
        offered.append(replace(twin, alt=twin.alt or alt, caption=caption))
    offered += [replace(medium, alt=medium.alt or (alt if at == 0 else "")) for at, medium in enumerate(shared)]
    names = ("twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full")
    others = [*(_meta(tree, name) for name in names), thumbnail, _linked(tree)]
    offered += [Medium(address, "image", alt=alt) for text in others if (address := absolute(url, text))]
    known: dict[str, Medium] = {}
    for medium in offered:
        if not _NO_PICTURE.search(medium.url):
            known.setdefault(medium.url, medium)
    shown = {address: _shown(tree, url, address) for address in known} if len(known) < 2 * _MOST else {}
    marked = [
        replace(medium, width=side, height=side) if (side := shown.get(medium.url, 0)) else medium
        for medium in known.values()
    ]
    marked.sort(key=lambda medium: bool(shown.get(medium.url)))
    return tuple(marked[:_MOST])


def _open_graph(tree: HtmlElement, url: str) -> Iterator[Medium]:
    """The images of OpenGraph, each with the properties that follow it (ogp.me, "Arrays")."""
    current: Medium | None = None
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        content = squeeze(meta.get("content") or "")
        if name in ("og:image", "og:image:url"):
            if current is not None:
                yield current
            address = absolute(url, content)
            current = Medium(address, "image") if address else None
        elif current is None and name == "og:image:secure_url" and (address := absolute(url, content)):
            current = Medium(address, "image")
        elif current is not None and name == "og:image:width":
            current = replace(current, width=_pixels(content))
        elif current is not None and name == "og:image:height":
            current = replace(current, height=_pixels(content))
        elif current is not None and name == "og:image:alt":
            current = replace(current, alt=plain(content)[:500])
    if current is not None:
        yield current


def _shown(tree: HtmlElement, url: str, address: str) -> int:
    """The larger side that the page shows a picture with where it is never more than a small one; else 0."""
    largest = 0
    for image in tree.iter("img"):
        if absolute(url, image.get("src") or "").partition("?")[0] != address.partition("?")[0]:
            continue
        side = max(_pixels(image.get("width") or ""), _pixels(image.get("height") or ""))
        if not side and any(_PERSON.search((above.get("class") or "")[:300]) for above in _near(image)):
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


def _meta(tree: HtmlElement, name: str) -> str:
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower() == name:
            content = squeeze(meta.get("content") or "")
            if content:
                return content
    return ""


def _linked(tree: HtmlElement) -> str:
    for link in tree.iter("link", "a"):
        if "image_src" in (link.get("rel") or "").lower().split() and link.get("href"):
            return link.get("href") or ""
    return ""
