"""Responsive images: what WordPress adds to the images and frames of a content (`wp_filter_content_tags`)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from wirepress.model.lookup import Lookup
from wirepress.model.post import Post
from wirepress.render.entities import escape_attribute
from wirepress.render.strip import strip_tags

MAX_SRCSET_WIDTH = 2048

_PRIORITY = re.compile(r' fetchpriority="(?:high|low)"')
_TAG = re.compile(r"<(?:img|iframe)\s[^>]+>", re.ASCII)
_ID = re.compile(r"wp-image-([0-9]+)", re.ASCII | re.IGNORECASE)
_SRC = re.compile(r'src="([^"]+)"')
_WIDTH = re.compile(r' width=["\']([0-9]+)["\']', re.ASCII)
_HEIGHT = re.compile(r' height=["\']([0-9]+)["\']', re.ASCII)
_STYLE_WIDTH = re.compile(r'style="[^"]*?width:\s*+([0-9]+)px;', re.ASCII | re.IGNORECASE)
_EDITED = re.compile(r"-e[0-9]{13}", re.ASCII)
_SIZES = re.compile(r' sizes="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Size:
    """One file of an image."""

    name: str
    file: str
    width: int
    height: int
    mime: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An attachment's picture: its own file and the smaller ones (`_wp_attachment_metadata`)."""

    file: str
    width: int
    height: int
    sizes: tuple[Size, ...]

    @property
    def basename(self) -> str:
        return self.file.rpartition("/")[2]

    @property
    def folder(self) -> str:
        return self.file.rpartition("/")[0]

    def beside(self, file: str) -> str:
        """A file in the picture's folder."""
        return f"{self.folder}/{file}" if self.folder else file

    def size(self, name: str) -> Size | None:
        return next((size for size in self.sizes if size.name == name), None)


def image_of(post: Post | None) -> Image | None:
    """The picture of an attachment; None where there is none or its data are of no use."""
    if post is None or not isinstance(meta := post.first_meta("_wp_attachment_metadata", None), Mapping):
        return None
    file, width, height = meta.get("file"), _int(meta.get("width")), _int(meta.get("height"))
    if not isinstance(file, str) or not width or not height:
        return None
    return Image(file, width, height, tuple(_sizes(meta.get("sizes"))))


def shown_image(post: Post | None) -> Image | None:
    """The picture of an attachment as it is shown: one whose size is not known, since its file was never there or
    cannot be read, is shown all the same, with 0 for the width and the height (`wp_attachment_is_image`)."""
    if (known := image_of(post)) is not None or post is None:
        return known
    file = str(post.first_meta("_wp_attached_file"))
    return Image(file, 0, 0, ()) if file and post.mime_type.startswith("image/") else None


def _sizes(sizes: Any) -> Iterator[Size]:
    if not isinstance(sizes, Mapping):
        return
    for name, size in sizes.items():
        if isinstance(size, Mapping) and isinstance(size.get("file"), str):
            yield Size(
                str(name),
                size["file"],
                _int(size.get("width")),
                _int(size.get("height")),
                str(size.get("mime-type", "")),
            )


