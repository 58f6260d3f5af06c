"""RSS and Atom (and the door to JSON Feed): feedparser reads, we bring what it gives into one shape.

feedparser's own sanitiser is off: what is shown is cleaned once, in `syndicate.clean`, and by a library made for it.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import feedparser

from wirepress.model.wire import Entry, Feed, Medium
from wirepress.syndicate.parse.dates import read_date
from wirepress.syndicate.parse.jsonfeed import read_json_feed
from wirepress.syndicate.parse.links import absolute
from wirepress.syndicate.parse.names import read_names
from wirepress.syndicate.parse.text import LONGEST_TITLE, as_markup, declared_charset, plain, squeeze
from wirepress.syndicate.unreadable import Unreadable

LARGEST = 20_000_000
MOST_ENTRIES = 5_000
_LONGEST_ID = 2_000
_BOM = b"\xef\xbb\xbf \t\r\n"
# feedparser takes Media RSS's description of a picture for the item's own: it gets another name.
_MEDIA_CAPTION = re.compile(rb"(</?media:)description\b")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_FEED = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:[a-z]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)


def read_feed(body: bytes, url: str, content_type: str = "") -> Feed:
    """The feed that came from `url`; what a broken one still holds is saved.  Raises Unreadable if that is nothing."""
    if len(body) > LARGEST:
        raise Unreadable(f"the feed is larger than {LARGEST:,} bytes")
    if not body.strip():
        raise Unreadable("the feed is empty")
    if body.lstrip(_BOM)[:1] == b"{":
        return read_json_feed(body.lstrip(_BOM), url, MOST_ENTRIES)
    read = parse(body, url, content_type)
    channel = read.get("feed", {})
    items = read.get("entries", [])
    if not items and (not read.get("version") or (read.get("bozo") and not _END.search(body[-2000:]))):
        raise Unreadable(_what_is_it(body))
    atom = str(read.get("version", "")).startswith("atom")
    feed = Feed(
        title=_text(channel, "title", atom),
        licence=_licence(channel),
        warning=_warning(read),
    )
    return replace(feed, entries=tuple(_entry(item, feed, channel, url, atom) for item in items[:MOST_ENTRIES]))


def parse(body: bytes, url: str, content_type: str = "") -> Mapping[str, Any]:
    """What feedparser makes of a feed, its charset as declared.  Raises Unreadable where it stumbles."""
    # RFC 3023 would make a text/xml without a charset US-ASCII, which is never true: the declaration inside decides.
    charset = declared_charset(content_type)
    headers = {
        "content-type": f"application/xml; charset={charset}" if charset else "application/xml",
        "content-location": url,
    }
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


def _what_is_it(body: bytes) -> str:
    head = body[:2000]
    if _HTML.search(head):
        return "this is a web page, not a feed"
    if _FEED.search(head):
        return "the feed breaks off before its first entry"
    return "this is no feed"


def _warning(read: Mapping[str, Any]) -> str:
    if not read.get("bozo"):
        return ""
    reason = squeeze(str(read.get("bozo_exception", "")))[:200]
    return f"not well-formed: {reason}" if reason else "not well-formed"


def _entry(item: Mapping[str, Any], feed: Feed, channel: Mapping[str, Any], url: str, atom: bool) -> Entry:
    link = _link(item, url)
    content, summary = _bodies(item)
    publisher = _text(item.get("source") or {}, "title", exact=False) or feed.title
    published = _date(item, "published") or _date(item, "created")
    updated = _date(item, "updated")
    return Entry(
        guid=squeeze(str(item.get("id", "")))[:_LONGEST_ID] or link or _named_by_content(item),
        link=link,
        title=_text(item, "title", atom),
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


def _named_by_content(item: Mapping[str, Any]) -> str:
    said = f"{item.get('title', '')}\n{item.get('summary', '')}".encode("utf-8", "replace")
    return f"urn:sha256:{sha256(said).hexdigest()}"


def _text(holder: Mapping[str, Any], key: str, exact: bool) -> str:
    value = str(holder.get(key) or "")
    detail = holder.get(f"{key}_detail") or {}
    # In RSS nobody can say what a title is, and most feeds escape twice; Atom's type="text" means what it says.
    if exact and detail.get("type") == "text/plain":
        return squeeze(value)[:LONGEST_TITLE]
    return plain(value)[:LONGEST_TITLE]


def _link(item: Mapping[str, Any], url: str) -> str:
    named = str(item.get("feedburner_origlink") or item.get("link") or "")
    if not named:
        links = item.get("links") or ()
        named = next((str(each.get("href", "")) for each in links if each.get("rel") in ("alternate", "via")), "")
    if not named and str(item.get("id", "")).startswith(("http://", "https://")):
        named = str(item["id"])
    return absolute(url, named)


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
            width, height = _number(part.get("width")), _number(part.get("height"))
            found[address] = Medium(address, kind, width, height, alt, caption)
    return tuple(found.values())[:50]


def _media_parts(item: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    yield from item.get("media_content") or ()
    yield from item.get("enclosures") or ()
    for part in item.get("media_thumbnail") or ():
        yield {"type": "image", **part}
    picture = item.get("image")
    if isinstance(picture, Mapping):
        yield {"type": "image", **picture}


def _number(value: object) -> int:
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0
