"""The feeds and sitemaps of a site: which address is whose, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl

from wirepress.content.addresses.archive import show
from wirepress.content.addresses.links import link_headers
from wirepress.content.addresses.page import Shown
from wirepress.content.addresses.topics import hub_for
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.rewrite.rules import resolve
from wirepress.content.rewrite.target import Shows
from wirepress.content.rewrite.words import FEEDS
from wirepress.feeds import atom, comments, jsonfeed, news, rdf, rss, sitemaps
from wirepress.feeds.articles import FeedContext, context_of
from wirepress.feeds.channel import last_change, sealed
from wirepress.model.moment import ZERO, Stamp, utc
from wirepress.model.query import PostQuery
from wirepress.model.web import Request, Response, http_date
from wirepress.store import discussions
from wirepress.web.headers import Kind, guards

FORMATS: dict[str, tuple[str, Callable[[FeedContext, Shown, Stamp], str]]] = {
    "rss2": ("application/rss+xml", rss.document),
    "atom": ("application/atom+xml", atom.document),
    "rdf": ("application/rdf+xml", rdf.document),
    "json": ("application/feed+json", jsonfeed.document),
}
UNKNOWN = b"""<error>
    <code>wp_die</code>
    <title><![CDATA[Error]]></title>
    <message><![CDATA[There is no feed of this format.]]></message>
    <data>
        <status>404</status>
    </data>
</error>
"""
WORDS = ("feed", "rss", "rdf", "atom", "sitemap")
PUBLISHED = PostQuery(types=("post", "page"), orderby="modified", per_page=1, with_total=False)
"""The post or page that changed last: a feed is as new as that (get_lastpostmodified)."""


class Feeds:
    """Answers feed and sitemap addresses; anything else is not its own."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def answer(self, request: Request) -> Response | None:
        """The feed at an address; None when the address is not a feed's, or of nothing that there is."""
        asked = f"{request.path}?{request.query}"
        if request.method not in ("GET", "HEAD") or not any(word in asked for word in WORDS):
            return None
        with self.newsroom.view() as view:
            found = None
            if "sitemap" in asked:
                found = news.answer(view, request) or sitemaps.answer(view, request)
            return found or feed(view, request)


def feed(view: View, request: Request) -> Response | None:
    """The feed at an address; None when there is none."""
    target = resolve(view.site, request.path, request.query)
    word = dict(parse_qsl(request.query)[:200]).get("feed", "")
    if not target.feed:
        return unknown(view, word) if target.shows is Shows.NOTHING else None
    shown = show(view, target, request.path)
    if not shown.found or (shown.guessed and shown.elsewhere):
        return None
    if shown.elsewhere:
        return moved(shown, word)
    shown = replace(shown, asked=view.site.home + request.path + (f"?{request.query}" if request.query else ""))
    of_comments = (target.comments or shown.single) and target.feed in ("rss2", "atom")
    changed = last_change(view, PUBLISHED)
    response = written(view, shown, changed, of_comments=of_comments)
    if of_comments:
        changed = max(changed, Stamp(discussions.last_said(view.unit) or ZERO))
    return conditional(request, response, utc(changed))


def written(view: View, shown: Shown, changed: Stamp, *, of_comments: bool) -> Response:
    """The feed of a page of posts, or of comments."""
    kind, document = FORMATS[shown.target.feed]
    headers = [("content-type", f"{kind}; charset=UTF-8"), *guards(Kind.FEED), *link_headers(view, shown)]
    if of_comments:
        return Response(200, headers, sealed(comments.document(view, shown, changed)), keepable=True)
    if shown.post is not None:
        shown = replace(shown, posts=(shown.post,))
    asked = shown.asked.removeprefix(view.site.home)
    hub = hub_for(view, shown)
    if hub:
        headers.append(("link", f'<{hub}>; rel="hub", <{shown.asked}>; rel="self"'))
    body = document(replace(context_of(view, shown.posts, asked), hub=hub), shown, changed)
    private = any(post.rendering is not None and post.rendering.content.private for post in shown.posts)
    return Response(200, headers, sealed(body), keepable=not private)


def unknown(view: View, word: str) -> Response | None:
    """The error where a query asks for a feed of a format that there is not; None where it does not."""
    if not word or word.removeprefix("comments-") in FEEDS:
        return None
    api = f'<{view.site.rest_url("/")}>; rel="https://api.w.org/"'
    headers = [("content-type", "text/xml; charset=UTF-8"), *guards(Kind.FEED), ("link", api)]
    return Response(404, headers, UNKNOWN)


def moved(shown: Shown, word: str) -> Response:
    """The redirect to a feed's own address.  WordPress knows no type of what the query calls `comments-rss2`."""
    kind = "application/octet-stream" if word.startswith("comments-") else FORMATS[shown.target.feed][0]
    headers = [("content-type", f"{kind}; charset=UTF-8"), ("location", shown.elsewhere)]
    return Response(301, headers, b"", keepable=True)


def conditional(request: Request, response: Response, changed: datetime | None) -> Response:
    """Adds the feed's validators, and answers 304 where the client has it (RFC 9110, 13.1).

    WordPress says 304 when the date matches, even beside a tag of another form; the tag is of the date alone.
    """
    if changed is None:
        return response
    modified = format_datetime(changed, usegmt=True)
    tag = '"' + hashlib.md5(modified.encode(), usedforsecurity=False).hexdigest() + '"'
    response.headers += [("last-modified", modified), ("etag", tag)]
    known_tag = request.headers.get("if-none-match", "").strip().removeprefix("W/")
    since = http_date(request.headers.get("if-modified-since", ""))
    checks = []
    if known_tag:
        checks.append(known_tag == tag)
    if since is not None:
        checks.append(since >= changed)
    # With both given WordPress wants both to match; with one, that one (WP::send_headers).
    if checks and all(checks):
        headers = [(n, v) for n, v in response.headers if n != "content-type"]
        return Response(304, headers, b"")
    return response
