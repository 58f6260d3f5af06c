"""Posts as another WordPress site's REST API lists them (`wp/v2/posts`), with what `_embed` adds to them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from wirepress.model.wire import Entry, Medium
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.jsontext import value_of
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.markup import resolved
from wirepress.syndicate.parse.media import number
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.naming import LONGEST_ID
from wirepress.syndicate.parse.text import plain, squeeze
from wirepress.syndicate.parse.titles import title_of
from wirepress.syndicate.unreadable import Unreadable

LARGEST: Final = 20_000_000
MOST_POSTS: Final = 500
"""Posts of one answer; WordPress gives a hundred at most."""
DEEPEST: Final = 100
"""Levels of lists and objects; an honest answer has a dozen."""
_MOST_TERMS: Final = 50
_MORE: Final = re.compile(r"""class=["'][^"'<>]*\bmore-link\b""")
_SCHEMES: Final = {"category": "", "post_tag": ""}


@dataclass(frozen=True, slots=True)
class Posts:
    """One answer."""

    entries: tuple[Entry, ...] = ()
    ids: tuple[int, ...] = ()
    """Of all that is listed, also of what cannot be taken."""
    newest: datetime | None = None
    """When what was changed last in it was ..."""
    oldest: datetime | None = None
    """... and what was changed first."""


def read_json(body: bytes) -> Any:
    """What a document of JSON holds.  Raises Unreadable for none, and for one that is too large or too deep."""
    if len(body) > LARGEST:
        raise Unreadable(f"the answer is larger than {LARGEST:,} bytes")
    try:
        read = value_of(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the answer is no JSON") from error
    if _depth(read) > DEEPEST:
        raise Unreadable("the answer is nested too deeply")
    return read


def _depth(read: Any) -> int:
    """Levels of lists and objects, counted up to one too many."""
    level, depth = [read], 0
    while level and depth <= DEEPEST:
        below = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [part for parts in below for part in parts if isinstance(part, dict | list)]
        depth += 1
    return depth


def read_posts(body: bytes, url: str) -> Posts:
    """The posts that came from `url`.  Raises Unreadable for what is no list of posts."""
    read = read_json(body)
    if isinstance(read, dict) and isinstance(read.get("code"), str):
        raise Unreadable(f"the site does not list its posts ({squeeze(read['code'])[:60]})")
    if not isinstance(read, list) or not all(isinstance(item, dict) and "id" in item for item in read):
        raise Unreadable("this is no list of a WordPress site's posts")
    items = read[:MOST_POSTS]
    dates = sorted(filter(None, map(_changed, items)))
    return Posts(
        entries=tuple(entry for item in items if (entry := _entry(item, url)) is not None),
        ids=tuple(int(item["id"]) for item in items if isinstance(item["id"], int)),
        newest=dates[-1] if dates else None,
        oldest=dates[0] if dates else None,
    )


def _changed(item: Mapping[str, Any]) -> datetime | None:
    """When a post was changed last."""
    found = read_date(_text(item, "modified_gmt") or _text(item, "date_gmt"))
    return None if found is None else found.astimezone(UTC)


def _entry(item: Mapping[str, Any], url: str) -> Entry | None:
    """A post as an entry; None for one that is not for everybody, or has no address."""
    is_open = _text(item, "status") in ("", "publish") and not any(
        _object(item, name).get("protected") is True for name in ("content", "excerpt")
    )
    link = absolute(url, _text(item, "link"))
    if not is_open or not link:
        return None
    embedded = _object(item, "_embedded")
    content = resolved(_rendered(item, "content"), link)
    terms = list(_terms(embedded))
    published = read_date(_text(item, "date_gmt")) or read_date(_text(item, "date"))
    return Entry(
        guid=squeeze(html.unescape(_rendered(item, "guid")))[:LONGEST_ID] or link,
        link=link,
        title=title_of(_rendered(item, "title")),
        summary=resolved(_rendered(item, "excerpt"), link),
        content=content,
        authors=read_names(_text(author, "name") for author in _objects(embedded, "author")),
        published=published,
        updated=_changed(item),
        categories=tuple(name for name, _ in terms),
        schemes=tuple(scheme for _, scheme in terms),
        media=tuple(_media(embedded, link)),
        is_whole=bool(plain(content) or "<img" in content) and not _MORE.search(content),
    )


def _terms(embedded: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of a post's terms, and of each the taxonomy that it is of, "" for categories and tags."""
    listed = embedded.get("wp:term")
    groups = [group for group in listed if isinstance(group, list)] if isinstance(listed, list) else []
    terms = [term for group in groups for term in group if isinstance(term, dict)]
    seen = set()
    for term in terms[:_MOST_TERMS]:
        name, taxonomy = plain(_text(term, "name")), _text(term, "taxonomy")
        is_none = taxonomy == "category" and _text(term, "slug") == "uncategorized"
        if name and len(name) <= 200 and name not in seen and not is_none:
            seen.add(name)
            yield name, _SCHEMES.get(taxonomy, taxonomy[:100])


def _media(embedded: Mapping[str, Any], link: str) -> Iterator[Medium]:
    """The featured picture; the error that stands in the place of one that is not for everybody is none."""
    for medium in _objects(embedded, "wp:featuredmedia")[:1]:
        details = _object(medium, "media_details")
        if address := absolute(link, _text(medium, "source_url")):
            yield Medium(
                address,
                _text(medium, "mime_type")[:100],
                width=number(str(details.get("width", ""))),
                height=number(str(details.get("height", ""))),
                alt=squeeze(_text(medium, "alt_text"))[:1000],
                caption=plain(_rendered(medium, "caption"))[:1000],
            )


def _rendered(holder: Mapping[str, Any], key: str) -> str:
    """A text as the API shows it: `{"rendered": …}`."""
    return _text(_object(holder, key), "rendered")


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _object(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _objects(holder: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = holder.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def read_index(body: bytes) -> str:
    """What the site is called whose API's root this is (or the part of it that says so).  Raises Unreadable."""
    read = read_json(body)
    if not isinstance(read, dict) or not isinstance(read.get("name"), str) or not _is_index(read):
        raise Unreadable("this is no WordPress site's API")
    return title_of(read["name"])[:200]


def _is_index(read: Mapping[str, Any]) -> bool:
    namespaces = read.get("namespaces")
    return set(read) <= {"name", "_links"} or (isinstance(namespaces, list) and "wp/v2" in namespaces)
