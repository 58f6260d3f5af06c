"""The news sitemap: what the last two days have brought, for search engines of news (`/news-sitemap.xml`)."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.feeds.channel import address, sealed
from wirepress.feeds.sitemaps import SPACE, TYPE, w3c
from wirepress.model.moment import stamp
from wirepress.model.post import Post
from wirepress.model.query import PostQuery
from wirepress.model.web import Request, Response
from wirepress.render.entities import escape_html
from wirepress.render.strip import strip_all_tags
from wirepress.store import sources
from wirepress.web.headers import Kind, guards

NAME = "news-sitemap.xml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
HOURS = 48
MOST = 1000
"""Articles of a news sitemap (Google's bound)."""
_AT_ONCE = 500
_ROUNDS = 10
"""So many articles of others are passed over at most, in steps of `_AT_ONCE`, in search of the site's own."""


def answer(view: View, request: Request) -> Response | None:
    """The news sitemap; None where it was not asked for, or where search engines are asked to stay away."""
    if request.path != f"/{NAME}" or not (view.site.flag("blog_public") and view.site.flag("wirepress_news_sitemap")):
        return None
    found = list(recent(view))
    view.lookup.prefetch(found)
    view.lookup.prefetch_users(post.author for post in found)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SPACE}" xmlns:news="{NEWS}">'
    body = head + "".join(entry(view, post) for post in found) + "</urlset>\n"
    # It changes as time goes by, without any write.
    return Response(200, [TYPE, *guards(Kind.SITEMAP)], sealed(body))


def recent(view: View) -> Iterator[Post]:
    """The articles of the last two days, the newest first; those of others only where the site wants it."""
    since = stamp(view.now().astimezone(view.site.zone) - timedelta(hours=HOURS))
    with_wire, number = view.site.flag("wirepress_news_sitemap_wire"), 0
    for page in range(1, _ROUNDS + 1):
        query = PostQuery(page=page, per_page=_AT_ONCE, after=since, with_total=False)
        ids = reading.browse(view, ANONYMOUS, query).ids
        brought = {} if with_wire else sources.origins_of_posts(view.unit, ids)
        for post in reading.items(view, ANONYMOUS, [key for key in ids if key not in brought]):
            if not post.is_protected and number < MOST:
                number += 1
                yield post
        if len(ids) < _AT_ONCE or number == MOST:
            return


def entry(view: View, post: Post) -> str:
    name = escape_html(html.unescape(str(view.site.option("blogname"))))
    title = str(post.rendering.title) if post.rendering else post.title
    title = escape_html(" ".join(strip_all_tags(html.unescape(title)).split()))
    language = view.site.locale.replace("_", "-").lower()
    language = language if language in ("zh-cn", "zh-tw") else language.partition("-")[0]
    return (
        f"<url><loc>{address(view.lookup.permalink(post))}</loc><news:news><news:publication>"
        f"<news:name>{name}</news:name><news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{w3c(view, post.date_gmt)}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
    )