def _int(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def with_responsive_images(html: str, lookup: Lookup) -> str:
    """The HTML with sizes, sources and loading hints on its images and frames."""
    if "<img" not in html and "<iframe" not in html:
        return html
    end = html.rfind(">") + 1
    done: dict[str, str] = {}

    def filtered(found: re.Match[str]) -> str:
        tag = found[0]
        if tag not in done:
            done[tag] = _frame(tag) if tag.startswith("<iframe") else _image(tag, lookup)
        return done[tag]

    return _TAG.sub(filtered, html[:end]) + html[end:]


def _frame(tag: str) -> str:
    if " loading=" in tag or ' src="' not in tag or "data-secret=" in tag:
        return tag
    if not (_WIDTH.search(tag) and _HEIGHT.search(tag)):
        return tag
    return tag.replace("<iframe", '<iframe loading="lazy"')


def _image(tag: str, lookup: Lookup) -> str:
    if (image := _named_image(tag, lookup)) is not None:
        if " width=" not in tag and " height=" not in tag:
            tag = _with_dimensions(tag, image)
        if " srcset=" not in tag:
            tag = _with_sources(tag, image, lookup)
    return _with_auto_sizes(_with_hints(tag))


def _named_image(tag: str, lookup: Lookup) -> Image | None:
    """The picture that the class of an image names."""
    named = _ID.search(tag)
    if named is None or len(named[1]) > 18:
        return None
    attachment = lookup.post(int(named[1]))
    if attachment is None or attachment.type != "attachment":
        return None
    return image_of(attachment)


def _with_dimensions(tag: str, image: Image) -> str:
    source = _SRC.search(tag)
    if not source or not (found := dimensions(source[1].partition("?")[0], image)):
        return tag
    width, height = found
    if (styled := _STYLE_WIDTH.search(tag)) and int(styled[1][:9]) and width:
        wanted = int(styled[1][:9])
        height, width = round_half_up(height * wanted / width), wanted
    return tag.replace("<img", f'<img width="{width}" height="{height}"')


def dimensions(source: str, image: Image) -> tuple[int, int] | None:
    """Width and height of the file of an image that an address names (`wp_image_src_get_dimensions`)."""
    if image.basename in source:
        return image.width, image.height
    name = source.rpartition("/")[2]
    return next(((size.width, size.height) for size in image.sizes if size.file == name), None)


def _with_sources(tag: str, image: Image, lookup: Lookup) -> str:
    source_found = _SRC.search(tag)
    if not image.sizes or not source_found:
        return tag
    source = source_found[1].partition("?")[0]
    edited = _EDITED.search(image.file)
    if edited and edited[0] not in source.rpartition("/")[2]:
        return tag
    width, height = _WIDTH.search(tag), _HEIGHT.search(tag)
    size = (int(width[1][:9]), int(height[1][:9])) if width and height else dimensions(source, image)
    if not size:
        return tag
    srcset = source_set(source, size, image, lookup)
    if not srcset:
        return tag
    added = f' srcset="{escape_attribute(srcset)}"'
    if " sizes=" not in tag:
        added += f' sizes="{sizes_attribute(size[0])}"'
    return f"{tag[:-1].rstrip('/ ')}{added} />"


def sizes_attribute(width: int) -> str:
    """As wide as the window, up to its own width."""
    return f"(max-width: {width}px) 100vw, {width}px"


def source_set(source: str, shown: tuple[int, int], image: Image, lookup: Lookup) -> str:
    """The `srcset` of the image's files with the shown one's proportions; "" where the address is none of the image's
    or there is no choice (`wp_calculate_image_srcset`)."""
    if shown[0] < 1 or len(image.file) < 4:
        return ""
    sizes = _choice(image, source)
    in_source = next((size for size in sizes if image.beside(size.file) in source), None)
    if in_source is None:
        return ""
    edited = _EDITED.search(source.rpartition("/")[2])
    sources: dict[int, str] = {}
    for size in sizes:
        if size.width > MAX_SRCSET_WIDTH and size is not in_source:
            continue
        if (edited and edited[0] not in size.file[1:]) or not _same_ratio(shown, (size.width, size.height)):
            continue
        url = {size.width: lookup.upload_url(image.beside(size.file)).replace(" ", "%20")}
        sources = url | sources if size is in_source else sources | url
    if len(sources) < 2:
        return ""
    return ", ".join(f"{url} {width}w" for width, url in sources.items())


def _choice(image: Image, source: str) -> tuple[Size, ...]:
    """The files that a source may be one of; none for an animation, whose smaller files stand still."""
    thumbnail = image.size("thumbnail")
    if thumbnail is None or thumbnail.mime != "image/gif":
        return (*image.sizes, Size("full", image.basename, image.width, image.height))
    return () if image.file in source else image.sizes


def _same_ratio(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the larger, shrunk to the smaller's width, has its height, give or take a pixel."""
    small, large = sorted((one, other), key=itemgetter(0))
    if not small[0]:
        return False
    ratio = small[0] / large[0]
    height = max(1, round_half_up(large[1] * ratio))
    return abs(height - small[1]) <= 1


def round_half_up(value: float) -> int:
    """PHP's `round` to a whole number."""
    return math.floor(value + 0.5)


def _with_hints(tag: str) -> str:
    """`decoding` on every image with a source, `loading` on those whose size is known."""
    if ' src="' not in tag:
        return tag
    sized = _WIDTH.search(tag) and _HEIGHT.search(tag)
    if " decoding=" not in tag:
        tag = tag.replace("<img", '<img decoding="async"')
    if sized and " loading=" not in tag and not _PRIORITY.search(tag):
        tag = tag.replace("<img", '<img loading="lazy"')
    return tag


def _with_auto_sizes(tag: str) -> str:
    """A lazy image chooses its file by the size it is shown at."""
    if ' loading="lazy"' not in tag or not _WIDTH.search(tag):
        return tag
    sizes = _SIZES.search(tag)
    if not sizes or sizes[1].lower() == "auto" or sizes[1].lower().startswith("auto,"):
        return tag
    return f"{tag[: sizes.start(1)]}auto, {tag[sizes.start(1) :]}"


# ---- an attachment's image as HTML


_LAST_CHANCE = (128, 96)
"""What a thumbnail is held to where the options name no size (`image_constrain_size_for_editor`)."""


def sized_source(post: Post, size: str, lookup: Lookup) -> tuple[str, int, int] | None:
    """Address, width and height of an attachment's image at a named size (`wp_get_attachment_image_src`)."""
    image = shown_image(post)
    if image is None:
        return None
    thumbnail = (_int(lookup.option("thumbnail_size_w", 150)), _int(lookup.option("thumbnail_size_h", 150)))
    limits = {
        "thumbnail": thumbnail if any(thumbnail) else _LAST_CHANCE,
        "medium": (_int(lookup.option("medium_size_w", 300)), _int(lookup.option("medium_size_h", 300))),
        "medium_large": (_int(lookup.option("medium_large_size_w", 768)), 0),
        "large": (_int(lookup.option("large_size_w", 1024)), _int(lookup.option("large_size_h", 1024))),
        "1536x1536": (1536, 1536),
        "2048x2048": (2048, 2048),
    }
    file, width, height = str(post.first_meta("_wp_attached_file")) or image.file, image.width, image.height
    if (kept := image.size(size)) is not None:
        file = image.beside(kept.file)
        if kept.width or kept.height:
            width, height = kept.width, kept.height
    if size in limits:
        width, height = _constrained(width, height, *limits[size])
    return lookup.upload_url(file), width, height


def _constrained(width: int, height: int, most_wide: int, most_high: int) -> tuple[int, int]:
    """`wp_constrain_dimensions`: shrunk into a box, 0 meaning no limit; what is not known counts as a pixel."""
    if most_wide or most_high:
        width, height = max(1, width), max(1, height)
    ratios = [most / own for most, own in ((most_wide, width), (most_high, height)) if most and own > most]
    if not ratios:
        return width, height
    ratio = min(ratios)
    return max(1, round_half_up(width * ratio)), max(1, round_half_up(height * ratio))


def image_tag(post: Post, size: str, lookup: Lookup, attributes: Mapping[str, str] | None = None) -> str:
    """The `<img>` of an attachment as WordPress writes it inside a content (`wp_get_attachment_image`)."""
    found = sized_source(post, size, lookup)
    image = shown_image(post)
    if found is None or image is None:
        return ""
    url, width, height = found
    alt = strip_tags(str(post.first_meta("_wp_attachment_image_alt"))).strip()
    shown = {"src": url, "class": f"attachment-{size} size-{size}", "alt": alt, **(attributes or {})}
    if image.sizes and (sources := source_set(url, (width, height), image, lookup)):
        shown["srcset"] = sources
        shown["sizes"] = shown.get("sizes") or sizes_attribute(width)
    written = "".join(f' {name}="{escape_attribute(value)}"' for name, value in shown.items())
    measures = "".join(f' {name}="{side}"' for name, side in (("width", width), ("height", height)) if side)
    return f"<img{measures}{written} />"
