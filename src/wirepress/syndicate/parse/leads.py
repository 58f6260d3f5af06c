"""The pictures that a page names as its article's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from wirepress.model.wire import Medium
from wirepress.syndicate.addresses import url_key
from wirepress.syndicate.parse import linked
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.metadata import Metadata
from wirepress.syndicate.parse.opening import Opening
from wirepress.syndicate.parse.pictures import SMALL, best_source, is_file, picture_key
from wirepress.syndicate.parse.text import plain, squeeze

_MOST = 10
_METAS = ("twitter:image", "twitter:image:src", "thumbnail", "parsely-image-url", "sailthru.image.full")
_LARGE = 300
"""Pixels from which on a picture in the text may be the article's."""
_NONE = -5.0
_MOST_BESIDE = 20
_MOST_PEOPLE = 500
_OF_PICTURES = re.compile(
    r"/(?:photos?|pictures?|images?|galler(?:y|ies)|galerie|fotos?|bild(?:er)?|media)[/_-]", re.IGNORECASE
)
_LEADING = 4.5
"""The worth of the picture beside the headline where the page shows none of those that it names."""
_ASIDE = frozenset(("nav", "aside", "footer"))
_NO_PICTURE = re.compile(
    r"(?:logo|favicon|placeholder|default[-_](?:image|share|og)|/default\.|apple-touch|gravatar\.com|/avatars?/|avatar[-_.\d]|sprite|spacer|1x1|blank\.)",
    re.IGNORECASE,
)
_BADGE = re.compile(
    r"(?:[/_-](?:icon|badge|button|profile|headshot|author)s?[/_.-])|social[-_]?(?:preview|card|share)|[-_/]share[-_.]"
)
_BRANDED = re.compile(r"branded|watermark|facebook|twitter[-_]?card|opengraph|structured[-_]data")
_TEASER = re.compile(
    r"related|recommend|teaser|promo|sidebar|widget|newsletter|comment|footer|trending|popular|carousel-item",
    re.IGNORECASE,
)
_PERSON = re.compile(r"author|byline|avatar|contributor|columnist|profile|headshot", re.IGNORECASE)


def leads(metadata: Metadata, opening: Opening) -> tuple[Medium, ...]:
    """The pictures, the best first: those that the page names and those that it shows large, judged by what they are.

    One that the page shows only as a portrait or a badge comes last, with the measures that it is shown in.
    """
    seen = _Shown(metadata, opening)
    found: dict[str, tuple[Medium, float]] = {}
    for at, medium in enumerate(_offered(metadata)):
        if medium.url not in found and len(found) < 2 * _MOST:
            found[medium.url] = (medium, 4.0 - 0.1 * at)
    keys = {picture_key(url) for url in found}
    base = 2.0 if found else 3.0
    is_shown = not keys.isdisjoint(seen.large)
    for at, (key, medium) in enumerate(seen.large.items()):
        if key not in keys:
            # What the page names and never shows is a card for other sites: another picture, or one with words on it.
            worth = _LEADING if key == seen.leading and not is_shown else base
            found[medium.url] = (medium, worth - 0.1 * at)
    portraits = _portraits(metadata)
    judged = [_judged(medium, worth, seen, portraits) for medium, worth in found.values()]
    kept = [(worth, medium) for worth, medium in judged if worth > _NONE]
    kept.sort(key=lambda one: -one[0])
    return tuple(medium for _, medium in kept)[:_MOST]


def _judged(medium: Medium, worth: float, seen: _Shown, portraits: frozenset[str]) -> tuple[float, Medium]:
    twin = seen.large.get(picture_key(medium.url))
    if twin is not None and _BRANDED.search(medium.url.lower()):
        # The same picture as the page itself shows it, without a name or a badge painted over it.
        medium = replace(medium, url=twin.url)
    if side := seen.small_side(medium.url):
        medium = replace(medium, width=side, height=side)
    if twin is not None:
        medium = replace(medium, alt=medium.alt or twin.alt, caption=medium.caption or twin.caption)
        worth += 1.5
    return worth - _fault(medium, portraits), medium


def _fault(medium: Medium, portraits: frozenset[str]) -> float:
    """How much speaks against a picture being an article's own."""
    path = medium.url.partition("?")[0].lower()
    fault = 0.0
    if _NO_PICTURE.search(medium.url) or path.endswith((".svg", ".ico")) or path in portraits:
        fault += 20.0
    if _BADGE.search(path):
        fault += 6.0
    if 0 < max(medium.width, medium.height) <= SMALL:
        fault += 6.0
    return fault


def _portraits(metadata: Metadata) -> frozenset[str]:
    """The addresses of the pictures of people and firms in a page's JSON-LD, without their queries, in lower case."""
    addresses = set()
    for one in islice(_people(metadata), _MOST_PEOPLE):
        for key in ("image", "logo"):
            about = linked.resolve(one.get(key), metadata.known)
            if address := absolute(metadata.url, linked.first(about, "url", "contentUrl")):
                addresses.add(address.partition("?")[0].lower())
    return frozenset(addresses)


def _people(metadata: Metadata) -> Iterator[linked.Thing]:
    """The people and firms of a page's JSON-LD: those of the article first."""
    for thing in (metadata.article, *metadata.things):
        if not {"Person", "Organization", "NewsMediaOrganization"}.isdisjoint(linked.types(thing)):
            yield thing
        for key in ("author", "publisher", "creator"):
            named = thing.get(key)
            for one in (named if isinstance(named, list) else [named])[:20]:
                if isinstance(one, dict):
                    yield one


