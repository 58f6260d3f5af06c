"""Pictures, sounds and films of an article, as feeds attach them (RSS 2.0 `enclosure`, Media RSS, JSON Feed)."""

from __future__ import annotations

import html
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from wirepress.content.newsroom import View
from wirepress.feeds.channel import address
from wirepress.model.post import Post
from wirepress.render.entities import escape_html
from wirepress.render.images import image_of
from wirepress.url.parse import is_address

SPACE = 'xmlns:media="http://search.yahoo.com/mrss/"'
MOST = 20
"""Sounds and films of one article."""
_READ = 200_000
"""Characters of a text that are looked through for them."""
_PLAYED = re.compile(r'<(?:audio|video|source)\b[^<>]{0,2000}?\ssrc="([^"<>]{1,2000})"')
_TYPE = re.compile(r"[A-Za-z0-9.+-]{1,60}/[A-Za-z0-9.+-]{1,100}")
_LENGTH = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file of sound or film; `length` in octets, 0 where nobody knows (RSS Best Practices Profile, 4.2.19)."""

    url: str
    type: str
    length: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """An article's picture; `thumbnail` is the address of a smaller one, "" for none."""

    url: str
    type: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    thumbnail: str = ""


def of_meta(post: Post) -> list[Enclosure]:
    """The enclosures that somebody noted: WordPress keeps address, length and type in lines of the field `enclosure`
    (rss_enclosure)."""
    found = []
    for value in post.meta.get("enclosure", ())[:MOST]:
        url, length, kind, *_ = [line.strip() for line in str(value).split("\n")] + [""] * 3
        kind = (kind.split() or [""])[0]
        if is_address(url) and _TYPE.fullmatch(kind):
            found.append(Enclosure(url, kind, int(length) if _LENGTH.fullmatch(length) else 0))
    return found


def enclosures(view: View, post: Post, text: str) -> list[Enclosure]:
    """The sounds and films of an article: those that were noted and those that its text plays, each once."""
    if post.is_protected:
        return []
    found = {one.url: one for one in of_meta(post)}
    for played in _PLAYED.findall(text[:_READ]):
        url = urljoin(view.lookup.permalink(post), html.unescape(played))
        kind = mimetypes.guess_type(urlsplit(url).path)[0] or ""
        if is_address(url) and kind.startswith(("audio/", "video/")) and len(found) < MOST:
            found.setdefault(url, Enclosure(url, kind))
    return list(found.values())


def picture(view: View, post: Post) -> Picture | None:
    """The featured image of an article; none of a protected one, nor one whose size nobody knows."""
    of = view.lookup.post(post.thumbnail) if post.thumbnail and not post.is_protected else None
    if of is None:
        return None
    image = image_of(of)
    kind = mimetypes.guess_type(image.file)[0] or "" if image is not None else ""
    if image is None or not kind.startswith("image/"):
        return None
    noted, small = of.first_meta("_wp_attachment_metadata", {}).get("image_meta"), image.size("thumbnail")
    return Picture(
        view.site.upload_url(image.file),
        kind,
        image.width,
        image.height,
        alt=str(of.first_meta("_wp_attachment_image_alt")),
        credit=str(noted.get("credit") or "") if isinstance(noted, Mapping) else "",
        thumbnail=view.site.upload_url(image.beside(small.file)) if small is not None else "",
    )


def media(found: Picture | None) -> str:
    """A picture in the words of Media RSS (rssboard.org/media-rss)."""
    if found is None:
        return ""
    size = f'width="{found.width}" height="{found.height}"'
    inner = f'<media:description type="plain">{escape_html(found.alt)}</media:description>' if found.alt else ""
    if found.credit:
        inner += f"<media:credit>{escape_html(found.credit)}</media:credit>"
    if found.thumbnail:
        inner += f'<media:thumbnail url="{address(found.thumbnail)}" />'
    return (
        f'\t\t<media:content url="{address(found.url)}" type="{found.type}" medium="image" {size}>'
        f"{inner}</media:content>\n"
    )
