"""The sitemaps (sitemaps.org) under WordPress's addresses: an index, and pages of posts, terms and authors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from wirepress.content.identity.viewer import ANONYMOUS
from wirepress.content.newsroom import View
from wirepress.content.posts import reading
from wirepress.content.zone import within
from wirepress.feeds.channel import address, last_change, sealed
from wirepress.model.moment import Stamp, written
from wirepress.model.query import PostQuery, TermQuery, UserQuery
from wirepress.model.web import Request, Response
from wirepress.store import posts as post_store
from wirepress.store import terms as term_store
from wirepress.store import users as user_store
from wirepress.web.headers import Kind, guards

MOST = 2000
"""Addresses on one page (wp_sitemaps_get_max_urls)."""

NAMED = re.compile(
    r"wp-sitemap-(?P<kind>posts|taxonomies|users)(?:-(?P<of>[a-z0-9_-]{1,64}?))?-(?P<page>[0-9]{1,6})\.xml"
)
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
SINGLE = {
    "index": ("wp-sitemap.xml", "?sitemap=index"),
    "stylesheet": ("wp-sitemap.xsl", "?sitemap-stylesheet=sitemap"),
}
"""What there is one of: its address with permalinks and without."""
TYPE = ("content-type", "application/xml; charset=UTF-8")

STYLE = """<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" exclude-result-prefixes="s">
<xsl:output method="html" encoding="UTF-8" indent="yes"/>
<xsl:template match="/">
<html lang="en">
<head><title>Sitemap</title><meta name="robots" content="noindex"/></head>
<body>
<h1>Sitemap</h1>
<ul><xsl:for-each select="//s:loc"><li><a href="{.}"><xsl:value-of select="."/></a></li></xsl:for-each></ul>
</body>
</html>
</xsl:template>
</xsl:stylesheet>
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One sitemap: the index (`kind` is `index`), or a page of a kind (`posts`) of one sort (`page`)."""

    kind: str
    of: str = ""
    page: int = 1


def answer(view: View, request: Request) -> Response | None:
    """The sitemap at an address; None when the address is none of a sitemap that there is."""
    site = view.site
    inner = request.path.lstrip("/")
    below = inner.removeprefix(site.root)
    name = below.rstrip("/")
    if not site.flag("blog_public"):
        return None
    if name == "sitemap.xml":
        return common_name(view, request)
    if (site.structure or below) and (asked := asked_for(name)) is not None:
        return moved(site.url(name)) if inner != name else answer_of(view, asked)
    if name in ("", "index.php") and (asked := by_query(request.query)) is not None:
        return moved(location(view, asked)) if site.structure else answer_of(view, asked)
    return None


def common_name(view: View, request: Request) -> Response | None:
    """The way from the name by which crawlers ask for a sitemap, where permalinks are in use (redirect_sitemapxml; and
    redirect_canonical where they go through index.php)."""
    site = view.site
    if not site.structure:
        return None
    if not site.root:
        return moved(site.url("wp-sitemap.xml"), 302)
    if request.path.startswith(f"/{site.root}"):
        return None
    return moved(f"{site.home}/wp-sitemap.xml" + (f"?{request.query}" if request.query else ""))


def answer_of(view: View, asked: Asked) -> Response | None:
    if asked.kind == "stylesheet":
        return Response(200, [TYPE, *guards(Kind.SITEMAP)], STYLE.encode(), keepable=True)
    return document(view, asked)


def asked_for(name: str) -> Asked | None:
    """What a pretty address asks for."""
    if name == "wp-sitemap.xml":
        return Asked("index")
    if name in ("wp-sitemap.xsl", "wp-sitemap-index.xsl"):
        return Asked("stylesheet")
    if found := NAMED.fullmatch(name):
        return Asked(found["kind"], found["of"] or "", int(found["page"]))
    return None


def by_query(query: str) -> Asked | None:
    """What query words ask for (`?sitemap=posts&sitemap-subtype=page`)."""
    words = {name: values[-1] for name, values in parse_qs(query, max_num_fields=200).items()}
    if words.get("sitemap-stylesheet"):
        return Asked("stylesheet")
    kind = words.get("sitemap", "")
    if kind not in ("index", "posts", "taxonomies", "users"):
        return None
    page = words.get("paged", "1")
    return Asked(kind, words.get("sitemap-subtype", ""), int(page) if page.isdecimal() and len(page) < 7 else 1)


def location(view: View, asked: Asked) -> str:
    """The address of a sitemap (get_sitemap_url)."""
    site = view.site
    if asked.kind in SINGLE:
        pretty, plain = SINGLE[asked.kind]
        return site.url(pretty if site.structure else plain)
    if site.structure:
        return site.url(f"wp-sitemap-{'-'.join(filter(None, (asked.kind, asked.of, str(asked.page))))}.xml")
    of = f"&sitemap-subtype={asked.of}" if asked.of else ""
    return site.url(f"?sitemap={asked.kind}{of}&paged={asked.page}")


def moved(url: str, status: int = 301) -> Response:
    return Response(status, [("content-type", "text/html; charset=UTF-8"), ("location", url)], b"", keepable=True)


def document(view: View, asked: Asked) -> Response | None:
    """A sitemap as XML; None for a page that there is not."""
    if asked.kind == "index":
        style = view.site.url("wp-sitemap-index.xsl" if view.site.structure else "?sitemap-stylesheet=index")
        return as_xml("sitemapindex", style, [f"<sitemap><loc>{address(url)}</loc></sitemap>" for url in pages(view)])
    if asked.kind == "users" and view.site.hardened:
        return None
    entries = KINDS[asked.kind](view, asked)
    if not entries:
        return None
    return as_xml("urlset", location(view, Asked("stylesheet")), [entry(url, changed) for url, changed in entries])


def as_xml(root: str, style: str, entries: Sequence[str]) -> Response:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="{address(style)}" ?>\n'
    body = f'<{root} xmlns="{SPACE}">{"".join(entries)}</{root}>\n'
    return Response(200, [TYPE, *guards(Kind.SITEMAP)], sealed(head + body), keepable=True)


def entry(url: str, changed: str) -> str:
    lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{address(url)}</loc>{lastmod}</url>"


def pages(view: View) -> list[str]:
    """The addresses of every page of every sitemap, in WordPress's order."""
    sorts = [("posts", name) for name in post_types(view)]
    sorts += [("taxonomies", name) for name in taxonomies(view)]
    if not view.site.hardened:
        sorts.append(("users", ""))
    found = []
    for kind, of in sorts:
        number = -(-total(view, kind, of) // MOST)
        if (kind, of) == ("posts", "page") and front_is_posts(view):
            number = max(1, number)
        found += [location(view, Asked(kind, of, page)) for page in range(1, number + 1)]
    return found


def total(view: View, kind: str, of: str) -> int:
    if kind == "posts":
        return post_store.find(view.unit, PostQuery(types=(of,), per_page=1)).total
    if kind == "taxonomies":
        return term_store.find(view.unit, TermQuery((of,), per_page=1, hide_empty=True)).total
    return user_store.find(view.unit, UserQuery(per_page=1, published_types=author_types(view))).total


def front_is_posts(view: View) -> bool:
    return str(view.site.option("show_on_front") or "posts") == "posts"


def post_types(view: View) -> list[str]:
    """The types of posts that have pages of their own; attachments have none of worth."""
    return [kind.name for kind in view.site.registry.types.values() if kind.viewable and kind.name != "attachment"]


def author_types(view: View) -> tuple[str, ...]:
    return tuple(name for name in post_types(view) if name != "page")


def taxonomies(view: View) -> list[str]:
    kinds = view.site.registry.taxonomies.values()
    return [kind.name for kind in kinds if kind.public and kind.publicly_queryable]


Entries = list[tuple[str, str]]


def of_posts(view: View, asked: Asked) -> Entries:
    if asked.of not in post_types(view) or asked.page < 1:
        return []
    query = PostQuery(types=(asked.of,), page=asked.page, per_page=MOST, orderby="id", order="asc", with_total=False)
    found = reading.browse(view, ANONYMOUS, query)
    items = list(post_store.load(view.unit, found.ids).values())
    items.sort(key=lambda post: post.id)
    view.lookup.prefetch(items)
    view.lookup.prefetch_users(post.author for post in items)
    entries = [(view.lookup.permalink(post), w3c(view, post.modified_gmt)) for post in items]
    if asked.of == "page" and asked.page == 1 and front_is_posts(view):
        newest = last_change(view, PostQuery(per_page=1, with_total=False))
        entries.insert(0, (view.site.home + "/", w3c(view, newest)))
    return entries


def of_terms(view: View, asked: Asked) -> Entries:
    if asked.of not in taxonomies(view) or asked.page < 1:
        return []
    query = TermQuery((asked.of,), page=asked.page, per_page=MOST, hide_empty=True, orderby="id")
    found = term_store.find(view.unit, query)
    loaded = term_store.load(view.unit, found.ids)
    terms = [loaded[i] for i in found.ids if i in loaded]
    view.lookup.add_terms(terms)
    return [(view.lookup.term_link(term), "") for term in terms]


def of_users(view: View, asked: Asked) -> Entries:
    if asked.of or asked.page < 1:
        return []
    query = UserQuery(page=asked.page, per_page=MOST, published_types=author_types(view), orderby="login")
    found = user_store.find(view.unit, query)
    loaded = user_store.load(view.unit, found.ids)
    return [(view.lookup.author_link(loaded[i]), "") for i in found.ids if i in loaded]


KINDS: dict[str, Callable[[View, Asked], Entries]] = {"posts": of_posts, "taxonomies": of_terms, "users": of_users}


def w3c(view: View, value: Stamp) -> str:
    """A UTC stamp in the zone of the site (wp_date with DATE_W3C)."""
    return written(value, lambda moment: within(moment, view.site.zone).isoformat(timespec="seconds"))
