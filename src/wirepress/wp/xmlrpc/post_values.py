"""Posts, terms, pages and files as the methods show them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from wirepress.content import terms
from wirepress.content.media.library import ALT, metadata_of
from wirepress.content.newsroom import View
from wirepress.content.people.users import display_name
from wirepress.model.moment import ZERO, Stamp
from wirepress.model.post import Meta, Post
from wirepress.model.query import TermQuery
from wirepress.model.term import Term
from wirepress.render.images import image_of
from wirepress.wp.xmlrpc.values import Value, date, number

Struct = dict[str, Any]
MOST_TERMS: Final = 10_000
FORMATS: Final[Mapping[str, str]] = {
    "standard": "Standard", "aside": "Aside", "chat": "Chat", "gallery": "Gallery", "link": "Link", "image": "Image",
    "quote": "Quote", "status": "Status", "video": "Video", "audio": "Audio",
}  # fmt: skip
_FORMAT: Final = "post-format-"
_MORE: Final = "<!--more"
_BLANKS: Final = " \t\n\r\f\v"


def gmt(view: View, local: Stamp, utc: Stamp) -> Stamp:
    """A date in UTC: what a draft has none of is made of its local one."""
    if utc == ZERO and local != ZERO:
        return view.site.to_gmt(local)
    return utc


def shown_status(post: Post) -> str:
    """The status as the older methods show it: what is scheduled counts as published."""
    return "publish" if post.status == "future" else post.status


def format_of(post: Post) -> str:
    """The format of a post."""
    for term in post.terms:
        if term.taxonomy == "post_format":
            return term.slug.removeprefix(_FORMAT)
    return "standard"


def author_name(view: View, post: Post) -> str:
    user = view.lookup.user(post.author)
    return display_name(user) if user is not None else ""


# ---- custom fields


def numbered(meta: Meta) -> Iterator[tuple[int, str, int, Any]]:
    """The values of custom fields that may be shown: an id, the key, which of its values it is, the value.

    Ids are made of the key and the place: values have none here, and a program that has read one names it again.
    """
    for key in sorted(meta):
        if not key.startswith("_"):
            for place, value in enumerate(meta[key]):
                yield zlib.crc32(f"{key}\0{place}".encode()) & 0x7FFFFFFF or 1, key, place, value


def custom_fields(meta: Meta) -> list[Struct]:
    """The custom fields of a post or a term; those whose names begin with a line are nobody's to see."""
    return [
        {"id": str(field), "key": key, "value": value if isinstance(value, str | int | float) else ""}
        for field, key, _, value in numbered(meta)
    ]


# ---- terms


def terms_of(view: View, post: Post, taxonomies: Sequence[str]) -> list[Term]:
    """The terms of a post in some taxonomies, by name."""
    if not any(term.taxonomy in taxonomies for term in post.terms):
        return []
    found = terms.browse(view, TermQuery(tuple(taxonomies), per_page=MOST_TERMS, post=post.id))
    return terms.items(view, found.ids)


def name_of(term: Term) -> str:
    """The name of a term; a format's is what people call it."""
    if term.taxonomy == "post_format":
        return FORMATS.get(term.slug.removeprefix(_FORMAT), term.name)
    return term.name


def term_value(term: Term) -> Struct:
    """A term as `wp.getTerm` shows it."""
    return {
        "term_id": str(term.id),
        "name": name_of(term),
        "slug": term.slug,
        "term_group": str(term.group),
        "term_taxonomy_id": str(term.taxonomy_id),
        "taxonomy": term.taxonomy,
        "description": term.description,
        "parent": str(term.parent),
        "count": term.count,
        "filter": "raw",
        "custom_fields": custom_fields(term.meta),
    }


# ---- files


def media_value(view: View, post: Post, thumbnail: str = "thumbnail") -> Struct:
    """A file of the library as `wp.getMediaItem` shows it; `thumbnail` names the size that stands for it."""
    link = file_url(view, post)
    return {
        "attachment_id": str(post.id),
        "date_created_gmt": date(gmt(view, post.date, post.date_gmt)),
        "parent": post.parent,
        "link": link,
        "title": post.title,
        "caption": post.excerpt,
        "description": post.content,
        "metadata": plain(metadata_of(post)) or "",
        "type": post.mime_type,
        "alt": str(post.first_meta(ALT)),
        "thumbnail": _sized_url(view, post, thumbnail) or link,
    }


