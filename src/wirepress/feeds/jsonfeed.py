"""JSON Feed 1.1 (jsonfeed.org): what WordPress lacks."""

from __future__ import annotations

import html
import json
from typing import Any

from wirepress.content.addresses.page import Shown, address_of
from wirepress.feeds import articles, enclosures
from wirepress.feeds.articles import FeedContext
from wirepress.feeds.channel import channel_title, rfc3339
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.render.strip import strip_all_tags


def document(feed: FeedContext, shown: Shown, changed: Stamp) -> str:  # noqa: ARG001 - every format is called alike
    """The feed of a page of posts."""
    site = feed.view.site
    content: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(channel_title(feed.view, shown)),
        "home_page_url": f"{site.home}/",
        "feed_url": shown.asked or address_of(feed.view, shown),
        "description": plain(str(site.option("blogdescription"))),
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "language": str(site.option("WPLANG") or "en-US").replace("_", "-"),
        "items": [item(feed, post) for post in shown.posts],
    }
    return json.dumps(content, ensure_ascii=False)


def item(feed: FeedContext, post: Post) -> dict[str, Any]:
    view = feed.view
    entry: dict[str, Any] = {
        "id": view.site.guid(post),
        "url": view.lookup.permalink(post),
        "title": plain(articles.title(post)),
        "date_published": rfc3339(post.date_gmt),
        "date_modified": rfc3339(post.modified_gmt),
        "authors": [{"name": plain(articles.author(view, post))}],
        "tags": [plain(name) for name in articles.categories(post)],
    }
    summary = plain(articles.excerpt(feed, post))
    if post.is_protected or view.site.flag("rss_use_excerpt"):
        entry["content_text"] = summary
    else:
        entry |= {"summary": summary, "content_html": articles.content(feed, post)}
    entry |= attached(feed, post, entry.get("content_html", ""))
    known = feed.origin(post)
    if known is not None:
        origin, name, url = known
        if origin.is_located:
            entry["external_url"] = origin.canonical or origin.url
        entry["_source"] = {"title": name, "url": url}
        if origin.byline:
            entry["authors"] = [{"name": author} for author in origin.byline]
    return entry


def attached(feed: FeedContext, post: Post, text: str) -> dict[str, Any]:
    """The picture, the sounds and the films of an article."""
    found: dict[str, Any] = {}
    if (picture := enclosures.picture(feed.view, post)) is not None:
        found["image"] = picture.url
    if files := enclosures.enclosures(feed.view, post, text):
        found["attachments"] = [
            {"url": one.url, "mime_type": one.type} | ({"size_in_bytes": one.length} if one.length else {})
            for one in files
        ]
    return found


def plain(text: str) -> str:
    """Words without markup and references."""
    return html.unescape(strip_all_tags(text))
