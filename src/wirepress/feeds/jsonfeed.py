"""JSON Feed 1.1 (jsonfeed.org): what WordPress lacks."""

from __future__ import annotations

import html
import json
from typing import Any

from wirepress.content.addresses.page import Shown, address_of
from wirepress.feeds import articles
from wirepress.feeds.articles import Telling
from wirepress.feeds.channel import channel_title, rfc3339
from wirepress.model.moment import Stamp
from wirepress.model.post import Post
from wirepress.render.strip import strip_all_tags


def document(telling: Telling, shown: Shown, changed: Stamp) -> str:  # noqa: ARG001 - every format is called alike
    """The feed of a page of posts."""
    site = telling.view.site
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(channel_title(telling.view, shown)),
        "home_page_url": f"{site.home}/",
        "feed_url": address_of(telling.view, shown),
        "description": plain(str(site.option("blogdescription"))),
        "language": str(site.option("WPLANG") or "en-US").replace("_", "-"),
        "items": [item(telling, post) for post in shown.posts],
    }
    return json.dumps(feed, ensure_ascii=False)


def item(telling: Telling, post: Post) -> dict[str, Any]:
    view = telling.view
    told: dict[str, Any] = {
        "id": view.site.guid(post),
        "url": view.lookup.permalink(post),
        "title": plain(articles.title(post)),
        "date_published": rfc3339(post.date_gmt),
        "date_modified": rfc3339(post.modified_gmt),
        "authors": [{"name": plain(articles.author(view, post))}],
        "tags": [plain(name) for name in articles.categories(post)],
    }
    summary = plain(articles.excerpt(telling, post))
    if post.password or view.site.flag("rss_use_excerpt"):
        told["content_text"] = summary
    else:
        told |= {"summary": summary, "content_html": articles.content(telling, post)}
    known = telling.origin(post)
    if known is not None:
        origin, name, url = known
        told["external_url"] = origin.canonical or origin.url
        told["_source"] = {"title": name, "url": url}
        if origin.facts.authors:
            told["authors"] = [{"name": author} for author in origin.facts.authors]
    return told


def plain(text: str) -> str:
    """Words without markup and references."""
    return html.unescape(strip_all_tags(text))
