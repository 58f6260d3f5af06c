"""The feeds of a site: which address is a feed's, and what it answers."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime

from wirepress.content.addresses import resolve
from wirepress.content.archive import Shown, show
from wirepress.content.newsroom import Newsroom, View
from wirepress.feeds import rss
from wirepress.model.moment import utc
from wirepress.model.query import PostQuery
from wirepress.model.web import Request, Response
from wirepress.store import posts as post_store
from wirepress.store import sources

BUILT = frozenset({"rss2"})
"""The formats that are written; what else WordPress offers (Atom, RDF, comments) answers 404 so far."""


class Feeds:
    """Answers feed addresses; anything else is not its own."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom

    def answer(self, request: Request) -> Response | None:
        """The feed at an address; None when the address is not a feed's, or of nothing that there is."""
        if "feed" not in request.path and "feed=" not in request.query and "rss" not in request.path:
            return None
        with self.newsroom.view() as view:
            target = resolve(view.site, request.path, request.query)
            if not target.feed:
                return None
            shown = show(view, target, request.path)
            if not shown.found:
                return None
            if shown.elsewhere:
                return moved(shown)
            if target.feed not in BUILT or target.comments or shown.single:
                return None
            return conditional(request, written(view, shown), last_change(view))


def written(view: View, shown: Shown) -> Response:
    """The feed of a page of posts."""
    origins = sources.origins_of_posts(view.unit, [post.id for post in shown.posts])
    names = {s.source.id: s.source for s in sources.standings(view.unit)} if origins else {}
    view.lookup.prefetch_users(post.author for post in shown.posts)
    body = rss.document(view, shown, origins, names)
    headers = [
        ("content-type", "application/rss+xml; charset=UTF-8"),
        ("link", f'<{view.site.rest_url("/")}>; rel="https://api.w.org/"'),
    ]
    if shown.term is not None:
        base = view.site.kinds.taxonomies[shown.term.taxonomy].rest_base
        address = view.site.rest_url(f"/wp/v2/{base}/{shown.term.id}")
        headers[1] = ("link", f'<{address}>; rel="alternate"; title="JSON"; type="application/json"')
    return Response(200, headers, body.encode(), keepable=True)


def moved(shown: Shown) -> Response:
    """The redirect to a feed's own address."""
    headers = [("content-type", "application/rss+xml; charset=UTF-8"), ("location", shown.elsewhere)]
    return Response(301, headers, b"", keepable=True)


def last_change(view: View) -> datetime | None:
    """When a published post last changed (get_lastpostmodified)."""
    found = post_store.find(view.unit, PostQuery(orderby="modified", per_page=1, with_total=False))
    post = post_store.get(view.unit, found.ids[0]) if found.ids else None
    return utc(post.modified_gmt) if post else None


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
    try:
        return parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
