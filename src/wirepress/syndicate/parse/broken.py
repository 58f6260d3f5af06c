"""What of a broken feed can be saved: feedparser reads, we bring what it gives into one shape.

It reads what is not XML at all, and takes three milliseconds an entry for it.  Its own sanitiser is off: what is shown
is cleaned once, in `syndicate.clean`, and by a library made for it.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from wirepress.model.wire import Entry, Feed, Medium
from wirepress.syndicate.parse.dates import EARLIEST, read_date
from wirepress.syndicate.parse.links import Link, absolute, bare_type, permalink, relation
from wirepress.syndicate.parse.media import number
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.naming import LONGEST_ID, named_by_content
from wirepress.syndicate.parse.text import as_markup, plain, squeeze
from wirepress.syndicate.parse.titles import exact_title, title_of
from wirepress.syndicate.unreadable import Unreadable

# feedparser takes Media RSS's description of a picture for the item's own: it gets another name.
_MEDIA_CAPTION = re.compile(rb"(</?media:)description\b")
_DECLARATION = re.compile(r"^\s*<\?xml\b[^<>]{0,300}\?>")


def read_broken(text: str, url: str, most: int) -> Feed:
    """The feed of a text that came from `url`, at most `most` entries of it.  Raises Unreadable."""
    read = parse(text, url)
    channel = read.get("feed", {})
    atom = str(read.get("version", "")).startswith("atom")
    feed = Feed(
        title=_text(channel, "title", atom),
        licence=_licence(channel),
        language=squeeze(str(channel.get("language") or ""))[:40],
        home=absolute(url, str(channel.get("link") or "")),
        itself=next(_named(channel, url, "self"), ""),
        hubs=tuple(dict.fromkeys(_named(channel, url, "hub"))),
        warning=_warning(read),
    )
    items = read.get("entries", [])[:most]
    return replace(feed, entries=tuple(_entry(item, feed, channel, url, atom) for item in items))


def _named(channel: Mapping[str, Any], url: str, wanted: str) -> Iterator[str]:
    """The addresses that a feed names under a relation."""
    for link in channel.get("links") or ():
        if relation(link.get("rel")) == wanted and (address := absolute(url, str(link.get("href") or ""))):
            yield address


def parse(text: str, url: str) -> Mapping[str, Any]:
    """What feedparser makes of a feed's text.  Raises Unreadable where it stumbles."""
    import feedparser  # loads slowly, and only the worker needs it

    body = _DECLARATION.sub("", text).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # A stream: feedparser takes a bare string for an address or a file name.
        read: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(_MEDIA_CAPTION.sub(rb"\1caption", body)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=True,
        )
    except MemoryError:
        raise
    except Exception as error:  # a parser of hostile documents: whatever it trips over, we must not
        raise Unreadable(f"the feed cannot be read ({type(error).__name__})") from error
    return read


def _warning(read: Mapping[str, Any]) -> str:
    if not read.get("bozo"):
        return ""
    reason = squeeze(str(read.get("bozo_exception", "")))[:200]
    return f"not well-formed: {reason}" if reason else "not well-formed"


def _entry(item: Mapping[str, Any], feed: Feed, channel: Mapping[str, Any], url: str, atom: bool) -> Entry:
    link = _link(item, url, feed.language)
    content, summary = _bodies(item)
    title = _text(item, "title", atom)
    publisher = _text(item.get("source") or {}, "title", exact=False) or feed.title
    published = _date(item, "published") or _date(item, "created")
    updated = _date(item, "updated")
    return Entry(
        guid=_guid(item) or link or named_by_content(title, summary),
        link=link,
        title=title,
        summary=summary,
        content=content,
        authors=_authors_of(item, channel, atom),
        published=published or updated,
        updated=updated,
        categories=_categories(item),
        media=_media(item, link or url),
        publisher=publisher,
        licence=_licence(item) or feed.licence,
    )


def _guid(item: Mapping[str, Any]) -> str:
    return squeeze(str(item.get("id", "")))[:LONGEST_ID]


def _text(holder: Mapping[str, Any], key: str, exact: bool) -> str:
    value = str(holder.get(key) or "")
    detail = holder.get(f"{key}_detail") or {}
    # In RSS nobody can say what a title is, and most feeds escape twice; Atom's type="text" means what it says.
    return exact_title(value) if exact and detail.get("type") == "text/plain" else title_of(value)


