"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wirepress.model.wire import Entry, Feed, Medium
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.jsontext import value_of
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.markup import resolved
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.naming import LONGEST_ID, named_by_content
from wirepress.syndicate.parse.text import as_markup, plain, squeeze
from wirepress.syndicate.parse.titles import title_of
from wirepress.syndicate.unreadable import Unreadable


def read_json_feed(text: str, url: str, most: int) -> Feed:
    """The feed that came from `url`, at most `most` entries of it.  Raises Unreadable for what is none."""
    try:
        read = value_of(text, strict=False)  # line ends in strings are the most frequent mistake
    except (ValueError, RecursionError) as error:
        raise Unreadable("the JSON feed breaks off or is malformed") from error
    if not isinstance(read, dict) or not _is_feed(read):
        raise Unreadable("this is JSON, but no JSON Feed")
    hubs = (absolute(url, _string(hub, "url")) for hub in _list(read, "hubs") if _is_websub(hub))
    feed = Feed(
        title=title_of(_string(read, "title")),
        language=squeeze(_string(read, "language"))[:40],
        home=absolute(url, _string(read, "home_page_url")),
        itself=absolute(url, _string(read, "feed_url")),
        hubs=tuple(dict.fromkeys(filter(None, hubs))),
    )
    inherited = _authors(read)
    items = [item for item in _list(read, "items") if isinstance(item, dict)][:most]
    warning = "" if items else "the feed lists nothing"
    return replace(feed, entries=tuple(_entry(item, url, feed, inherited) for item in items), warning=warning)


def _is_feed(read: Mapping[str, Any]) -> bool:
    """Whether it is a feed by its version, or by what it holds where that is forgotten."""
    items = _list(read, "items")
    held = ("content_html", "content_text", "url", "external_url")
    return "jsonfeed.org" in str(read.get("version")) or (
        bool(items) and isinstance(items[0], dict) and "id" in items[0] and any(name in items[0] for name in held)
    )


def _is_websub(hub: Any) -> bool:
    """Whether a hub is one of WebSub, also under its older name; there are others (rssCloud)."""
    return isinstance(hub, dict) and _string(hub, "type").lower() in ("websub", "pubsubhubbub", "")


def _entry(item: Mapping[str, Any], url: str, feed: Feed, inherited: tuple[str, ...]) -> Entry:
    link = absolute(url, _string(item, "url") or _string(item, "external_url"))
    published = read_date(_string(item, "date_published"))
    updated = read_date(_string(item, "date_modified"))
    title = title_of(_string(item, "title"))
    content = resolved(_string(item, "content_html"), link or url) or as_markup(_string(item, "content_text"))
    categories = _categories(item)
    guid = squeeze("" if item.get("id") is None else str(item["id"]))[:LONGEST_ID]
    return Entry(
        guid=guid or link or named_by_content(title, content),
        link=link or absolute("", guid),
        title=title,
        summary=as_markup(_string(item, "summary")),
        content=content,
        authors=_authors(item) or inherited,
        published=published or updated,
        updated=updated,
        categories=categories,
        schemes=("",) * len(categories),
        media=tuple(_media(item, link or url)),
        language=squeeze(_string(item, "language"))[:40] or feed.language,
        publisher=feed.title,
    )


def _categories(item: Mapping[str, Any]) -> tuple[str, ...]:
    tags = dict.fromkeys(filter(None, (plain(str(tag)) for tag in _list(item, "tags"))))
    return tuple(name for name in tags if len(name) <= 200)[:50]


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    people = [*_list(holder, "authors"), holder.get("author")]
    return read_names(_string(person, "name") for person in people if isinstance(person, dict))


def _media(item: Mapping[str, Any], base: str) -> Iterator[Medium]:
    for key in ("image", "banner_image"):
        if address := absolute(base, _string(item, key)):
            yield Medium(address, "image")
    for part in _list(item, "attachments")[:50]:
        if isinstance(part, dict) and (address := absolute(base, _string(part, "url"))):
            size = part.get("size_in_bytes")
            length = size if isinstance(size, int) and not isinstance(size, bool) and 0 < size < 10**12 else 0
            yield Medium(address, _string(part, "mime_type")[:100], length=length)


def _string(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _list(holder: Mapping[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
