"""The reader's site: which page an address shows, and its HTML."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wirepress.content import posts
from wirepress.content.addresses import Shows, resolve
from wirepress.content.archive import Shown, address_of, show
from wirepress.content.newsroom import Newsroom, View
from wirepress.content.viewer import ANONYMOUS
from wirepress.model.query import PostQuery
from wirepress.model.web import Request, Response
from wirepress.site import pages

HTML = ("content-type", "text/html; charset=UTF-8")
NO_CACHE = [
    ("expires", "Wed, 11 Jan 1984 05:00:00 GMT"),
    ("cache-control", "no-cache, must-revalidate, max-age=0, no-store, private"),
]
# Templates hold no script and no inline style; what articles embed may come from anywhere over https.
POLICY = (
    "content-security-policy",
    "default-src 'self'; img-src * data:; media-src *; frame-src https:; style-src 'self' 'unsafe-inline'; "
    "script-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'",
)


def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("wirepress.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["json_ld"] = json_ld
    return made


def json_ld(value: Any) -> Markup:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(text)  # noqa: S704 - every character that means something to HTML was replaced above


@cache
def static(name: str) -> tuple[str, bytes] | None:
    """A file of the site's own (style, icon) with its media type; None when there is none of that name."""
    if "/" in name or name.startswith("."):
        return None
    file = resources.files("wirepress.site") / "static" / name
    if not file.is_file():
        return None
    return mimetypes.guess_type(name)[0] or "application/octet-stream", file.read_bytes()


class Reader:
    """Answers readers' addresses with pages."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.templates = environment()

    def answer(self, request: Request) -> Response:
        if request.path.startswith("/-/static/"):
            return asset(request.path.removeprefix("/-/static/"))
        with self.newsroom.view() as view:
            if request.path == "/robots.txt":
                return robots(view)
            target = resolve(view.site, request.path, request.query)
            shown = show(view, target, request.path)
            if target.feed and not shown.elsewhere:
                shown = Shown(target, found=False)
            if shown.elsewhere:
                return moved(shown)
            if not shown.found or request.method not in ("GET", "HEAD"):
                return self.missing(view, shown)
            if shown.single:
                return self.article(view, shown)
            return self.archive(view, shown)

    def article(self, view: View, shown: Shown) -> Response:
        assert shown.post is not None
        known = pages.provenance(view, [shown.post])
        context = {"article": pages.article(view, shown, known), "head": pages.head(view, shown, known)}
        template = "page.html" if shown.post.type == "page" else "article.html"
        response = self.page(view, template, 200, context, shown)
        if shown.post.password:
            response.headers += NO_CACHE
        return response

    def archive(self, view: View, shown: Shown) -> Response:
        known = pages.provenance(view, shown.posts)
        context: dict[str, Any] = {
            "stories": pages.stories(view, shown.posts, known),
            "head": pages.head(view, shown, known),
            "heading": heading(shown),
            "paging": paging(view, shown),
        }
        template = "archive.html"
        if shown.target.shows is Shows.FRONT and shown.target.page == 1:
            template = "front.html"
        elif shown.target.shows is Shows.SEARCH:
            template, context["query"], context["total"] = "search.html", shown.target.parts["s"], shown.total
        return self.page(view, template, 200, context, shown)

    def missing(self, view: View, shown: Shown) -> Response:
        """404, with something to read instead."""
        found = posts.browse(view, ANONYMOUS, PostQuery(per_page=4, with_total=False))
        latest = posts.items(view, ANONYMOUS, found.ids)
        known = pages.provenance(view, latest)
        context = {
            "stories": pages.stories(view, latest, known),
            "head": pages.head(view, Shown(shown.target), known) | {"robots": "noindex"},
        }
        response = self.page(view, "404.html", 404, context, shown)
        response.headers += NO_CACHE
        return response

    def page(self, view: View, template: str, status: int, context: dict[str, Any], shown: Shown) -> Response:
        text = self.templates.get_template(template).render(site=pages.site_context(view), **context)
        headers = [HTML, POLICY, ("x-content-type-options", "nosniff"), ("link", link(view, shown))]
        return Response(status, headers, text.encode(), keepable=status == 200)


def heading(shown: Shown) -> dict[str, str]:
    """The words over an archive."""
    parts = shown.target.parts
    if shown.term is not None:
        return {"kind": shown.term.taxonomy, "text": shown.term.name, "description_html": shown.term.description}
    if shown.author is not None:
        return {"kind": "author", "text": shown.author.name, "description_html": shown.author.description}
    if shown.target.shows is Shows.DATE:
        text = "-".join(parts[name].zfill(2) for name in ("year", "monthnum", "day") if name in parts)
        return {"kind": "date", "text": text, "description_html": ""}
    return {"kind": "", "text": "", "description_html": ""}


def paging(view: View, shown: Shown) -> dict[str, Any]:
    """The neighbours of a page of an archive."""

    def address(number: int) -> str:
        if shown.target.shows is Shows.SEARCH:
            return f"{view.site.home}/{view.site.root}?" + urlencode({"s": shown.target.parts["s"], "paged": number})
        return address_of(view, replace(shown, target=replace(shown.target, page=number)))

    page = shown.target.page
    return {
        "page": page,
        "pages": shown.pages,
        "newer": address(page - 1) if page > 1 else "",
        "older": address(page + 1) if page < shown.pages else "",
    }


def link(view: View, shown: Shown) -> str:
    """The Link header as WordPress sends it: the API, or what an article or archive is there."""
    site = view.site
    if shown.post is not None and shown.found:
        return f"<{site.home}/?p={shown.post.id}>; rel=shortlink"
    if shown.term is not None:
        base = site.kinds.taxonomies[shown.term.taxonomy].rest_base
        return f'<{site.rest_url(f"/wp/v2/{base}/{shown.term.id}")}>; rel="alternate"; title="JSON"; type="application/json"'
    if shown.author is not None:
        return f'<{site.rest_url(f"/wp/v2/users/{shown.author.id}")}>; rel="alternate"; title="JSON"; type="application/json"'
    return f'<{site.rest_url("/")}>; rel="https://api.w.org/"'


def moved(shown: Shown) -> Response:
    headers = [HTML, ("location", shown.elsewhere)]
    return Response(301, [*headers, *(NO_CACHE if shown.guessed else [])], b"", keepable=not shown.guessed)


def robots(view: View) -> Response:
    """robots.txt as WordPress writes it (do_robots)."""
    lines = ["User-agent: *", "Disallow: /wp-admin/", "Allow: /wp-admin/admin-ajax.php"]
    if view.site.flag("blog_public"):
        lines += ["", f"Sitemap: {view.site.url('wp-sitemap.xml')}"]
    headers = [("content-type", "text/plain; charset=utf-8"), ("link", f'<{view.site.rest_url("/")}>; rel="https://api.w.org/"')]
    return Response(200, headers, ("\n".join(lines) + "\n").encode(), keepable=True)


def asset(name: str) -> Response:
    found = static(name)
    if found is None:
        return Response(404, [("content-type", "text/plain")], b"Not found\n")
    headers = [("content-type", found[0]), ("cache-control", "public, max-age=3600")]
    return Response(200, headers, found[1], keepable=True)