def _offered(metadata: Metadata) -> Iterator[Medium]:
    """What JSON-LD, OpenGraph, Twitter's and other meta elements and a link element name, in that order."""
    shared = list(_open_graph(metadata))
    alts = [*(medium.alt for medium in shared), plain(metadata.meta("twitter:image:alt"))[:500]]
    alt = next(filter(None, alts), "")
    shared[:1] = [replace(medium, alt=medium.alt or alt) for medium in shared[:1]]
    about = linked.resolve(metadata.article.get("image"), metadata.known)
    for one in (about if isinstance(about, list) else [about])[:_MOST]:
        named = absolute(metadata.url, linked.first(one, "url", "contentUrl"))
        if not named:
            continue
        about = one
        caption = plain(linked.first(about, "caption", "description"))[:2000] if isinstance(one, dict) else ""
        width, height = (_size(one, side) for side in ("width", "height"))
        twin = next((medium for medium in shared if medium.url == named), Medium(named, "image", width, height))
        yield replace(twin, alt=twin.alt or alt, caption=caption)
    yield from shared
    others = [metadata.meta(name) for name in _METAS]
    for text in (*others, linked.first(metadata.article.get("thumbnailUrl")), metadata.link("image_src")):
        if address := absolute(metadata.url, text):
            yield Medium(address, "image", alt=alt)


def _size(thing: object, side: str) -> int:
    value = thing.get(side) if isinstance(thing, dict) else 0
    value = value.get("value") if isinstance(value, dict) else value
    return _pixels(str(value or ""))


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


class _Shown:
    """The pictures that a page shows, each looked at once."""

    def __init__(self, metadata: Metadata, opening: Opening) -> None:
        self.large: dict[tuple[object, ...], Medium] = {}
        """Those of some size that stand in its main part, in order, each by what its renditions have in common."""
        self.leading: tuple[object, ...] = ()
        """Which of them is the first beside the headline."""
        self._beside = {image: at for at, image in enumerate(opening.pictures[:_MOST_BESIDE])}
        self._place = _MOST_BESIDE
        self._kept = 0
        self._around = opening.around
        self._sides: dict[str, int] = {}
        for image in metadata.tree.iter("img", "amp-img"):
            self._look_at(image, metadata.url)

    def _look_at(self, image: HtmlElement, base: str) -> None:
        width, height = _pixels(image.get("width", "")), _pixels(image.get("height", ""))
        around = list(_near(image))
        is_portrait = any(_PERSON.search(above.get("class", "")[:300]) for above in around)
        side = max(width, height) or (SMALL if is_portrait else 0)
        plain_source = absolute(base, image.get("src", "")).partition("?")[0]
        if plain_source:
            known = self._sides.get(plain_source)
            is_small = 0 < side <= SMALL and known != 0
            self._sides[plain_source] = max(side, known or 0) if is_small else 0
        is_many = self._kept >= _MOST and image not in self._beside
        if is_portrait or 0 < side <= _LARGE or is_many or (side == 0 and not _listed_large(image)):
            return
        if not self._is_elsewhere(image) and (url := best_source(image, base)):
            self._keep(image, base, Medium(url, "image", width, height))

    def _keep(self, image: HtmlElement, base: str, medium: Medium) -> None:
        """Takes a large picture of the main part, with its words."""
        self._kept += 1
        key = picture_key(medium.url)
        if key not in self.large:
            alt = squeeze(image.get("alt", ""))[:500]
            self.large[key] = replace(medium, alt=alt, caption=_caption(image))
        place = self._beside.get(image, _MOST_BESIDE)
        if place < self._place and not _leads_away(image, base) and not _is_still(image):
            self.leading, self._place = key, place

    def _is_elsewhere(self, image: HtmlElement) -> bool:
        """Whether a picture goes with another article; a `figure` may be called a teaser's for its size."""
        for above in image.iterancestors():
            if above in self._around:
                return False
            if above.tag in _ASIDE or (above.tag != "figure" and _TEASER.search(above.get("class", "")[:300])):
                return True
        return False

    def small_side(self, address: str) -> int:
        """The larger side that the page shows a picture with where it is never more than a small one; else 0."""
        return self._sides.get(address.partition("?")[0], 0)


def _listed_large(image: HtmlElement) -> bool:
    sets = f"{image.get('srcset', '')} {image.get('data-srcset', '')}"
    holder = next(image.iterancestors("picture", "figure"), None)
    if holder is not None:
        sets += " ".join(source.get("srcset", "") for source in holder.iter("source"))
    return any(int(width) > _LARGE for width in re.findall(r"\s(\d{3,4})w", sets[:20_000])) or (
        next(image.iterancestors("figure"), None) is not None
    )


def _leads_away(image: HtmlElement, base: str) -> bool:
    """Whether a picture is a link to another page."""
    link = next(image.iterancestors("a"), None)
    address = link.get("href", "") if link is not None else ""
    if not address or address.startswith("#") or is_file(address) or _OF_PICTURES.search(address):
        return False
    return url_key(absolute(base, address)) != url_key(base)


def _is_still(image: HtmlElement) -> bool:
    """Whether a picture stands for a film."""
    return any("video" in above.get("class", "")[:300].lower() for above in _near(image))


def _caption(image: HtmlElement) -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    return squeeze(caption.text_content())[:2000] if caption is not None else ""


def _near(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    for at, above in enumerate(element.iterancestors()):
        if at > 2 or above.tag in ("article", "main", "body"):
            return
        yield above


def _pixels(text: str) -> int:
    bare = text.strip().removesuffix("px")
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) < 6 else 0
