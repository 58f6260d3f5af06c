"""The feeds and sitemaps of a site: which address is whose, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from wirepress.content.addresses.archive import link_header, show
from wirepress.content.addresses.page import Shown
from wirepress.content.addresses.rules import resolve
from wirepress.content.newsroom import Newsroom, View
from wirepress.feeds import atom, discussion, jsonfeed, rdf, rss, sitemaps
from wirepress.feeds.articles import Telling
from wirepress.feeds.channel import sealed
from wirepress.model.moment import ZERO, Stamp, utc
from wirepress.model.query import PostQuery
from wirepress.model.rendering import HoleKind
from wirepress.model.web import Request, Response
from wirepress.store import discussions, sources
from wirepress.store import posts as post_store

FORMATS: dict[str, tuple[str, Callable[[Telling, Shown, Stamp], str]]] = {
    "rss2": ("application/rss+xml", rss.document),
    "atom": ("application/atom+xml", atom.document),
    "rdf": ("application/rdf+xml", rdf.document),
    "json": ("application/feed+json", jsonfeed.document),
}
WORDS = ("feed", "rss", "rdf", "atom", "sitemap")
UNSURE = frozenset({HoleKind.VIEWER, HoleKind.ADDRESS, HoleKind.TIME})


class Feeds:
    """Answers feed and sitemap addresses; anything else is not its own."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def answer(self, request: Request) -> Response | None:
        """The feed at an address; None when the address is not a feed's, or of nothing that there is."""
        if request.method not in ("GET", "HEAD") or not any(w in request.path or w in request.query for w in WORDS):
            return None
        with self.newsroom.view() as view:
            if "sitemap" in request.path or "sitemap" in request.query:
                found = sitemaps.answer(view, request)
                if found is not None:
                    return found
            target = resolve(view.site, request.path, request.query)
            if not target.feed:
                return None
            shown = show(view, target, request.path)
            if not shown.found or (shown.guessed and shown.elsewhere):
                return None
            if shown.elsewhere:
                return moved(shown)
            comments = (target.comments or shown.single) and target.feed in ("rss2", "atom")
            response = written(view, shown, comments=comments)
            return conditional(request, response, last_change(view, comments=comments))


def written(view: View, shown: Shown, *, comments: bool) -> Response:
    """The feed of a page of posts, or of what was said."""
    kind, document = FORMATS[shown.target.feed]
    headers = [("content-type", f"{kind}; charset=UTF-8"), ("link", link_header(view, shown))]
    if comments:
        body = discussion.document(view, shown, last_modified(view))
        return Response(200, headers, sealed(body), keepable=True)
    if shown.post is not None:
        shown = replace(shown, posts=(shown.post,))
    origins = sources.origins_of_posts(view.unit, [post.id for post in shown.posts])
    names = {s.source.id: s.source for s in sources.standings(view.unit)} if origins else {}
    view.lookup.prefetch_users(post.author for post in shown.posts)
    body = document(Telling(view, origins, names), shown, last_modified(view))
    unsure = any(
        not isinstance(piece, str) and piece.kind in UNSURE
        for post in shown.posts
        if post.rendering is not None
        for piece in post.rendering.content.pieces
    )
    return Response(200, headers, sealed(body), keepable=not unsure)


def moved(shown: Shown) -> Response:
    """The redirect to a feed's own address."""
    kind = FORMATS[shown.target.feed][0]
    headers = [("content-type", f"{kind}; charset=UTF-8"), ("location", shown.elsewhere)]
    return Response(301, headers, b"", keepable=True)


def last_modified(view: View) -> Stamp:
    """When a published post or page last changed (get_lastpostmodified)."""
    query = PostQuery(types=("post", "page"), orderby="modified", per_page=1, with_total=False)
    found = post_store.find(view.unit, query)
    post = post_store.get(view.unit, found.ids[0]) if found.ids else None
    return post.modified_gmt if post else ZERO


def last_change(view: View, *, comments: bool) -> datetime | None:
    """What a feed's validators are made of: the last change of a post, in feeds of comments also of what was said."""
    changed = last_modified(view)
    if comments:
        changed = max(changed, Stamp(discussions.last_said(view.unit) or ZERO))
    return utc(changed)


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
    since = parsed(request.headers.get("if-modified-since", ""))
    fresh = since is not None and since >= changed
    # With both given WordPress wants both to match; with one, that one (WP::send_headers).
    if (known_tag or since) and (not known_tag or known_tag == tag) and (since is None or fresh):
        headers = [(n, v) for n, v in response.headers if n != "content-type"]
        return Response(304, headers, b"")
    return response


def parsed(date: str) -> datetime | None:
    """A date of HTTP; one without a zone or that is none counts as not given."""
    try:
        moment = parsedate_to_datetime(date) if date else None
    except (ValueError, TypeError, IndexError):
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
