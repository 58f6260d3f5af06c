"""Which address of a picture to take: pages name many, and the plain one is often a placeholder."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote

from lxml.html import HtmlElement

from wirepress.model.wire import Entry, Medium, Page
from wirepress.syndicate.parse.links import absolute
from wirepress.url.parse import web_url

_LATE = (
    "data-orig-file", "data-large-file", "data-src", "data-original", "data-original-src", "data-lazy-src", "data-lazy",
    "data-hi-res-src", "data-full-src", "data-image-src", "data-img-src", "data-echo", "data-flickity-lazyload",
)  # fmt: skip
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-src-set")
_WIDTH = re.compile(r"^(\d{1,5})w$")
_DENSITY = re.compile(r"^(\d(?:\.\d{1,3})?)x$")
_PLACEHOLDER = re.compile(
    r"(?:blank|spacer|pixel|placeholder|transparent|1x1|grey|gray)[\w-]*\.(?:gif|png|svg|jpe?g)", re.IGNORECASE
)
SMALL = 200
"""Pixels up to which a side is that of a portrait, a badge or a teaser."""
_WIDEST = 2560
# WordPress.com's feeds list the portrait of the author before the pictures of the article.
_PORTRAIT = re.compile(r"gravatar\.com/|[/_.-](?:avatars?|identicons?|userpics?)[/_.?-]|[?&]d=identicon", re.IGNORECASE)
# A width, a format of sides and a focus are what the renditions of press systems are named by (`_w948_r1.77_fpx45`).
_SIZE = re.compile(
    r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled|\d{3,4}w)"
    r"|(?:_c[xyw]\d{1,3})*_[wh]\d{2,4}(?:_(?:[wh]\d{2,4}|r\d(?:\.\d{1,4})?|fp[xy]\d{1,3}|s))*)"
    r"(?=(?:@\w{1,30})?\.\w{3,4}$)"
)
# The size that Google's store of pictures appends (`=s750`, `=w640-h360-c`).
_APPENDED = re.compile(r"=(?:[swh]\d{1,4})(?:-[\w-]{1,30})?$")
_MEASURES = re.compile(r"(?:(?<=[-_.])|^)(?:[wh]\d{2,4}|\d{2,4}x\d{2,4})(?:[-_]|(?=\.))")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b", re.IGNORECASE)
# Parameters that change how a picture is made, not which it is.
_FORM = frozenset((
    "w", "h", "width", "height", "q", "quality", "fit", "crop", "auto", "format", "fm", "dpr", "resize", "strip", "ssl",
    "itok", "op", "val", "sum", "imwidth", "impolicy", "s", "size", "v", "ver", "cb", "rect", "ixlib", "fl", "scale",
))  # fmt: skip


def best_source(element: HtmlElement, base: str) -> str:
    """The absolute address of the best rendition of an `img`; empty for pixels that count readers and for none."""
    if _is_dot(element.get("width", "")) or _is_dot(element.get("height", "")):
        return ""
    renditions = _renditions(element)
    wide = sorted((one for one in renditions if one[0] >= 600), key=lambda one: -one[0])
    plain = [element.get(name, "") for name in (*_LATE, "src")]
    for address in (*(address for _, address in wide), *plain, *(address for _, address in renditions)):
        found = absolute(base, address)
        if found and not _PLACEHOLDER.search(_path(found)) and not found.lower().endswith(".svg"):
            return found if wide else _linked(element, base, found) or found
    return ""


def _linked(element: HtmlElement, base: str, shown: str) -> str:
    """The address of the whole picture where the one that is shown is a link to it; else empty."""
    link = next(element.iterancestors("a"), None)
    found = absolute(base, link.get("href", "")) if link is not None else ""
    is_whole = found != shown and _FILE.search(_path(found).rpartition("/")[2]) and same_picture(found, shown)
    return found if is_whole else ""


def _renditions(element: HtmlElement) -> list[tuple[float, str]]:
    """Widths and addresses that an `img` and the `picture` around it list; the widest only where there is no other."""
    listed = [found for name in _SETS for found in _candidates(element.get(name, ""))]
    # libxml2 does not know that `source` is void: the picture may be further up.
    holder = next(element.iterancestors("picture"), None)
    if holder is not None:
        listed += [
            found for source in holder.iter("source") for name in _SETS for found in _candidates(source.get(name, ""))
        ]
    return [found for found in listed if found[0] <= _WIDEST] or listed


def lead_picture(entry: Entry, page: Page) -> Medium | None:
    """The picture that goes with an article: what its page names, unless the feed knows better.

    Where the page names several, the one that the feed names too; where all it names is small, the feed's largest.
    """
    own = [medium for medium in entry.media if medium.is_image and not _PORTRAIT.search(medium.url)]
    named = [page.picture, *page.more_pictures] if page.picture else []
    both = next((medium for medium in named if any(same_picture(medium.url, one.url) for one in own)), page.picture)
    if both is not page.picture:
        return both
    largest = max(own, key=lambda medium: medium.width * medium.height, default=None)
    if page.picture is None or (largest is not None and _is_small(page.picture) and not _is_small(largest)):
        return largest
    return page.picture


def _is_small(medium: Medium) -> bool:
    return 0 < max(medium.width, medium.height) <= SMALL


def _is_dot(side: str) -> bool:
    return side.strip().removesuffix("px") in ("0", "1", "2", "3")


def _candidates(text: str) -> list[tuple[float, str]]:
    """Widths and addresses of a `srcset` (HTML, section 4.8.4.2.1); a density of 2 counts as 1200 wide."""
    found: list[tuple[float, str]] = []
    for part in re.split(r",\s+|,(?=https?:|//|/)", text[:20_000]):
        pieces = part.split()
        if not pieces or pieces[0].startswith("data:"):
            continue
        descriptor = pieces[-1] if len(pieces) > 1 else ""
        if match := _WIDTH.match(descriptor):
            found.append((float(match[1]), pieces[0]))
        elif match := _DENSITY.match(descriptor):
            found.append((600 * float(match[1]), pieces[0]))
        else:
            found.append((0.0, pieces[0].rstrip(",")))
    return found


def is_file(url: str) -> bool:
    """Whether an address is that of a picture's file, by its name."""
    return _FILE.search(_path(url).rpartition("/")[2]) is not None


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses look like renditions of one picture: the same file name but for a size."""
    return one == other or picture_key(one) == picture_key(other)


@lru_cache(maxsize=500)
def picture_key(url: str) -> tuple[object, ...]:
    """What the addresses of the renditions of one picture have in common: the host and the file's name but for a size.

    Where the path ends in a file, parameters only form the picture; else they name it.
    """
    named = () if _FILE.search(_path(url).rpartition("/")[2]) else tuple(_meaning(url))
    return (_host(url), _name(url), named)


def _meaning(url: str) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in parse_qsl(url.partition("?")[2]) if name.lower() not in _FORM)


def _host(url: str) -> str:
    found = web_url(url)
    return found.host if found is not None else ""


def _path(url: str) -> str:
    found = web_url(url)
    return found.path if found is not None else ""


def _name(url: str) -> str:
    name = _APPENDED.sub("", unquote(_path(url).rpartition("/")[2]).lower())
    bare = _MEASURES.sub("", _SIZE.sub("", re.sub(r"(\.(?:jpe?g|png))\.(?:webp|avif)$", r"\1", name)))
    # A short name is told apart by the folder that it is in.
    return bare if len(bare) > 8 else _path(url).rpartition("/")[0] + "/" + bare