def _link(item: Mapping[str, Any], url: str, language: str) -> str:
    if original := absolute(url, str(item.get("feedburner_origlink") or "")):
        return original
    links = [
        Link(
            absolute(url, str(each.get("href") or "")),
            relation(each.get("rel")),
            bare_type(each.get("type")),
            str(each.get("hreflang") or ""),
        )
        for each in item.get("links") or ()
    ]
    page, second = permalink(links, language)
    return page or absolute(url, str(item.get("link") or "")) or absolute("", str(item.get("id") or "")) or second


def _bodies(item: Mapping[str, Any]) -> tuple[str, str]:
    """Content and summary; a feed that gives one text only has it as its summary unless it calls it content."""
    bodies = [_markup(part) for part in item.get("content") or () if str(part.get("type", "")) in _TEXTS]
    content = max(bodies, key=len, default="")
    summary = _markup(item.get("summary_detail") or {"value": item.get("summary", "")})
    return content, "" if summary == content else summary


_TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "")


def _markup(part: Mapping[str, Any]) -> str:
    value = str(part.get("value") or "")
    return as_markup(value) if part.get("type") == "text/plain" and "<" not in value else value


def _authors_of(item: Mapping[str, Any], channel: Mapping[str, Any], atom: bool) -> tuple[str, ...]:
    """The authors of an entry, else of its source, else (RFC 4287, section 4.2.1) of the Atom feed that it is in."""
    own = _authors(item) or _authors(item.get("source") or {})
    return own if own or not atom else _authors(channel)


def _authors(holder: Mapping[str, Any]) -> tuple[str, ...]:
    whole = str(holder.get("author") or "")
    named = [str(each.get("name") or "") for each in holder.get("authors") or ()]
    if not any(named) or (len(named) == 1 and "(" in named[0] and ")" not in named[0]):
        # feedparser cuts a name in two when it stands behind a mail address with a long ending; the whole is right.
        named = [whole]
    return read_names(named)


def _date(item: Mapping[str, Any], key: str) -> datetime | None:
    # feedparser answers for `updated` with `published` where there is none; `in` and `get` on the dict itself do not.
    if key not in item.keys():  # noqa: SIM118
        return None
    found = read_date(str(item.get(key) or ""))
    parsed = item.get(f"{key}_parsed")
    if found is None and parsed:
        try:
            found = datetime.fromtimestamp(timegm(parsed), UTC)
        except (ValueError, TypeError, OverflowError):
            return None
        if found.year < EARLIEST:
            return None
    return found


def _categories(item: Mapping[str, Any]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for tag in item.get("tags") or ():
        name = plain(str(tag.get("label") or tag.get("term") or ""))
        if name and len(name) <= 200:
            found.setdefault(name.casefold(), name)
    return tuple(found.values())[:50]


def _licence(holder: Mapping[str, Any]) -> str:
    links = holder.get("links") or ()
    linked = next((str(each.get("href", "")) for each in links if each.get("rel") == "license"), "")
    return squeeze(str(holder.get("license") or linked) or plain(str(holder.get("rights") or "")))[:500]


def _media(item: Mapping[str, Any], base: str) -> tuple[Medium, ...]:
    found: dict[str, Medium] = {}
    alt = caption = ""
    # feedparser keeps one caption: of several pictures nobody knows whose it is.
    if len(item.get("media_content") or ()) <= 1:
        alt = plain(str(item.get("media_title", "")))[:500]
        caption = plain(str(item.get("media_caption", "")))[:2000]
    for part in _media_parts(item):
        address = absolute(base, str(part.get("url") or part.get("href") or ""))
        kind = squeeze(str(part.get("type") or part.get("medium") or ""))[:100]
        if address and address not in found:
            width, height = number(part.get("width")), number(part.get("height"))
            length = number(part.get("length") or part.get("filesize"))
            found[address] = Medium(address, kind, width, height, alt, caption, length=length)
    return tuple(found.values())[:50]


def _media_parts(item: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    yield from item.get("media_content") or ()
    yield from item.get("enclosures") or ()
    for part in item.get("media_thumbnail") or ():
        yield {"type": "image", **part}
    picture = item.get("image")
    if isinstance(picture, Mapping):
        yield {"type": "image", **picture}
