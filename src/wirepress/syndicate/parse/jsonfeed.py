"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wirepress.model.wire import Entry, Feed, Medium
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.text import LONGEST_TITLE, as_markup, plain, squeeze
from wirepress.syndicate.unreadable import Unreadable


def read_json_feed(body: bytes, url: str, most: int) -> Feed:
    """The feed that came from `url`, at most `most` entries of it.  Raises Unreadable for what is none."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the JSON feed breaks off or is malformed") from error
    if not isinstance(read, dict) or "jsonfeed.org" not in str(read.get("version")):
        raise Unreadable("this is JSON, but no JSON Feed")
    title = plain(_string(read, "title"))[:LONGEST_TITLE]
    inherited = _authors(read)
    items = [item for item in _list(read, "items") if isinstance(item, dict)][:most]
    return Feed(
        title=title,
        entries=tuple(_entry(item, url, title, inherited) for item in items),
    )


def _entry(item: Mapping[str, Any], url: str, publisher: str, inherited: tuple[str, ...]) -> Entry:
    link = absolute(url, _string(item, "url") or _string(item, "external_url"))
    published = read_date(_string(item, "date_published"))
    updated = read_date(_string(item, "date_modified"))
    return Entry(
        guid=squeeze(str(item.get("id") or ""))[:2000] or link,
        link=link,
        title=plain(_string(item, "title"))[:LONGEST_TITLE],
        summary=as_markup(_string(item, "summary")),
        content=_string(item, "content_html") or as_markup(_string(item, "content_text")),
        authors=_authors(item) or inherited,
        published=published or updated,
        updated=updated,
        categories=tuple(dict.fromkeys(filter(None, (plain(str(tag)) for tag in _list(item, "tags")))))[:50],
        media=tuple(_media(item, link or url)),
        publisher=publisher,
    )


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    people = [*_list(holder, "authors"), holder.get("author")]
    return read_names(_string(person, "name") for person in people if isinstance(person, dict))


def _media(item: Mapping[str, Any], base: str) -> Iterator[Medium]:
    for key in ("image", "banner_image"):
        if address := absolute(base, _string(item, key)):
            yield Medium(address, "image")
    for part in _list(item, "attachments")[:50]:
        if isinstance(part, dict) and (address := absolute(base, _string(part, "url"))):
            yield Medium(address, _string(part, "mime_type")[:100])


def _string(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