def file_url(view: View, post: Post) -> str:
    """The address of an attachment's file (wp_get_attachment_url)."""
    file = str(post.first_meta("_wp_attached_file"))
    return view.site.upload_url(file) if file else view.site.guid(post)


def _sized_url(view: View, post: Post, name: str) -> str:
    image = image_of(post)
    size = image.size(name) if image is not None else None
    if image is None or size is None:
        return ""
    return view.site.upload_url(f"{image.folder}/{size.file}".lstrip("/"))


def plain(value: Any) -> Value:
    """What is kept as PHP's arrays as values of XML-RPC."""
    if isinstance(value, bool | int | float | str):
        return value
    if value is None:
        return ""
    if hasattr(value, "items"):
        if list(value) == list(range(len(value))) or list(value) == [str(i) for i in range(len(value))]:
            return [plain(one) for one in value.values()]
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value)


# ---- posts


def post_value(view: View, post: Post, fields: Collection[str]) -> Struct:
    """A post as `wp.getPost` shows it: the fields that are asked for, of which some are names of groups."""
    found: Struct = {"post_id": str(post.id)}
    facts = _facts(view, post)
    if "post" in fields:
        found |= facts
    else:
        found |= {name: value for name, value in facts.items() if name in fields}
    wants_all = "taxonomies" in fields
    if wants_all or "terms" in fields:
        kinds = [kind.name for kind in view.site.registry.taxonomies_of(post.type)]
        found["terms"] = [term_value(term) for term in terms_of(view, post, kinds)]
    if "custom_fields" in fields:
        found["custom_fields"] = custom_fields(post.meta)
    if "enclosure" in fields:
        found["enclosure"] = enclosure(post)
    return found


def enclosure(post: Post) -> Struct | list[Value]:
    """The first file that a post encloses."""
    lines = str(post.first_meta("enclosure")).split("\n")
    if len(lines) < 3:
        return []
    return {
        "url": lines[0].strip(),
        "length": max(0, number(lines[1])),
        "type": lines[2].strip(),
    }


def _facts(view: View, post: Post) -> Struct:
    status, scheduled = post.status, post.status == "future"
    picture = view.lookup.post(post.thumbnail) if post.thumbnail else None
    return {
        "post_title": post.title,
        "post_date": date(post.date),
        "post_date_gmt": date(gmt(view, post.date, post.date_gmt)),
        "post_modified": date(post.modified),
        "post_modified_gmt": date(gmt(view, post.modified, post.modified_gmt)),
        "post_status": "publish" if scheduled else status,
        "post_type": post.type,
        "post_name": post.slug,
        "post_author": str(post.author),
        "post_password": post.password,
        "post_excerpt": post.excerpt,
        "post_content": post.content,
        "post_parent": str(post.parent),
        "post_mime_type": post.mime_type,
        "link": view.lookup.permalink(post),
        "guid": view.site.guid(post),
        "menu_order": post.menu_order,
        "comment_status": post.comment_status,
        "ping_status": post.ping_status,
        "sticky": post.type == "post" and post.id in view.site.sticky,
        "post_thumbnail": media_value(view, picture) if picture is not None else [],
        "post_format": format_of(post),
    }


# ---- what is split


def parts(content: str) -> tuple[str, str, str]:
    """What stands before `<!--more-->`, behind it, and the words of the link in between (get_extended)."""
    start = content.find(_MORE)
    end = content.find("-->", start) if start >= 0 else -1
    if end < 0:
        return _trimmed(content), "", ""
    words = content[start + len(_MORE) : end]
    return _trimmed(content[:start]), _trimmed(content[end + 3 :]), _trimmed(words)


def _trimmed(text: str) -> str:
    """A text of one line without blanks before it and empty lines behind it; any other as it is."""
    line, _, behind = text.lstrip(_BLANKS).partition("\n")
    return text if behind.strip(_BLANKS) else line
